from __future__ import annotations

from tests.helpers.readable import displayed, faults
from ui.widgets.button import Button, Kind
from ui.widgets.empty_state import EmptyState
from ui.widgets.text import Label


def test_an_empty_page_says_what_to_do_next(qtbot, light):
    action = Button("New transfer", Kind.PRIMARY)
    page = EmptyState("truck", "No transfers", "Send weapons to another depot.", action)
    qtbot.addWidget(page)
    page.resize(700, 500)
    page.show()
    assert {label.text() for label in page.findChildren(Label)} == {
        "No transfers",
        "Send weapons to another depot.",
    }
    assert action.isVisible()
    middle = action.mapTo(page, action.rect().center()).x()
    assert abs(middle - 350) <= 1


def test_its_sentence_takes_more_lines_where_there_is_less_room(light, qtbot):
    page = EmptyState("truck", "No transfers", "Send weapons to another depot. " * 4, Button("Go"))
    displayed(page, qtbot, 360, 400)
    assert faults(page) == []
