from __future__ import annotations

from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from ui.pages.trace_dialogs import StepDialog


def test_a_step_tells_the_date_as_it_is_written(light, qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = StepDialog("Sent", "On which day?", "2026-11-28", parent)
    told = []
    dialog.decided.connect(lambda on, remarks: told.append((on, remarks)))
    dialog.on.set_text(" 2026-11-20 ")
    dialog.remarks.set_text("by post")
    dialog.accept()
    assert told == [("2026-11-20", "by post")]
