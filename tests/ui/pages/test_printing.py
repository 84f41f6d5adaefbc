"""Printing from a page: what is asked, what is said, and what becomes of old labels."""

from __future__ import annotations

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from stockpile.language import plain
from tests.helpers.printing_table import LONG, acts, ask, weapons

__all__ = ["acts", "weapons"]


@pytest.mark.parametrize("tongue", ["en"], indirect=True)
def test_a_used_sheet_is_begun_at_its_first_free_label(acts, weapons, qtbot):
    dialog = ask(acts, qtbot, weapons)
    qtbot.keyClick(dialog.sheet, Qt.Key.Key_End)
    with qtbot.waitSignal(acts.toast, timeout=LONG) as told:
        qtbot.keyClick(dialog.go, Qt.Key.Key_Return)
    assert plain(told.args[0]) == "5 labels printed to papers/labels.pdf"
    assert acts.dialog is None
    (sheet,) = (acts.model._session.stockpile.home / "papers").glob("labels*.pdf")
    with pypdfium2.PdfDocument(sheet) as document:
        assert len(document) == 2
    assert acts.model.last("weapons").start_at == 1


@pytest.mark.parametrize("tongue", ["en"], indirect=True)
def test_a_lost_label_is_void_only_if_the_person_says_so(acts, seat, weapons, qtbot):
    with qtbot.waitSignal(acts.toast, timeout=LONG):
        acts.print_weapon(weapons[0])
    for way, tags in (("jam", 1), ("lost", 2)):
        with qtbot.waitSignal(acts.model.bears, timeout=LONG):
            acts.print_weapon(weapons[0])
        acts.dialog.why.ways._press(way)
        with qtbot.waitSignal(acts.toast, timeout=LONG):
            acts.dialog.confirm.click()
        stands = seat.on_books(lambda: seat.stockpile.books.weapon(weapons[0]))
        assert len(stands.tags) == tags
