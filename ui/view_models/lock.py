"""The lock of the desk: when it falls by itself, who may take it off, and by what.

The officers are known before the lock falls: behind it nobody waits for their names. A badge names
an officer and proves nothing; the PIN always does. What the program does goes on behind the lock.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QObject, QTimer, Signal

from stockpile.domain.badges import badge_digest, read_badge
from stockpile.domain.errors import BadgeUnknown, PinTooSoon, StockpileError
from stockpile.domain.facts import GuardSet, OfficerAppointed, OfficerRetired, OfficerSuspended
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.serial_scanner import SerialScannerModel

if TYPE_CHECKING:
    from stockpile.domain.people import Officer
    from stockpile.services.people import SignedIn
    from stockpile.services.ports import Recorded

_LOOKS_MS = 5_000
"""How often the time without a hand on the desk is looked at."""
_MINUTE = 60


def steady_seconds() -> float:
    """Return seconds that no clock set by hand shortens; while a laptop sleeps they may stand."""
    return time.monotonic()


def set_seconds() -> float:
    """Return seconds by the clock that people set, which goes on while a laptop sleeps."""
    return QDateTime.currentMSecsSinceEpoch() / 1000


class LockModel(QObject):
    """The lock.

    Signals:
        fell: the desk is locked: the names of who may go on, and who worked here last.
        named: a badge was scanned: the name of its officer.
        refused: nobody was let in: the error.
        waits: no PIN of the officer chosen is looked at for so many seconds; 0 when it is again.
        busy: a PIN is being tried, or is not any more.
    """

    fell = Signal(list, str)
    named = Signal(str)
    refused = Signal(object)
    waits = Signal(int)
    busy = Signal(bool)

    def __init__(
        self,
        desk: Desk,
        session: Session,
        notices: Notices,
        clocks: tuple[Callable[[], float], ...] = (steady_seconds, set_seconds),
    ) -> None:
        super().__init__()
        self._desk, self._session, self._clocks = desk, session, clocks
        self.scanner = SerialScannerModel(desk, session, notices)
        self._officers: tuple[Officer, ...] = ()
        self._minutes = 0
        self._touched = tuple(clock() for clock in clocks)
        self._looks = QTimer(self, interval=_LOOKS_MS)
        self._looks.timeout.connect(self.look)
        self._over: dict[str, float] = {}
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tell_wait)
        self._chosen = ""
        session.changed.connect(self._seated)
        session.switched.connect(self._learn)
        session.locked.connect(self._follow)
        session.diverted.connect(self.take_badge)
        session.touched.connect(self.touch)
        desk.recorded.connect(self._heard)
        desk.closing.connect(self._looks.stop)
        self._seated()

    @property
    def minutes(self) -> int:
        """Return after how many minutes without a hand on it the desk locks itself; 0 never."""
        return self._minutes

    def touch(self) -> None:
        """Know that somebody is here."""
        self._touched = tuple(clock() for clock in self._clocks)

    def look(self) -> None:
        """Lock the desk where nobody touched it for long enough, by either of two clocks.

        One may stand while the computer sleeps, the other may be set back by hand.
        """
        gone = max(clock() - then for clock, then in zip(self._clocks, self._touched, strict=True))
        if self._minutes and gone >= self._minutes * _MINUTE:
            self._session.lock()

    def take_badge(self, text: str) -> None:
        """Take a badge that was scanned: the desk is locked until its officer's PIN is typed."""
        badge = read_badge(text)
        if not badge or not self._session.is_open:
            return
        digest = badge_digest(badge)
        known = next((one.name for one in self._officers if one.badge == digest), "")
        self._session.lock()
        if known:
            self.named.emit(known)
        else:
            self.refused.emit(BadgeUnknown())

    def choose(self, name: str) -> None:
        """Know who is about to type a PIN, and tell how long they wait."""
        self._chosen = name
        self._tell_wait()

    def unlock(self, name: str, pin: str) -> None:
        """Take the lock off for whoever proves to be this officer."""
        people = self._session.stockpile.people
        self.busy.emit(True)
        self._chosen = name
        self._desk.ask(self, lambda: people.sign_in(name, pin), self._enter, self._refuse)

    # --- inside -----------------------------------------------------------------------------

    def _seated(self) -> None:
        self.touch()
        self._over.clear()
        if self._session.is_open:
            self._looks.start()
            self._learn()
        else:
            self._looks.stop()
            self._officers = ()

    def _learn(self) -> None:
        """Ask who holds an office here, and when the desk locks itself."""
        if self._session.is_open:
            stockpile = self._session.stockpile
            self._desk.ask(
                self,
                lambda: (stockpile.people.officers(), stockpile.guard.rules().lock_after),
                lambda told: self._know(*told),
            )

    def _know(self, officers: tuple[Officer, ...], minutes: int) -> None:
        self._officers, self._minutes = officers, minutes
        if not self._session.is_open:
            return
        mine = self._session.officer
        now = next((one for one in officers if one.id == mine.id), None)
        if now is None or now.public_key != mine.officer.public_key:
            self._session.lock()  # suspended, let go, or another key signs for them
        elif now != mine.officer:
            self._session.reseat(type(mine)(now, mine.key))
        if self._session.is_locked:
            self._tell_names()

    def _follow(self, locked: bool) -> None:
        self.touch()
        if not locked:
            self._second.stop()
            self.scanner.stop()
            return
        if not self._session.is_heard:
            self.scanner.start()
        self._tell_names()

    def _tell_names(self) -> None:
        names = [one.name for one in self._officers]
        mine = self._session.officer.officer.name
        self.fell.emit(names, mine if mine in names else "")

    def _enter(self, officer: SignedIn) -> None:
        self.busy.emit(False)
        self._over.pop(officer.officer.name, None)
        self._session.unlock(officer)
        self._session.remember(officer=officer.id)

    def _refuse(self, error: StockpileError) -> None:
        self.busy.emit(False)
        self.refused.emit(error)
        if isinstance(error, PinTooSoon):
            self._over[error.name] = self._clocks[0]() + error.seconds
            self._tell_wait()

    def _tell_wait(self) -> None:
        left = round(self._over.get(self._chosen, 0) - self._clocks[0]())
        if left > 0:
            self._second.start()
            self.waits.emit(left)
        elif self._over.pop(self._chosen, None) is not None:
            self._second.stop()
            self.waits.emit(0)

    def _heard(self, recorded: Recorded) -> None:
        told = OfficerAppointed | OfficerSuspended | OfficerRetired | GuardSet
        if any(isinstance(fact.body, told) for fact in recorded.facts):
            self._learn()
