from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QTransform

from stockpile.paths import resource, root
from ui.theme.icons import DIRECTIONAL, IconMissing, icon, pixmap

pytestmark = pytest.mark.usefixtures("light")


def _picture(name, colour="#FF0000", size=24):
    return pixmap(name, colour, size, 1.0).toImage().convertToFormat(QImage.Format.Format_ARGB32)


def test_an_icon_is_drawn_in_its_ink_only():
    picture = _picture("truck")
    drawn = {
        picture.pixelColor(x, y).name()
        for x in range(24)
        for y in range(24)
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert drawn == {"#ff0000"}


def test_an_icon_is_kept_for_each_size_ink_and_screen():
    again = pixmap("truck", "#00FF00", 18, 2.0)
    assert again.cacheKey() == pixmap("truck", "#00FF00", 18, 2.0).cacheKey()
    assert again.width() == 36
    assert again.deviceIndependentSize().width() == 18
    assert again.cacheKey() != pixmap("truck", "#0000FF", 18, 2.0).cacheKey()


def test_an_unknown_icon_is_refused():
    with pytest.raises(IconMissing):
        pixmap("no-such-icon", QColor("black").name())


def test_an_icon_for_qt_s_own_controls():
    assert not icon("truck", "#123456").isNull()


def test_arrows_turn_round_where_reading_starts_from_the_right(light):
    arrow, code = _picture("arrow-left"), _picture("qr-code")
    QGuiApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert _picture("arrow-left") == arrow.transformed(QTransform().scale(-1, 1))
    assert _picture("arrow-left") != arrow
    assert _picture("qr-code") == code
    assert {"arrow-left", "arrow-right", "chevron-right", "undo-2"} <= DIRECTIONAL


def test_every_icon_named_in_the_screens_is_shipped():
    shipped = {path.stem for path in resource("icons").glob("*.svg")}
    for source in (root() / "ui").rglob("*.py"):
        text = source.read_text("utf-8")
        named = set(re.findall(r'(?:Picture|Tile|IconButton)\(\s*"([a-z0-9-]+)"', text))
        named |= set(re.findall(r'icon="([a-z0-9-]+)"', text))
        assert named <= shipped, source
    assert shipped >= DIRECTIONAL
