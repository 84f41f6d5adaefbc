"""Which of a short closed list apply."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.helpers.readable import displayed, faults, tongue
from ui.widgets.choice_field import Choice
from ui.widgets.field_frame import State
from ui.widgets.tick import Tick
from ui.widgets.ticks_field import TicksField

__all__ = ["tongue"]


@pytest.fixture
def field(tongue, qtbot):
    choices = [Choice("embargo", "In breach of an embargo"), Choice("unmarked", "Not marked")]
    field = TicksField("Illicit ground", choices)
    displayed(field, qtbot, 320, 160)
    return field


def test_boxes_are_ticked_by_keys_and_told_in_the_order_of_the_list(field, qtbot):
    first, second = field.findChildren(Tick)
    with qtbot.waitSignal(field.chosen) as told:
        qtbot.keyClick(second, Qt.Key.Key_Space)
    assert told.args == ["unmarked"]
    qtbot.keyClick(first, Qt.Key.Key_Space)
    assert field.value() == "embargo,unmarked"


def test_what_is_set_is_ticked_and_nobody_is_told(field, qtbot):
    with qtbot.assertNotEmitted(field.chosen):
        field.set_value("unmarked")
    assert field.value() == "unmarked"
    field.set_value("")
    assert field.value() == ""


def test_a_refusal_stands_under_the_boxes(field):
    field.show_state(State.BAD, "This is none of the grounds.")
    assert field.message == "This is none of the grounds."
    assert faults(field) == []
