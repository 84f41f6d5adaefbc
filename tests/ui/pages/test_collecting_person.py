"""Who hands in: put down anew or known, and a child by anything that is said."""

from __future__ import annotations

import pytest

from stockpile.domain.holders import Details
from ui.pages.collecting_person import PersonPane, choices, completed
from ui.view_models.collecting import CollectingModel, Day
from ui.widgets.field import ChoiceField


@pytest.fixture
def pane(seat, qtbot):
    pane = PersonPane(CollectingModel(*seat.made_with))
    qtbot.addWidget(pane)
    return pane


def test_nobody_is_no_person_and_group_and_language_stay_for_the_next(pane):
    assert not pane.is_said()
    assert pane.name.message
    pane.name.set_text(" Okot David ")
    pane.unit.set_text("North group")
    pane.sex.set_value("m")
    assert pane.is_said()
    who = pane.who()
    assert isinstance(who, Details)
    assert (who.name, who.unit, who.sex) == ("Okot David", "North group", "m")
    pane.empty()
    assert (pane.name.text(), pane.sex.value()) == ("", "")
    assert pane.unit.text() == "North group"


@pytest.mark.parametrize("by", ["tick", "category", "age"])
def test_a_child_is_known_by_a_tick_by_category_and_by_age(pane, by):
    pane._model.day = Day(today="2026-11-28")
    pane.born.set_text("30")
    assert not pane.is_child
    if by == "tick":
        pane.under_18.setChecked(True)
    elif by == "category":
        pane.category.set_value("child")
    else:
        pane.born.set_text("15")
    assert pane.is_child


def test_the_only_choice_that_begins_so_is_taken_and_nonsense_is_said(light, qtbot):
    field = ChoiceField("Sex", choices("sex"))
    qtbot.addWidget(field)
    assert completed(field)  # nothing was typed
    field.box.setEditText("fem")
    assert completed(field)
    assert field.value() == "f"
    field.box.setEditText("xyz")
    assert not completed(field)
    assert field.message
