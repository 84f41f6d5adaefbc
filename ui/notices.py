"""The one mouth of the desktop: refusals, troubles, damage, bugs and good news.

Messages said before a window exists wait here and are told to it when it comes.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import Cancelled, Damaged, Refused, StockpileError
from ui.later import error_sentence

REMEMBERED: Final = 50
"""How many of the newest notices can be read again."""

Tone = Literal["good", "refused", "trouble", "damage", "bug"]


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing said to the user: how it is meant, and the sentence."""

    tone: Tone
    text: str


class Notices(QObject):
    """Says things; the window shows them, tests write them down."""

    said = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Notice] = []
        self._recent: deque[Notice] = deque(maxlen=REMEMBERED)
        self._heard = False

    @property
    def recent(self) -> tuple[Notice, ...]:
        """Return the newest notices, the last one last."""
        return tuple(self._recent)

    def good(self, text: str) -> None:
        """Say that something went well."""
        self._say(Notice("good", text))

    def trouble(self, error: StockpileError) -> None:
        """Say what an expected error means; a change of mind means nothing."""
        if isinstance(error, Cancelled):
            return
        tone: Tone = "trouble"
        if isinstance(error, Damaged):
            tone = "damage"
        elif isinstance(error, Refused):
            tone = "refused"
        self._say(Notice(tone, error_sentence(error)))

    def bug(self, text: str) -> None:
        """Say that the program itself failed; the text is the report."""
        self._say(Notice("bug", text))

    def listen(self) -> None:
        """Tell what waited: called once by the window when it can show notices."""
        self._heard = True
        waiting, self._waiting = self._waiting, []
        for notice in waiting:
            self.said.emit(notice)

    def _say(self, notice: Notice) -> None:
        self._recent.append(notice)
        if self._heard:
            self.said.emit(notice)
        else:
            self._waiting.append(notice)
