"""Investigations: what is open, what would answer it, and closing it on evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from stockpile.domain import investigating, opening_counts, people
from stockpile.domain.errors import (
    InvestigationIsClosed,
    InvestigationUnknown,
    WeaponAmbiguous,
    WeaponUnknown,
)
from stockpile.domain.facts import (
    Fact,
    Horizon,
    InvestigationClosed,
    InvestigationOpened,
    StocktakeClosed,
)
from stockpile.domain.investigating import Before, Investigation, Outcome
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, WeaponId, search_key
from stockpile.services.counting import Counting
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Clock, Recorded
from stockpile.services.tracing import Tracing

LEAST_ENDING: Final = 6
"""So many characters of an id's end name it: fewer are taken for a slip."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact that answers an investigation, and how it would most likely end by it."""

    digest: Digest
    fact: Fact
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Inquiry:
    """An open investigation as a list shows it: its age in days, and what would answer it.

    The last evidence is the newest: where there is any, one key closes it.
    """

    investigation: Investigation
    days: int
    is_overdue: bool
    evidence: tuple[Evidence, ...] = ()

    @property
    def id(self) -> str:
        """The investigation's id."""
        return self.investigation.id

    @property
    def best(self) -> Evidence | None:
        """What answers it best, if anything does."""
        return self.evidence[-1] if self.evidence else None


@dataclass(frozen=True, slots=True)
class Investigations:
    """The desk of what does not agree. Everything runs on the books lane."""

    books: Books
    counting: Counting
    tracing: Tracing
    clock: Clock
    held: Callable[[Sequence[str]], frozenset[str]]

    def open_ones(self, weapon: WeaponId | None = None) -> tuple[Inquiry, ...]:
        """Return what is open, overdue and oldest first; or what is open about one weapon."""
        found = [
            self._inquiry(self._told(reference))
            for reference in self.books.references(InvestigationOpened)
            if not reference.is_closed and weapon in (None, _opened(reference).weapon)
        ]
        return tuple(sorted(found, key=lambda one: (one.investigation.opened.due, one.id)))

    def count_open(self) -> int:
        """Return how many are open, without a look at what would answer them."""
        found = self.books.references(InvestigationOpened)
        return sum(not one.is_closed for one in found)

    def of_stocktake(self, stocktake: str) -> tuple[Investigation, ...]:
        """Return the investigations that a count opened, closed ones too."""
        return tuple(
            self._told(one)
            for one in self.books.references(InvestigationOpened)
            if _opened(one).cause == stocktake
        )

    def one(self, text: str) -> Inquiry:
        """Return an investigation by its id or the end of it; raises InvestigationUnknown."""
        key = search_key(text)
        known = self.books.references(InvestigationOpened)
        is_enough = len(key) >= LEAST_ENDING
        named = [one for one in known if is_enough and search_key(one.subject).endswith(key)]
        if len(named) != 1:
            raise InvestigationUnknown(text)
        return self._inquiry(self._told(named[0]))

    def close(
        self,
        investigation: str,
        outcome: Outcome,
        evidence: Sequence[Digest],
        reason: str = "",
        *,
        by: SignedIn,
    ) -> Recorded:
        """Close an investigation on facts that answer it, or on photos and papers that are kept.

        Raises EvidenceMissing, EvidenceUnfit, FieldMissing, InvestigationIsClosed.
        """
        people.authorise(by.officer, "investigate")
        inquiry = self.one(investigation)
        if inquiry.investigation.closed is not None:
            raise InvestigationIsClosed(investigation)
        reference = self.books.reference(inquiry.id)
        assert reference is not None
        said = InvestigationClosed(outcome, tuple(evidence), reason.strip())
        draft = investigating.close(
            inquiry.id, reference.heads, said,
            proving=[one.digest for one in inquiry.evidence],
            kept=self.held(tuple(evidence)),
        )  # fmt: skip
        return self.books.record([draft], by=by.id)

    # --- in the back room -----------------------------------------------------------------------

    def _told(self, reference: Reference) -> Investigation:
        now = reference.now
        closed = now if isinstance(now, InvestigationClosed) else None
        first = self._opening(reference.subject)
        opened = _opened(reference)
        return Investigation(reference.subject, opened, first.at, first.by, closed)

    def _opening(self, subject: str) -> Fact:
        known = self.books.history(subject)
        return next(one for one in known if isinstance(one.body, InvestigationOpened))

    def _inquiry(self, one: Investigation) -> Inquiry:
        zone = self.clock.zone()
        today = opening_counts.day(self.clock.now(), zone)
        days = one.days(today, opening_counts.day(one.at, zone))
        evidence = self._evidence(one) if one.closed is None else ()
        return Inquiry(one, days, one.is_overdue(today), evidence)

    def _evidence(self, one: Investigation) -> tuple[Evidence, ...]:
        opened = one.opened
        before = Before(self._opening(one.id), self._horizon(opened.cause))
        weapon = self._weapon(opened)
        stands = self.books.weapon(weapon) if weapon else None
        known = list(self.books.history(weapon)) if weapon else []
        if opened.kind == "quantity":
            known += self._whole_counts(opened)
        elif not weapon and opened.kind != "stranger":
            known += self.books.history(opened.cause)
        answers = investigating.fitting(opened.kind, known, before, stands)
        return tuple(Evidence(fact.hash, fact, investigating.outcome_of(fact)) for fact in answers)

    def _horizon(self, cause: str) -> tuple[Horizon, ...]:
        """Return what the count knew that opened it, when it was closed."""
        reference = self.books.reference(cause)
        now = reference.now if reference else None
        return now.horizon if isinstance(now, StocktakeClosed) else ()

    def _weapon(self, opened: InvestigationOpened) -> WeaponId | None:
        """Return whose life may answer it: of a stranger, the weapon that is called so by now."""
        named = opened.weapon
        try:
            if opened.kind == "stranger":
                return self.tracing.named(opened.said)
            return self.books.weapon(WeaponId(named)).id if named else None
        except (WeaponUnknown, WeaponAmbiguous):
            return None

    def _whole_counts(self, opened: InvestigationOpened) -> list[Fact]:
        """Return the closings of whole counts by serial that the place was part of."""
        ground = self.counting.cases.ground()
        counts = (
            one
            for one in self.counting.all()
            if one.closed and one.is_whole and one.opened.basis == "serial"
            if one.opened.place is None or ground.lies_in(opened.place, one.opened.place)
        )
        return [fact for one in counts for fact in self.books.history(one.id)]


def _opened(reference: Reference) -> InvestigationOpened:
    assert isinstance(reference.opened, InvestigationOpened)
    return reference.opened
