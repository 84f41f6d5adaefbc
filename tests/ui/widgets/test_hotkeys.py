from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (  # noqa: TID251 — a test drives widgets
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.hotkeys import on_key


def test_a_key_is_heard_where_the_hand_is_and_nowhere_else(qtbot):
    window, heard = QWidget(), []
    qtbot.addWidget(window)
    panes, lines = [QWidget(), QWidget()], [QLineEdit(), QLineEdit()]
    for name, pane, line in zip("ab", panes, lines, strict=True):
        QVBoxLayout(pane).addWidget(line)
        on_key(pane, "F5", lambda name=name: heard.append(name))
    QVBoxLayout(window).addWidget(panes[0])
    window.layout().addWidget(panes[1])
    window.show()
    window.activateWindow()
    for line, expected in ((lines[0], ["a"]), (lines[1], ["a", "b"])):
        line.setFocus()
        qtbot.waitUntil(line.hasFocus)
        QTest.keyClick(line, Qt.Key.Key_F5)
        assert heard == expected
