"""One question at a time, and always the newest: for what is asked anew at every key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from stockpile.domain.errors import StockpileError
from ui.desk import Desk

T = TypeVar("T")
U = TypeVar("U")


class Latest(Generic[T]):
    """Asks the desk; while an answer is awaited only the newest further question is kept.

    An answer that a newer question overtook is dropped, so what is shown never steps back.
    """

    def __init__(
        self,
        desk: Desk,
        owner: QObject,
        answer: Callable[[T], None],
        refused: Callable[[StockpileError], None],
    ) -> None:
        self._desk, self._owner = desk, owner
        self._answer, self._refused = answer, refused
        self._number, self._busy = 0, False
        self._next: Callable[[], T] | None = None

    def ask(self, question: Callable[[], T]) -> None:
        """Ask this instead of everything asked before."""
        self._number += 1
        if self._busy:
            self._next = question
        else:
            self._send(question)

    def forget(self) -> None:
        """Drop what was asked: its answer will not be shown."""
        self._number += 1
        self._next = None

    def _send(self, question: Callable[[], T]) -> None:
        self._busy, self._next = True, None
        answer = partial(self._came, self._number, self._answer)
        refused = partial(self._came, self._number, self._refused)
        self._desk.ask(self._owner, question, answer, refused)

    def _came(self, number: int, tell: Callable[[U], None], told: U) -> None:
        self._busy = False
        if self._next is not None:
            self._send(self._next)
        if number == self._number:
            tell(told)
