"""The marking bench: the intent first, then the metal, then the outcome.

The journal is written ahead of the machine: ARMED is on disk before the first byte of START. No
path in here sends a second START; whatever is not certain ends as *unknown* for a person to settle.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

from stockpile.domain import marking, people
from stockpile.domain.errors import (
    MachineUnknown,
    PermitExpired,
    Refused,
    SchemeUnknown,
    StockpileError,
    Unavailable,
)
from stockpile.domain.facts import BlockGranted, Draft, MachineSet, MarkingBegun, SchemeSet
from stockpile.domain.journal import after_restart
from stockpile.domain.marking import MOSAIC_IMPORT, Block, Settlement
from stockpile.domain.values import Instant, JobId, SchemeId, WeaponId, new_id, tidied
from stockpile.domain.weapons import Weapon
from stockpile.services.deeds import Deed
from stockpile.services.people import SignedIn
from stockpile.services.ports import (
    Books,
    Chance,
    Clock,
    EndResult,
    Job,
    JobState,
    Keys,
    Marker,
    Markers,
    MarkJournal,
    Recorded,
    StartResult,
    Work,
)

RUN_SECONDS: Final = 40.0
"""Twice the longest run of a line of text and ten seconds, until a machine's times are known."""

_LOOK_BACK: Final = 50
"""Jobs settled in the journal whose fact may be missing: at most the last one of each machine."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What was written down before the metal: the job, and until when a start is allowed."""

    job: Job
    machine: MachineSet
    permitted_until: Instant


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the run came to, and what the machine said of it."""

    job: JobId
    state: Literal["marked", "not_started", "unknown"]
    text: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Marking:
    """The marking bench of this node."""

    books: Books
    journal: MarkJournal
    markers: Markers
    keys: Keys
    clock: Clock
    chance: Chance

    # --- machines, schemes, numbers -------------------------------------------------------------

    def set_machine(self, machine: MachineSet, *, by: SignedIn) -> Recorded:
        """Put a machine on record, or its new settings; the same settings again change nothing."""
        people.authorise(by.officer, "set_machine")
        subject = f"machine:{tidied(machine.name).casefold()}"
        known = self.books.reference(subject)
        if known is not None and known.now == machine:
            return Recorded((), ())
        heads = known.heads if known is not None else ()
        return self.books.record([Draft(subject, machine, heads)], by=by.id)

    def machines(self) -> tuple[MachineSet, ...]:
        """Return the machines on record, by name."""
        found = (one.now for one in self.books.references(MachineSet))
        machines = [one for one in found if isinstance(one, MachineSet)]
        return tuple(sorted(machines, key=lambda one: one.name))

    def machine(self, name: str) -> MachineSet:
        """Return a machine by name; raises MachineUnknown."""
        wanted = tidied(name).casefold()
        for machine in self.machines():
            if machine.name.casefold() == wanted:
                return machine
        raise MachineUnknown(name)

    def probe(self, machine: MachineSet) -> tuple[str, str]:
        """Ask a machine who and how it is; nothing moves."""
        marker = self.markers.open(machine)
        try:
            return marker.identity(), marker.status().value
        finally:
            marker.close()

    def scheme(self, scheme: SchemeId = MOSAIC_IMPORT) -> SchemeSet:
        """Return a marking scheme as it stands; raises SchemeUnknown."""
        known = self.books.reference(scheme)
        if known is None or not isinstance(known.now, SchemeSet):
            raise SchemeUnknown(scheme)
        return known.now

    def numbers_left(self, scheme: SchemeId = MOSAIC_IMPORT) -> int:
        """Return how many marking numbers this node has left."""
        return marking.numbers_left(self._blocks(scheme), self.books.numbers_used(scheme))

    def next_text(self, scheme: SchemeId = MOSAIC_IMPORT) -> str:
        """Return the text that the next mark will have, for the preview."""
        return self._next(scheme)[1]

    # --- one mark -------------------------------------------------------------------------------

    def mark(
        self, weapon: WeaponId, machine: str, scheme: SchemeId = MOSAIC_IMPORT, *, by: SignedIn
    ) -> Deed[Intent, Outcome]:
        """Mark a weapon: the returned deed states the intent, moves the metal, writes the outcome.

        Its ``begin`` raises AlreadyMarked, MarkingStillOpen, NumbersUsedUp and other refusals.
        """
        return Deed(
            begin=partial(self._begin, weapon, machine, scheme, by),
            act=self._act,
            finish=partial(self._finish, weapon, by),
        )

    def verify(
        self, job: JobId, read: str, how: Literal["scan", "typed", "photo"], *, by: SignedIn
    ) -> tuple[Recorded, bool]:
        """Take the read-back of a mark; false if it reads as another text (then it is unknown)."""
        people.authorise(by.officer, "verify_mark")
        known = self.journal.job(job)
        draft = marking.verify(self.books.weapon(known.weapon), job, read, how)
        equal = marking.reads_as(known.text, read)
        self.journal.note(job, "verified" if equal else "unknown", f"read {tidied(read)}")
        return self.books.record([draft], by=by.id), equal

    def resolve(
        self, job: JobId, outcome: Settlement, reason: str, read: str = "", *, by: SignedIn
    ) -> Recorded:
        """Settle a doubtful marking by what was seen on the metal, with reason and signature."""
        people.authorise(by.officer, "resolve_mark")
        known = self.journal.job(job)
        draft = marking.resolve(self.books.weapon(known.weapon), job, outcome, reason, read)
        self.journal.note(job, _RESOLVED[outcome], reason)
        return self.books.record([draft], by=by.id, signers=[by.key])

    def jobs(self, *, unsettled: bool = False) -> tuple[Job, ...]:
        """Return marking jobs, newest first."""
        return self.journal.jobs(unsettled=unsettled)

    def settle_after_restart(self) -> Recorded:
        """Bring journal and ledger to one mind after the program ended in the middle of a job.

        A job that was ARMED or further is unknown; one that was not cannot have begun. Called once
        when the books are opened, and harmless when there is nothing to settle.
        """
        drafts = []
        newest = self.journal.jobs()[:_LOOK_BACK]
        for job in {one.job: one for one in (*self.journal.jobs(unsettled=True), *newest)}.values():
            state = after_restart(job.state)
            if state != job.state:
                self.journal.note(job.job, state, "the program was restarted")
            draft = self._catch_up(job, state)
            if draft is not None:
                drafts.append(draft)
        return self.books.record(drafts, by=None) if drafts else Recorded((), ())

    # --- the three steps ------------------------------------------------------------------------

    def _begin(
        self, weapon_id: WeaponId, machine_name: str, scheme: SchemeId, by: SignedIn
    ) -> tuple[Recorded, Intent]:
        people.authorise(by.officer, "mark")
        machine = self.machine(machine_name)
        weapon = self.books.weapon(weapon_id)
        marking.demand_unmarked(weapon, scheme)
        number, text = self._next(scheme)
        now = self.clock.now()
        job_id = JobId(new_id(now, self.chance.bytes(10)))
        job = Job(job_id, weapon_id, scheme, text, machine.name, "intent", now)
        begun = MarkingBegun(job_id, scheme, text, number, machine.name)
        draft = marking.begin(weapon, begun)
        self.journal.open_job(job)
        recorded = self.books.record([draft], by=by.id)
        return recorded, Intent(job, machine, now + marking.PERMIT_SECONDS * 1000)

    def _act(self, intent: Intent) -> Outcome:
        note = partial(self.journal.note, intent.job.job)
        try:
            marker = self.markers.open(intent.machine)
        except (Unavailable, Refused) as error:
            return self._not_started(intent, error)
        try:
            return self._run(intent, marker, note)
        finally:
            _let_go(marker)

    def _run(self, intent: Intent, marker: Marker, note: Callable[..., None]) -> Outcome:
        try:
            self._demand_same_machine(intent, marker)
            marker.prepare(Work(intent.job.text))
            note("prepared")
            if self.clock.now() > intent.permitted_until:
                raise PermitExpired(intent.job.job)
        except (Unavailable, Refused) as error:
            return self._not_started(intent, error)
        note("armed", "", marker.start_bytes)
        started = marker.start()
        if started is StartResult.REFUSED:
            note("not_started", "refused")
            return Outcome(intent.job.job, "not_started", intent.job.text, "refused")
        if started is StartResult.ACCEPTED:
            note("started")
        end = marker.watch(RUN_SECONDS)
        if started is StartResult.UNCERTAIN and end is EndResult.DONE:
            note("started", "by evidence")  # the answer was lost, the machine itself shows the run
        return self._ended(intent, end, note)

    def _ended(self, intent: Intent, end: EndResult, note: Callable[..., None]) -> Outcome:
        if end is EndResult.DONE:
            note("done_reported", end.value)
            return Outcome(intent.job.job, "marked", intent.job.text, end.value)
        note("unknown", end.value)
        return Outcome(intent.job.job, "unknown", intent.job.text, end.value)

    def _finish(self, weapon: WeaponId, by: SignedIn, intent: Intent, outcome: Outcome) -> Recorded:
        stands = self.books.weapon(weapon)
        draft = marking.end(stands, intent.job.job, outcome.state, outcome.evidence)
        return self.books.record([draft], by=by.id)

    # --- inside ---------------------------------------------------------------------------------

    def _not_started(self, intent: Intent, error: StockpileError) -> Outcome:
        self.journal.note(intent.job.job, "not_started", str(error))
        return Outcome(intent.job.job, "not_started", intent.job.text, type(error).__name__)

    def _demand_same_machine(self, intent: Intent, marker: Marker) -> None:
        wanted = intent.machine.identity
        if wanted and marker.identity() != wanted:
            raise MachineUnknown(intent.machine.name)

    def _next(self, scheme: SchemeId) -> tuple[int, str]:
        body = self.scheme(scheme)
        used = self.books.numbers_used(scheme)
        number = marking.next_number(body.name, self._blocks(scheme), used)
        country = self._country()
        return number, marking.text_of(body, country, self.clock.now(), number)

    def _blocks(self, scheme: SchemeId) -> list[Block]:
        """Return this node's blocks: the registry's where it granted any, else the founding one."""
        found = [
            (one.standing[0].order[1], one.now)
            for one in self.books.references(BlockGranted)
            if isinstance(one.now, BlockGranted)
            and one.now.node == self.keys.node
            and one.now.scheme == scheme
        ]
        granted = [body for granter, body in found if granter != self.keys.node]
        return [marking.block_of(body) for body in granted or [body for _, body in found]]

    def _country(self) -> str:
        known = self.books.reference(self.keys.node)
        return str(getattr(known.opened, "country", "")) if known is not None else ""

    def _catch_up(self, job: Job, state: JobState) -> Draft | None:
        """Return the fact that the ledger still lacks about a job that the journal settled."""
        weapon: Weapon = self.books.weapon(job.weapon)
        begun = any(one.job == job.job and one.state == "begun" for one in weapon.applied)
        outcome = _LEDGER.get(state)
        if not begun or outcome is None:
            return None
        return marking.end(weapon, job.job, outcome, "the program was restarted")


_RESOLVED: Final[dict[Settlement, JobState]] = {
    "marked": "resolved_marked",
    "partial": "resolved_partial",
    "unmarked": "resolved_not_marked",
}
_LEDGER: Final[dict[JobState, Literal["marked", "not_started", "unknown"]]] = {
    "not_started": "not_started",
    "unknown": "unknown",
    "done_reported": "marked",
}


def _let_go(marker: Marker) -> None:
    """Blank the machine's text so that a pedal cannot mark it again, and close the port."""
    try:
        marker.disarm()
    except Unavailable:
        return  # a lost or silent machine cannot be blanked; the job's outcome says so already
    finally:
        marker.close()
