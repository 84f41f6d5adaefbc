"""A count on the screen: every scan is taken in its order, whatever goes on in the store.

The books lane is the queue: a scan is durable when its reading comes back, also when the window is
closed meanwhile. What others record while the count goes on is learnt as it is heard, so that an
issue at the next desk explains itself and nobody waits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from stockpile.domain.counting import LAST_ROUND, Tally
from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import (
    Fact,
    QuantityCounted,
    StocktakeClosed,
    StocktakeOpened,
    StrangerCounted,
    WeaponCounted,
)
from stockpile.domain.opening_counts import Stocktake
from stockpile.domain.values import PlaceId, WeaponId
from stockpile.services.counting import How, Reading
from stockpile.services.people import SignedIn
from stockpile.services.ports import Recorded
from stockpile.services.signing import Later
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.counting_bench import Bench, begin, close, look_at, resume, weigh
from ui.view_models.counting_plans import Plan, Start, start
from ui.view_models.counting_shown import (
    Differences,
    Item,
    ItemKind,
    Lists,
    Number,
    Opened,
    Rack,
    Read,
)
from ui.view_models.latest import Latest

PACE_OVER: Final = 20
"""The pace is that of so many scans, the last ones."""
LAST_SHOWN: Final = 40
"""So many of the last scans are held."""
SHOWN_EVERY: Final = 60
"""Milliseconds between two pictures of the lists: the result of a scan itself waits for nothing."""

_COUNTED = (WeaponCounted, StrangerCounted, QuantityCounted)
_ITS_OWN = (StocktakeOpened, StocktakeClosed)


class CountingModel(QObject):
    """The count in hand.

    Signals:
        came: what there is to count, before one is in hand: a Start.
        opened: a count is in hand: an Opened.
        read: a reading was taken: a Read.
        changed: the lists or numbers are others than shown.
        weighed: what the count comes to as it stands: Differences.
        closed: the count was closed: Differences.
        refused: an act was refused: the error.
    """

    came = Signal(object)
    opened = Signal(object)
    read = Signal(object)
    changed = Signal()
    weighed = Signal(object)
    closed = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._bench: Bench | None = None
        self._opened: Opened | None = None
        self._lists = Lists()
        self._tally = Tally()
        self._rack: Rack | None = None
        self._numbers: tuple[Number, ...] = ()
        self._round = 1
        self._last: deque[Read] = deque(maxlen=LAST_SHOWN)
        self._waiting, self._taken = 0, 0
        self._starts = Latest[Start](desk, self, self.came.emit, notices.trouble)
        self._is_soon = False
        desk.recorded.connect(self._heard)
        session.changed.connect(self._seated)
        session.switched.connect(self._seated)

    # --- how it stands ----------------------------------------------------------------------

    @property
    def may_count(self) -> bool:
        """Say whether the officer's role includes counting."""
        return self._session.may("count")

    @property
    def count(self) -> Opened | None:
        """The count in hand, as it was when it was opened here."""
        return self._opened

    @property
    def is_by_number(self) -> bool:
        """Say whether numbers are compared, and not each serial."""
        return self._opened is not None and self._opened.stocktake.opened.basis != "serial"

    @property
    def tally(self) -> Tally:
        """The numbers."""
        return self._tally

    @property
    def rack(self) -> Rack | None:
        """The place in hand."""
        return self._rack

    @property
    def numbers(self) -> tuple[Number, ...]:
        """What was counted without serials."""
        return self._numbers

    @property
    def round(self) -> int:
        """The round of counting: 1, or a recount of the differences."""
        return self._round

    @property
    def waiting(self) -> int:
        """How many readings are not answered yet."""
        return self._waiting

    @property
    def taken(self) -> int:
        """How many readings were taken since the count was taken in hand here."""
        return self._taken

    @property
    def last(self) -> tuple[Read, ...]:
        """The last readings, the newest first."""
        return tuple(reversed(self._last))

    @property
    def pace(self) -> float | None:
        """The seconds that a scan takes, over the last ones; nothing before the second."""
        times = [one.at for one in self._last if one.item is not None][-PACE_OVER:]
        return (times[-1] - times[0]) / 1000 / (len(times) - 1) if len(times) > 1 else None

    def items(self, *kinds: ItemKind) -> list[Item]:
        """Return the lines of these kinds, in the order in which they became so."""
        return self._lists.of(*kinds)

    # --- a count is taken in hand ---------------------------------------------------------------

    def start(self) -> None:
        """Ask what there is to count."""
        if self._session.is_open:
            stockpile, by = self._session.stockpile, self._session.officer
            second = self._session.settings.second_officer
            self._starts.ask(partial(start, stockpile, by, second))

    def open(self, plan: Plan) -> None:
        """Open a count; its second counter is offered the next time, too."""
        if plan.second:
            self._session.remember(second_officer=plan.second)
        stockpile, by = self._session.stockpile, self._session.officer
        self._desk.record(
            self, partial(begin, stockpile, plan, by), self._take_in_hand, self.refused.emit
        )

    def resume(self, stocktake: Stocktake) -> None:
        """Go on with a count where it stopped."""
        stockpile, by = self._session.stockpile, self._session.officer
        self._desk.ask(
            self, partial(resume, stockpile, stocktake, by), self._take_in_hand, self.refused.emit
        )

    def pause(self) -> None:
        """Put the count down; it goes on whenever somebody takes it up."""
        self._forget()
        self.start()

    # --- counting ---------------------------------------------------------------------------

    def scan(self, text: str, how: How = "scan") -> None:
        """Take a reading; it waits for those before it and for nothing else."""
        if self._bench is not None and text.strip():
            self._record(partial(self._bench.take, text.strip(), how))

    def note(self, text: str) -> None:
        """Write down what was typed, stands here, and is on no record."""
        if self._bench is not None:
            self._record(partial(self._bench.note, text))

    def go_to(self, place: PlaceId) -> None:
        """Take another place in hand, as its card does."""
        if self._bench is not None:
            self._desk.ask(self, partial(self._bench.go_to, place), self._was_read)

    def put_right(self, item: Item) -> None:
        """Move the record of a weapon to where it was seen."""
        if self._bench is not None:
            self._record(partial(self._bench.put_right, WeaponId(item.key)))

    def recount(self) -> None:
        """Look at the differences again: the next round."""
        if self._bench is not None and self._round < LAST_ROUND:
            self._desk.ask(self, self._bench.recount, self._take_round)

    def take_sheet(self, readings: Sequence[Reading]) -> None:
        """Take in a sheet that was filled by hand."""
        if self._bench is not None and readings:
            self._record(partial(self._bench.take_sheet, readings))

    def tell(self, type_: str, number: int) -> None:
        """Write down how many of a type stand in the rack in hand."""
        if self._bench is not None:
            self._record(partial(self._bench.tell, type_, number))

    # --- closing ----------------------------------------------------------------------------

    def weigh(self) -> None:
        """Ask what the count comes to as it stands; it waits for the scans before it."""
        if self._bench is not None:
            stockpile = self._session.stockpile
            self._desk.ask(
                self, partial(weigh, stockpile, self._bench), self.weighed.emit,
                self.refused.emit,
            )  # fmt: skip

    def close(self, signed: Sequence[SignedIn]) -> None:
        """Close the count with both signatures; every difference opens an investigation."""
        bench = self._bench
        if bench is None:
            return
        by, witness = signed
        stockpile = self._session.stockpile
        self._desk.record(
            self, partial(close, stockpile, bench, by, witness), self._was_closed,
            self.refused.emit,
        )  # fmt: skip

    def close_later(self, reason: str) -> None:
        """Sign the close alone, for a second counter to confirm before anything more is counted."""
        bench = self._bench
        if bench is None:
            return
        stockpile, by = self._session.stockpile, self._session.officer
        act = partial(close, stockpile, bench, by, Later(reason))
        self._desk.record_for_later(self, act, self.refused.emit)

    def look_at(self, stocktake: Stocktake) -> None:
        """Look at a count that was closed."""
        stockpile, by = self._session.stockpile, self._session.officer
        self._desk.ask(
            self, partial(look_at, stockpile, stocktake, by), self.closed.emit, self.refused.emit
        )

    # --- inside -----------------------------------------------------------------------------

    def _record(self, act: Callable[[], tuple[Recorded, Read]]) -> None:
        self._waiting += 1
        self._desk.record(self, act, self._answered, self._was_refused)

    def _answered(self, read: Read) -> None:
        self._waiting -= 1
        self._was_read(read)

    def _was_refused(self, error: StockpileError) -> None:
        self._waiting -= 1
        self.refused.emit(error)

    def _was_read(self, read: Read) -> None:
        self._lists.keep(read.changed)
        self._tally, self._rack = read.tally, read.rack
        self._numbers = read.numbers or self._numbers
        if read.text and read.came != "sheet":
            self._last.append(read)
            self._taken += 1
        self.read.emit(read)
        self._show_soon()

    def _learnt(self, read: Read) -> None:
        self._lists.keep(read.changed)
        self._tally = read.tally
        self._show_soon()

    def _take_in_hand(self, told: tuple[Bench, Opened]) -> None:
        self._forget()
        self._bench, self._opened = told
        self._lists.keep(self._opened.items)
        self._tally, self._rack = self._opened.tally, self._opened.rack
        self._numbers = self._opened.numbers
        self._round = self._opened.round
        self.opened.emit(self._opened)
        self.changed.emit()

    def _take_round(self, number: int) -> None:
        self._round = number
        self.changed.emit()

    def _was_closed(self, told: Differences) -> None:
        self.closed.emit(told)
        self._forget()

    def _forget(self) -> None:
        self._bench, self._opened, self._rack = None, None, None
        self._numbers = ()
        self._lists.clear()
        self._last.clear()
        self._tally, self._round, self._taken = Tally(), 1, 0

    def _show_soon(self) -> None:
        if not self._is_soon:
            self._is_soon = True
            QTimer.singleShot(SHOWN_EVERY, self, self._show_now)

    def _show_now(self) -> None:
        self._is_soon = False
        self.changed.emit()

    def _heard(self, recorded: Recorded) -> None:
        if any(isinstance(fact.body, _ITS_OWN) for fact in recorded.facts):
            self.start()
        bench = self._bench
        if bench is None:
            return
        others = [fact for fact in recorded.facts if not self._is_ours(fact)]
        if others:
            self._desk.ask(self, partial(bench.learn, others), self._learnt)

    def _is_ours(self, fact: Fact) -> bool:
        """Say whether a fact is a sighting of this very desk: the sheet has it already."""
        return isinstance(fact.body, _COUNTED) and fact.node == self._session.stockpile.keys.node

    def _seated(self) -> None:
        """Put the count down: whoever sits here now takes it up under their own name."""
        self._forget()
        if self._session.is_open:
            self.start()
