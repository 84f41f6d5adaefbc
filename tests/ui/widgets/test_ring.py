from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QWidget  # noqa: TID251 — a test drives widgets

from ui.widgets.button import Button


def test_the_ring_is_for_those_who_move_by_keys(qtbot, light):
    widget = QWidget()
    qtbot.addWidget(widget)
    first, second = Button("a", parent=widget), Button("b", parent=widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    first.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not first.ringed
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    qtbot.waitUntil(second.hasFocus)
    assert (first.ringed, second.ringed) == (False, True)


def test_a_ring_outlives_a_visit_to_another_window(qtbot, light):
    button = Button("a")
    qtbot.addWidget(button)
    button.show()
    away = Qt.FocusReason.ActiveWindowFocusReason
    for kind, reason in (
        (QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason),
        (QEvent.Type.FocusOut, away),
        (QEvent.Type.FocusIn, away),
    ):
        QApplication.sendEvent(button, QFocusEvent(kind, reason))
    assert button.ringed
