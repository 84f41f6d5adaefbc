"""Journal and ledger brought to one mind after the program ended in the middle of something.

1. What the machine did stands in the journal first: the ledger is told what it lacks.
2. What a person said stands in the ledger first: the journal is told what it lacks.
3. What was armed or further is unknown; what was not cannot have begun.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal

from stockpile.domain import marking
from stockpile.domain.errors import JobUnknown
from stockpile.domain.facts import Draft, Fact, MarkingResolved, MarkVoided
from stockpile.domain.journal import JobState, after_restart, may_follow
from stockpile.domain.marking import PERMIT_SECONDS
from stockpile.domain.values import SchemeId, WeaponId
from stockpile.domain.weapons import Applied, AppliedState, Weapon
from stockpile.services.ports import Books, Clock, Job, MarkJournal, Recorded

RESTARTED: Final = "the program was restarted"
LAPSED: Final = "the permit ran out"
_LOOK_BACK: Final = 50
"""Jobs settled in the journal whose fact may be missing: at most the last one of each machine."""
_NOTHING: Final = Recorded((), ())
_MACHINE_SAID: Final[dict[JobState, Literal["marked", "not_started", "unknown"]]] = {
    "not_started": "not_started",
    "unknown": "unknown",
    "done_reported": "marked",
}
_PERSON_SAID: Final[dict[AppliedState, tuple[JobState, ...]]] = {
    "verified": ("done_reported", "verified", "resolved_marked"),
    "unknown": ("unknown",),
    "voided": ("voided", "resolved_partial"),
    "partial": ("resolved_partial",),
    "not_started": ("resolved_not_marked",),
    "marked": ("resolved_marked",),
}
"""By which steps a journal that lags behind comes to what the ledger knows."""


@dataclass(frozen=True, slots=True)
class MarkSettling:
    """The settling of jobs that nobody runs any more, on the books' lane."""

    books: Books
    journal: MarkJournal
    clock: Clock

    def after_restart(self) -> Recorded:
        """Settle what the last run of the program left; harmless where there is nothing."""
        newest = self.journal.jobs(newest=_LOOK_BACK)
        found = {job.job: job for job in (*self.journal.jobs(unsettled=True), *newest)}
        return self._settle(found.values(), RESTARTED)

    def lapsed(self, weapon: WeaponId, scheme: SchemeId, machine: str) -> Recorded:
        """Settle what is in the way of a new job and cannot start any more: its permit ran out.

        The database lets no job be armed that was settled so.
        """
        now = self.clock.now()
        lapsed = [
            job
            for job in self.journal.jobs(unsettled=True)
            if job.state in ("intent", "prepared")
            and (job.machine == machine or (job.weapon, job.scheme) == (weapon, scheme))
            and not job.opened_at <= now <= job.opened_at + PERMIT_SECONDS * 1000
        ]
        return self._settle(lapsed, LAPSED)

    def told(self, known: Iterable[Fact]) -> None:
        """Tell the journal what two officers decided about marks, one of them later."""
        for fact in known:
            if isinstance(fact.body, MarkingResolved | MarkVoided):
                with suppress(JobUnknown):
                    job = self.journal.job(fact.body.job)
                    weapon = self.books.weapon(job.weapon)
                    applied = next((one for one in weapon.applied if one.job == job.job), None)
                    self._caught_up(job, weapon, applied, fact.body.reason)

    def _settle(self, jobs: Iterable[Job], why: str) -> Recorded:
        drafts = [draft for job in jobs if (draft := self._settled(job, why)) is not None]
        return self.books.record(drafts, by=None) if drafts else _NOTHING

    def _settled(self, job: Job, why: str) -> Draft | None:
        """Bring the journal to where a job is; return the fact that the ledger lacks about it."""
        weapon = self.books.weapon(job.weapon)
        applied = next((one for one in weapon.applied if one.job == job.job), None)
        state = self._caught_up(job, weapon, applied, why)
        then = after_restart(state)
        if then != state:
            self.journal.note(job.job, then, why)
        outcome = _MACHINE_SAID.get(then)
        if applied is None or applied.state != "begun" or outcome is None:
            return None
        return marking.end(weapon, job.job, outcome, why)

    def _caught_up(self, job: Job, weapon: Weapon, applied: Applied | None, why: str) -> JobState:
        """Tell the journal what a person said of a job; return where it is then."""
        state = job.state
        if applied is None or (applied.state == "marked" and not self._is_resolved(job, weapon)):
            return state
        for step in _PERSON_SAID.get(applied.state, ()):
            if may_follow(step, state):
                self.journal.note(job.job, step, why)
                state = step
        return state

    def _is_resolved(self, job: Job, weapon: Weapon) -> bool:
        return self._resolution(job, weapon) is not None

    def _resolution(self, job: Job, weapon: Weapon) -> MarkingResolved | None:
        said = (fact.body for fact in self.books.history(weapon.id))
        return next(
            (one for one in said if isinstance(one, MarkingResolved) and one.job == job.job), None
        )
