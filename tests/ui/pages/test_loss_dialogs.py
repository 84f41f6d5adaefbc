"""Taking back what was lost: where it lies now, and how it came."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from stockpile.domain.places import Place
from ui.pages.loss_dialogs import RecoverDialog

SITE, RACK = Place("site", "Depot", "site", None), Place("rack", "Rack 4", "rack", "site")


def dialog(qtbot, *named):
    parent = QWidget()
    qtbot.addWidget(parent)
    return RecoverDialog(named, [SITE, RACK], "site", parent), parent


def test_words_are_needed_and_enter_decides(light, qtbot):
    asked, _parent = dialog(qtbot, "KB 1")
    decided = []
    asked.decided.connect(lambda *said: decided.append(said))
    asked.open()
    assert not asked.confirm.isEnabled()
    qtbot.keyClicks(asked.circumstances.edit, "handed in")
    asked.place.set_value("rack")
    qtbot.keyClick(asked.circumstances.edit, Qt.Key.Key_Return)
    assert decided == [("rack", "handed in")]


def test_several_are_counted(light, qtbot):
    asked, _parent = dialog(qtbot, "KB 1", "KB 2")
    assert asked.place.value() == "site"
