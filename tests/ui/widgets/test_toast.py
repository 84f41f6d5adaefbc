from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import (  # noqa: TID251 — a test drives widgets
    QApplication,
    QPushButton,
    QWidget,
)

from ui.theme import Tone
from ui.widgets.toast import LIFE, Toast


@pytest.fixture
def host(qtbot, light):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    return window


def test_a_notice_stays_long_enough_to_undo(host):
    assert LIFE >= 8000
    toast = Toast(host)
    toast.say("Moved to A12-05", "Undo")
    assert toast.isVisible()
    assert toast._life.remainingTime() > LIFE - 1000
    assert toast.accessibleName() == "Moved to A12-05"


def test_undo_is_pressed_or_asked_for_by_keys(qtbot, host):
    toast = Toast(host)
    toast.say("Moved", "Undo")
    button = toast.findChild(QPushButton)
    assert button.accessibleName() == "Undo"
    with qtbot.waitSignal(toast.acted):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not toast.isVisible()
    toast.say("Moved", "Undo")
    with qtbot.waitSignal(toast.acted):
        toast.act()
    acted = []
    toast.acted.connect(lambda: acted.append(1))
    toast.act()
    assert acted == []


def test_a_notice_goes_by_itself(qtbot, host):
    toast = Toast(host)
    toast.say("Saved")
    with qtbot.waitSignal(toast.gone):
        toast._life.start(1)
    assert not toast.isVisible()


def test_a_notice_stays_while_somebody_reads(qtbot, host):
    toast = Toast(host)
    toast.say("Saved", tone=Tone.WARN)
    here = QPointF(1, 1)
    QApplication.sendEvent(toast, QEnterEvent(here, here, here))
    assert not toast._life.isActive()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast._life.isActive()


def test_a_notice_keeps_to_the_foot_of_the_window(qtbot, host):
    toast = Toast(host)
    toast.say("Saved")
    host.resize(700, 400)
    qtbot.waitUntil(lambda: toast.geometry().bottom() < 400)
    assert abs(toast.geometry().center().x() - 350) <= 1


def test_a_newer_notice_takes_the_place_of_an_older(host):
    toast = Toast(host)
    toast.say("Moved", "Undo")
    toast.say("Saved")
    assert toast.accessibleName() == "Saved"
    assert not toast.findChild(QPushButton).isVisible()
