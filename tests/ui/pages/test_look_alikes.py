"""What is on record that looks like the serial being typed."""

from __future__ import annotations

import pytest

from stockpile.services.ports import Hit, RegisterRow
from ui.pages.look_alikes import MOST, LookAlikes
from ui.widgets.button import IconButton
from ui.widgets.chip import Chip
from ui.widgets.compared import Compared


def hit(number, serial, why="serial_looks_alike", *more):
    row = RegisterRow(
        f"w{number}", "N", serial, "", "ASR", "Izhmash", "AKM", "7.62x39 mm", "serviceable",
        "in_store", "Rack 01", "", 0,
    )  # fmt: skip
    return Hit(row, 1.0, why, *more)


@pytest.fixture
def card(light, qtbot):
    card = LookAlikes()
    qtbot.addWidget(card)
    return card


def shown(card, kind):
    return [one for one in card._body.findChildren(kind) if not one.isHidden()]


def test_it_is_there_only_while_something_looks_alike(card):
    assert not card.isVisible()
    card.show_hits("KB1O", [hit(1, "KB10")])
    assert card.isVisible()
    card.show_hits("KB1OX", [])
    assert not card.isVisible()


def test_the_characters_that_differ_and_the_reason_are_said(card):
    card.show_hits("KB1O", [hit(1, "KB10")])
    (compared,) = shown(card, Compared)
    (why,) = shown(card, Chip)
    assert compared.accessibleName() == "KB10, differs in 0"
    assert why.text == "Serial looks alike"


def test_what_the_search_saw_is_marked_and_said(card):
    card.show_hits("KB01", [hit(1, "KB10", "similar", (2, 3), ("swapped",), "KB10")])
    (compared,) = shown(card, Compared)
    (why,) = shown(card, Chip)
    assert compared.accessibleName() == "KB10, differs in 1 0"
    assert why.text == "Neighbours swapped"


def test_only_a_few_are_shown_and_all_are_counted(card):
    card.show_hits("KB1", [hit(number, f"KB{number}") for number in range(5)])
    assert len(shown(card, Compared)) == MOST
    assert "5" in card._title.text()


def test_each_can_be_opened(card, qtbot):
    card.show_hits("KB1", [hit(1, "KB1", "serial")])
    (button,) = shown(card, IconButton)
    with qtbot.waitSignal(card.wanted) as blocker:
        button.click()
    assert blocker.args == ["w1"]
