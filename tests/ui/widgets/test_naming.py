from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from ui.widgets.naming import NamingDialog

pytestmark = pytest.mark.usefixtures("light")


def test_a_name_is_asked_for_until_it_is_one(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = NamingDialog("Keep", "It is kept.", "Keep", is_name="Rack 4".__eq__, parent=parent)
    told = []
    dialog.decided.connect(told.append)
    assert not dialog.confirm.isEnabled()
    dialog.accept()
    for typed, is_one in (("Rack", False), (" Rack 4 ", True), ("Rack 44", False)):
        dialog.name.edit.clear()
        qtbot.keyClicks(dialog.name.edit, typed)
        assert dialog.confirm.isEnabled() is is_one
    qtbot.keyClick(dialog.name.edit, Qt.Key.Key_Backspace)
    dialog.accept()
    assert told == ["Rack 4"]
