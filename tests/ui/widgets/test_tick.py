"""A box to tick, drawn in the program's own strokes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from ui.theme import LIGHT
from ui.widgets.tick import Tick


def colours(tick):
    picture = tick.grab().toImage()
    return {picture.pixelColor(x, 14).name() for x in range(picture.width())}


def test_it_is_ticked_by_space_and_by_a_click_on_its_words(light, qtbot):
    tick = Tick("Chamber seen empty")
    qtbot.addWidget(tick)
    tick.show()
    assert tick.accessibleName() == "Chamber seen empty"
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert tick.isChecked()
    qtbot.mouseClick(tick, Qt.MouseButton.LeftButton, pos=tick.rect().center())
    assert not tick.isChecked()


def test_a_ticked_box_is_filled_in_the_accent_and_a_grave_one_in_the_ink_of_danger(light, qtbot):
    tick, grave = Tick("Safety applied"), Tick("Explosive remnant", grave=True)
    for one in (tick, grave):
        qtbot.addWidget(one)
        assert QColor(LIGHT.accent).name() not in colours(one)
        one.setChecked(True)
    assert QColor(LIGHT.accent).name() in colours(tick)
    assert QColor(LIGHT.bad).name() in colours(grave)


def test_the_box_stands_where_reading_starts(mirrored, qtbot):
    tick = Tick("نعم")
    qtbot.addWidget(tick)
    tick.resize(200, 28)
    tick.setChecked(True)
    picture = tick.grab().toImage()
    accent = QColor(LIGHT.accent)
    assert any(picture.pixelColor(x, 14) == accent for x in range(175, 200))
    assert not any(picture.pixelColor(x, 14) == accent for x in range(25))


def test_words_that_do_not_fit_are_told_by_the_hint(light, qtbot):
    tick = Tick("Transferred in breach of an embargo of the Security Council")
    qtbot.addWidget(tick)
    tick.resize(tick.minimumSizeHint())
    tick.grab()
    assert tick.toolTip() == tick.text()
