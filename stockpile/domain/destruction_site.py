"""Was each weapon read at the site, and does the account come out?

1. Every weapon is read again at the site immediately before, against the custody it stands in. One
   that moved after it was read has to be read again. One that is kept back is kept for a reason.
2. What went in is what was destroyed and what was kept, weapon by weapon, or nothing is certified.
   The plan provides for third-party monitoring (IDDRS 4.10, clause 8.1, found in the standard):
   nothing is certified without a committee and somebody independent of it.
3. A destroyed weapon's number stays drawn for good.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from stockpile.domain.custody import demand_in_store
from stockpile.domain.dates import read_date
from stockpile.domain.destruction import (
    INDEPENDENT,
    Destruction,
    demand_attendants,
    demand_methods,
    demand_open,
    named,
)
from stockpile.domain.errors import (
    CommitteeIncomplete,
    DestructionIncomplete,
    EvidenceHeld,
    FieldMissing,
    FieldUnreadable,
    NothingDestroyed,
    NotOnDestructionList,
    ReadingStale,
    ReasonMissing,
)
from stockpile.domain.facts import (
    Attendant,
    DestructionCertified,
    DestructionOrdered,
    DestructionVerified,
    Draft,
    Exempted,
    Fact,
    WeaponDestroyed,
)
from stockpile.domain.values import Digest, Instant, OfficerId, WeaponId, tidied
from stockpile.domain.weapons import Weapon

CheckState = Literal["open", "verified", "kept"]
How = Literal["scan", "typed", "photo"]


@dataclass(frozen=True, slots=True)
class Check:
    """How one weapon of a list stands at the site.

    ``read`` is what was read of it, ``reason`` why it is kept. ``moved`` says that it was read and
    has moved since, and so is open again.
    """

    weapon: WeaponId
    state: CheckState = "open"
    read: str = ""
    how: How = "scan"
    reason: str = ""
    at: Instant = 0
    by: OfficerId | None = None
    moved: bool = False
    saw: tuple[Digest, ...] = ()
    order: tuple[int, str, int] = (0, "", 0)


@dataclass(frozen=True, slots=True)
class Certification:
    """What the committee says of a destruction that is done; what is empty is as it was ordered.

    ``scrap_kilograms`` is as written; ``photos`` are digests of pictures on record; ``inoperable``
    states that nothing of what is left can be made to shoot.
    """

    on: str = ""
    where: str = ""
    methods: tuple[str, ...] = ()
    committee: tuple[Attendant, ...] = ()
    scrap_kilograms: str = ""
    scrap_to: str = ""
    photos: tuple[Digest, ...] = ()
    inoperable: bool = False
    remarks: str = ""


# --- at the site ----------------------------------------------------------------------------


def verified(stands: Destruction, weapon: Weapon, read: str, how: How) -> Draft:
    """Write down that a listed weapon was read at the site, immediately before it is destroyed.

    Raises DestructionClosed, NotOnDestructionList, CustodyDisputed, WeaponGone, WeaponElsewhere.
    """
    _demand_listed(stands, weapon)
    demand_in_store(weapon)
    body = DestructionVerified(stands.id, tidied(read), how)
    return Draft(weapon.id, body, saw=weapon.heads.custody)


def kept(stands: Destruction, weapon: Weapon, reason: str) -> Draft:
    """Keep a listed weapon from destruction, for a reason; it stays where its record says.

    Raises DestructionClosed, NotOnDestructionList, ReasonMissing.
    """
    _demand_listed(stands, weapon)
    if not tidied(reason):
        raise ReasonMissing("keep_back")
    body = DestructionVerified(stands.id, "", "typed", reason.strip())
    return Draft(weapon.id, body, saw=weapon.heads.custody)


def reopened(stands: Destruction, weapon: Weapon) -> Draft:
    """Take back that a listed weapon was read, or is kept: it has to be read again.

    Raises DestructionClosed, NotOnDestructionList.
    """
    _demand_listed(stands, weapon)
    return Draft(weapon.id, DestructionVerified(stands.id, "", "typed"), saw=weapon.heads.custody)


class SiteList:
    """The list at the site: how each weapon of an order stands, kept up fact by fact.

    The last word about a weapon holds, in the order of all nodes.
    """

    def __init__(self, stands: Destruction, facts: Iterable[Fact] = ()) -> None:
        """Take an order with what was said at the site so far."""
        self.stands = stands
        self._checks = {one: Check(one) for one in stands.ordered.weapons}
        for fact in facts:
            self.take(fact)

    @property
    def checks(self) -> Mapping[WeaponId, Check]:
        """How each weapon stands, in the order of the list."""
        return self._checks

    @property
    def is_begun(self) -> bool:
        """Whether anything was said at the site that still holds."""
        return any(one.state != "open" or one.moved for one in self._checks.values())

    def take(self, fact: Fact) -> Check | None:
        """Take a fact in; return how its weapon stands now, where it says so."""
        body = fact.body
        before = self._checks.get(WeaponId(fact.subject))
        if (
            not isinstance(body, DestructionVerified)
            or body.order != self.stands.id
            or before is None
            or fact.order < before.order
        ):
            return None
        state: CheckState = "kept" if body.kept else "verified" if body.read else "open"
        check = Check(
            before.weapon, state, body.read, body.how, body.kept, fact.at, fact.by,
            saw=fact.saw, order=fact.order,
        )  # fmt: skip
        self._checks[before.weapon] = check
        return check

    def look_at(self, weapon: Weapon) -> Check | None:
        """Open a reading again whose weapon has moved since; return it where that is so."""
        check = self._checks.get(WeaponId(weapon.id))
        if check is None or check.state != "verified":
            return None
        if set(weapon.heads.custody).issubset(check.saw):
            return None
        self._checks[check.weapon] = replace(check, state="open", moved=True)
        return self._checks[check.weapon]

    def of(self, state: CheckState) -> tuple[Check, ...]:
        """Return the weapons that stand so, in the order of the list."""
        return tuple(one for one in self._checks.values() if one.state == state)

    def count(self, state: CheckState) -> int:
        """Return how many weapons stand so."""
        return sum(one.state == state for one in self._checks.values())


# --- the certificate ------------------------------------------------------------------------


def certify(
    site: SiteList, weapons: Mapping[WeaponId, Weapon], said: Certification, number: str
) -> tuple[Draft, ...]:
    """Certify that what was read at the site is destroyed: the certificate, and each weapon's end.

    Raises DestructionClosed, DestructionIncomplete, NothingDestroyed, ReadingStale, EvidenceHeld,
    CustodyDisputed, WeaponGone, WeaponElsewhere and what ``demand_certified`` raises.
    """
    stands = site.stands
    demand_open(stands)
    open_ = site.count("open")
    if open_:
        raise DestructionIncomplete(stands.ordered.number, open_)
    doomed = site.of("verified")
    if not doomed:
        raise NothingDestroyed(stands.ordered.number)
    told = demand_certified(with_order(said, stands.ordered))
    for one in doomed:
        weapon = weapons[one.weapon]
        demand_in_store(weapon)
        if weapon.custody_type == "evidence" and not stands.ordered.reason:
            raise EvidenceHeld(named(weapon))
        if not set(weapon.heads.custody).issubset(one.saw):
            raise ReadingStale(named(weapon))
    body = DestructionCertified(
        number,
        tuple(one.weapon for one in doomed),
        tuple(Exempted(one.weapon, one.reason) for one in site.of("kept")),
        told.on, told.where, told.methods, told.committee, told.scrap_kilograms, told.scrap_to,
        told.photos, told.inoperable, told.remarks,
    )  # fmt: skip
    end = WeaponDestroyed(number, ", ".join(told.methods))
    ends = (Draft(one.weapon, end, weapons[one.weapon].heads.custody) for one in doomed)
    return (Draft(stands.id, body, stands.heads, attachments=told.photos), *ends)


def with_order(said: Certification, ordered: DestructionOrdered) -> Certification:
    """Return what is certified, with what was ordered where nothing else is said."""
    return replace(
        said,
        where=said.where or ordered.where,
        methods=said.methods or ordered.methods,
        committee=said.committee or ordered.committee,
    )


def demand_certified(said: Certification) -> Certification:
    """Return a certification tidied, before any weapon is looked at.

    Raises FieldMissing (on, where, methods, inoperable), FieldUnreadable, MethodSymbolic, and
    CommitteeIncomplete without a member of the committee or without somebody independent of it.
    """
    for name in ("on", "where"):
        if not tidied(getattr(said, name)):
            raise FieldMissing("destroyed_on" if name == "on" else "destroyed_at")
    if read_date(said.on).status != "read":
        raise FieldUnreadable("destroyed_on", said.on)
    methods = demand_methods(said.methods)
    committee = demand_attendants(said.committee)
    if all(one.role in INDEPENDENT for one in committee):
        raise CommitteeIncomplete("member")
    if not any(one.role in INDEPENDENT for one in committee):
        raise CommitteeIncomplete("witness")
    if not said.inoperable:
        raise FieldMissing("inoperable")
    return replace(
        said,
        on=tidied(said.on),
        where=tidied(said.where),
        methods=methods,
        committee=committee,
        scrap_kilograms=tidied(said.scrap_kilograms),
        scrap_to=tidied(said.scrap_to),
        photos=tuple(dict.fromkeys(said.photos)),
        remarks=said.remarks.strip(),
    )


def _demand_listed(stands: Destruction, weapon: Weapon) -> None:
    demand_open(stands)
    if weapon.id not in stands.ordered.weapons:
        raise NotOnDestructionList(named(weapon), stands.ordered.number)
