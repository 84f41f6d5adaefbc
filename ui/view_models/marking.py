"""The marking station on the screen: one weapon, one mark, and no way to start it twice.

What is shown follows the record and the journal, so that a program started anew shows a doubtful
marking as what it is. Nothing in here sends a second start: what looks like "again" is a new job
after the old one is settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from stockpile.domain.errors import NotTheMark, StockpileError
from stockpile.domain.facts import (
    BlockGranted,
    MachineSet,
    MarkingEnded,
    MarkingResolved,
    MarkVerified,
    MarkVoided,
    SchemeSet,
)
from stockpile.domain.marking import ReadBack, Settlement, Sight, Verdict
from stockpile.domain.orders import Order
from stockpile.domain.values import JobId, WeaponId
from stockpile.services.marking import Intent, Outcome
from stockpile.services.people import SignedIn
from stockpile.services.ports import Recorded, RegisterRow
from stockpile.services.reading_back import Seen
from stockpile.services.signing import Second
from stockpile.services.stockpile import Stockpile
from ui.desk import PHOTOS, Desk
from ui.later import front_door
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest
from ui.view_models.marking_bench import Bench, Plan, Preview, bench, preview
from ui.view_models.marking_order import OrderModel
from ui.view_models.marking_setup import Setup, setups, with_setup
from ui.view_models.marking_state import (
    MAY_START,
    READS,
    TO_SETTLE,
    Stage,
    State,
    at_bench,
    brought,
)

_CONCERNS = (
    MarkingEnded, MarkVerified, MarkingResolved, MarkVoided, MachineSet, BlockGranted, SchemeSet,
)  # fmt: skip
_LULLS: Final = frozenset({Stage.READ_BACK, Stage.VERIFIED, Stage.MARKED})
"""A hand reaches for the scanner or for the next weapon, and nothing waits for the books."""
LULL: Final = 200
"""Milliseconds into a lull after which the books are tidied, so that no start waits for that."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What was seen on the metal, why that is so, and the proof: a reading, a picture, or both."""

    outcome: Settlement
    reason: str
    read: str = ""
    how: Sight = "scan"
    picture: Path | bytes | None = None

    @property
    def needs_two(self) -> bool:
        """Whether a second officer has to have read it too."""
        return self.how == "typed" and self.picture is None


class MarkingModel(QObject):
    """The station.

    Signals:
        changed: how it stands now.
        bench_changed: machines, schemes, numbers or jobs are others now.
        previewed: the mark of the weapon at the bench, laid out: a Preview, or None.
        unnamed: what was scanned names no weapon, or several: the error.
        refused: the rules said no to an act: the error.
    """

    changed = Signal(object)
    bench_changed = Signal(object)
    previewed = Signal(object)
    unnamed = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices, orders: OrderModel) -> None:
        super().__init__()
        self._desk, self._session, self._orders = desk, session, orders
        self._state, self._bench = State(), Bench()
        self._fresh, self._ordered = True, ""
        self._benches = Latest[Bench](desk, self, self._show_bench, notices.trouble)
        self._weapons = Latest[State](desk, self, self._show, self.unnamed.emit)
        self._previews = Latest[Preview | None](desk, self, self.previewed.emit, notices.trouble)
        self._drawn = ""
        self._lull = QTimer(self, singleShot=True, interval=LULL)
        self._lull.timeout.connect(self._tidy)
        desk.closing.connect(partial(self._lull.blockSignals, True))
        desk.recorded.connect(self._heard)
        session.changed.connect(self._seated)
        session.switched.connect(self.start)

    @property
    def state(self) -> State:
        """How it stands."""
        return self._state

    @property
    def bench(self) -> Bench:
        """What is around the weapon."""
        return self._bench

    @property
    def machine(self) -> str:
        """Return the machine used last, else the first one there is."""
        names = [one.name for one in self._bench.machines]
        last = self._session.settings.machine
        return last if last in names else next(iter(names), last)

    @property
    def setup(self) -> Setup:
        """Return what the machine is used for."""
        return setups(self._session.settings.marking).get(self.machine, Setup())

    @property
    def plan(self) -> Plan:
        """Return what a weapon would be marked with now: by the order in hand, else the setup."""
        return _plan(self.machine, self.setup, self._bench, self._orders.order)

    @property
    def is_practice(self) -> bool:
        """Say whether the machine here is one to practise on."""
        return self._session.is_open and front_door().is_practice(self._session.stockpile.home)

    @property
    def may_mark(self) -> bool:
        """Say whether the officer's role includes marking."""
        return self._session.may("mark")

    @property
    def may_start(self) -> bool:
        """Say whether a press would start the machine now."""
        return self.may_mark and self._state.stage in MAY_START and bool(self._state.text)

    def start(self) -> None:
        """Read what is around the weapon."""
        if self._session.is_open:
            self._benches.ask(partial(bench, self._session.stockpile, self.plan))

    def bring(self, text: str) -> None:
        """Bring the weapon to the bench that a scanned or typed text names."""
        if text.strip() and self._state.stage is not Stage.MARKING:
            self._fresh = False
            said, order = text.strip(), self._orders.order
            self._weapons.ask(partial(brought, self._session.stockpile, said, self.plan, order))

    def clear(self) -> None:
        """Wait for the next weapon; a run under way is never left."""
        if self._state.stage is not Stage.MARKING:
            self._weapons.forget()
            self._show(State())

    def choose(self, machine: str) -> None:
        """Use this machine from now on."""
        if machine != self._session.settings.machine:
            self._session.remember(machine=machine)
            self._again()

    def set_up(self, machine: str, setup: Setup, pedal: str) -> None:
        """Use this machine from now on, for this, started by this further key."""
        kept = with_setup(self._session.settings.marking, machine, setup)
        self._session.remember(machine=machine, marking=kept, pedal=pedal)
        self._again()

    def ask_numbers(self) -> None:
        """Wish for more numbers of the scheme: they are asked for at the next exchange."""
        numbers, scheme = self._session.stockpile.numbers, self.plan.scheme
        self._desk.ask(self, partial(numbers.ask, scheme), lambda _none: None, self.refused.emit)

    def order_changed(self) -> None:
        """Look again at what is ahead: another order is in hand, or none."""
        order = self._orders.order.id if self._orders.order else ""
        if order != self._ordered:
            self._ordered = order
            self._again()

    def mark(self) -> None:
        """Start the one run; pressed twice it is started once."""
        weapon, plan = self._state.weapon, self.plan
        if weapon is None or not plan.machine or not self.may_start:
            return
        state = replace(self._state, stage=Stage.MARKING, why="", cannot=None)
        self._state = state  # from here on a second press starts nothing
        deed = self._session.stockpile.marking.mark(
            weapon.id, plan.machine, plan.scheme, by=self._session.officer,
            order=plan.order, words=plan.words, component=plan.component,
            position=plan.position, reason=plan.reason,
        )  # fmt: skip
        lane = f"machine:{plan.machine}"
        self._desk.perform(self, deed, lane, self._ended, self._refuse, self._begun)
        self._show(state)  # the books work already while it is drawn
        if self._session.settings.machine != plan.machine:
            self._session.remember(machine=plan.machine)

    def mark_outside(self) -> None:
        """Let a weapon be marked that is not in the order in hand: the person was told so."""
        if self._state.stage is Stage.OUTSIDE:
            self._show(replace(self._state, stage=Stage.READY))

    def bring_back(self) -> None:
        """Let a weapon be marked that was set aside in the order in hand."""
        weapon = self._state.weapon
        if self._state.stage is Stage.ASIDE and weapon is not None:
            self._orders.bring_back(weapon.id, self._back)

    def _back(self) -> None:
        if self._state.stage is Stage.ASIDE:
            self._show(replace(self._state, stage=Stage.READY, why=""))

    # --- the mark is read --------------------------------------------------------------------

    def read_back(self, read: str, how: Sight, photo: str = "") -> None:
        """Take what was read from the metal; a label is no mark."""
        job = self._state.job
        if job is None or not read.strip() or self._state.stage not in READS:
            return
        act = partial(_verified, self._session, job, read, how, photo)
        self._desk.record(self, act, partial(self._judged, read.strip()), self._misread)

    def read_picture(self, picture: Path | bytes) -> None:
        """Read the mark off a picture, which is kept with its digest; nothing read is said."""
        stockpile = self._session.stockpile
        if self._state.job is not None and self._state.stage in READS:
            question = partial(_read_picture, stockpile, picture)
            self._desk.ask(self, question, self._pictured, self.refused.emit, PHOTOS)

    def unreadable(self) -> None:
        """Say that the scanner reads nothing: once with other light, then it is typed unseen."""
        job = self._state.job
        if job is not None and self._state.stage in READS and self._state.stage is not Stage.BLIND:
            marking, by = self._session.stockpile.marking, self._session.officer
            self._desk.ask(
                self, partial(marking.unreadable, job, by=by), self._unread, self._refuse
            )

    def settle(self, said: Settled, witness: SignedIn | None = None) -> None:
        """Say what was seen on the metal; what was read by eye needs a second officer."""
        job, weapon = self._state.job, self._state.weapon
        if job is None or weapon is None or self._state.stage not in TO_SETTLE:
            return
        resolve = partial(self._resolve, job, weapon.id, said, witness)
        if said.picture is None:
            resolve("")
            return
        keep = partial(self._session.stockpile.photographs.keep, said.picture, "mark")
        self._desk.ask(self, keep, lambda photo: resolve(photo.digest), self.refused.emit, PHOTOS)

    # --- what came of it --------------------------------------------------------------------

    def _begun(self, intent: Intent) -> None:
        self._show(
            replace(self._state, job=intent.job.job, text=intent.job.text,
                    machine=intent.machine.name, work_order=intent.work_order)
        )  # fmt: skip

    def _ended(self, outcome: Outcome) -> None:
        stage = _ENDED[outcome.state]
        machine = self._bench.machine(self._state.machine)
        always = machine is None or machine.read_back_every <= 1
        if outcome.state == "marked" and not always:
            needs = partial(self._session.stockpile.marking.needs_read_back, outcome.job)
            self._desk.ask(self, needs, partial(self._told, outcome))
            return
        self._show(_after(self._state, outcome, stage))

    def _told(self, outcome: Outcome, needs: bool) -> None:
        stage = Stage.READ_BACK if needs else Stage.MARKED
        self._show(_after(self._state, outcome, stage))

    def _judged(self, read: str, back: tuple[ReadBack, RegisterRow | None]) -> None:
        found, other = back
        if found.verdict is Verdict.EQUAL:
            self._show(replace(self._state, stage=Stage.VERIFIED, why=""))
            self._blank()
        elif found.verdict is Verdict.UNREADABLE:
            self._unread(found)
        else:
            stage = Stage.ANOTHERS if found.verdict is Verdict.ANOTHERS else Stage.WRONG
            self._show(replace(self._state, stage=stage, why=read, other=other))

    def _unread(self, found: ReadBack) -> None:
        stage = Stage.BLIND if found.needs_eyes else Stage.UNREADABLE
        self._show(replace(self._state, stage=stage))

    def _blank(self) -> None:
        """Take the text off a machine that tells no end, now that the mark was read."""
        machine = self._state.machine
        if self._bench.tells_no_end(machine):
            deed = self._session.stockpile.marking.blanking(machine)
            lane = f"machine:{machine}"
            self._desk.perform(self, deed, lane, lambda _blanked: None, self.refused.emit)

    def _pictured(self, told: tuple[str, str]) -> None:
        read, photo = told
        if read:
            self.read_back(read, "photo", photo)
        else:
            self.unreadable()

    def _resolve(
        self, job: JobId, weapon: WeaponId, said: Settled, witness: SignedIn | None, photo: str
    ) -> None:
        marking, by = self._session.stockpile.marking, self._session.officer

        def act(second: Second | None) -> tuple[Recorded, WeaponId]:
            recorded = marking.resolve(
                job, said.outcome, said.reason, said.read, photo, by=by, how=said.how,
                witness=second or witness,
            )  # fmt: skip
            return recorded, weapon

        again = partial(self._look_again, weapon)
        self._desk.record_by_two(self, act, self._look_again, self._refuse, again)

    def _misread(self, error: StockpileError) -> None:
        if isinstance(error, NotTheMark):
            self._show(replace(self._state, stage=Stage.LABEL))
        else:
            self._refuse(error)

    def _refuse(self, error: StockpileError) -> None:
        """Say why not, and show the weapon as the record has it."""
        self.refused.emit(error)
        if self._state.weapon is not None:
            self._look_again(self._state.weapon.id)

    # --- inside -----------------------------------------------------------------------------

    def _look_again(self, weapon: WeaponId) -> None:
        stockpile, order = self._session.stockpile, self._orders.order
        self._weapons.ask(partial(at_bench, stockpile, weapon, self.plan, order))

    def _again(self) -> None:
        """Look anew at what is around the weapon, and at the weapon where nothing is under way."""
        self.start()
        ahead = self._state.stage in MAY_START | {Stage.OUTSIDE, Stage.ASIDE, Stage.BORNE}
        if ahead and self._state.weapon is not None:
            self._look_again(self._state.weapon.id)

    def _show(self, state: State) -> None:
        self._state = state
        self._lull.start() if state.stage in _LULLS else self._lull.stop()
        self.changed.emit(state)
        if state.text and state.text != self._drawn:
            self._drawn = state.text
            self._previews.ask(partial(preview, self._session.stockpile, self.plan, state.text))

    def _tidy(self) -> None:
        if self._session.is_open:
            self._desk.ask(self, self._session.stockpile.books.tidy, lambda _none: None)

    def _show_bench(self, now: Bench) -> None:
        self._bench = now
        self.bench_changed.emit(now)
        if self._fresh and now.to_settle and self._state.stage is Stage.SCAN:
            self.bring(now.to_settle[0].job.weapon)  # what a power cut left comes first
        self._fresh = False

    def _heard(self, recorded: Recorded) -> None:
        if self._session.is_open and any(
            isinstance(fact.body, _CONCERNS) for fact in recorded.facts
        ):
            self.start()

    def _seated(self) -> None:
        if self._session.is_open:
            self.clear()
            self._fresh = True
            self.start()


_ENDED: Final[Mapping[str, Stage]] = MappingProxyType(
    {
        "marked": Stage.READ_BACK,
        "started": Stage.READ_BACK,
        "not_started": Stage.NOT_STARTED,
        "unknown": Stage.DOUBT,
    }
)


def _plan(machine: str, setup: Setup, now: Bench, order: Order | None) -> Plan:
    if order is not None:
        said = order.opened
        return Plan(
            machine, said.scheme, said.words, setup.component, setup.position, said.reason, order.id
        )
    scheme = dict(now.schemes).get(setup.scheme)
    words = setup.chosen(scheme) if scheme else ()
    return Plan(machine, setup.scheme, words, setup.component, setup.position, setup.reason)


def _after(state: State, outcome: Outcome, stage: Stage) -> State:
    return replace(
        state, stage=stage, text=outcome.text, why=outcome.evidence, job=outcome.job, cannot=None
    )


def _verified(
    session: Session, job: JobId, read: str, how: Sight, photo: str
) -> tuple[Recorded, tuple[ReadBack, RegisterRow | None]]:
    """Take a read-back; also return the other weapon whose mark it is."""
    stockpile = session.stockpile
    recorded, found = stockpile.marking.verify(job, read, how, by=session.officer, photo=photo)
    other = stockpile.register.rows([found.other])[0] if found.other else None
    return recorded, (found, other)


def _read_picture(stockpile: Stockpile, picture: Path | bytes) -> tuple[str, str]:
    """Return what a picture of a mark says, "" for nothing, and the digest it is kept under."""
    reading_back = stockpile.reading_back
    if isinstance(picture, Path):
        seen = reading_back.seen(picture)
    else:
        seen = Seen(stockpile.photographs.keep(picture, "mark"), reading_back.read(picture))
    return seen.text, seen.photo.digest
