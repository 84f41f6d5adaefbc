"""A sheet filled by hand is typed in by one key a row, with the time at which it was filled."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDateTime, Qt

from stockpile.domain.facts import WeaponCounted
from tests.helpers.armouries import armoury
from tests.helpers.readable import displayed, faults
from ui.pages.counting_sheet import SheetDialog
from ui.view_models.counting import CountingModel
from ui.view_models.counting_plans import Plan

Key = Qt.Key
WAIT = 20_000


@pytest.fixture
def store(seat):
    return armoury(seat)


@pytest.fixture
def model(seat, store, qtbot):
    made = CountingModel(*seat.made_with)
    with qtbot.waitSignal(made.opened, timeout=WAIT):
        made.open(Plan(second=store.second))
    yield made
    qtbot.waitUntil(lambda: not made._is_soon)


@pytest.fixture
def dialog(seat, model, qtbot):
    rows = seat.on_books(lambda: seat.stockpile.count_papers.rows(model.count.stocktake))
    made = SheetDialog(rows, model.count.places)
    displayed(made, qtbot, 720, 620)
    return made


def test_a_row_a_key_and_what_was_not_ticked_is_still_to_find(dialog, model, seat, store, qtbot):
    dialog.decided.connect(model.take_sheet)
    dialog.when.set_text("2026-11-20 09:30")
    dialog.list.setFocus()
    for key in (Key.Key_Space, Key.Key_Return, Key.Key_Down, Key.Key_Space):
        qtbot.keyClick(dialog.list, key)
    assert [one.icon for one in dialog.list.lines].count("square-check") == 3
    qtbot.keyClick(dialog, Key.Key_F5)
    qtbot.waitUntil(lambda: model.tally.found == 3, timeout=WAIT)
    assert {one.identifier for one in model.items("missing")} == {"KB01003", "KB02002", "KB02003"}
    history = seat.on_books(lambda: seat.stockpile.books.history(store.weapons["KB01001"]))
    counted = history[-1].body
    assert isinstance(counted, WeaponCounted)
    assert counted.how == "paper"
    at = QDateTime.fromMSecsSinceEpoch(counted.seen).toString("yyyy-MM-dd HH:mm")
    assert at == "2026-11-20 09:30"


def test_a_row_ticked_by_mistake_is_unticked(dialog, qtbot):
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Key.Key_Space)
    qtbot.keyClick(dialog.list, Key.Key_Up)
    qtbot.keyClick(dialog.list, Key.Key_Space)
    assert dialog.readings == ()
    assert not dialog.take.isEnabled()


def test_what_was_written_beside_the_rows_goes_with_it(dialog, model, qtbot):
    dialog.decided.connect(model.take_sheet)
    dialog.place.set_value(model.count.places[1].place.id)
    qtbot.keyClicks(dialog.text.edit, "ZZ-404")
    qtbot.keyClick(dialog.text.edit, Key.Key_Return)
    dialog.accept()
    qtbot.waitUntil(lambda: bool(model.items("stranger")), timeout=WAIT)
    assert model.items("stranger")[0].seen == "A02"


def test_a_time_that_cannot_be_read_is_said_at_its_field(dialog, qtbot):
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Key.Key_Space)
    dialog.when.set_text("yesterday")
    dialog.accept()
    assert dialog.when.message
    assert dialog.isVisible()


def test_a_blind_sheet_has_no_rows_and_asks_for_the_rack(model, qtbot):
    blind = SheetDialog((), model.count.places)
    displayed(blind, qtbot, 720, 620)
    qtbot.keyClicks(blind.text.edit, "KB01001")
    qtbot.keyClick(blind.text.edit, Key.Key_Return)
    assert blind.place.message
    assert blind.readings == ()


def test_everybody_can_use_it(dialog, tongue, qtbot):
    again = SheetDialog(tuple(dialog._rows.values()), ())
    displayed(again, qtbot, 720, 620)
    assert faults(again) == []
