"""A printer is put right in one dialog: the page, and the numbers measured on it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.printer_fit import PrinterFit
from tests.helpers.printing_table import LONG, acts
from tests.helpers.readable import faults
from ui.pages.printing_ruler import RulerDialog
from ui.view_models.printing import SYSTEM

__all__ = ["acts"]


def test_the_dialog_is_read_whole(acts):
    dialog = RulerDialog(acts.model, "", "", acts.kept)
    dialog.open()
    assert faults(dialog) == []
    dialog.fields["near_across"].set_text("xx")
    dialog.accept()
    assert faults(dialog) == []
    dialog.reject()


@pytest.mark.parametrize("tongue", ["en"], indirect=True)
def test_a_printer_is_put_right_with_two_numbers_and_what_is_none_is_said(acts, qtbot):
    dialog = RulerDialog(acts.model, SYSTEM + "Laser", "l7160", acts.kept)
    dialog.open()
    with qtbot.waitSignal(dialog.drawn, timeout=LONG) as told:
        dialog.draw.click()
    assert told.args[0].name == "ruler-A4.pdf"
    dialog.accept()
    assert dialog.trouble.isVisible()  # nothing was typed yet
    dialog.fields["near_across"].set_text("21,2")
    dialog.fields["near_down"].set_text("19.5")
    dialog.fields["far_across"].set_text("180")
    dialog.accept()
    assert dialog.trouble.isVisible()  # so small a page was made to fit its paper
    dialog.fields["far_across"].set_text("")
    qtbot.keyClick(dialog.fields["near_down"].edit, Qt.Key.Key_Return)
    assert acts.model.fit_of(SYSTEM + "Laser") == PrinterFit(1_200, -500)
    again = RulerDialog(acts.model, SYSTEM + "Laser", "", acts.kept)
    again.forget.click()
    assert acts.model.fit_of(SYSTEM + "Laser") == PrinterFit()
