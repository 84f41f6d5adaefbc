"""What holds for all that is handed over: typed once, told at each key."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import FieldUnreadable
from tests.helpers.readable import displayed, faults
from ui.pages.issuing_header import HeaderFields
from ui.view_models.counter import Header


@pytest.fixture
def fields(light, qtbot):
    fields = HeaderFields(Header(purpose="Gate guard"))
    displayed(fields, qtbot, 700, 90)
    fields.told = []
    fields.edited.connect(fields.told.append)
    return fields


def test_what_is_typed_is_told_whole(fields, qtbot):
    qtbot.keyClicks(fields.due.edit, "18:00")
    fields.use.set_value("assignment")
    assert fields.told[-1] == Header("18:00", "Gate guard", "", "assignment")


def test_what_is_shown_again_does_not_move_the_cursor(fields, qtbot):
    qtbot.keyClicks(fields.patrol.edit, "North")
    fields.patrol.edit.setCursorPosition(1)
    fields.show_header(fields.header)
    assert fields.patrol.edit.cursorPosition() == 1
    fields.show_header(Header())
    assert fields.patrol.text() == ""


def test_a_time_that_is_none_is_said_at_its_field(fields, qtbot):
    fields.refuse(FieldUnreadable("due", "soon"))
    assert "soon" in fields.due.message
    qtbot.keyClicks(fields.due.edit, "1")
    assert fields.due.message == ""


def test_the_header_is_whole_in_every_language(tongue, qtbot):
    fields = HeaderFields(Header())
    displayed(fields, qtbot, 756, 90)
    assert faults(fields) == []
