"""The hands of a clerk at the real window: keys, scans, clicks, PINs, and how many of each."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget  # noqa: TID251 — a test drives widgets

Key, Modifier = Qt.Key, Qt.KeyboardModifier
SCANS_A_SECOND = 20
KEYS_OF_A_PIN = 5
"""Four digits and Enter: what the targets count for the PIN of one person."""


@dataclass(frozen=True)
class Counted:
    """What a job took: keys, scans, clicks, PINs; a PIN counts for five keys."""

    keys: int
    scans: int
    clicks: int
    pins: int

    @property
    def units(self) -> int:
        return self.keys + self.scans + self.clicks + KEYS_OF_A_PIN * self.pins

    def __str__(self) -> str:
        return f"{self.keys} K + {self.scans} S + {self.clicks} C + {self.pins} P = {self.units}"


class Fingers(QObject):
    """Presses keys where the cursor is, counts them, and sees every press of a mouse."""

    def __init__(self):
        super().__init__()
        self.keys = self.scans = self.clicks = self.pins = 0
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802 — Qt names it
        # A press is seen by the window's handle and by the widget: only the latter counts.
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            self.clicks += 1
        return False

    @property
    def counted(self) -> Counted:
        return Counted(self.keys, self.scans, self.clicks, self.pins)

    def begin(self):
        """Count from nothing."""
        self.keys = self.scans = self.clicks = self.pins = 0

    def type(self, text):
        """Type a text, a key a character, as fast as a scanner does."""
        self.keys += len(text)
        QTest.keyClicks(focused(), text)

    def press(self, key, modifier=Modifier.NoModifier):
        """Press one key; with Ctrl, Alt or Shift it is one too."""
        self.keys += 1
        QTest.keyClick(focused(), key, modifier)

    def scan(self, code):
        """Pull the trigger once: the scanner types the code and Enter."""
        self.scans += 1
        QTest.keyClicks(focused(), code)
        QTest.keyClick(focused(), Key.Key_Return)

    def pin(self, pin):
        """Type a PIN and Enter."""
        self.pins += 1
        QTest.keyClicks(focused(), pin)
        QTest.keyClick(focused(), Key.Key_Return)

    def click(self, widget):
        """Click in the middle of a widget."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def rest(self):
        """See nothing any more."""
        QApplication.instance().removeEventFilter(self)


def focused():
    """Return where keys go: a dialog in front, or the field with the cursor."""
    return QApplication.focusWidget() or QApplication.activeWindow()


def report(row, job, target, counted):
    """Print a line of the table of walk-throughs, beside the target it has to meet."""
    print(f"| {row} | {job} | {target} | {counted} |")  # noqa: T201 — the table is the point


class Scanner(QObject):
    """Twenty times a second a whole scan arrives, whether the window keeps up or not."""

    def __init__(self, window, scans):
        super().__init__(window)
        self._window, self._scans = window, iter(scans)
        self._timer = QTimer(self, interval=1000 // SCANS_A_SECOND)
        self._timer.timeout.connect(self._scan)

    def begin(self):
        """Pull the trigger."""
        self._timer.start()

    def _scan(self):
        scan = next(self._scans, None)
        if scan is None:
            self._timer.stop()
            return
        keys = [(Key(ord(one)), one) for one in scan] + [(Key.Key_Return, "\r")]
        for key, text in keys:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Modifier.NoModifier, text)
                QApplication.postEvent(self._window.focusWidget(), event)
