"""May these weapons be destroyed, was each one read at the site, and does the account come out?

1. An order lists the weapons; until the first of them is read at the site the list may be changed,
   then it stands: who reads at the site reads what was ordered.
2. Burning and crushing by vehicle are symbolic only and must be followed by a further process
   (IDDRS 4.10, annex E, found in the standard).
3. Every weapon is read again at the site immediately before, against the custody it stands in. One
   that moved after it was read has to be read again. One that is kept back is kept for a reason.
4. What went in is what was destroyed and what was kept, weapon by weapon, or nothing is certified.
   The plan provides for third-party monitoring (IDDRS 4.10, clause 8.1, found in the standard):
   nothing is certified without a committee and somebody independent of it.
5. A destroyed weapon's number stays drawn for good.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from stockpile.domain.custody import demand_in_store
from stockpile.domain.dates import read_date
from stockpile.domain.errors import (
    CommitteeIncomplete,
    DestructionBegun,
    DestructionClosed,
    DestructionIncomplete,
    DestructionLarge,
    EvidenceHeld,
    FieldMissing,
    FieldUnreadable,
    MethodSymbolic,
    NothingDestroyed,
    NotOnDestructionList,
    ReadingStale,
    ReasonMissing,
    WeaponGone,
    WeaponUnknown,
)
from stockpile.domain.facts import (
    Attendant,
    DestructionCertified,
    DestructionOrdered,
    DestructionVerified,
    DestructionWithdrawn,
    Draft,
    Exempted,
    Fact,
    WeaponDestroyed,
)
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, Instant, NodeId, OfficerId, WeaponId, tidied
from stockpile.domain.weapons import GONE, Weapon

State = Literal["open", "certified", "withdrawn"]
CheckState = Literal["open", "verified", "kept"]
How = Literal["scan", "typed", "photo"]
AttendantRole = Literal["chair", "member", "witness", "monitor"]
CautionKind = Literal[
    "issued", "in_transit", "lost", "disputed", "investigated", "evidence", "no_monitor",
    "no_method",
]  # fmt: skip

METHODS: Final = (
    "cutting", "oxyacetylene", "plasma", "band_saw", "shearing", "shredding", "smelting",
    "burning", "crushing_by_vehicle", "other",
)  # fmt: skip
"""Ways to destroy a weapon: cutting is the most used (IDDRS 4.10, annex E)."""
SYMBOLIC: Final = frozenset({"burning", "crushing_by_vehicle"})
ROLES: Final[tuple[AttendantRole, ...]] = get_args(AttendantRole)
INDEPENDENT: Final = frozenset({"witness", "monitor"})
MOST_WEAPONS: Final = 5_000
"""Weapons under one order: as many as under one waybill, a list that people can check."""
MOST_METHODS: Final = 4


@dataclass(frozen=True, slots=True)
class Destruction:
    """An order as it stands: what it lists now, and how it ended.

    ``seq`` is the place of its opening in the chain of the node that made it out.
    """

    id: str
    node: NodeId
    seq: int
    ordered: DestructionOrdered
    heads: tuple[Digest, ...]
    certified: DestructionCertified | None = None
    withdrawn: DestructionWithdrawn | None = None

    @property
    def state(self) -> State:
        """Return how it stands; what was certified is done, whoever withdrew it beside that."""
        if self.certified is not None:
            return "certified"
        return "withdrawn" if self.withdrawn is not None else "open"


@dataclass(frozen=True, slots=True)
class Caution:
    """What an officer should know before signing; of which weapon, where it is about one."""

    kind: CautionKind
    weapon: WeaponId | None = None


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


# --- the order ------------------------------------------------------------------------------


def destruction_of(reference: Reference) -> Destruction | None:
    """Return the order that a reference stands for; None while its opening has not come.

    Of two ends that did not know each other, what was destroyed is destroyed.
    """
    opening = reference.opening
    if opening is None or not isinstance(opening.body, DestructionOrdered):
        return None
    stands = [one.body for one in reference.standing]
    lists = [one for one in stands if isinstance(one, DestructionOrdered)]
    return Destruction(
        reference.subject,
        NodeId(opening.order[1]),
        opening.order[2],
        lists[-1] if lists else opening.body,
        reference.heads,
        next((one for one in stands if isinstance(one, DestructionCertified)), None),
        next((one for one in stands if isinstance(one, DestructionWithdrawn)), None),
    )


def ordered(order_id: str, said: DestructionOrdered, weapons: Sequence[Weapon]) -> Draft:
    """Order weapons to be destroyed.

    Raises FieldMissing, FieldUnreadable, DestructionLarge, MethodSymbolic, WeaponUnknown,
    WeaponGone, EvidenceHeld.
    """
    return Draft(order_id, _demanded(said, weapons))


def change(
    stands: Destruction, said: DestructionOrdered, weapons: Sequence[Weapon], *, begun: bool
) -> Draft:
    """Say an order anew: other weapons on its list, or other words.

    Raises DestructionClosed, DestructionBegun where the list changes after the first reading, and
    what ``ordered`` raises.
    """
    demand_open(stands)
    same = {one.id for one in weapons} == set(stands.ordered.weapons)
    if begun and not same:
        raise DestructionBegun(stands.ordered.number)
    body = _demanded(replace(said, number=stands.ordered.number), weapons)
    return Draft(stands.id, body, stands.heads)


def withdraw(stands: Destruction, reason: str) -> Draft:
    """Take an order back before anything is destroyed; raises DestructionClosed, ReasonMissing."""
    demand_open(stands)
    if not tidied(reason):
        raise ReasonMissing("order_destruction")
    return Draft(stands.id, DestructionWithdrawn(reason.strip()), stands.heads)


def demand_open(stands: Destruction) -> None:
    """Raise DestructionClosed for an order that was certified or withdrawn."""
    if stands.state != "open":
        raise DestructionClosed(stands.ordered.number)


def cautions(
    said: DestructionOrdered, weapons: Iterable[Weapon], investigated: frozenset[WeaponId]
) -> tuple[Caution, ...]:
    """Return what an officer should know before ordering, though no rule forbids it yet.

    What is not in a place of ours when the day comes cannot be destroyed; it can be kept.
    """
    return (*_cautions_of(said), *(each for one in weapons for each in _told(one, investigated)))


def _cautions_of(said: DestructionOrdered) -> Iterator[Caution]:
    if not any(one.role in INDEPENDENT for one in said.committee):
        yield Caution("no_monitor")
    if not said.methods:
        yield Caution("no_method")


def _told(weapon: Weapon, investigated: frozenset[WeaponId]) -> Iterator[Caution]:
    status = weapon.status
    if status in ("issued", "in_transit", "lost", "disputed"):
        yield Caution(status, weapon.id)
    if weapon.id in investigated:
        yield Caution("investigated", weapon.id)
    if weapon.custody_type == "evidence":
        yield Caution("evidence", weapon.id)


def _demanded(said: DestructionOrdered, weapons: Sequence[Weapon]) -> DestructionOrdered:
    if not weapons:
        raise FieldMissing("weapons")
    if len(weapons) > MOST_WEAPONS:
        raise DestructionLarge(len(weapons), MOST_WEAPONS)
    if said.planned.strip() and read_date(said.planned).status != "read":
        raise FieldUnreadable("planned", said.planned)
    for one in weapons:
        if not one.registered:
            raise WeaponUnknown(one.id)
        if one.status in GONE:
            raise WeaponGone(one.id, one.status)
        if one.custody_type == "evidence" and not tidied(said.reason):
            raise EvidenceHeld(_named(one))
    return replace(
        said,
        weapons=tuple(dict.fromkeys(WeaponId(one.id) for one in weapons)),
        authority=tidied(said.authority),
        methods=demand_methods(said.methods, may_lack=True),
        where=tidied(said.where),
        planned=tidied(said.planned),
        committee=demand_attendants(said.committee),
        reason=said.reason.strip(),
        remarks=said.remarks.strip(),
    )


def demand_methods(methods: Sequence[str], *, may_lack: bool = False) -> tuple[str, ...]:
    """Return the methods in sequence.

    Raises FieldMissing for none, FieldUnreadable for one that is on no list or for too many,
    MethodSymbolic where the last of them destroys for the eye only.
    """
    if not methods and not may_lack:
        raise FieldMissing("methods")
    for one in methods:
        if one not in METHODS:
            raise FieldUnreadable("methods", one)
    if len(methods) > MOST_METHODS:
        raise FieldUnreadable("methods", ", ".join(methods))
    if methods and methods[-1] in SYMBOLIC:
        raise MethodSymbolic(methods[-1])
    return tuple(methods)


def read_methods(text: str) -> tuple[str, ...]:
    """Return the methods written with commas between, in sequence; raises FieldUnreadable."""
    named = (one.strip().casefold().replace(" ", "_").replace("-", "_") for one in text.split(","))
    found = tuple(one for one in named if one)
    for one in found:
        if one not in METHODS:
            raise FieldUnreadable("methods", one)
    return found


def demand_attendants(committee: Sequence[Attendant]) -> tuple[Attendant, ...]:
    """Return the committee tidied; raises FieldMissing for one without a name."""
    told = tuple(
        replace(one, name=tidied(one.name), organisation=tidied(one.organisation))
        for one in committee
    )
    if not all(one.name for one in told):
        raise FieldMissing("committee")
    return told


def read_attendant(text: str) -> Attendant:
    """Return who is present, as it is typed: ``name; role; organisation``, the last two optional.

    Raises FieldMissing for no name, FieldUnreadable for a role that is none.
    """
    name, _, rest = text.partition(";")
    said, _, organisation = rest.partition(";")
    role = said.strip().casefold() or "member"
    if not tidied(name):
        raise FieldMissing("committee")
    for one in ROLES:
        if one == role:
            return Attendant(tidied(name), one, tidied(organisation))
    raise FieldUnreadable("committee", said)


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
            raise EvidenceHeld(_named(weapon))
        if not set(weapon.heads.custody).issubset(one.saw):
            raise ReadingStale(_named(weapon))
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
        raise NotOnDestructionList(_named(weapon), stands.ordered.number)


def _named(weapon: Weapon) -> str:
    return weapon.serial.text or weapon.tag or weapon.id
