from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetrics, QRawFont

from stockpile.paths import resource
from ui.theme.letters import FAMILIES, FILES, MONO_FAMILIES, Text, font, style_font

pytestmark = pytest.mark.usefixtures("light")


def test_every_font_is_shipped_and_known_to_qt():
    assert all(resource("fonts", name).is_file() for name in FILES)
    assert set(MONO_FAMILIES) <= set(QFontDatabase.families())


@pytest.mark.parametrize(
    ("family", "sample"),
    [
        ("Inter", "Serial number Été ñ Ж Серийный №"),
        ("JetBrains Mono", "KB4471902 7.62×39"),
        ("Noto Sans Arabic UI", "الرقم التسلسلي"),
        ("Noto Sans SC", "序列号登记册"),
    ],
)
def test_each_script_is_at_home_in_its_shipped_font(family, sample):
    raw = QRawFont.fromFont(font(13)) if family == "Inter" else _raw(family)
    assert raw.familyName().startswith(family)
    assert all(raw.supportsCharacter(ord(letter)) for letter in sample if letter != " ")


def _raw(family):
    chosen = QFont(family)
    chosen.setPixelSize(13)
    return QRawFont.fromFont(chosen)


def test_arabic_does_not_push_the_rows_apart():
    arabic = QFont(FAMILIES[1])
    arabic.setPixelSize(13)
    assert QFontMetrics(arabic).height() - QFontMetrics(font(13)).height() <= 3


def test_digits_are_of_one_width():
    for letters in (font(13), font(13, mono=True)):
        widths = {QFontMetrics(letters).horizontalAdvance(digit) for digit in "0123456789"}
        assert len(widths) == 1


def test_styles_are_what_they_say():
    assert style_font(Text.BODY).pixelSize() == 13
    assert QFontInfo(style_font(Text.CARD_TITLE)).weight() == 600
    assert QFontInfo(style_font(Text.IDENTIFIER)).family() == "JetBrains Mono"
