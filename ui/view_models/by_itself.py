"""The exchange by itself: when there is a line, never in the way when there is none.

It begins a while after somebody sat down, once what was written has lain still for half a minute,
and at intervals. An act of one's own stops it between two steps: it goes on there when it is quiet
again. Without a line it asks one small question now and then, and begins as soon as that is
answered. No dialog, no sound, no focus: whoever looks at the status line sees how it stands. What
does not pass by itself ends it, until somebody has pressed Sync with success.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from stockpile.domain.errors import Cancelled, NotEnrolled, OfficerNotAuthorised, StockpileError
from stockpile.services.exchange_standing import (
    ALARMS,
    ExchangeStanding,
    exchange_standing,
)
from stockpile.services.ports import Recorded
from stockpile.services.stockpile import Stockpile
from stockpile.services.turns import Synced
from stockpile.settings import Settings
from ui.desk import NETWORK, Desk, Work
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest
from ui.view_models.sync import SyncModel

PATIENCE: Final = 10.0
"""Seconds without a byte: also the longest that the end of the program waits for a line."""
ASKING: Final = 4.0
"""Seconds that the small question may take."""
NIGHT: Final = (20, 6)
"""Hours of the evening and the morning between which photos go at night."""
_MINUTE: Final = 60_000
_HOUR: Final = 60
_DAY: Final = 24 * 60
_JITTER: Final = 5
"""Each wait is up to a fifth longer, so that a country does not knock all at once."""


@dataclass(frozen=True, slots=True)
class Paces:
    """How long it waits, in milliseconds: after a sitting down, an act, a failure, at most."""

    first: int = 5_000
    quiet: int = 30_000
    asking: int = 20_000
    longest: int = 120_000
    minute: int = _MINUTE


class ByItself(QObject):
    """Exchanges with the registry by itself; there is one for a desk.

    Signals:
        stands: how the exchange stands now.
    """

    stands = Signal(object)

    def __init__(
        self, desk: Desk, session: Session, notices: Notices, paces: Paces | None = None
    ) -> None:
        super().__init__(desk)
        self._desk, self._session = desk, session
        self._paces = paces or Paces()
        self._sync = SyncModel.of(desk, session, notices)
        self._work: Work | None = None
        self._fails = 0
        self._halted = self._was_written = False
        self._trouble: StockpileError | None = None
        self._standing = ExchangeStanding()
        self._standings = Latest[ExchangeStanding](desk, self, self._say, lambda _error: None)
        self._due = QTimer(self, singleShot=True)
        self._quiet = QTimer(self, singleShot=True)
        for timer in (self._due, self._quiet):
            timer.timeout.connect(self._look)
        self._connect()
        self._begin()

    @staticmethod
    def of(desk: Desk, session: Session, notices: Notices) -> ByItself:
        """Return the one of a desk, engaged when it is first asked for."""
        found = desk.findChild(ByItself)
        return found if found is not None else ByItself(desk, session, notices)

    def refresh(self) -> None:
        """Ask how the exchange stands."""
        if self._session.is_open:
            self._standings.ask(partial(_standing, self._session.stockpile))

    # --- when -------------------------------------------------------------------------------

    def _connect(self) -> None:
        desk, session, sync = self._desk, self._session, self._sync
        desk.recorded.connect(self._heard)
        desk.closing.connect(self._stop)
        session.changed.connect(self._begin)
        session.settings_changed.connect(self._begin_where_idle)
        sync.passed.connect(self._ended)
        sync.synced.connect(self._ended)
        sync.failed.connect(self._ended)
        sync.enrolled.connect(self._begin)

    def _begin(self) -> None:
        """Begin anew: somebody sat down, or a registry is known now."""
        self._stop()
        self._fails, self._halted, self._trouble = 0, False, None
        if self._session.is_open:
            self._wait(self._paces.first)
            self.refresh()

    def _begin_where_idle(self) -> None:
        if self._session.is_open and not self._due.isActive() and self._work is None:
            self._wait(self._paces.first)

    def _stop(self) -> None:
        self._due.stop()
        self._quiet.stop()
        if self._work is not None:
            self._work.cancel()

    def _heard(self, recorded: Recorded) -> None:
        """Give way to an act of one's own, and wait until it is quiet again."""
        if not recorded.facts:
            return
        self.refresh()
        own = self._session.stockpile.keys.node if self._session.is_open else ""
        if any(fact.node == own for fact in recorded.facts):
            self._was_written = True
            if self._work is not None:
                self._work.cancel()
            self._quiet.start(self._paces.quiet)

    def _wait(self, milliseconds: int) -> None:
        self._due.start(milliseconds + secrets.randbelow(milliseconds // _JITTER + 1))

    # --- what -------------------------------------------------------------------------------

    def _look(self) -> None:
        """Exchange, if this is the moment; else see again a little later."""
        every = minutes_between(self._session.settings)
        if self._halted or not self._session.is_open or not every or not self._standing.has_line:
            return
        if self._work is not None or self._sync.is_busy or not self._sync.may("sync"):
            self._wait(self._paces.quiet)  # another talk is under way: its end comes first
            return
        if self._quiet.isActive() or self._desk.is_at_work:
            if not self._quiet.isActive():
                self._quiet.start(self._paces.first)
            return
        if self._fails:
            self._ask_small()
        else:
            self._exchange()

    def _exchange(self) -> None:
        settings, clock = self._session.settings, self._session.stockpile.exchange.clock
        minute = (clock.now() // _MINUTE + clock.zone()) % _DAY
        photos = photos_now(settings, minute // _HOUR)
        self._was_written = False
        self._work = self._sync.sync_by_itself(PATIENCE, photos=photos)
        if self._work is not None and self._was_written:
            self._work.cancel()

    def _ask_small(self) -> None:
        """Ask whether the registry answers, before anything is begun."""
        stockpile = self._session.stockpile
        asking = replace(
            stockpile.exchange, books=self._desk.on_books(stockpile.books), patience=ASKING
        )
        self._desk.ask(self, asking.reaches, self._answered, self._ended, NETWORK)

    def _answered(self, reached: bool) -> None:
        if not self._session.is_open:
            return
        if reached:
            self._fails = 0
            self._look()
        else:
            self._wait_longer()

    def _wait_longer(self) -> None:
        self._fails += 1
        doubled = self._paces.asking * 2 ** min(self._fails - 1, 8)
        self._wait(min(doubled, self._paces.longest))

    # --- what came of it --------------------------------------------------------------------

    def _ended(self, outcome: Synced | StockpileError) -> None:
        """Go on from what an exchange came to, be it one's own or one that somebody asked for."""
        self._work = None
        if isinstance(outcome, Synced):
            self._went_well(outcome)
        elif isinstance(outcome, Cancelled):
            self._was_stopped()
        elif isinstance(outcome, NotEnrolled | OfficerNotAuthorised):
            self._trouble = None
        elif isinstance(outcome, ALARMS):
            self._trouble, self._halted = outcome, True
        else:
            self._trouble = outcome
            self._wait_longer()
        self.refresh()

    def _went_well(self, outcome: Synced) -> None:
        self._fails, self._halted = 0, False
        self._trouble = outcome.rolled_back or outcome.trouble
        moved = outcome.photos
        waits = moved is not None and moved.left and not moved.full and (moved.sent or moved.taken)
        every = minutes_between(self._session.settings)
        if self._was_written:
            self._quiet.start(self._paces.quiet)
        if every:
            self._wait(self._paces.minute * (1 if waits else every))

    def _was_stopped(self) -> None:
        """Go on when it is quiet again; whoever stopped it by hand has peace for an interval."""
        every = minutes_between(self._session.settings)
        self._wait(self._paces.quiet if self._was_written else self._paces.minute * max(every, 1))

    def _say(self, standing: ExchangeStanding) -> None:
        has_come = standing.has_line and not self._standing.has_line
        self._standing = standing
        if has_come:
            self._begin_where_idle()
        self.stands.emit(standing.with_trouble(self._trouble))


def minutes_between(settings: Settings) -> int:
    """Return the minutes between two exchanges; 0 where none begins by itself."""
    said = settings.exchange_every
    return min(int(said), _DAY) if said.isdecimal() else int(Settings().exchange_every)


def photos_now(settings: Settings, hour: int) -> bool:
    """Say whether photos go along by themselves at this hour of the day."""
    evening, morning = NIGHT
    at_night = hour >= evening or hour < morning
    return settings.exchange_photos == "always" or (
        settings.exchange_photos == "night" and at_night
    )


def _standing(stockpile: Stockpile) -> ExchangeStanding:
    return exchange_standing(stockpile.books, stockpile.keys, stockpile.photographs.photos)
