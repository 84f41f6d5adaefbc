"""The alarm of the hot list: whatever desk reads what is lost elsewhere, everybody here is told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from stockpile.domain.facts import WeaponCorrected, WeaponRegistered
from stockpile.domain.values import WeaponId
from stockpile.services.ports import Recorded
from stockpile.services.scanning import Scanned
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.session import Session

AT_ONCE: Final = 20
"""Weapons held against the list before the books are free for others: about a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """What was read that is, or may be, on the list of lost and stolen weapons."""

    text: str
    is_certain: bool


class AlarmsModel(QObject):
    """Hears of every scan that is on the list, and holds against it what is put on record.

    Signals:
        raised: the alarm.
    """

    raised = Signal(object)
    _read = Signal(object)

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._heard: Stockpile | None = None
        self._waiting: list[WeaponId] = []
        self._busy = False
        self._read.connect(self._raise)
        session.changed.connect(self._listen)
        desk.recorded.connect(self._follow)
        self._listen()

    def _listen(self) -> None:
        """Hear the home that is open now, once."""
        if self._session.is_open and self._session.stockpile is not self._heard:
            self._heard = self._session.stockpile
            self._heard.scanning.alarms.listen(self._read.emit)

    def _raise(self, scanned: Scanned) -> None:
        self.raised.emit(Alarm(scanned.text, scanned.is_certain))

    def _follow(self, recorded: Recorded) -> None:
        self._waiting += [
            WeaponId(fact.subject)
            for fact in recorded.facts
            if isinstance(fact.body, WeaponRegistered | WeaponCorrected)
        ]
        self._check_some()

    def _check_some(self) -> None:
        """Hold a portion against the list; who is on it is told by the scanner's own alarm."""
        if self._busy or not self._waiting or not self._session.is_open:
            return
        portion, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
        self._busy = True
        question = partial(_checked, self._session.stockpile, portion)
        self._desk.ask(self, question, self._go_on, self._go_on)

    def _go_on(self, _answer: object) -> None:
        self._busy = False
        self._check_some()


def _checked(stockpile: Stockpile, weapons: list[WeaponId]) -> None:
    if stockpile.hot_lists.held():
        for weapon in weapons:
            stockpile.scanning.weapon(weapon)
