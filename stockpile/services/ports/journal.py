"""The journal of marking jobs, and the bytes that went over the cable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from stockpile.domain.values import Instant, JobId, SchemeId, WeaponId

JobState = Literal[
    "intent", "prepared", "armed", "started", "done_reported", "verified", "unknown", "not_started",
    "resolved_marked", "resolved_partial", "resolved_not_marked", "voided",
]  # fmt: skip


Direction = Literal["out", "in"]


Tap = Callable[[Direction, bytes], None]
"""Told every byte of a machine's link, as it goes out or comes in."""


@dataclass(frozen=True, slots=True)
class Job:
    """One marking job: which weapon, which scheme, which text, on which machine, and its state.

    ``driver`` and ``identity`` say which machine really ran it, ``layout`` what was drawn or loaded
    there and ``fingerprint`` its digest; ``component`` and ``position`` where on the weapon.
    """

    job: JobId
    weapon: WeaponId
    scheme: SchemeId
    text: str
    machine: str
    state: JobState
    opened_at: Instant
    detail: str = ""
    driver: str = ""
    identity: str = ""
    component: str = ""
    position: str = ""
    layout: str = ""
    fingerprint: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """Bytes on a machine's wire: when, by the computer's own count in ns, and which way."""

    at: int
    direction: Direction
    content: bytes


@dataclass(frozen=True, slots=True)
class Run:
    """How long a job took: instants of its intent, its start, its end and its read-back; 0 unsaid.

    ``state`` is the state that it has now.
    """

    job: JobId
    machine: str
    state: JobState
    opened_at: Instant
    armed_at: Instant = 0
    done_at: Instant = 0
    verified_at: Instant = 0


class MarkJournal(Protocol):
    """The journal of marking jobs: append only, durable before each call returns.

    PREPARED alone is durable with the step that follows it, for nothing hangs on it: a job whose
    PREPARED a power cut lost stands at INTENT, and neither was sent.

    The database itself, not code, forbids a second open or finished job for one weapon and scheme,
    and a second unsettled job on one machine.
    """

    def open_job(self, job: Job) -> None:
        """Write INTENT; raises MarkingStillOpen (open or unknown) or AlreadyMarked (finished)."""
        ...

    def note(
        self,
        job: JobId,
        state: JobState,
        detail: str = "",
        sent: bytes = b"",
        wire: Sequence[Frame] = (),
        identity: str = "",
    ) -> None:
        """Append the job's next state, and what went over the wire until then, in one commit.

        ``identity`` is what the machine answered to: who are you? It stands in each step from then
        on. Raises JobNotOpen for a step the rules do not have.
        """
        ...

    def overhear(self, job: JobId, wire: Sequence[Frame]) -> None:
        """Append what went over the wire; nothing else changes."""
        ...

    def wire(self, job: JobId) -> tuple[Frame, ...]:
        """Return what went over the wire for a job, in order; raises JobUnknown."""
        ...

    def unreadable(self, job: JobId) -> int:
        """Note that a scanner could not read the mark; return how often that was by now."""
        ...

    def runs(self, machine: str = "", newest: int = 1_000) -> tuple[Run, ...]:
        """Return how long the newest jobs took, newest first; of one machine where it is named."""
        ...

    def job(self, job: JobId) -> Job:
        """Return a job; raises JobUnknown."""
        ...

    def jobs(self, *, unsettled: bool = False, newest: int = 0) -> tuple[Job, ...]:
        """Return jobs, newest first; at most so many of the newest, all of them where it is 0."""
        ...

    def in_question(self) -> tuple[Job, ...]:
        """Return the jobs whose metal somebody has to look at, oldest first."""
        ...
