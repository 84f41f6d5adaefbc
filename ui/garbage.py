"""Garbage is looked for on the screen's own thread and on no other.

Python looks for circles of things that nobody names any more on whatever thread happens to make the
next thing. A dialog that was closed is often such a circle, and a lane that takes it apart stops
the dialog's timers from outside: the screen then runs into what is no longer there, and the program
falls. So Python's own search is off, and a timer of the screen does it by the same rule.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

ROUND: Final = 1_000
"""Milliseconds between two looks: a lane at full work makes a few megabytes in that time."""


class Garbage(QObject):
    """Takes the search for garbage over, for as long as the program runs."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._rounds = QTimer(self, interval=ROUND)
        self._rounds.timeout.connect(look)
        self._rounds.start()


def look() -> None:
    """Search the oldest generation that is due, by Python's own counts and thresholds."""
    due = [
        generation
        for generation, (count, limit) in enumerate(
            zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if count > limit
    ]
    if due:
        gc.collect(due[-1])
