from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test needs a bare parent

from stockpile.domain.facts import KitItem
from tests.helpers.readable import faults
from ui.pages.weapon_workshop import KitDialog, RepairDialog


@pytest.fixture
def host(light, qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1024, 640)
    host.show()
    return host


def typed(qtbot, field, text):
    field.edit.selectAll()
    qtbot.keyClick(field.edit, Qt.Key.Key_Delete)
    qtbot.keyClicks(field.edit, text)


def test_a_repair_says_what_was_done(host, qtbot):
    dialog = RepairDialog(host)
    dialog.show()
    assert faults(dialog) == []
    assert not dialog.confirm.isEnabled()
    typed(qtbot, dialog._work, " new pin ")
    with qtbot.waitSignal(dialog.decided) as told:
        dialog._work.submitted.emit()
    assert told.args == ["serviceable", "new pin"]


def test_a_kit_keeps_the_marks_of_what_stays(host, qtbot):
    kit = (KitItem("magazine", 3, "M"), KitItem("sight", 1, "4471"), KitItem("sling"))
    dialog = KitDialog(kit, host)
    dialog.show()
    assert faults(dialog) == []
    dialog._ticks["sling"].setChecked(False)
    dialog._ticks["case"].setChecked(True)
    typed(qtbot, dialog._magazines, "4")
    with qtbot.waitSignal(dialog.decided) as told:
        dialog.accept()
    assert told.args[0] == (
        KitItem("magazine", 4, "M"), KitItem("sight", 1, "4471"), KitItem("case"),
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "-1", "100", "three"])
def test_magazines_are_a_small_number(host, qtbot, text):
    dialog = KitDialog((), host)
    typed(qtbot, dialog._magazines, text)
    assert not dialog.confirm.isEnabled()
    with qtbot.assertNotEmitted(dialog.decided):
        dialog.accept()


def test_no_kit_at_all_can_be_said(host, qtbot):
    dialog = KitDialog((KitItem("magazine", 3),), host)
    typed(qtbot, dialog._magazines, "0")
    with qtbot.waitSignal(dialog.decided) as told:
        dialog.accept()
    assert told.args == [()]
