"""The hand-in table behind the screen: nothing lies there twice, nobody is guessed."""

from __future__ import annotations

import pytest

from stockpile.domain.collecting import HandIn, Sign
from stockpile.domain.holders import Details
from stockpile.domain.receiving import Description
from stockpile.services.collecting import Brought
from ui.view_models.collecting import CollectingModel, Table, note

PISTOL = Description(serial="", type="PST", model="TT-33")


@pytest.fixture
def model(seat):
    made = CollectingModel(*seat.made_with)
    made.seen = []
    made.came.connect(made.seen.append)
    return made


def kinds(model):
    return [one.kind for one in model.seen]


def test_a_weapon_lies_there_once_but_two_without_serial_are_two(model, qtbot):
    for serial in ("TT-1951", "tt 1951", "none", "none"):
        model.put(serial, PISTOL, described=True)
    qtbot.waitUntil(lambda: len(model.seen) == 4)
    assert kinds(model) == ["put", "twice", "put", "put"]
    assert [one.serial for one in model.table.new] == ["TT-1951", "none", "none"]
    model.count("9x19 mm 7", serviceable=True)
    model.take_off()
    assert model.table.rounds == ()
    assert len(model.table.pieces) == 3
    model.take_off()
    assert len(model.table.pieces) == 2


def test_who_is_meant_is_told_by_card_and_never_by_name(model, seat, qtbot):
    by = seat.session.officer
    details = Details("A. Akello", card="C1", reference="70001")
    who = seat.write(lambda: seat.stockpile.holders.record(details, by=by))
    with qtbot.waitSignal(model.named) as named:
        model.call("A. Akello")
    assert named.args == ["A. Akello"]
    assert model.table.person is None
    model.call("C1")
    qtbot.waitUntil(lambda: model.table.person is not None)
    assert model.table.person.id == who.id
    assert "Akello" not in note(model.table)
    model.leave()
    assert model.table == Table()
    assert note(model.table) == ""


def test_a_receipt_clears_the_table_and_counts_for_today(model, seat, qtbot):
    model.put("TT-1951", PISTOL, described=True)
    qtbot.waitUntil(lambda: bool(model.table.pieces))
    brought = Brought(Details("Okot David"), HandIn(""), model.table.new)
    with qtbot.waitSignals([model.drawn, model.day_changed]):
        model.receive(brought, Sign(reason="no ink"), "en", seat.session.officer)
    assert kinds(model) == ["put", "received"]
    assert model.table.is_empty
    assert [one.name for one in model.day.lines] == ["Okot David"]
    assert model.day.tally.weapons == 1
    receipt = model.day.lines[0].collected
    with qtbot.waitSignal(model.day_changed):
        model.undo(receipt.id, "by mistake")
    assert model.day.tally.weapons == 0
