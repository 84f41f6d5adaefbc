"""Orders are chosen, opened and ended; what an order would hold is said before it is opened."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a dialog stands over one

from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.domain.orders import SortedOut
from stockpile.language import plain
from tests.helpers.readable import displayed, faults
from ui.pages.marking_order_dialogs import (
    AsideDialog,
    NewOrderDialog,
    OrdersDialog,
    end_dialog,
    proposal_words,
)
from ui.view_models.marking_order import NewOrder, OrderModel, Proposal
from ui.view_models.marking_setup import Setup

LEFT_OUT = (
    "Nothing here is to be marked · 1 bears its mark · 1 in doubt · 1 not here · 2 name no weapon"
)


@pytest.fixture
def weapons(seat):
    return tuple(seat.register(f"KB{n}") for n in range(3))


@pytest.fixture
def model(seat, weapons, qtbot):
    made = OrderModel(*seat.made_with)
    made.start()
    made.open(NewOrder("First", weapons, MOSAIC_IMPORT))
    qtbot.waitUntil(lambda: made.in_hand is not None and bool(made.orders))
    return made


@pytest.fixture
def page(light, qtbot):
    return displayed(QWidget(), qtbot, 900, 700)


def new(seat, model, page, **how):
    schemes = seat.on_books(seat.stockpile.schemes.all)
    places = seat.on_books(seat.stockpile.places.all)
    dialog = NewOrderDialog(model, schemes, Setup(), places, page, machine="bench", **how)
    dialog.open()
    return dialog


def decided(dialog, qtbot):
    qtbot.waitUntil(dialog.confirm.isEnabled)
    with qtbot.waitSignal(dialog.decided) as said:
        dialog.confirm.click()
    return said.args[0]


def test_an_order_of_the_list_is_taken_in_hand(model, page, qtbot):
    dialog = OrdersDialog(model, page)
    dialog.open()
    (line,) = dialog.list.lines
    assert (line.identifier, line.at_end, plain(line.beneath)) == ("First", "in hand", "3 weapons")
    with qtbot.waitSignal(dialog.taken) as said:
        qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert said.args[0].id == model.order.id


@pytest.mark.parametrize(
    ("button", "signal"),
    [("new", "new_wanted"), ("end", "close_wanted"), ("down", "down_wanted")],
)
def test_the_other_ways_lead_on(model, page, qtbot, button, signal):
    dialog = OrdersDialog(model, page)
    dialog.open()
    with qtbot.waitSignal(getattr(dialog, signal)):
        qtbot.mouseClick(getattr(dialog, button), Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_without_an_order_it_says_what_one_is_for(seat, page, qtbot):
    dialog = OrdersDialog(OrderModel(*seat.made_with), page)
    dialog.open()
    assert not dialog.take.isEnabled()
    assert not dialog.list.isVisible()
    assert not dialog.end.isVisible()
    dialog.reject()


def test_all_that_stands_in_a_place_is_ordered(seat, model, page, weapons, qtbot):
    dialog = new(seat, model, page)
    assert not dialog.confirm.isEnabled()
    dialog.place.set_value(seat.on_books(seat.stockpile.people.site))
    qtbot.waitUntil(lambda: plain(dialog.verdict.text()) == "3 weapons to mark")
    dialog.name.set_text("Second")
    dialog.purpose.set_value("state_stock")
    said = decided(dialog, qtbot)
    assert said == NewOrder("Second", weapons, MOSAIC_IMPORT, "state_stock", "bench")


def test_a_scanned_list_says_what_names_no_weapon(seat, model, page, weapons, qtbot):
    dialog = new(seat, model, page)
    qtbot.mouseClick(dialog.source._parts["list"], Qt.MouseButton.LeftButton)
    dialog.list.set_text("KB1\nKB9\nKB2")
    wanted = "2 weapons to mark · 1 names no weapon"
    qtbot.waitUntil(lambda: plain(dialog.verdict.text()) == wanted)
    assert decided(dialog, qtbot).weapons == weapons[1:]


def test_a_choice_from_the_register_asks_for_no_place(seat, model, page, weapons, qtbot):
    dialog = new(seat, model, page, chosen=weapons[:2])
    assert not dialog.place.isVisible()
    assert not dialog.source.isVisible()
    assert decided(dialog, qtbot).weapons == weapons[:2]


@pytest.mark.parametrize(
    ("proposal", "said"),
    [
        (Proposal(SortedOut(("1",), ("2", "3"))), "1 weapon to mark · 2 bear their mark"),
        (
            Proposal(SortedOut((), ("2",), ("3",), ("4",)), ("x", "y")),
            LEFT_OUT,
        ),
    ],
)
def test_what_is_left_out_is_said(light, proposal, said):
    assert plain(proposal_words(proposal)) == said


def test_a_weapon_is_set_aside_with_a_reason(page, qtbot):
    dialog = AsideDialog("KB1", page)
    dialog.open()
    assert not dialog.confirm.isEnabled()
    dialog.kind.choose("problem")
    dialog._reason.set_text("The receiver is cracked.")
    with qtbot.waitSignal(dialog.decided) as said:
        dialog.confirm.click()
    assert said.args == ["The receiver is cracked.", True]


def test_an_order_is_ended_with_a_reason(page, qtbot):
    ended = []
    dialog = end_dialog("First", 2, page, ended.append)
    dialog.open()
    assert not dialog.confirm.isEnabled()
    dialog._reason.set_text("handed to Gulu")
    dialog.confirm.click()
    assert ended == ["handed to Gulu"]


def test_everybody_can_use_them(tongue, seat, model, qtbot):
    under = displayed(QWidget(), qtbot, 900, 700)
    dialogs = [
        OrdersDialog(model, under),
        new(seat, model, under),
        AsideDialog("KB1", under),
        end_dialog("First", 2, under, print),
    ]
    for dialog in dialogs:
        dialog.open()
        assert faults(dialog) == []
        dialog.reject()
