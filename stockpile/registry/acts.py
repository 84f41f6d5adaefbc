"""What officers of the registry sign on its pages: done, or waiting for a second officer.

1. An act is an entry of the registry's own chain, signed by the officer's own key.
2. One that wants two is a proposal until another officer confirms it: the very drafts, as text
   under the first signature; nothing is worked out anew between the two.
3. What was decided by a state that is no longer so cannot be confirmed.
4. With each act the audit log's head goes into the chain; once a day also without one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from sqlalchemy import Connection, select

from stockpile.domain import codec, ledger, mandates, people, plans
from stockpile.domain.errors import (
    FactUnreadable,
    OfficerNotAuthorised,
    PlanTooLarge,
    ProposalStale,
    ProposalUnknown,
    ReasonMissing,
    SecondOfficerMissing,
)
from stockpile.domain.facts import ActProposed, ActSettled, AuditSealed, Draft, Fact, WeaponBody
from stockpile.domain.ledger import Sign
from stockpile.domain.people import NEEDS_TWO, Act, Officer
from stockpile.domain.values import Digest, Instant, NodeId, OfficerId, WeaponId
from stockpile.domain.weapons import aspects_of
from stockpile.registry import audit, register, verdicts
from stockpile.registry.books import RegistryBooks
from stockpile.registry.naming import reference_of
from stockpile.registry.rows import known_node
from stockpile.registry.tables import NODE

MOST_DRAFTS: Final = ledger.MOST_FACTS - 1
_SUBJECT: Final = "proposal:"

Outcome = Literal["done", "waits"]


@dataclass(frozen=True, slots=True)
class Signer:
    """An officer in office, and what signs for them."""

    officer: Officer
    sign: Sign

    @property
    def id(self) -> OfficerId:
        """The officer's id."""
        return self.officer.id

    @property
    def pair(self) -> tuple[OfficerId, Sign]:
        """The officer's id with what signs, as the books take it."""
        return self.officer.id, self.sign


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposed act that waits: which, why, by whom, when, and the drafts that it would write."""

    id: str
    act: str
    reason: str
    officer: OfficerId
    at: Instant
    drafts: tuple[Draft, ...]
    is_stale: bool


def perform(
    books: RegistryBooks, act: Act, drafts: Sequence[Draft], reason: str, *,
    by: Signer, address: str = "", about: str = "",
) -> Outcome:  # fmt: skip
    """Write an act signed by its officer, or propose it where it wants two.

    Raises OfficerNotAuthorised, ReasonMissing, PlanTooLarge; and what the books refuse.
    """
    if not by.officer.may(act):
        raise OfficerNotAuthorised(by.officer.name, act)
    with books.writing() as connection:
        roll = _roll(connection, books)
        wants_two = act in NEEDS_TWO or act in roll.by_rule
        if wants_two:
            drafts = (_proposal(connection, books, act, drafts, reason, by),)
        books.record(connection, drafts, (by.pair,))
        what: audit.Act = "proposed" if wants_two else "settled"
        _noted(connection, books, by, address, what, about or act)
    return "waits" if wants_two else "done"


def waiting(connection: Connection, own: NodeId) -> tuple[Waiting, ...]:
    """Return the acts of the registry's own chain that wait for a second officer, oldest first."""
    row = connection.execute(select(NODE.c.id).where(NODE.c.node == own)).scalar_one()
    roll = verdicts.roll_of(connection, int(row))
    found = [_waiting(connection, subject, own) for subject in roll.proposals]
    return tuple(sorted((one for one in found if one), key=lambda one: (one.at, one.id)))


def confirm(books: RegistryBooks, id_: str, *, by: Signer, address: str = "") -> tuple[Fact, ...]:
    """Confirm an act as its second officer: now it is done.

    Raises OfficerNotAuthorised, SecondOfficerMissing (it is one's own), ProposalUnknown,
    ProposalStale, and what the books say of its first officer.
    """
    _demand_confirms(by)
    with books.writing() as connection:
        found = _open(connection, books, id_)
        if found.officer == by.id:
            raise SecondOfficerMissing(found.act)
        if found.is_stale:
            raise ProposalStale(found.act)
        drafts = [*found.drafts, _settled(connection, id_, "confirmed", "")]
        # the first officer's signature stands under the proposal, the second one's under this
        recorded = books.record(connection, drafts, (by.pair,), first=found.officer)
        _noted(connection, books, by, address, "confirmed", found.act)
    return recorded


def refuse(books: RegistryBooks, id_: str, reason: str, *, by: Signer, address: str = "") -> None:
    """Refuse an act as its second officer: nothing of it happens.

    Raises OfficerNotAuthorised, ReasonMissing, ProposalUnknown.
    """
    _demand_confirms(by)
    with books.writing() as connection:
        found = _open(connection, books, id_)
        if not reason.strip():
            raise ReasonMissing(found.act)
        draft = _settled(connection, id_, "refused", reason)
        books.record(connection, (draft,), (by.pair,))
        _noted(connection, books, by, address, "act_refused", found.act)


def withdraw(books: RegistryBooks, id_: str, *, by: Signer, address: str = "") -> None:
    """Take an act back that one proposed oneself; raises OfficerNotAuthorised, ProposalUnknown."""
    with books.writing() as connection:
        found = _open(connection, books, id_)
        if found.officer != by.id:
            raise OfficerNotAuthorised(by.officer.name, found.act)
        draft = _settled(connection, id_, "withdrawn", "")
        books.record(connection, (draft,), (by.pair,))
        _noted(connection, books, by, address, "withdrawn", found.act)


def seal(connection: Connection, books: RegistryBooks) -> None:
    """Write where the audit log stands into the registry's own chain, inside a transaction."""
    now = audit.head(connection)
    if now.number:
        day = audit.day_of(books.now())
        subject = _log_of(books.key.node, day)
        heads = reference_of(connection, subject).heads
        body = AuditSealed(now.number, Digest(now.hash))
        books.record(connection, (Draft(subject, body, heads),))
        audit.sealed_on(connection, day)


def seal_by_day(books: RegistryBooks) -> None:
    """Write where the audit log stands into the chain, if that was not done today."""
    today = audit.day_of(books.now())
    with books.reading() as connection:
        if audit.head(connection).sealed_day >= today:
            return
    with books.writing() as connection:
        books.locked(connection, books.key.node)  # always before the log's own head
        if audit.head(connection, locked=True).sealed_day < today:
            seal(connection, books)


def first_broken(connection: Connection, books: RegistryBooks) -> int:
    """Return the first row of the audit log that is not as it was written; 0 where all are.

    Each row is compared with the one before it, and with every head that the chain holds.
    """
    broken = audit.first_broken(connection)
    for one in _sealed(connection, books):
        if audit.hash_at(connection, one.number) != one.digest:
            return min(broken, one.number) if broken else one.number
    return broken


# --- inside -------------------------------------------------------------------------------------


def _noted(
    connection: Connection, books: RegistryBooks, by: Signer, address: str, act: audit.Act,
    about: str,
) -> None:  # fmt: skip
    audit.note(connection, books.now(), by.id, address, act, about)
    seal(connection, books)


def _log_of(own: NodeId, day: int) -> str:
    """Return what a day's heads are about: a subject of its own, so that none grows for ever."""
    return f"audit:{own}:{day}"


def _sealed(connection: Connection, books: RegistryBooks) -> Iterator[AuditSealed]:
    for day in range(audit.first_day(connection), audit.day_of(books.now()) + 1):
        for fact in register.facts_of(connection, _log_of(books.key.node, day)):
            if isinstance(fact.body, AuditSealed):
                yield fact.body


def _roll(connection: Connection, books: RegistryBooks) -> mandates.Roll:
    own = known_node(connection, books.key.node, locked=True)
    return verdicts.roll_of(connection, own.row)


def _proposal(
    connection: Connection, books: RegistryBooks, act: Act, drafts: Sequence[Draft], reason: str,
    by: Signer,
) -> Draft:  # fmt: skip
    if not reason.strip():
        raise ReasonMissing(act)
    if not 0 < len(drafts) <= MOST_DRAFTS:
        raise PlanTooLarge(len(drafts), MOST_DRAFTS)
    plan = plans.plan_of(drafts)
    tip = known_node(connection, books.key.node).tip
    # its own content and the chain's end name it: the same act proposed twice is two proposals
    name = codec.digest(f"{tip.number}\n{tip.hash}\n{by.id}\n{plan}".encode())
    return Draft(_SUBJECT + name, ActProposed(act, plan, reason.strip()))


def _demand_confirms(by: Signer) -> None:
    people.authorise(by.officer, "confirm")


def _open(connection: Connection, books: RegistryBooks, id_: str) -> Waiting:
    roll = _roll(connection, books)
    own = books.key.node
    found = _waiting(connection, id_, own) if id_ in roll.proposals else None
    if found is None:
        raise ProposalUnknown(id_)
    return found


def _waiting(connection: Connection, subject: str, own: NodeId) -> Waiting | None:
    """Return what a proposal of our own chain stands for; nothing where its plan is none."""
    known = register.facts_of(connection, subject)
    own_ones = (one for one in known if one.node == own)
    fact = next((one for one in own_ones if isinstance(one.body, ActProposed)), None)
    if fact is None or fact.by is None or not isinstance(fact.body, ActProposed):
        return None
    try:
        drafts = plans.read_plan(fact.body.plan)
    except FactUnreadable:
        return None
    stale = any(not _holds(connection, one) for one in drafts if not one.follows)
    return Waiting(subject, fact.body.act, fact.body.reason, fact.by, fact.at, drafts, stale)


def _holds(connection: Connection, draft: Draft) -> bool:
    """Say whether what a draft replaces is all that stands, as when it was signed."""
    if isinstance(draft.body, WeaponBody):
        weapon = register.weapon_of(connection, WeaponId(draft.subject))
        if weapon is None:
            return not draft.replaces
        aspects = aspects_of(draft.body) if draft.replaces else ()
        standing = {head for aspect in aspects for head in weapon.heads.of(aspect)}
        return not aspects or standing <= set(draft.replaces)
    return set(draft.replaces) == set(reference_of(connection, draft.subject).heads)


def _settled(
    connection: Connection, id_: str, outcome: Literal["confirmed", "refused", "withdrawn"],
    reason: str,
) -> Draft:  # fmt: skip
    body = ActSettled(outcome, reason.strip())
    return Draft(id_, body, reference_of(connection, id_).heads)


def read_act(text: str) -> Act | None:
    """Return an act of ours, or None for a word that is none."""
    return next((one for one in get_args(Act) if one == text), None)
