"""The dialog that asks how labels are printed, and the one that asks why again."""

from __future__ import annotations

from stockpile.language import plain
from tests.helpers.printing_table import LONG, acts, ask, weapons
from tests.helpers.readable import faults
from ui.pages.printing_dialog import BorneDialog

__all__ = ["acts", "weapons"]


def test_the_dialog_is_read_whole_and_says_how_many_sheets(acts, seat, weapons, qtbot):
    with qtbot.waitSignal(acts.toast, timeout=LONG):
        acts.print_weapon(weapons[0])
    dialog = ask(acts, qtbot, weapons)
    assert faults(dialog) == []
    dialog.sheet.begin_at(18)
    assert "2" in plain(dialog.where.text())
    dialog.stock.set_value("roll-58x40")
    assert faults(dialog) == []
    assert not dialog.sheet.isEnabled()
    dialog.stock.box.setCurrentText("no such stock")
    assert not dialog.go.isEnabled()
    dialog.accept()
    assert dialog.isVisible()
    dialog.reject()


def test_why_labels_are_printed_again_is_asked_in_words(acts, qtbot):
    dialog = BorneDialog(3, 5, acts.kept)
    dialog.open()
    assert faults(dialog) == []
    assert not dialog.why.anew
    dialog.why.ways._press("lost")
    with qtbot.waitSignal(dialog.decided) as told:
        dialog.confirm.click()
    assert told.args == [True]
