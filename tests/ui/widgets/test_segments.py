"""Ways to do one thing: one of them is chosen, by mouse or by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ui.widgets.segments import Segment, Segments


@pytest.fixture
def ways(light, qtbot):
    ways = Segments([Segment("one", "One by one"), Segment("several", "Several", "F7")])
    qtbot.addWidget(ways)
    ways.show()
    return ways


def test_the_first_is_chosen_and_choosing_tells_nobody(ways, qtbot):
    assert ways.current == "one"
    with qtbot.assertNotEmitted(ways.chosen):
        ways.choose("several")
    assert ways.current == "several"


def test_a_press_chooses_and_tells(ways, qtbot):
    with qtbot.waitSignal(ways.chosen) as told:
        ways._parts["several"].click()
    assert told.args == ["several"]
    assert ways.current == "several"
    ways._parts["several"].click()
    assert ways.current == "several"  # pressed again it stays


def test_keys_alone_choose(ways, qtbot):
    part = ways._parts["several"]
    part.setFocus(Qt.FocusReason.TabFocusReason)
    before = ways.grab().toImage()
    qtbot.keyClick(part, Qt.Key.Key_Space)
    assert ways.current == "several"
    assert ways.grab().toImage() != before


def test_the_words_are_whole_and_the_key_is_in_the_hint(ways):
    part = ways._parts["several"]
    assert part.width() >= part.sizeHint().width()
    assert (part.accessibleName(), part.toolTip()) == ("Several", "F7")
