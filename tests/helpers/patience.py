"""A robot for windows that waits longer than its maker's: a busy computer is not a fault."""

from __future__ import annotations

from typing import Final

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

PATIENCE: Final = 60_000
"""Milliseconds until something that is still to come counts as missing."""


class PatientBot(QtBot):
    """Waits up to a minute wherever a test does not say how long."""

    def waitUntil(self, callback, *, timeout=PATIENCE):  # noqa: N802 — Qt's way of naming
        """Wait until the callback is true."""
        return super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal, *, timeout=PATIENCE, **wanted):  # noqa: N802
        """Wait until the signal was sent."""
        return super().waitSignal(signal, timeout=timeout, **wanted)

    def waitSignals(self, signals, *, timeout=PATIENCE, **wanted):  # noqa: N802
        """Wait until all signals were sent."""
        return super().waitSignals(signals, timeout=timeout, **wanted)

    def waitActive(self, widget, *, timeout=PATIENCE):  # noqa: N802
        """Wait until the window has the keyboard."""
        return super().waitActive(widget, timeout=timeout)

    def waitExposed(self, widget, *, timeout=PATIENCE):  # noqa: N802
        """Wait until the window is on the screen."""
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp, request):
    """The robot of every test of a screen; what it closed is gone before the next test begins.

    A widget that is to be deleted waits for an event loop: thousands of them that wait make every
    change of theme or direction slow.
    """
    yield PatientBot(request)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
