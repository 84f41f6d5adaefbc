"""The card by itself: what it says of a choice that may not be made, and what it offers."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.domain.facts import Photo
from stockpile.domain.values import Digest, WeaponId
from stockpile.language import plain
from tests.helpers.readable import displayed, faults
from ui.pages.conflicts_card import ConflictCard
from ui.view_models.conflicts import Case, ChoiceShown, Field, SideShown
from ui.widgets.field import State

WEAPON = WeaponId("w1")


def case(version="a", *, may=True, sides=2, overdue=False):
    told = tuple(
        SideShown(f"{n}. Moved", f"Officer {n}, Depot {n}, 2026-11-0{n}", WEAPON, "KB 1",
                  n == 1, (Photo(Digest(str(n) * 64), "left"),) * (n < 4))
        for n in range(1, sides + 1)
    )  # fmt: skip
    fields = (Field("Place", tuple(f"Rack {n}" for n in range(sides)), differs=True),)
    choices = tuple(
        ChoiceShown(f"Account {n} is right", "The record says so.", may, "move weapons")
        for n in range(1, sides + 1)
    )
    return Case(
        Digest("0" * 64), Digest(version * 64), "In two places at once", "Look where it is.",
        "KB 1", "AKM", "Depot 1", "2026-12-01", overdue, (WEAPON,), told, fields, choices,
    )  # fmt: skip


@pytest.fixture
def card(light, qtbot):
    made = ConflictCard()
    displayed(made, qtbot, 620, 560)
    return made


def test_who_answers_for_it_and_by_when(card):
    card.show_case(case(), ())
    assert plain(card._owner.text()) == "Answered for by Depot 1, to be settled by 2026-12-01."
    card.show_case(case("b", overdue=True), ())
    assert "overdue since 2026-12-01" in plain(card._owner.text())


def test_a_choice_that_is_not_ones_own_is_shown_and_cannot_be_made(card):
    card.show_case(case(may=False), ())
    card.choose(1)
    assert card.chosen == 0
    assert not any(one.isEnabled() for one in card.buttons)
    assert "move weapons" in card.buttons[0].accessibleDescription()


def test_there_is_no_choice_beyond_the_last(card):
    card.show_case(case(), ())
    card.choose(3)
    assert card.chosen == 0


def test_a_begun_choice_stays_until_something_new_was_written(card):
    card.show_case(case(), ())
    card.choose(2)
    card.reason.set_text("half a rea")
    card.show_case(case(), ())
    assert (card.chosen, card.reason.text()) == (2, "half a rea")
    card.show_case(case("b"), ())
    assert (card.chosen, card.reason.text()) == (0, "")


def test_reasons_given_before_are_offered_and_one_press_takes_them(card, qtbot):
    card.show_case(case(), ("went there",))
    card.choose(1)
    assert card.reason.text() == "went there"
    assert card.offers[0].text() == "went there"
    card.offers[1].click()
    assert card.reason.text() == card.offers[1].text()
    qtbot.waitUntil(lambda: not card.is_guarded)
    with qtbot.waitSignal(card.settle_wanted) as wanted:
        card.settle.click()
    assert wanted.args == [1, card.offers[1].text()]


def test_an_empty_reason_is_said_at_its_field(card, qtbot):
    card.show_case(case(), ())
    card.choose(1)
    qtbot.waitUntil(lambda: not card.is_guarded)
    card.settle.click()
    assert card.reason.edit.property("state") in (State.BAD, State.BAD.value, None)
    assert "This is needed." in " ".join(
        one.text() for one in card.reason.findChildren(type(card._title))
    )


def test_five_sides_stand_one_under_the_other_and_nothing_is_cut(card):
    card.show_case(case(sides=5), ())
    assert len(card.buttons) == 5
    QApplication.processEvents()
    assert faults(card) == []
