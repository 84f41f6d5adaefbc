from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from ui.theme import LIGHT, Ink, Tone
from ui.widgets.picture import Picture, Tile

pytestmark = pytest.mark.usefixtures("light")


def test_a_picture_changes(qtbot):
    shown = Picture("info", Ink.MUTED, 24)
    qtbot.addWidget(shown)
    before = shown.grab().toImage()
    shown.show_icon("check", Ink.OK)
    assert shown.grab().toImage() != before
    assert shown.width() == 24


def test_a_tile_lies_on_the_soft_ground_of_its_tone(qtbot):
    tile = Tile("info", Tone.WARN, 40)
    qtbot.addWidget(tile)
    assert tile.grab().toImage().pixelColor(20, 3) == QColor(LIGHT.warn_soft)
    tile.show_icon("check", Tone.OK)
    assert tile.grab().toImage().pixelColor(20, 3) == QColor(LIGHT.ok_soft)
