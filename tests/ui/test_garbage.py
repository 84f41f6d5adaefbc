"""What nobody names any more is taken apart on the screen's thread, however busy the lanes are."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QObject, Qt, QTimer

from ui import garbage
from ui.garbage import Garbage


class Circle(QObject):
    """A page that names itself, as most do, with a timer that runs."""

    def __init__(self, ends):
        super().__init__()
        self.me = self
        self.timer = QTimer(self, interval=10)
        self.timer.start()
        told = Qt.ConnectionType.DirectConnection
        self.destroyed.connect(lambda: ends.append(threading.current_thread().name), told)


@pytest.fixture
def usual():
    """Put Python's own way back afterwards."""
    was, limits = gc.isenabled(), gc.get_threshold()
    yield
    gc.set_threshold(*limits)
    if was:
        gc.enable()


def test_a_lane_that_makes_much_takes_no_page_apart(qtbot, usual):
    owner, ends, made = QObject(), [], []
    gc.collect()
    gc.set_threshold(100, 2, 2)
    Garbage(owner)
    for _one in range(20):
        Circle(ends)
        lane = threading.Thread(target=lambda: made.extend([] for _each in range(1_000)))
        lane.start()
        lane.join()
    assert ends == []
    garbage.look()
    assert ends == ["MainThread"] * 20


def test_the_screen_looks_by_itself(qtbot, usual, monkeypatch):
    monkeypatch.setattr(garbage, "ROUND", 1)
    owner, ends = QObject(), []
    gc.collect()
    gc.set_threshold(0, 0, 0)
    gc.set_threshold(1, 1, 1)
    Garbage(owner)
    Circle(ends)
    qtbot.waitUntil(lambda: ends == ["MainThread"])


def test_nothing_is_searched_before_it_is_due(usual):
    gc.disable()
    gc.set_threshold(1_000_000, 1_000_000, 1_000_000)
    searched = []
    heard = lambda phase, _told: searched.append(phase)  # noqa: E731 - one list of one word
    gc.callbacks.append(heard)
    try:
        garbage.look()
    finally:
        gc.callbacks.remove(heard)
    assert searched == []
