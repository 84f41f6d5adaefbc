"""The deep check by itself: when nobody works, never in the way, and its word is kept.

It begins where the record was not proved for as long as the setting says, after some quiet minutes,
be the desk locked or not. It works on a copy and on a lane of its own; a key, a click, a scan or an
act has it rest until it is quiet again. Closing the program ends it, and the next quiet moment
begins anew: what is half proved is not proved. Damage stays said, over every start of the program,
until a later check finds the record whole. One that is asked for by hand is made in the same way,
on a copy and beside whoever works, but at once and without a rest.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from stockpile import wording
from stockpile.domain.errors import Cancelled, Damaged, StockpileError
from stockpile.domain.values import Instant
from stockpile.services.checking import Checking
from stockpile.services.ports import Checked
from stockpile.services.proof_days import days_between
from ui.desk import Desk, Work
from ui.notices import Notices
from ui.session import Session
from ui.view_models import proof_kept
from ui.view_models.latest import Latest
from ui.view_models.proof_kept import ProofDays, proof_days


@dataclass(frozen=True, slots=True)
class ProofPaces:
    """How long it waits, in milliseconds.

    Between two looks, for quiet before it begins and before it goes on, after a check that could
    not be made, after one that was stopped by hand, and how long a good word is said.
    """

    look: int = 60_000
    quiet: int = 180_000
    rest: int = 10_000
    again: int = 3_600_000
    peace: int = 43_200_000
    fresh: int = 600_000


@dataclass(frozen=True, slots=True)
class ProofStanding:
    """How the proof of the record stands.

    ``proved_at`` is 0 where it never was; ``days`` are those since then, or since the first entry.
    ``why_not`` says why the last one could not be made; ``found`` what it found wrong, and when.
    """

    proved_at: Instant = 0
    days: int = 0
    is_running: bool = False
    is_resting: bool = False
    share: float = 0.0
    is_fresh: bool = False
    why_not: str = ""
    found: str = ""
    found_at: Instant = 0


class Prover(QObject):
    """Has the record proved by itself; there is one for a desk.

    Signals:
        stands: how the proof stands now (ProofStanding).
        began: a check has begun by itself: the work.
        ended: it has ended, whatever it came to.
    """

    stands = Signal(object)
    began = Signal(object)
    ended = Signal()

    def __init__(
        self, desk: Desk, session: Session, notices: Notices, paces: ProofPaces | None = None
    ) -> None:
        super().__init__(desk)
        self._desk, self._session, self._notices = desk, session, notices
        self._paces = paces or ProofPaces()
        self._work: Work | None = None
        self._by_hand: Work | None = None
        self._standing = ProofStanding()
        self._calm = threading.Event()
        self._calm.set()
        self._looks = QTimer(self, interval=self._paces.look)
        self._quiet, self._rest, self._later, self._fresh = (
            QTimer(self, singleShot=True) for _one in range(4)
        )
        self._asked = Latest[ProofDays](desk, self, self._know, lambda _error: None)
        self._connect()
        self._begin_or_end()

    @staticmethod
    def of(desk: Desk, session: Session, notices: Notices) -> Prover:
        """Return the one of a desk, engaged when it is first asked for."""
        found = desk.findChild(Prover)
        return found if found is not None else Prover(desk, session, notices)

    @property
    def standing(self) -> ProofStanding:
        """How the proof stands."""
        return self._standing

    @property
    def work(self) -> Work | None:
        """The check that is under way by itself."""
        return self._work

    def touch(self) -> None:
        """Know that somebody is here: rest, or wait longer before it begins."""
        self._quiet.start(self._paces.quiet)
        if self._work is not None:
            self._calm.clear()
            self._rest.start(self._paces.rest)
            if not self._standing.is_resting:
                self._tell(is_resting=True)

    def look(self) -> None:
        """Begin, if this is the moment."""
        if self._is_quiet() and not self._desk.is_at_work:
            days = partial(proof_days, self._session.stockpile)
            self._desk.ask(self, days, self._go_on, lambda _error: None)

    def refresh(self) -> None:
        """Ask how the proof stands."""
        if self._session.is_open:
            self._asked.ask(partial(proof_days, self._session.stockpile))

    def note(self, error: StockpileError | None) -> None:
        """Keep what a deep check found wrong, by itself or by hand; nothing where it found none."""
        found = proof_kept.written(error, self._session.stockpile.days.clock.now())
        if found != self._session.settings.proof_found:
            self._session.remember(proof_found=found)
        self.refresh()

    def prove_now(
        self,
        work: Work,
        proved: Callable[[Checked], None],
        unproved: Callable[[StockpileError], None],
    ) -> None:
        """Check deeply for somebody who asked for it, and keep its word; one at a time."""
        self.stop()  # what is asked for by hand is not done twice
        self._by_hand = work
        stockpile = self._session.stockpile
        checking, at = stockpile.checking, stockpile.days.clock.now()

        def whole(checked: Checked) -> None:
            self._by_hand = None
            if not self._session.is_open:
                unproved(Cancelled())
                return
            keep = partial(checking.keep_proof, checked, at)
            self._desk.ask(self, keep, lambda _none: self._say_whole(proved, checked), unproved)

        def broken(error: StockpileError) -> None:
            self._by_hand = None
            unproved(error)

        self._desk.ask_aside(self, partial(checking.prove_beside, work.step), whole, broken)

    def stop(self) -> None:
        """End a check that is under way by itself, for another one."""
        if self._work is not None:
            self._work.cancel()
            self._calm.set()

    # --- when -------------------------------------------------------------------------------

    def _connect(self) -> None:
        desk, session = self._desk, self._session
        self._looks.timeout.connect(self.look)
        self._rest.timeout.connect(self._go_on_resting)
        self._fresh.timeout.connect(lambda: self._tell(is_fresh=False))
        desk.recorded.connect(lambda _recorded: self.touch())
        desk.closing.connect(self._end)
        session.changed.connect(self._begin_or_end)
        session.touched.connect(self.touch)

    def _begin_or_end(self) -> None:
        self._end()
        if self._session.is_open:
            self._quiet.start(self._paces.quiet)
            self._looks.start()
            self.refresh()

    def _end(self) -> None:
        for timer in (self._looks, self._quiet, self._rest, self._fresh):
            timer.stop()
        self.stop()
        if self._by_hand is not None:
            self._by_hand.cancel()

    def _is_quiet(self) -> bool:
        waits = self._quiet.isActive() or self._later.isActive()
        at_it = self._work is not None or self._by_hand is not None
        return self._session.is_open and not waits and not at_it

    def _go_on(self, days: ProofDays) -> None:
        between = days_between(self._session.settings.proof_every)
        if between and days.days >= between and self._is_quiet():
            self._prove(days.now)

    def _go_on_resting(self) -> None:
        """Go on with the check once it is quiet, and nobody waits for anything."""
        if self._desk.is_at_work and self._work is not None:
            self._rest.start(self._paces.rest)
            return
        self._calm.set()
        if self._standing.is_resting:
            self._tell(is_resting=False)

    # --- what -------------------------------------------------------------------------------

    def _prove(self, at: Instant) -> None:
        work = self._work = Work()
        work.progressed.connect(self._tell_share)
        checking = self._session.stockpile.checking
        self._desk.ask_aside(
            self,
            partial(_prove, checking, work, self._calm),
            partial(self._proved, checking, at),
            self._unproved,
        )
        self._tell(is_running=True, share=0.0, why_not="")
        self.began.emit(work)

    def _proved(self, checking: Checking, at: Instant, checked: Checked) -> None:
        self._stand_back()
        if self._session.is_open:
            keep = partial(checking.keep_proof, checked, at)
            self._desk.ask(self, keep, self._kept, lambda _error: None)

    def _say_whole(self, proved: Callable[[Checked], None], checked: Checked) -> None:
        self._kept(None)
        proved(checked)

    def _kept(self, _nothing: None) -> None:
        self._fresh.start(self._paces.fresh)
        self._standing = replace(self._standing, is_fresh=True)
        self.note(None)

    def _unproved(self, error: StockpileError) -> None:
        self._stand_back()
        if not self._session.is_open:
            return
        if isinstance(error, Cancelled):
            self._later.start(self._paces.peace)
        elif isinstance(error, Damaged):
            self._later.start(self._paces.peace)
            self.note(error)
            self._notices.trouble(error)
        else:
            self._later.start(self._paces.again)
            self._tell(why_not=wording.error_sentence(error))

    def _stand_back(self) -> None:
        self._work = None
        self._calm.set()
        self._tell(is_running=False, is_resting=False)
        self.ended.emit()

    # --- how it stands ----------------------------------------------------------------------

    def _know(self, days: ProofDays) -> None:
        found, found_at = proof_kept.read(self._session.settings.proof_found)
        if days.proved_at >= found_at:  # proved whole since: by hand, or by the command line
            found, found_at = "", 0
        self._tell(proved_at=days.proved_at, days=days.days, found=found, found_at=found_at)

    def _tell_share(self, done: int, total: int) -> None:
        if self._work is not None:
            self._tell(share=done / total if total else 0.0)

    def _tell(self, **changes: object) -> None:
        self._standing = replace(self._standing, **changes)  # type: ignore[arg-type]  # its fields
        self.stands.emit(self._standing)


def _prove(checking: Checking, work: Work, calm: threading.Event) -> Checked:
    """Check deeply, and rest between two steps while it is not calm."""

    def rest() -> None:
        calm.wait()

    return checking.prove_beside(work.step, rest)
