"""Row 13 of the walk-throughs: the day is closed with two keys and one PIN, and can be proved."""

from __future__ import annotations

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import Qt

from stockpile.app import PRACTICE, PRACTICE_PASSPHRASE, PRACTICE_PIN, read_backup, restore_backup
from stockpile.services.ports import RegisterFilter
from stockpile.services.restoring import Approval
from tests.helpers.desktops import PATIENCE, sign_in
from tests.helpers.fingers import Fingers, report
from ui.pages.pins import PinsDialog

TARGET = 7
"""Two keys and one PIN of four digits and Enter."""


def read_codes(file):
    """The bar codes of a PDF's first page, as a scanner reads them."""
    page = pypdfium2.PdfDocument(file)[0]
    return [one.text for one in zxingcpp.read_barcodes(page.render(scale=4).to_pil())]


@pytest.fixture
def fingers(qapp):
    hands = Fingers()
    yield hands
    hands.rest()


def test_the_day_is_closed_and_its_sheet_backup_and_code_hold(desktop, qtbot, fingers, tmp_path):
    window = sign_in(desktop, qtbot)
    page = window.page("today")
    page.model.use_folder(tmp_path / "stick")
    qtbot.waitUntil(lambda: page._standing is not None)
    fingers.begin()
    fingers.press(Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(page.close_day.hasFocus)
    fingers.press(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: page.findChild(PinsDialog) is not None)
    qtbot.waitUntil(page.findChild(PinsDialog).rows[0].pin.edit.hasFocus)
    with qtbot.waitSignal(page.model.closed, timeout=PATIENCE) as told:
        fingers.pin(PRACTICE_PIN)
    counted = fingers.counted
    report(13, "Close the day", "2 K + 1 P = 7", counted)
    assert counted.units <= TARGET
    backup, sheet = told.args

    # The sheet is read as the inspector reads it, and its code is held against the ledger.
    seal, code = sorted(read_codes(sheet), key=len, reverse=True)
    assert seal.split("/")[1].lower() == code
    assert pypdfium2.PdfDocument(sheet)[0].get_textpage().get_text_range().count(code) >= 2
    page.card.head.set_text(code)
    with qtbot.waitSignal(page.model.head_checked) as told:
        page.card.head.submitted.emit()
    assert told.args == [True]

    # The backup is opened again, and is this depot as it stood.
    assert read_backup(backup.file) == backup
    stockpile = window._session.stockpile
    count = desktop.desk.on_books(stockpile.register).count
    officers = desktop.desk.on_books(stockpile.people).officers()
    second = next(one for one in officers if one.name != PRACTICE.officer and one.may("confirm"))
    signed = ((one, PRACTICE_PIN) for one in (PRACTICE.officer, second.name))
    by = Approval(PRACTICE_PASSPHRASE, *signed)
    made = restore_backup(backup.file, tmp_path / "again", by)
    assert made.backup.weapons == backup.weapons > 0
    assert backup.weapons == count(RegisterFilter())
