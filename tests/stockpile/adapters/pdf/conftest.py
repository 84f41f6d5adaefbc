"""Labels to print, what a scanner reads from a sheet, and Qt as the judge of letters."""

from __future__ import annotations

import hashlib
import hmac
import os
import random

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QFont, QFontDatabase, QTextLayout

from stockpile.domain.tags import new_tag, tag_mac
from stockpile.paths import resource
from stockpile.services.ports import Label

FONTS = ("NotoSans-Regular", "NotoNaskhArabic-Regular", "NotoSansSC-subset")


def mac_of(message: bytes) -> bytes:
    return hmac.new(b"site key", message, hashlib.sha256).digest()


@pytest.fixture
def make_label():
    """Return a maker of labels with fresh tags, the same in every run."""
    chance = random.Random(20261122)

    def make(*lines: str) -> Label:
        tag = new_tag(chance.randbytes)
        return Label(tag, tag_mac(tag, mac_of), lines)

    return make


@pytest.fixture
def families(qapp):
    """Give Qt our fonts and return their family names, in our order of preference."""
    names = []
    for font in FONTS:
        handle = QFontDatabase.addApplicationFont(str(resource("fonts", f"{font}.ttf")))
        names.append(QFontDatabase.applicationFontFamilies(handle)[0])
    return names


@pytest.fixture
def laid_out(families):
    """Return Qt's layout of a line, in our fonts, and that line; the layout must be kept alive."""

    def lay_out(text: str, *only: str):
        font = QFont()
        font.clearFeatures()  # a program's own font asks for figures of one width
        font.setFamilies([families[FONTS.index(name)] for name in only or FONTS])
        font.setPixelSize(1000)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        layout = QTextLayout(text, font)
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        return layout, line

    return lay_out
