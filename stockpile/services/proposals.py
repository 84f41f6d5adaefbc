"""What one officer signed and a second has yet to confirm: the list, and what becomes of it.

1. A proposal holds the very drafts that will be written. The second officer sees each of them in
   words; nothing is worked out anew between the two signatures.
2. Confirmed, the drafts stand in one entry with the settlement that names the proposal. The first
   officer's signature stands under the proposal, the second one's under the entry.
3. What was decided by a state that is no longer so cannot be confirmed: it is refused or taken
   back, and done anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from stockpile.domain import custodians, people, plans
from stockpile.domain.errors import (
    FactUnreadable,
    OfficerNotAuthorised,
    ProposalSettled,
    ProposalStale,
    ProposalUnknown,
    ReasonMissing,
    SecondOfficerMissing,
    WeaponUnknown,
)
from stockpile.domain.facts import (
    ActProposed,
    ActSettled,
    Body,
    CustodyHandedOver,
    DestructionCertified,
    Draft,
    Fact,
    Horizon,
    QuantityCounted,
    StocktakeClosed,
    StrangerCounted,
    WaybillOpened,
    WeaponBody,
    WeaponCounted,
    WeaponLost,
)
from stockpile.domain.people import Act
from stockpile.domain.references import Head, Reference
from stockpile.domain.values import Instant, OfficerId, WeaponId
from stockpile.domain.weapons import aspects_of
from stockpile.services.people import People, SignedIn
from stockpile.services.ports import Books, Recorded
from stockpile.services.signing import propose

_SUBJECT: Final = "proposal:"
_COUNTED: Final = (WeaponCounted, StrangerCounted, QuantityCounted)
_NUMBERED: Final = (WeaponLost, DestructionCertified, WaybillOpened)


def told_nobody(_facts: Sequence[Fact]) -> None:
    """Tell nobody what was confirmed."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act that waits: what it is, who signed it, when and why, and what it would write.

    ``is_stale`` says that what it was decided by is no longer so.
    """

    id: str
    act: str
    reason: str
    officer: OfficerId
    name: str
    at: Instant
    zone: int
    drafts: tuple[Draft, ...]
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class Proposals:
    """The acts that wait for a second officer at this node.

    ``confirmed`` is told what was written by a confirmation, for what is kept beside the books;
    ``outdated`` say of a draft that what it was decided by beside its own subject is no longer so.
    """

    books: Books
    people: People
    confirmed: Callable[[Sequence[Fact]], None] = told_nobody
    outdated: Sequence[Callable[[Draft], bool]] = ()

    def open(self) -> tuple[Proposal, ...]:
        """Return what waits, the longest first; acts of other nodes are confirmed there."""
        found = [self._proposal(one) for one in self._open()]
        return tuple(sorted((one for one in found if one), key=lambda one: (one.at, one.id)))

    def count(self) -> int:
        """Return how many acts wait."""
        return len(self._open())

    def one(self, text: str) -> Proposal:
        """Return the waiting act of this id, or of the only one that begins so.

        Raises ProposalUnknown, ProposalSettled.
        """
        wanted = text if text.startswith(_SUBJECT) else _SUBJECT + text
        known = [one for one in self._ours() if text and one.subject.startswith(wanted)]
        if len(known) != 1:
            raise ProposalUnknown(text)
        if isinstance(known[0].now, ActSettled):
            raise ProposalSettled(known[0].now.outcome)
        found = self._proposal(known[0])
        if found is None:
            raise ProposalUnknown(text)
        return found

    def propose(
        self, drafts: Sequence[Draft], act: Act, reason: str, *, by: SignedIn
    ) -> tuple[Recorded, Proposal]:
        """Sign an act that a second officer is to confirm.

        Raises OfficerNotAuthorised, NeverLater, ReasonMissing, PlanTooLarge.
        """
        recorded = propose(self.books, act, drafts, reason, by=by)
        return recorded, self.one(recorded.facts[0].subject)

    def confirm(self, text: str, *, by: SignedIn) -> Recorded:
        """Confirm an act as its second officer: now it is done.

        Raises OfficerNotAuthorised, SecondOfficerMissing (it is one's own), ProposalUnknown,
        ProposalSettled, ProposalStale, what the books say of its first officer, and
        CustodianUnsigned where another one is to take over.
        """
        people.authorise(by.officer, "confirm")
        found = self.one(text)
        if found.officer == by.id:
            raise SecondOfficerMissing(found.act)
        if found.is_stale:
            raise ProposalStale(found.act)
        self._demand_custodians(found, by)
        drafts = [*found.drafts, self._settled(found.id, "confirmed", "")]
        recorded = self.books.record(drafts, by=found.officer, witnesses=[by.id], signers=[by.key])
        self.confirmed(recorded.facts)
        return recorded

    def refuse(self, text: str, reason: str, *, by: SignedIn) -> Recorded:
        """Refuse an act as its second officer; nothing of it happens.

        Raises OfficerNotAuthorised, ReasonMissing, ProposalUnknown, ProposalSettled.
        """
        people.authorise(by.officer, "confirm")
        found = self.one(text)
        if not reason.strip():
            raise ReasonMissing(found.act)
        return self._settle(found.id, "refused", reason, by)

    def withdraw(self, text: str, reason: str = "", *, by: SignedIn) -> Recorded:
        """Take an act back that one proposed oneself.

        Raises OfficerNotAuthorised (it is another's), ProposalUnknown, ProposalSettled.
        """
        found = self.one(text)
        if found.officer != by.id:
            raise OfficerNotAuthorised(by.officer.name, found.act)
        return self._settle(found.id, "withdrawn", reason, by)

    # --- inside -----------------------------------------------------------------------------

    def _settle(
        self, id_: str, outcome: Literal["refused", "withdrawn"], reason: str, by: SignedIn
    ) -> Recorded:
        draft = self._settled(id_, outcome, reason)
        return self.books.record([draft], by=by.id, signers=[by.key])

    def _settled(
        self, id_: str, outcome: Literal["confirmed", "refused", "withdrawn"], reason: str
    ) -> Draft:
        reference = self.books.reference(id_)
        heads = reference.heads if reference else ()
        return Draft(id_, ActSettled(outcome, reason.strip()), heads)

    def _ours(self) -> list[Reference]:
        node = self.people.keys.node
        known = self.books.references(ActProposed)
        return [one for one in known if one.opening is not None and one.opening.order[1] == node]

    def _open(self) -> list[Reference]:
        return [one for one in self._ours() if not isinstance(one.now, ActSettled)]

    def _proposal(self, reference: Reference) -> Proposal | None:
        """Return what a reference stands for; nothing where its plan is none."""
        opening = reference.opening
        body = opening.body if opening is not None else None
        if opening is None or not isinstance(body, ActProposed):
            return None
        fact = self._fact(reference.subject, opening)
        if fact is None or fact.by is None:
            return None
        try:
            drafts = plans.read_plan(body.plan)
        except FactUnreadable:
            return None
        stale = (
            any(not self._holds(one) for one in _firsts(drafts))
            or self._went_on(drafts)
            or self._is_numbered_again(drafts, fact)
            or any(is_so(one) for is_so in self.outdated for one in drafts)
        )
        return Proposal(
            reference.subject, body.act, body.reason, fact.by, self._name(fact.by), fact.at,
            fact.zone, drafts, stale,
        )  # fmt: skip

    def _fact(self, subject: str, opening: Head) -> Fact | None:
        known = self.books.history(subject)
        return next((one for one in known if one.hash == opening.hash), None)

    def _name(self, officer: OfficerId) -> str:
        reference = self.books.reference(officer)
        return getattr(reference.opened, "name", officer) if reference else officer

    def _holds(self, draft: Draft) -> bool:
        """Say whether what a draft replaces is all that stands, as when it was signed."""
        if isinstance(draft.body, WeaponBody):
            try:
                weapon = self.books.weapon(WeaponId(draft.subject))
            except WeaponUnknown:
                return not draft.replaces
            aspects = aspects_of(draft.body) if draft.replaces else ()
            standing = {head for aspect in aspects for head in weapon.heads.of(aspect)}
            return not aspects or standing <= set(draft.replaces)
        reference = self.books.reference(draft.subject)
        return set(draft.replaces) == set(reference.heads if reference else ())

    def _demand_custodians(self, found: Proposal, by: SignedIn) -> None:
        """Refuse a handover that is to be confirmed by another than who has to sign it."""
        for draft in found.drafts:
            if isinstance(draft.body, CustodyHandedOver):
                name = self._name(draft.body.incoming)
                custodians.demand_signed(draft.body, name, (found.officer, by.id))

    def _went_on(self, drafts: Iterable[Draft]) -> bool:
        """Say whether a count that is to be closed went on since it was signed."""
        for draft in drafts:
            if not isinstance(draft.body, StocktakeClosed):
                continue
            later = self.books.since(draft.body.horizon, _COUNTED)
            said = (one.body for one in later if isinstance(one.body, _COUNTED))
            if any(one.stocktake == draft.subject for one in said):
                return True
        return False

    def _is_numbered_again(self, drafts: Iterable[Draft], proposed: Fact) -> bool:
        """Say whether a number that is to be on a paper was given to another one meanwhile."""
        wanted = {number for one in drafts if (number := _paper_number(one.body))}
        if not wanted:
            return False
        signed = Horizon(proposed.node, proposed.seq)
        known = [signed if one.node == proposed.node else one for one in self.books.horizons()]
        later = self.books.since(known, _NUMBERED)
        return any(_paper_number(one.body) in wanted for one in later)


def numbers_waiting(books: Books) -> Iterator[str]:
    """Give the numbers of papers that stand in acts which wait: no other paper takes them."""
    for one in books.references(ActProposed):
        if isinstance(one.opened, ActProposed) and not isinstance(one.now, ActSettled):
            try:
                drafts = plans.read_plan(one.opened.plan)
            except FactUnreadable:
                continue
            yield from (number for draft in drafts if (number := _paper_number(draft.body)))


def _paper_number(body: Body) -> str:
    match body:
        case WeaponLost():
            return body.report
        case DestructionCertified() | WaybillOpened():
            return body.number
        case _:
            return ""


def _firsts(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts but for those that follow another of the same plan."""
    return [one for one in drafts if not one.follows]
