"""The marking bench on the screen: one weapon, one mark, and no way to start it twice.

What is shown follows the record and the journal, so that a program started anew shows a doubtful
marking as what it is. Nothing in here sends a second start.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import (
    FieldMissing,
    JobUnknown,
    NumbersUsedUp,
    SchemeUnknown,
    StockpileError,
)
from stockpile.domain.facts import (
    BlockGranted,
    MachineSet,
    MarkingBegun,
    MarkingEnded,
    MarkingResolved,
    MarkVerified,
    SchemeSet,
)
from stockpile.domain.marking import MOSAIC_IMPORT, Settlement
from stockpile.domain.values import JobId, WeaponId
from stockpile.domain.weapons import Applied
from stockpile.services.marking import Intent, Outcome
from stockpile.services.ports import Job, Recorded, RegisterRow
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest

LAST_JOBS: Final = 6
"""How many of the newest jobs the bench shows."""

_CONCERNS = (
    MarkingBegun, MarkingEnded, MarkVerified, MarkingResolved, MachineSet, BlockGranted, SchemeSet,
)  # fmt: skip


class Stage(StrEnum):
    """What the bench waits for."""

    SCAN = "scan"
    READY = "ready"
    MARKING = "marking"
    NOT_STARTED = "not_started"
    READ_BACK = "read_back"
    WRONG = "wrong"
    DOUBT = "doubt"
    VERIFIED = "verified"
    BORNE = "borne"
    ELSEWHERE = "elsewhere"


MAY_START: Final = frozenset({Stage.READY, Stage.NOT_STARTED})
TO_SETTLE: Final = frozenset({Stage.WRONG, Stage.DOUBT})


@dataclass(frozen=True, slots=True)
class State:
    """How it stands: the weapon at the bench, its job and text, and why it came to this."""

    stage: Stage = Stage.SCAN
    weapon: RegisterRow | None = None
    job: JobId | None = None
    text: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class JobLine:
    """A marking job and what the weapon is called."""

    job: Job
    named: str


@dataclass(frozen=True, slots=True)
class Bench:
    """What is around the weapon: machines, numbers, and the jobs that were."""

    machines: tuple[MachineSet, ...] = ()
    next_text: str = ""
    left: int = 0
    to_settle: tuple[JobLine, ...] = ()
    last: tuple[JobLine, ...] = ()


class MarkingModel(QObject):
    """The bench.

    Signals:
        changed: how it stands now.
        bench_changed: machines, numbers or jobs are others now.
        unnamed: what was scanned names no weapon, or several: the error.
        refused: the rules said no to an act: the error.
    """

    changed = Signal(object)
    bench_changed = Signal(object)
    unnamed = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._state, self._bench = State(), Bench()
        self._benches = Latest[Bench](desk, self, self._show_bench, notices.trouble)
        self._weapons = Latest[State](desk, self, self._show, self.unnamed.emit)
        desk.recorded.connect(self._heard)
        session.changed.connect(self._seated)

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
        return last if last in names else next(iter(names), "")

    @property
    def may_mark(self) -> bool:
        """Say whether the officer's role includes marking."""
        return self._session.may("mark")

    def start(self) -> None:
        """Read what is around the weapon."""
        if self._session.is_open:
            self._benches.ask(partial(_bench, self._session.stockpile))

    def bring(self, text: str) -> None:
        """Bring the weapon to the bench that a scanned or typed text names."""
        if text.strip() and self._state.stage is not Stage.MARKING:
            self._weapons.ask(partial(_brought, self._session.stockpile, text.strip()))

    def clear(self) -> None:
        """Wait for the next weapon; a run under way is never left."""
        if self._state.stage is not Stage.MARKING:
            self._weapons.forget()
            self._show(State())

    def choose(self, machine: str) -> None:
        """Use this machine from now on."""
        if machine != self._session.settings.machine:
            self._session.remember(machine=machine)

    def mark(self, machine: str) -> None:
        """Start the one run; pressed twice it is started once."""
        weapon = self._state.weapon
        if weapon is None or not machine or self._state.stage not in MAY_START:
            return
        self._show(replace(self._state, stage=Stage.MARKING, text=self._bench.next_text, why=""))
        self.choose(machine)
        deed = self._session.stockpile.marking.mark(weapon.id, machine, by=self._session.officer)
        self._desk.perform(
            self, deed, f"machine:{machine}", self._ended, self._refuse, self._begun
        )  # fmt: skip

    def read_back(self, read: str, how: Literal["scan", "typed"]) -> None:
        """Take what was read from the metal."""
        job = self._state.job
        if job is None or not read.strip() or self._state.stage is not Stage.READ_BACK:
            return
        marking, by = self._session.stockpile.marking, self._session.officer
        self._desk.record(
            self, partial(marking.verify, job, read, how, by=by), partial(self._read, read),
            self._refuse,
        )  # fmt: skip

    def settle(self, outcome: Settlement, reason: str, read: str = "") -> None:
        """Say what was seen on the metal."""
        job, weapon = self._state.job, self._state.weapon
        if job is None or weapon is None or self._state.stage not in TO_SETTLE:
            return
        marking, by = self._session.stockpile.marking, self._session.officer
        self._desk.record(
            self,
            lambda: (marking.resolve(job, outcome, reason, read, by=by), weapon.id),
            self.bring,
            self._refuse,
        )

    # --- what came of it --------------------------------------------------------------------

    def _begun(self, intent: Intent) -> None:
        self._show(replace(self._state, job=intent.job.job, text=intent.job.text))

    def _ended(self, outcome: Outcome) -> None:
        stage = _ENDED[outcome.state]
        self._show(
            replace(self._state, stage=stage, text=outcome.text, why=outcome.evidence,
                    job=outcome.job)
        )  # fmt: skip

    def _read(self, read: str, equal: bool) -> None:
        if equal:
            self._show(replace(self._state, stage=Stage.VERIFIED, why=""))
        else:
            self._show(replace(self._state, stage=Stage.WRONG, why=read.strip()))

    def _refuse(self, error: StockpileError) -> None:
        """Say why not, and show the weapon as the record has it."""
        self.refused.emit(error)
        weapon = self._state.weapon
        if weapon is not None:
            question = partial(_at_bench, self._session.stockpile, weapon.id)
            self._weapons.ask(question)

    def _show(self, state: State) -> None:
        self._state = state
        self.changed.emit(state)

    def _show_bench(self, bench: Bench) -> None:
        self._bench = bench
        self.bench_changed.emit(bench)

    def _heard(self, recorded: Recorded) -> None:
        if any(isinstance(fact.body, _CONCERNS) for fact in recorded.facts):
            self.start()

    def _seated(self) -> None:
        if self._session.is_open:
            self.clear()
            self.start()


_ENDED: Final = {
    "marked": Stage.READ_BACK,
    "not_started": Stage.NOT_STARTED,
    "unknown": Stage.DOUBT,
}


def _brought(stockpile: Stockpile, text: str) -> State:
    return _at_bench(stockpile, stockpile.tracing.named(text))


def _at_bench(stockpile: Stockpile, weapon: WeaponId) -> State:
    """Return how a weapon stands at the bench, by the record and the journal."""
    (row,) = stockpile.register.rows([weapon])
    standing = [
        one for one in stockpile.books.weapon(weapon).standing_marks if one.scheme == MOSAIC_IMPORT
    ]
    if not standing:
        return State(Stage.READY, row)
    applied = standing[-1]
    return State(_stage(stockpile, applied), row, applied.job, applied.text)


def _stage(stockpile: Stockpile, applied: Applied) -> Stage:
    try:
        state = stockpile.marking.journal.job(applied.job).state
    except JobUnknown:  # another node marked it
        return Stage.ELSEWHERE if applied.state in ("begun", "unknown") else Stage.BORNE
    if state == "done_reported":
        return Stage.READ_BACK
    return Stage.DOUBT if applied.state in ("begun", "unknown") else Stage.BORNE


def _bench(stockpile: Stockpile) -> Bench:
    marking = stockpile.marking
    text, left = _numbers(stockpile)
    jobs = marking.jobs()
    doubtful = [one for one in jobs if one.state in ("unknown", "done_reported")]
    last = jobs[:LAST_JOBS]
    names = _names(stockpile, [*doubtful, *last])
    return Bench(
        marking.machines(),
        text,
        left,
        tuple(JobLine(one, names[one.weapon]) for one in reversed(doubtful)),
        tuple(JobLine(one, names[one.weapon]) for one in last),
    )


def _numbers(stockpile: Stockpile) -> tuple[str, int]:
    """Return the text of the next mark and how many numbers are left; none where there is none."""
    try:
        return stockpile.marking.next_text(), stockpile.marking.numbers_left()
    except (NumbersUsedUp, SchemeUnknown, FieldMissing):
        return "", 0


def _names(stockpile: Stockpile, jobs: list[Job]) -> dict[WeaponId, str]:
    weapons = list(dict.fromkeys(one.weapon for one in jobs))
    rows = stockpile.register.rows(weapons)
    return {row.id: row.serial or row.mark or row.number for row in rows}
