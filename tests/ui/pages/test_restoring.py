"""Restoring by the dialog: seen first, approved by two, from an open home and a damaged one."""

from __future__ import annotations

import pytest

from stockpile.app import is_home, open_home
from stockpile.settings import Settings
from tests.helpers.house import PASSPHRASE, PIN, TOLD
from tests.helpers.patience import PATIENCE
from tests.helpers.readable import faults
from tests.helpers.seats import second_officer
from ui.pages.restoring import RestoreDialog
from ui.session import Session
from ui.view_models.restoring import RestoringModel

SECOND = "S. Second"


@pytest.fixture
def made(seat):
    """A backup of a home with two officers; something was written after it."""
    seat.register("KB1")
    seat.on_books(lambda: second_officer(seat.stockpile, seat.session.officer))
    backups, by = seat.stockpile.backups, seat.session.officer
    folder = backups.usual_folder()
    made = seat.on_books(lambda: backups.write(folder, by=by))
    seat.register("LATER2")
    return made


def dialog_of(seat, qtbot, session=None):
    model = RestoringModel(seat.desk, session or seat.session, seat.stockpile.home)
    dialog = RestoreDialog(model)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.open()
    qtbot.waitUntil(lambda: dialog._preview is not None, timeout=PATIENCE)
    return dialog


def fill(dialog, *, pin=PIN):
    fields = dialog.approval
    fields.passphrase.set_text(PASSPHRASE)
    fields.first.set_text(TOLD.officer)
    fields.first_pin.set_text(PIN)
    fields.second.set_text(SECOND)
    fields.second_pin.set_text(pin)
    fields.edited.emit()


def test_an_open_home_is_restored_when_the_program_is_started_again(seat, made, qtbot):
    dialog = dialog_of(seat, qtbot)
    assert dialog._preview.entries.lost == 1
    assert dialog.approval.first.text() == TOLD.officer
    assert not dialog.confirm.isEnabled()
    fill(dialog, pin="9999")
    dialog.confirm.click()
    qtbot.waitUntil(dialog.bar.isHidden, timeout=PATIENCE)
    assert dialog.approval.second_pin.text() == ""
    assert dialog._made is None
    fill(dialog)
    dialog.confirm.click()
    qtbot.waitUntil(lambda: dialog._made is not None, timeout=PATIENCE)
    assert dialog._made.waits
    with qtbot.waitSignal(dialog.ended):
        dialog.leave.click()


def test_a_damaged_home_is_replaced_at_once(seat, made, qtbot):
    seat.on_books(seat.stockpile.close)
    home = seat.stockpile.home
    (home / "stockpile.db").write_bytes(bytes(8192))
    dialog = dialog_of(seat, qtbot, Session(Settings()))
    fill(dialog)
    dialog.confirm.click()
    qtbot.waitUntil(lambda: dialog._made is not None, timeout=PATIENCE)
    assert dialog._made.aside is not None
    assert is_home(home)
    again = seat.on_books(lambda: open_home(home, PASSPHRASE))
    seat.session.begin(again, seat.on_books(lambda: again.people.sign_in(TOLD.officer, PIN)))
    dialog.reject()


def test_it_fits_and_can_be_read(seat, made, tongue, qtbot):
    dialog = dialog_of(seat, qtbot)
    assert faults(dialog) == []
    dialog.look(made.file.with_name("none.backup"))
    qtbot.waitUntil(dialog.bar.isHidden, timeout=PATIENCE)
    assert not dialog.confirm.isEnabled()
    assert faults(dialog) == []


def test_without_a_backup_there_is_one_question_and_no_empty_room(seat, tongue, qtbot):
    model = RestoringModel(seat.desk, seat.session, seat.stockpile.home)
    dialog = RestoreDialog(model)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.open()
    assert dialog.height() < 500
    assert faults(dialog) == []
    dialog.look(seat.stockpile.home / "none.backup")
    qtbot.waitUntil(dialog.bar.isHidden, timeout=PATIENCE)
    assert dialog.height() > 600  # room for what it would bring and lose
    assert faults(dialog) == []
