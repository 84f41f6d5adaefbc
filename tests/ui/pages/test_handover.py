from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test needs a bare parent

from tests.helpers.house import PIN
from tests.helpers.readable import faults
from tests.ui.view_models.test_handover import counted
from ui.pages.handover import HandoverDialog
from ui.pages.pins import PinsDialog


@pytest.fixture
def site(seat):
    people, by = seat.stockpile.people, seat.session.officer
    seat.on_books(partial(people.appoint, "N. New", ("storekeeper",), PIN, by=by))
    return seat.on_books(people.site)


@pytest.fixture
def opened(seat, site, qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1024, 640)
    host.show()

    def open_():
        dialog = HandoverDialog(seat.desk, seat.session, host)
        dialog.open()
        qtbot.waitUntil(lambda: dialog._told is not None)
        return dialog

    return open_


def test_without_a_count_it_leads_to_one(opened, qtbot):
    dialog = opened()
    dialog.incoming.set_value("N. New")
    dialog._judge()
    assert faults(dialog) == []
    assert not dialog.confirm.isEnabled()
    with qtbot.waitSignal(dialog.count_wanted):
        qtbot.mouseClick(dialog.count, Qt.MouseButton.LeftButton)


def test_counted_it_is_signed_by_both(opened, seat, site, qtbot):
    counted(seat, site)
    dialog = opened()
    dialog.incoming.set_value("N. New")
    dialog._judge()
    assert faults(dialog) == []
    assert not dialog.count.isVisible()
    qtbot.mouseClick(dialog.confirm, Qt.MouseButton.LeftButton)
    pins = dialog.findChild(PinsDialog)
    with qtbot.waitSignal(dialog.said) as told:
        for row in pins.rows:
            qtbot.keyClicks(row.pin.edit, PIN)
            qtbot.keyClick(row.pin.edit, Qt.Key.Key_Return)
    assert "N. New" in told.args[0]
    custodian = seat.on_books(partial(seat.stockpile.custodians.of, site))
    assert custodian is not None
    again = opened()
    assert again.absent.isVisible()
    again.incoming.set_value("N. New")
    again._judge()
    assert not again.confirm.isEnabled()  # the custodian already, and not counted since


def test_who_is_here_signs_and_the_other_one_confirms_later(opened, seat, site, qtbot):
    counted(seat, site)
    stockpile = seat.stockpile
    custodian = partial(stockpile.custodians.of, site)
    dialog = opened()
    dialog.incoming.set_value("N. New")
    dialog._judge()
    dialog.confirm.click()
    pins = dialog.findChild(PinsDialog)
    assert pins.rows[0].name == seat.session.officer.officer.name
    pins.postpone.click()
    pins.reason.set_text("N. New comes on Monday")
    pins.rows[0].pin.set_text(PIN)
    with qtbot.waitSignal(dialog.accepted):
        pins.postpone.click()
    assert seat.on_books(custodian) is None

    def confirm():
        new = stockpile.people.sign_in("N. New", PIN)
        stockpile.proposals.confirm(stockpile.proposals.open()[0].id, by=new)
        return new.id

    new = seat.on_books(confirm)
    assert seat.on_books(custodian) == new


def test_a_refusal_is_said_and_the_dialog_stays(opened, seat, site, qtbot):
    dialog = opened()
    new = seat.on_books(partial(seat.stockpile.people.sign_in, "N. New", PIN))
    with qtbot.waitSignal(dialog.model.refused):
        dialog._sign(site, "N. New", "", (seat.session.officer, new))
    assert dialog.isVisible()
    assert "Not handed over" in dialog.state.accessibleName()
