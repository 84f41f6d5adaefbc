"""What was seen on the metal: read-backs and their verdicts, settled doubts, voided marks.

What a person says goes into the ledger first and then into the journal; a restart brings a journal
that lags behind up to it (see ``mark_settling``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stockpile.domain import marking, people, weapons
from stockpile.domain.errors import (
    FieldMissing,
    JobNotOpen,
    MachineUnknown,
    NotTheMark,
    SecondOfficerMissing,
)
from stockpile.domain.facts import Draft, InvestigationOpened, MarkingResolved
from stockpile.domain.journal import FINISHED, JobState, may_follow
from stockpile.domain.marking import ReadBack, Settlement, Sight, Verdict
from stockpile.domain.values import JobId, WeaponId, new_id, search_key
from stockpile.domain.weapons import Weapon
from stockpile.plan_words import planned
from stockpile.services.machines import Machines
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Chance, Clock, Hit, Job, MarkJournal, Recorded
from stockpile.services.signing import Later, Second, authorise, sign

Find = Callable[[str], Sequence[Hit]]
"""Return the weapons that a text may name, best first."""

RESOLVED: Final[dict[Settlement, JobState]] = {
    "marked": "resolved_marked",
    "partial": "resolved_partial",
    "unmarked": "resolved_not_marked",
}
_LABELS: Final = frozenset({"number", "tag", "old_tag"})
_MARKS: Final = frozenset({"applied_mark", "mark", "serial"})


@dataclass(frozen=True, slots=True)
class MarkSights:
    """The desk for what is on the metal; everything runs on the books' lane."""

    books: Books
    journal: MarkJournal
    machines: Machines
    find: Find
    clock: Clock
    chance: Chance

    def verify(
        self, job: JobId, read: str, how: Sight, *, by: SignedIn, photo: str = ""
    ) -> tuple[Recorded, ReadBack]:
        """Take the read-back of a mark, with the digest of a kept photo where there is one.

        DIFFERENT makes it unknown; ANOTHERS too, and opens a case on both weapons. Raises
        FieldMissing (nothing read), NotTheMark (a label was scanned), JobNotOpen.
        """
        people.authorise(by.officer, "verify_mark")
        if not read.strip():
            raise FieldMissing("read")
        known = self._read_back_due(job)
        weapon = self.books.weapon(known.weapon)
        verdict = self._verdict(known, weapon, read, how)
        untold = known.state == "started"
        drafts = [marking.verify(weapon, job, read, how, photo, untold=untold)]
        if verdict.other is not None:
            drafts += self._alarm(known, weapon, self.books.weapon(verdict.other), read)
        recorded = self.books.record(drafts, by=by.id)
        detail = f"read {read.strip()} ({how})"
        if verdict.verdict is Verdict.EQUAL:
            if untold:
                self.journal.note(job, "done_reported", "by the read-back")
            self.journal.note(job, "verified", detail)
        else:
            self.journal.note(job, "unknown", detail)
        return recorded, verdict

    def unreadable(self, job: JobId, *, by: SignedIn) -> ReadBack:
        """Note that a mark could not be read: once, other light may help; then eyes must."""
        people.authorise(by.officer, "verify_mark")
        self._read_back_due(job)
        return ReadBack(Verdict.UNREADABLE, tries=self.journal.unreadable(job))

    def resolve(
        self, said: MarkingResolved, *, how: Sight, by: SignedIn, witness: Second | None
    ) -> Recorded:
        """Settle a doubtful marking by what was seen on the metal, with reason and signature.

        What a person read needs a second one who read it too. A spoiled mark's number is burnt.
        """
        authorise(by, "resolve_mark", witness)
        if how == "typed" and not said.photo and not _is_here(witness, by):
            raise SecondOfficerMissing("resolve_mark")
        known = self.journal.job(said.job)
        state = RESOLVED[said.outcome]
        _demand_step(known, state)
        stands = self.books.weapon(known.weapon)
        drafts = [marking.resolve(stands, said)]
        if said.outcome == "partial":
            seen = weapons.after(stands, planned(drafts, by.id, self.clock.now())[0])
            burnt = marking.void(seen, said.job, said.reason)
            drafts.append(replace(burnt, replaces=(), follows=True))
        recorded = sign(self.books, "resolve_mark", drafts, by=by, second=witness)
        if not isinstance(witness, Later):
            self.journal.note(said.job, state, said.reason.strip())
        return recorded

    def void(self, job: JobId, reason: str, *, by: SignedIn, witness: Second | None) -> Recorded:
        """Void a mark that was altered or removed: its number is burnt, a new mark is allowed.

        Two officers sign. Raises ReasonMissing, SecondOfficerMissing, JobNotOpen.
        """
        authorise(by, "void_mark", witness)
        known = self.journal.job(job)
        _demand_step(known, "voided")
        draft = marking.void(self.books.weapon(known.weapon), job, reason)
        recorded = sign(self.books, "void_mark", [draft], by=by, second=witness)
        if not isinstance(witness, Later):
            self.journal.note(job, "voided", reason.strip())
        return recorded

    def needs_read_back(self, job: JobId) -> bool:
        """Say whether the mark must be read back before the next one.

        Always where the machine proves too little or is in doubt; else every so-manieth of it.
        """
        known = self.journal.job(job)
        if known.state in ("started", "unknown"):
            return True
        if known.state != "done_reported":
            return False
        promised = self.machines.promised(known)
        if promised is None or promised.scan_always or promised.end == "none":
            return True
        try:
            every = self.machines.machine(known.machine).read_back_every
        except MachineUnknown:
            return True
        earlier = [
            one.verified_at > 0
            for one in self.journal.runs(known.machine)
            if one.state in FINISHED and (one.opened_at, one.job) < (known.opened_at, job)
        ]
        return len(earlier) < 1 or marking.needs_read_back(earlier, every)

    # --- inside ---------------------------------------------------------------------------------

    def _read_back_due(self, job: JobId) -> Job:
        """Return a job whose mark may be read back now; raises JobNotOpen."""
        known = self.journal.job(job)
        promised = self.machines.promised(known)
        untold = known.state == "started" and promised is not None and promised.end == "none"
        if known.state != "done_reported" and not untold:
            raise JobNotOpen(job, known.state)
        return known

    def _verdict(self, job: Job, weapon: Weapon, read: str, how: Sight) -> ReadBack:
        if marking.is_equal(marking.applied_job(weapon, job.job).text, read, how):
            return ReadBack(Verdict.EQUAL)
        hits = self.find(read.strip())
        if how != "typed" and hits and hits[0].why in _LABELS:
            raise NotTheMark(read.strip())
        for hit in hits:
            if hit.row.id != weapon.id and hit.why in _MARKS and self._bears(hit.row.id, read):
                return ReadBack(Verdict.ANOTHERS, hit.row.id)
        return ReadBack(Verdict.DIFFERENT)

    def _bears(self, weapon: WeaponId, read: str) -> bool:
        """Say whether the text is a mark of this weapon on record, to the letter."""
        stands = self.books.weapon(weapon)
        texts = {one.text for one in stands.applied} | {one.text for one in stands.marks}
        return search_key(read) in map(search_key, texts)

    def _alarm(self, job: Job, weapon: Weapon, other: Weapon, read: str) -> list[Draft]:
        """Open a case on both weapons: the one at the bench, and the one whose mark it bears."""
        said = read.strip()
        return [
            Draft(self._new_id(), InvestigationOpened("mark", job.job, one.id, one.place, said))
            for one in (weapon, other)
        ]

    def _new_id(self) -> str:
        return new_id(self.clock.now(), self.chance.bytes(10))


def _demand_step(job: Job, state: JobState) -> None:
    """Raise JobNotOpen before anything is written that the journal would not take."""
    if not may_follow(state, job.state):
        raise JobNotOpen(job.job, job.state)


def _is_here(witness: Second | None, by: SignedIn) -> bool:
    """Say whether a second officer read the metal too: one who confirms later cannot have."""
    return isinstance(witness, SignedIn) and witness.id != by.id
