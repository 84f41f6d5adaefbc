from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit  # noqa: TID251 — a test drives widgets

from ui.widgets.button import Kind
from ui.widgets.dialogs import ConfirmDialog

pytestmark = pytest.mark.usefixtures("light")


def test_what_cannot_be_undone_needs_a_typed_reason(qtbot):
    dialog = ConfirmDialog("Destroy 12 weapons?", "They cannot come back.", "Destroy", reason="Why")
    qtbot.addWidget(dialog)
    dialog.open()
    assert not dialog.confirm.isEnabled()
    reason = dialog.findChild(QPlainTextEdit)
    qtbot.keyClicks(reason, "  ab ")
    assert not dialog.confirm.isEnabled()
    qtbot.keyClicks(reason, "c")
    assert dialog.confirm.isEnabled()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.confirm, Qt.MouseButton.LeftButton)
    assert dialog.reason() == "ab c"


def test_escape_leaves_everything_as_it_is(qtbot):
    dialog = ConfirmDialog("Export?", "A file leaves the site.", "Export", danger=False)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.confirm.isEnabled()
    assert dialog.confirm.kind is Kind.PRIMARY
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert dialog.reason() == ""
