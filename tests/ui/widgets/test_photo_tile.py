from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtTest import QTest

from ui.widgets.photo_tile import AddTile, PhotoTile, Shot, paint_photo

pytestmark = pytest.mark.usefixtures("light")


def painted(width, height):
    picture = QPixmap(width, height)
    picture.fill(QColor("#112233"))
    return picture


def middle_of(tile):
    return tile.grab().toImage().pixelColor(tile.width() // 2, 50)


def test_a_tile_waits_for_its_picture_and_shows_it(qtbot):
    tile = PhotoTile(Shot("a", "Left side", "as found"))
    qtbot.addWidget(tile)
    assert tile.accessibleName() == "Left side. as found"
    assert not tile.has_picture
    tile.show_picture(painted(140, 100))
    assert tile.has_picture
    assert middle_of(tile) == QColor("#112233")


def test_a_tile_says_that_its_photo_is_not_here(qtbot):
    tile = PhotoTile(Shot("a", "Left side"))
    qtbot.addWidget(tile)
    before = tile.grab().toImage()
    tile.show_missing()
    assert tile.grab().toImage() != before
    assert tile.accessibleName() == "Left side. Not on this computer yet"


def test_bytes_that_are_no_picture_are_shown_as_missing(qtbot):
    tile, known = PhotoTile(Shot("a", "Left side")), PhotoTile(Shot("a", "Left side", missing=True))
    qtbot.addWidget(tile)
    qtbot.addWidget(known)
    tile.show_picture(QPixmap())
    assert tile.grab().toImage() == known.grab().toImage()


def test_keys_of_the_strip_are_passed_on_and_others_are_not(qtbot):
    tile, keys = PhotoTile(Shot("a", "Left side")), []
    qtbot.addWidget(tile)
    tile.keyed.connect(keys.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Delete, Qt.Key.Key_A):
        QTest.keyClick(tile, key)
    assert keys == [Qt.Key.Key_Right, Qt.Key.Key_Delete]


def test_the_tile_for_new_photos_is_wide_while_there_are_none_and_turns_while_it_keeps(qtbot):
    tile = AddTile()
    qtbot.addWidget(tile)
    assert tile.maximumWidth() == tile.minimumWidth()
    tile.show_wide(wide=True)
    assert tile.maximumWidth() > 10_000
    assert not tile.is_busy
    tile.show_busy(busy=True)
    tile.show_busy(busy=True)
    first = tile.grab().toImage()
    qtbot.waitUntil(lambda: tile.grab().toImage() != first)
    tile.show_busy(busy=False)
    assert not tile.is_busy


def test_what_may_be_dropped_is_seen(qtbot):
    tile = AddTile()
    qtbot.addWidget(tile)
    before = tile.grab().toImage()
    tile.show_lit(lit=True)
    assert tile.grab().toImage() != before


@pytest.mark.parametrize(("size", "inside"), [((400, 100), (50, 8)), ((100, 400), (8, 50))])
def test_a_long_photo_is_shown_whole(qtbot, size, inside):
    ground = QImage(100, 100, QImage.Format.Format_ARGB32)
    ground.fill(QColor("white"))
    painter = QPainter(ground)
    paint_photo(painter, QRectF(0, 0, 100, 100), painted(*size))
    painter.end()
    assert ground.pixelColor(50, 50) == QColor("#112233")
    assert ground.pixelColor(*inside) == QColor("white")
