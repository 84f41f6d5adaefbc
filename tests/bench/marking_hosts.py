"""The host of the marking bench: a real process on a real encrypted home, that can be killed.

It is told over a pipe what to mark, and dies by SIGKILL at the point it is told to die at. Another
one is then started on the same home and asked what stands there.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final, Literal

from stockpile.adapters.marking.link import Link
from stockpile.adapters.marking.markers import DRIVERS, PROMISES
from stockpile.adapters.marking.talk import Times
from stockpile.adapters.marking.tap import TappedLink
from stockpile.adapters.serial.port import open_port
from stockpile.app import open_home
from stockpile.domain.facts import MachineSet
from stockpile.domain.marking import Verdict
from stockpile.domain.values import JobId, WeaponId
from stockpile.services.marking import Marking, Outcome
from stockpile.services.people import SignedIn
from stockpile.services.ports import Capabilities, EndResult, Marker, StartResult, Tap, Work
from stockpile.services.stockpile import Stockpile
from tests.helpers.benches import matrix_of
from tests.helpers.house import PASSPHRASE, PIN, TOLD

Point = Literal[
    "", "opened", "intent", "prepared", "armed", "answered", "started", "ended", "done", "any time"
]
"""Where a host dies: after a step of the journal, or of the marker before the journal's."""
POINTS: Final[tuple[Point, ...]] = (
    *("opened", "intent", "prepared", "armed", "answered", "started", "ended", "done", "any time"),
)
TIMES: Final = Times(answer=1.0, start=0.8, poll=0.03, settle=0.25, pause=0.03)
State = Literal["marked", "not_started", "unknown", "started", "verified"]
PRELOADED: Final = ["stockpile.app", "tests.bench.marking_hosts"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One weapon to be marked: on which machine, and where the host dies at it."""

    weapon: WeaponId
    machine: MachineSet
    dies_at: Point
    seconds: float
    locks: Path


@dataclass(frozen=True, slots=True)
class Stands:
    """What is on record about a weapon's job: in the journal, and in the ledger."""

    job: str
    text: str
    state: State
    agree: bool


def die() -> None:
    """End as a host does whose plug is pulled."""
    os.kill(os.getpid(), signal.SIGKILL)


class DyingJournal:
    """The journal, with death right after a step of it is on the disk."""

    def __init__(self, journal: Any, dies_at: Point) -> None:
        self._journal = journal
        self._step = {"done": "done_reported"}.get(dies_at, dies_at)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._journal, name)

    def open_job(self, job: Any) -> None:
        self._journal.open_job(job)
        if self._step == "opened":
            die()

    def note(self, job: JobId, state: str, *rest: Any) -> None:
        self._journal.note(job, state, *rest)
        if state == self._step:
            die()


class DyingMarker:
    """A marker, with death after it said something and before anyone could write that down."""

    def __init__(self, marker: Marker, dies_at: Point) -> None:
        self._marker, self._dies_at = marker, dies_at

    def __getattr__(self, name: str) -> Any:
        return getattr(self._marker, name)

    def start(self) -> StartResult:
        result = self._marker.start()
        if self._dies_at == "answered":
            die()
        return result

    def watch(self, seconds: float) -> EndResult:
        end = self._marker.watch(seconds)
        if self._dies_at == "ended":
            die()
        return end


@dataclass(frozen=True, slots=True)
class BenchMarkers:
    """The drivers as they are, with less patience, and with death where it is wanted."""

    wanted: Wanted

    def open(self, machine: MachineSet, tap: Tap) -> Marker:
        open_link = partial(_opened, self.wanted.locks, tap)
        marker = DRIVERS[machine.driver](machine, open_link, TIMES)
        return DyingMarker(marker, self.wanted.dies_at)  # type: ignore[return-value]

    def capabilities(self, machine: MachineSet) -> Capabilities:
        return PROMISES[machine.driver]


def _opened(locks: Path, tap: Tap, url: str) -> Link:
    return TappedLink(open_port(url, locks=locks), tap)


def serve(home: Path, orders: Connection) -> None:
    """Be a host until told to stop or killed; opening the home settles what was left there."""
    stockpile = open_home(home, PASSPHRASE)
    by = stockpile.people.sign_in(TOLD.officer, PIN)
    orders.send("open")
    answers: dict[str, Callable[[Any], object]] = {
        "mark": partial(mark, stockpile.marking, by),
        "stands": partial(stands, stockpile),
        "read": partial(read, stockpile.marking, by),
    }
    with suppress(EOFError, OSError):  # whoever ran the bench is gone: so is this host
        while (order := orders.recv()) is not None:
            name, told = order
            orders.send(answers[name](told))
    stockpile.close()


def mark(marking: Marking, by: SignedIn, wanted: Wanted) -> Outcome:
    """Mark a weapon through all three steps of the deed; may not return."""
    bench = replace(
        marking,
        journal=DyingJournal(marking.journal, wanted.dies_at),
        markers=BenchMarkers(wanted),
    )
    bench.set_machine(wanted.machine, by=by)
    deed = bench.mark(wanted.weapon, wanted.machine.name, by=by)
    _, intent = deed.begin()
    if wanted.dies_at == "intent":
        die()
    text = intent.job.text
    draws = PROMISES[wanted.machine.driver].draws
    work = Work(text, matrix_of(text)) if draws else Work(text)
    intent = replace(intent, seconds=wanted.seconds, work=work)
    outcome = deed.act(intent)
    deed.finish(intent, outcome)
    return outcome


_LEDGER: Final[dict[str, State]] = {
    "begun": "not_started", "not_started": "not_started", "unknown": "unknown", "marked": "marked",
    "verified": "verified",
}  # fmt: skip
_JOURNAL: Final[dict[str, State]] = {
    "not_started": "not_started", "unknown": "unknown", "done_reported": "marked",
    "verified": "verified", "started": "started",
}  # fmt: skip


def stands(stockpile: Stockpile, weapon: WeaponId) -> Stands:
    """Return what is on record about the weapon's job; no job at all is one not started."""
    jobs = [job for job in stockpile.marking.jobs() if job.weapon == weapon]
    applied = stockpile.books.weapon(weapon).applied
    if not jobs:
        return Stands("", "", "not_started", agree=not applied)
    state = _JOURNAL[jobs[0].state]
    facts = [one.state for one in applied if one.job == jobs[0].job]
    told = _LEDGER[facts[0]] if facts else "not_started"
    agree = told == state and "begun" not in facts
    return Stands(jobs[0].job, jobs[0].text, state, agree or state == "started")


def read(marking: Marking, by: SignedIn, seen: tuple[JobId, str]) -> bool:
    """Take the read-back of a mark; an empty text is one that cannot be read."""
    job, text = seen
    if not text:
        marking.unreadable(job, by=by)
        return False
    return marking.verify(job, text, "scan", by=by)[1].verdict is Verdict.EQUAL


class Host:
    """A host process, seen from outside."""

    def __init__(self, context: BaseContext, home: Path) -> None:
        self._orders, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=serve, args=(home, theirs)
        )
        self._process.start()
        theirs.close()
        self._orders.recv()

    def ask(self, name: str, told: object) -> Any:
        """Put an order and return its answer; raises EOFError when the host died over it."""
        self._orders.send((name, told))
        return self._orders.recv()

    def begin(self, name: str, told: object) -> None:
        """Put an order whose answer is fetched later."""
        self._orders.send((name, told))

    def answer(self) -> Any:
        """Return the answer; raises EOFError when the host died over it."""
        return self._orders.recv()

    def answered_within(self, seconds: float) -> bool:
        """Say whether the answer, or the end, is there within the time."""
        return self._orders.poll(seconds)

    def kill(self) -> None:
        """Kill it, whatever it does."""
        self._process.kill()
        self._process.join()
        self._orders.close()

    def stop(self) -> None:
        """Let it close its home and end."""
        self._orders.send(None)
        self._process.join()
        self._orders.close()


def host_context() -> BaseContext:
    """Return what starts hosts quickly: processes forked from one that has all modules."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context
