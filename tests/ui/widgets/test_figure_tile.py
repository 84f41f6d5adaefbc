from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.helpers.readable import displayed, faults, tongue
from ui.theme import Tone
from ui.widgets.figure_tile import FigureTile

__all__ = ["tongue"]


@pytest.fixture
def tile(tongue, qtbot):
    made = FigureTile("circle-check", Tone.OK, hint="Ctrl+1")
    made.show_figure("41", "of 48 found")
    displayed(made, qtbot, 240, 72)
    return made


def test_a_figure_is_read_aloud_with_its_words_and_is_usable_by_all(tile):
    assert tile.accessibleName() == "41 of 48 found"
    assert tile.figure == "41"
    assert faults(tile) == []


def test_it_is_pressed_by_keys_and_stays_chosen(tile, qtbot):
    plain = tile.grab().toImage()
    tile.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(tile, Qt.Key.Key_Space)
    assert tile.isChecked()
    tile.clearFocus()
    assert tile.grab().toImage() != plain


def test_another_figure_in_another_tone_is_drawn_anew(tile):
    before = tile.grab().toImage()
    tile.show_figure("42", "of 48 found", Tone.WARN)
    assert tile.grab().toImage() != before
