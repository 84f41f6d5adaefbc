"""Who had the right to write an entry: judged by the chain it stands in, and by nothing else.

1. Some acts want the signature of the officer who did them, some that of a second officer too.
2. Officers, their roles and keys, and the site's rules are what the same chain said before the
   entry. So every node and the registry give the same verdict, in whatever order chains arrive.
3. A second officer may have confirmed later: then the first one's signature stands under the
   proposal, which the entry settles and whose drafts it repeats.
4. The first entry of a chain founds it; nobody was in office to sign it. A registry's chain begins
   without officers: its first one needs nobody's signature but the registry's own.
5. One of those who sign a handover is who takes over: nobody answers for a place by others' word.

An entry that falls short is refused where it is made. One that others made is kept, shown as a
conflict and not folded, until two officers decide about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, Literal, get_args

from stockpile.domain import facts, ledger
from stockpile.domain.errors import (
    ActUnsigned,
    CustodianUnsigned,
    FactUnreadable,
    OfficerNotAuthorised,
    SecondOfficerMissing,
)
from stockpile.domain.facts import Fact
from stockpile.domain.ledger import Entry
from stockpile.domain.people import NEEDS_TWO, Act, Officer
from stockpile.domain.plans import drafts_of, plan_digest, plan_of
from stockpile.domain.values import Digest, OfficerId

Lack = Literal[
    "unsigned", "no_office", "no_right", "one_officer", "untaken", "revoked", "rejected"
]  # fmt: skip
"""No valid signature; not in office; a role without the act; one officer where two are wanted; a
handover that who takes over did not sign; written after the last good entry of a node that the
authority revoked; an entry of which only single facts are held, and two officers rejected it."""

_ACTS: Final[Mapping[type, Act]] = MappingProxyType(
    {
        facts.WeaponDispatched: "dispatch",
        facts.StocktakeClosed: "close_count",
        facts.CustodyHandedOver: "hand_over",
        facts.WeaponLost: "report_loss",
        facts.MarkVoided: "void_mark",
        facts.WeaponDestroyed: "destroy",
        facts.DestructionCertified: "destroy",
        facts.WeaponCorrected: "correct",
        facts.MarkingResolved: "resolve_mark",
        facts.MarksSettled: "resolve_mark",
        facts.WeaponMerged: "merge",
        facts.WeaponAbsorbed: "merge",
        facts.WeaponsDistinct: "merge",
        facts.SchemeSet: "set_scheme",
        facts.OfficerAppointed: "appoint",
        facts.OfficerSuspended: "suspend",
        facts.OfficerRetired: "suspend",
        facts.GuardSet: "set_guard",
        facts.EntryJudged: "judge_entry",
        facts.PersonDisclosed: "disclose_person",
    }
)
_ENDS: Final[Mapping[str, Act]] = MappingProxyType({"destroyed": "destroy", "lost": "report_loss"})
"""Accounts of custody that are settled only by who may say so in the first place."""
_SIGNED: Final = frozenset[Act]({"appoint", "suspend", "set_guard"})
"""Acts that want the officer's own signature, though one officer is enough."""
OFFICE_BODIES: Final = (
    facts.OfficerAppointed, facts.OfficerSuspended, facts.OfficerRetired, facts.GuardSet,
    facts.ActProposed, facts.ActSettled,
)  # fmt: skip
"""What a chain says of its own officers and rules: all that a verdict needs to know."""
JUDGED_BODIES: Final = (*_ACTS, facts.CustodySettled, facts.WeaponIssued, facts.ActProposed)
"""What an entry may hold that wants a signature."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What an entry lacks: the act that wants it, and what is not there."""

    act: Act
    lack: Lack


REVOKED: Final = Shortfall("sync", "revoked")
"""What an entry lacks that stands after the last good one of a revoked node, whatever it says."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act that a first officer signed: who, and the digest of its plan."""

    officer: OfficerId
    plan: Digest


@dataclass(frozen=True, slots=True)
class Roll:
    """The officers in office at one point of a chain, the site's rules, and open proposals.

    ``begun`` says that somebody was in office once.
    """

    officers: Mapping[OfficerId, Officer] = field(default_factory=dict)
    by_rule: frozenset[str] = frozenset()
    proposals: Mapping[str, Proposal] = field(default_factory=dict)
    begun: bool = False


def after(roll: Roll, known: Iterable[Fact]) -> Roll:
    """Return the roll after facts of its chain, in their order."""
    for fact in known:
        if isinstance(fact.body, OFFICE_BODIES):
            roll = _after(roll, fact)
    return roll


def asks(roll: Roll, known: Iterable[Fact]) -> bool:
    """Say whether any of the facts wants a signature, so that a whole entry must be looked at."""
    return bool(_all_wanted(roll, tuple(known)))


def shortfall(roll: Roll, entry: Entry, known: Sequence[Fact]) -> Shortfall | None:
    """Return what the entry lacks by the roll before it, or None where nothing is wanting.

    ``known`` are the entry's facts. Costs nothing where no act of it wants a signature.
    """
    asked = _all_wanted(roll, known)
    if not asked or known[0].seq == 1:
        return None
    signed = _signers(roll, entry, known)
    for one in sorted(asked, key=lambda each: each.act):
        lack = _lack(roll, one, signed)
        if lack is not None:
            return Shortfall(one.act, lack)
    return None


def demand_right(roll: Roll, entry: Entry, known: Sequence[Fact]) -> None:
    """Refuse an entry of our own that lacks the right to what it says, before it is written.

    Raises SecondOfficerMissing, OfficerNotAuthorised, CustodianUnsigned, ActUnsigned.
    """
    lacks = shortfall(roll, entry, known)
    if lacks is None:
        return
    if lacks.lack == "one_officer":
        raise SecondOfficerMissing(lacks.act)
    if lacks.lack == "untaken":
        raise CustodianUnsigned(_taker(roll, known))
    if lacks.lack == "no_right":
        by = known[0].by
        officer = roll.officers.get(by) if by is not None else None
        raise OfficerNotAuthorised(officer.name if officer else "", lacks.act)
    raise ActUnsigned(lacks.act)


def _taker(roll: Roll, known: Sequence[Fact]) -> str:
    """Return the name of who takes over, the id of one who is not in office."""
    incoming = next(
        one.body.incoming for one in known if isinstance(one.body, facts.CustodyHandedOver)
    )
    officer = roll.officers.get(incoming)
    return officer.name if officer else incoming


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A fact that wants the signature of its officer, or of two: and the act that it is."""

    act: Act
    fact: Fact
    two: bool


def _all_wanted(roll: Roll, known: Sequence[Fact]) -> list[_Wanted]:
    """Return what of an entry wants signatures.

    Burning the number of a mark that the same entry settles as spoiled is part of settling it; to
    void a mark that stands is another act.
    """
    spoiled = {
        (fact.subject, fact.body.job)
        for fact in known
        if isinstance(fact.body, facts.MarkingResolved) and fact.body.outcome == "partial"
    }
    burnt = [
        fact
        for fact in known
        if isinstance(fact.body, facts.MarkVoided) and (fact.subject, fact.body.job) in spoiled
    ]
    found = (_wanted(roll, fact) for fact in known if fact not in burnt)
    return [one for one in found if one is not None]


def _wanted(roll: Roll, fact: Fact) -> _Wanted | None:
    if isinstance(fact.body, facts.ActProposed):
        act = next((one for one in get_args(Act) if one == fact.body.act), None)
        return _Wanted(act or "confirm", fact, two=False)
    act = _by_content(fact.body) or _ACTS.get(type(fact.body))
    if act is None or (act == "appoint" and not roll.begun):
        return None
    two = act in NEEDS_TWO or act in roll.by_rule
    return _Wanted(act, fact, two) if two or act in _SIGNED else None


def _by_content(body: facts.Body) -> Act | None:
    """Return the act of a fact that wants two by what it says, and not by its kind alone.

    Settling custody repeats the act that ends an account; of what is handed out only weapons of a
    crew may want two.
    """
    match body:
        case facts.CustodySettled():
            return _ENDS.get(body.state)
        case facts.WeaponIssued(crew_served=True):
            return "issue_crew_served"
        case _:
            return None


def _after(roll: Roll, fact: Fact) -> Roll:
    match fact.body:
        case facts.OfficerAppointed() as body:
            id_ = OfficerId(fact.subject)
            officer = Officer(id_, body.name, body.roles, _key(body.public_key))
            return replace(roll, officers={**roll.officers, id_: officer}, begun=True)
        case facts.OfficerSuspended() | facts.OfficerRetired():
            left = {id_: one for id_, one in roll.officers.items() if id_ != fact.subject}
            return replace(roll, officers=left)
        case facts.GuardSet() as body:
            return replace(roll, by_rule=frozenset(body.two_officers))
        case facts.ActProposed() as body if fact.by is not None:
            proposal = Proposal(fact.by, plan_digest(body.plan))
            return replace(roll, proposals={**roll.proposals, fact.subject: proposal})
        case facts.ActSettled():
            left_open = {id_: one for id_, one in roll.proposals.items() if id_ != fact.subject}
            return replace(roll, proposals=left_open)
        case _:
            return roll


def _key(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""  # no signature is this key's


def _signers(roll: Roll, entry: Entry, known: Sequence[Fact]) -> frozenset[OfficerId]:
    """Return the officers in office whose valid signature stands under the entry."""
    message = ledger.officer_message(entry.header)
    own = {
        one.officer
        for one in entry.officer_signatures
        if (officer := roll.officers.get(one.officer)) is not None
        and ledger.signed_by(officer.public_key, message, one.signature)
    }
    return frozenset(own | _proposers(roll, known))


def _proposers(roll: Roll, known: Sequence[Fact]) -> set[OfficerId]:
    """Return who signed the proposal that the entry settles, where it holds just those drafts."""
    settled = [one for one in known if isinstance(one.body, facts.ActSettled)]
    if len(settled) != 1 or settled[0].body.outcome != "confirmed":  # type: ignore[union-attr]
        return set()
    proposal = roll.proposals.get(settled[0].subject)
    rest = drafts_of([one for one in known if one is not settled[0]])
    try:
        plan = plan_of(rest)
    except FactUnreadable:  # what has no plan was never proposed
        return set()
    same = proposal is not None and plan_digest(plan) == proposal.plan
    return {proposal.officer} & set(roll.officers) if proposal and same else set()


def _lack(roll: Roll, wanted: _Wanted, signed: frozenset[OfficerId]) -> Lack | None:
    act, fact = wanted.act, wanted.fact
    first = roll.officers.get(fact.by) if fact.by is not None else None
    if first is None or first.id not in signed:
        return "no_office" if first is None else "unsigned"
    if not first.may(act):
        return "no_right"
    if not wanted.two:
        return None
    seconds = [roll.officers[one] for one in fact.witnesses if one in signed and one != first.id]
    if not seconds:
        return "one_officer"
    if isinstance(fact.body, facts.CustodyHandedOver) and fact.body.incoming not in signed:
        return "untaken"
    return None if any(one.may("confirm") for one in seconds) else "no_right"
