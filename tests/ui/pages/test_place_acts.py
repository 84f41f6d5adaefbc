"""What is done to places: who may, what is asked first, and where a refusal is said."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from stockpile.language import plain
from ui.pages.place_acts import PlaceActs
from ui.pages.printing import PrintingActs
from ui.view_models.places import PlacesModel


@pytest.fixture
def rack(seat):
    site, by = seat.on_books(seat.stockpile.people.site), seat.session.officer
    return seat.write(partial(seat.stockpile.places.open, "Rack 1", "rack", site, "R1", by=by))


@pytest.fixture
def acts(seat, rack, qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    model = PlacesModel(*seat.made_with)
    with qtbot.waitSignal(model.shown):
        model.refresh()
    printing = PrintingActs.of(*seat.made_with, page)
    made = PlaceActs(model, printing, seat.notices, page)
    made.model, made.page = model, page
    return made


def test_a_row_is_added_into_the_room_that_is_shown(acts, qtbot):
    acts.ask_new("crate")
    assert acts.dialog.kind.value() == "crate"
    acts.dialog.name.set_text("Crate 1..3")
    acts.dialog._judge()
    with qtbot.waitSignal(acts.toast) as told:
        acts.dialog.accept()
    assert plain(told.args[0]) == "3 places added"
    assert acts.dialog is None


def test_a_refusal_is_said_in_the_form_while_it_is_open(acts, seat, rack, qtbot):
    acts.ask_new("rack")
    acts.dialog.name.set_text("Rack 2")
    acts.dialog.code.set_text("R1")
    acts.dialog._judge()
    with qtbot.waitSignal(acts.model.refused):
        acts.dialog.accept()
    assert acts.dialog.isVisible()
    assert seat.said == []
    acts.dialog.reject()


def test_a_refusal_without_a_form_is_a_notice(acts, seat, rack, qtbot):
    seat.register("KB1", rack)
    acts.ask_close(rack)
    acts.dialog._reason.set_text("sold")
    with qtbot.waitSignal(acts.model.refused):
        acts.dialog.accept()
    assert len(seat.said) == 1


def test_nothing_is_asked_of_no_place_or_of_who_may_not(acts, seat, rack):
    acts.ask_change(None)
    acts.ask_close(None)
    acts.print_cards([])
    seat.sit_down("I. Nkosi", "auditor")
    acts.ask_change(rack)
    assert acts.dialog is None


def test_cards_say_where_they_are(acts, rack, qtbot):
    with qtbot.waitSignal(acts.toast, timeout=20_000) as told:
        acts.print_cards([rack.id])
    assert plain(told.args[0]) == "1 card printed to papers/cards.pdf"
    assert told.args[1] == "Open"
