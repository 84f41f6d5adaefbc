"""Enter of a hand, told apart from the one that ends a scan: that one never presses a button."""

from __future__ import annotations

from time import monotonic
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SCAN: Final = 0.3
"""Seconds: the slowest scanner ends a code sooner after its last letter, a hand later."""


class Hand:
    """Remembers when a letter came last where nothing takes letters: a scan that went astray."""

    def __init__(self) -> None:
        self._typed_at = float("-inf")

    def presses(self, event: QKeyEvent) -> bool:
        """Say whether a key is Enter by hand; every key is to be shown here."""
        if event.key() not in ENTER:
            if event.text().strip() and event.text().isprintable():
                self._typed_at = monotonic()
            return False
        return not event.isAutoRepeat() and monotonic() - self._typed_at > _SCAN
