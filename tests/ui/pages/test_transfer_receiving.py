"""The check of a lorry on the screen: tiles that choose the list, and what differs."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain.errors import WaybillSettled
from stockpile.domain.facts import WaybillOpened
from stockpile.language import plain
from tests.helpers.house import PIN
from ui.pages.transfer_receiving import TransferReceiving
from ui.view_models.transfer_receiving import ReceivingModel


@pytest.fixture
def face(seat, qtbot):
    people, by = seat.stockpile.people, seat.session.officer
    seat.on_books(partial(people.appoint, "S. Second", ("storekeeper",), PIN, by=by))
    second = seat.on_books(partial(people.sign_in, "S. Second", PIN))
    weapons = tuple(seat.register(f"KB {number}") for number in range(3))
    site = seat.on_books(people.site)
    said = WaybillOpened("", weapons, site, to_name="Gulu", seals=("S1",))
    waybill = seat.write(partial(seat.stockpile.transfers.dispatch, said, by=by, witness=second))
    made = TransferReceiving(ReceivingModel(seat.desk, seat.session))
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    with qtbot.waitSignal(made.model.opened):
        made.model.open(waybill.id)
    return made


def scanned(face, qtbot, text):
    with qtbot.waitSignal(face.model.heard):
        face.scan.set_text(text)
        face.scan.submitted.emit()


def test_the_tile_of_the_last_scan_shows_its_list_and_each_tile_shows_its_own(seat, face, qtbot):
    seat.register("EXTRA 1")
    scanned(face, qtbot, "KB 0")
    assert [one.identifier for one in face.list.lines] == ["KB 0"]
    scanned(face, qtbot, "EXTRA 1")
    assert face.tiles["over"].isChecked()
    scanned(face, qtbot, "ZZ 9")
    assert face.tiles["wrong"].isChecked()
    face.tiles["short"].click()
    assert [one.identifier for one in face.list.lines] == ["KB 1", "KB 2"]
    assert "seals" in face._about.text()


def test_a_serial_that_differs_is_noted_and_the_sign_off_says_what_was_found(face, qtbot):
    scanned(face, qtbot, "KB 0")
    scanned(face, qtbot, "KB 1")
    face.ask_differs()
    face._dialog.read.set_text("KB 7")
    face._dialog.confirm.click()
    assert face.tiles["wrong"].figure == "1"
    face.go_on_or_sign()
    assert face.is_finishing
    said = plain(face._outcome.accessibleName())
    assert "1 weapon received" in said
    assert "1 short · 1 wrong" in said
    face.broken.set_text("S1 S2")
    finding = face.finding()
    assert finding.broken_seals == ("S1", "S2")
    assert plain(finding.declaration).startswith("I have checked 1 weapon")
    face.refuse(WaybillSettled("WB-1", "received"))
    assert not face.is_finishing
    with qtbot.waitSignal(face.closed):
        face.go_back()
