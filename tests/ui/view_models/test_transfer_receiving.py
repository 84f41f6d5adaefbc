"""A lorry being checked: live lists, undo, what differs, and one signature."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain.arrivals import Finding
from stockpile.domain.facts import WaybillOpened
from tests.helpers.house import PIN
from ui.view_models.transfer_receiving import ReceivingModel


@pytest.fixture
def waybill(seat):
    people, by = seat.stockpile.people, seat.session.officer
    seat.on_books(partial(people.appoint, "S. Second", ("storekeeper",), PIN, by=by))
    second = seat.on_books(partial(people.sign_in, "S. Second", PIN))
    weapons = tuple(seat.register(f"KB {number}") for number in range(3))
    site = seat.on_books(people.site)
    said = WaybillOpened("", weapons, site, to_name="Gulu", seals=("S1",))
    return seat.write(partial(seat.stockpile.transfers.dispatch, said, by=by, witness=second))


@pytest.fixture
def model(seat, waybill, qtbot):
    made = ReceivingModel(seat.desk, seat.session)
    with qtbot.waitSignal(made.opened):
        made.open(waybill.id)
    return made


def scanned(model, qtbot, text):
    with qtbot.waitSignal(model.heard) as heard:
        model.scan(text)
    return heard.args[0]


def test_scans_are_judged_live_and_the_check_stays_while_one_goes_elsewhere(
    seat, model, waybill, qtbot
):
    seat.register("EXTRA 1")
    assert scanned(model, qtbot, "KB 0").scan.verdict == "received"
    assert scanned(model, qtbot, "KB 0").scan.verdict == "twice"
    over = scanned(model, qtbot, "EXTRA 1")
    assert (over.scan.verdict, over.line.serial) == ("over", "EXTRA 1")
    assert scanned(model, qtbot, "ZZ 9").scan.verdict == "unknown"
    checked = model.checklist
    with qtbot.waitSignal(model.opened):
        model.open(waybill.id)
    assert model.checklist is checked
    model.undo()
    assert model.checklist.unknown == ()


def test_what_names_several_weapons_or_a_place_counts_as_nothing(seat, model, qtbot):
    for _each in range(2):
        seat.register("SAME 1")
    assert scanned(model, qtbot, "SAME 1").several
    assert model.checklist.scans == ()


def test_a_label_on_another_serial_is_noted_as_wrong(model, qtbot):
    scanned(model, qtbot, "KB 1")
    with qtbot.waitSignal(model.heard) as heard:
        model.differing("KB 7")
    assert heard.args[0].scan.verdict == "wrong"
    assert [one.read for one in model.checklist.wrong] == ["KB 7"]
    with qtbot.waitSignal(model.refused):
        model.differing(" ")


def test_it_is_signed_for_with_a_note_and_put_aside(seat, model, waybill, qtbot):
    scanned(model, qtbot, "KB 0")
    site = seat.on_books(seat.stockpile.people.site)
    with qtbot.waitSignal(model.arrived, timeout=10_000) as arrived:
        model.receive(Finding(("S1",), "taken over"), site, (seat.session.officer,))
    came = arrived.args[0]
    assert came.waybill.state == "partly"
    assert came.note.file.name.endswith("receipt.pdf")
    assert model.lorry is None
    with qtbot.waitSignal(model.refused):
        model.open("nothing")
