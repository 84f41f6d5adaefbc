"""One run of a marking machine: the permit, the journal before the metal, one START, the end.

ARMED is on disk before the first byte of START. No path in here sends a second START; whatever is
not certain ends as *unknown* for a person to settle.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Literal

from stockpile.domain.errors import (
    MachineLayoutChanged,
    MachineStranger,
    PermitExpired,
    Refused,
    StockpileError,
    Unavailable,
)
from stockpile.domain.facts import MachineSet
from stockpile.domain.journal import JobState
from stockpile.domain.values import Instant, JobId
from stockpile.services.machines import let_go, told_identity
from stockpile.services.ports import (
    Clock,
    Direction,
    EndResult,
    Frame,
    Job,
    Marker,
    Markers,
    MarkJournal,
    StartResult,
    Work,
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """What a person is to set and start at a machine without a link."""

    text: str
    layout: str = ""
    component: str = ""
    position: str = ""


class Permit:
    """The permission for one START: used up by one, good for a minute, never good twice.

    A clock that was set back in between ends it too.
    """

    def __init__(self, job: JobId, since: Instant, until: Instant) -> None:
        self.job = job
        self.since = since
        self.until = until
        self._starts = deque([job])  # taken in one step, from whichever thread

    def take(self) -> None:
        """Take the permit for this run; raises PermitExpired for whoever comes second."""
        try:
            self._starts.pop()
        except IndexError as error:
            raise PermitExpired(self.job) from error

    def demand(self, now: Instant) -> None:
        """Raise PermitExpired unless it is good at this moment."""
        if not self.since <= now <= self.until:
            raise PermitExpired(self.job)


@dataclass(frozen=True, slots=True)
class Intent:
    """What was written down before the metal: the job, and until when a start is allowed.

    ``work_order`` is what to tell the person who sets a machine without a link by hand.
    """

    job: Job
    machine: MachineSet
    permitted_until: Instant
    permit: Permit
    work: Work
    work_order: WorkOrder | None = None
    seconds: float = 40.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the run came to, and what the machine said of it.

    ``started``: the machine tells no end; the read-back says what is on the metal.
    """

    job: JobId
    state: Literal["marked", "not_started", "unknown", "started"]
    text: str
    evidence: str


@dataclass(slots=True)
class Heard:
    """An ear on the wire: frames that are not in the journal yet. Any thread may speak to it."""

    _frames: deque[Frame] = field(default_factory=deque)

    def __call__(self, direction: Direction, content: bytes) -> None:
        """Keep what goes over the wire."""
        self._frames.append(Frame(time.monotonic_ns(), direction, content))

    def taken(self) -> tuple[Frame, ...]:
        """Hand over what was heard until now."""
        return tuple(self._frames.popleft() for _ in range(len(self._frames)))


@dataclass(frozen=True, slots=True)
class MarkRuns:
    """Runs of marking machines, on the machine's lane."""

    journal: MarkJournal
    markers: Markers
    clock: Clock

    def run(self, intent: Intent) -> Outcome:
        """Run one intent to its end; raises PermitExpired for an intent that was run before."""
        intent.permit.take()
        heard = Heard()
        run = _Run(self, intent, heard)
        try:
            marker = self.markers.open(intent.machine, heard)
        except (Unavailable, Refused) as error:
            return run.not_started(error)
        try:
            return run.through(marker)
        finally:
            let_go(marker)
            with suppress(Unavailable):  # the outcome stands; only its last bytes are lost
                self.journal.overhear(intent.job.job, heard.taken())


@dataclass(frozen=True, slots=True)
class _Run:
    """One intent on its way through the states of the journal."""

    runs: MarkRuns
    intent: Intent
    heard: Heard

    def through(self, marker: Marker) -> Outcome:
        """Prepare, arm, start once, watch."""
        try:
            identity = self._same_machine(marker)
            marker.prepare(self.intent.work)
            self._note("prepared", identity=identity)
            self.intent.permit.demand(self.runs.clock.now())
            self._note("armed", sent=marker.start_bytes)
        except (Unavailable, Refused) as error:
            return self.not_started(error)
        started = marker.start()
        if started is StartResult.REFUSED:
            return self._ended("not_started", started.value)
        if started is StartResult.ACCEPTED:
            self._try(lambda: self._note("started"))
        return self._after(started, marker.watch(self.intent.seconds))

    def not_started(self, error: StockpileError) -> Outcome:
        """Say that nothing was sent, and why; a full disk leaves that to the next opening."""
        self._try(lambda: self._note("not_started", str(error)))
        return self._outcome("not_started", type(error).__name__)

    def _after(self, started: StartResult, end: EndResult) -> Outcome:
        if end is EndResult.UNTOLD and started is StartResult.ACCEPTED:
            return self._outcome("started", end.value)
        if end is not EndResult.DONE:
            return self._ended("unknown", end.value)
        if started is StartResult.UNCERTAIN:
            # The answer was lost; the machine itself showed the run.
            self._try(lambda: self._note("started", "by evidence"))
        return self._ended("marked", end.value)

    def _ended(self, state: Literal["marked", "not_started", "unknown"], said: str) -> Outcome:
        """Write the end down; what the journal could not keep is unknown, whatever it was."""
        if self._try(lambda: self._note(_JOURNAL[state], said)) or state == "not_started":
            return self._outcome(state, said)
        self._try(lambda: self._note("unknown", said))
        return self._outcome("unknown", said)

    def _same_machine(self, marker: Marker) -> str:
        """Return who the machine is; raises MachineStranger, MachineLayoutChanged."""
        wanted = self.intent.machine
        found = marker.identity() if wanted.identity else told_identity(marker)
        if wanted.identity and found != wanted.identity:
            raise MachineStranger(wanted.name, wanted.identity, found)
        if wanted.fingerprint and marker.fingerprint() != wanted.fingerprint:
            raise MachineLayoutChanged(wanted.name)
        return found

    def _note(
        self, state: JobState, detail: str = "", *, sent: bytes = b"", identity: str = ""
    ) -> None:
        frames = self.heard.taken()
        self.runs.journal.note(self.intent.job.job, state, detail, sent, frames, identity)

    def _try(self, write: Callable[[], None]) -> bool:
        """Write what must not stop the watch over the metal; false where it could not be kept."""
        try:
            write()
        except Unavailable as error:
            log.warning("job %s: the journal could not be written (%s)", self.intent.job.job, error)
            return False
        except Refused:
            return False  # its permit ran out meanwhile, and the bench settled it
        return True

    def _outcome(
        self, state: Literal["marked", "not_started", "unknown", "started"], evidence: str
    ) -> Outcome:
        return Outcome(self.intent.job.job, state, self.intent.job.text, evidence)


_JOURNAL: Final[dict[Literal["marked", "not_started", "unknown"], JobState]] = {
    "marked": "done_reported",
    "not_started": "not_started",
    "unknown": "unknown",
}
