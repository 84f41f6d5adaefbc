"""May these weapons be destroyed, how, and before whom?

1. An order lists the weapons; until the first of them is read at the site the list may be changed,
   then it stands: who reads at the site reads what was ordered.
2. Burning and crushing by vehicle are symbolic only and must be followed by a further process
   (IDDRS 4.10, annex E, found in the standard).

What is read at the site, and what is certified: `destruction_site`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from stockpile.domain.dates import read_date
from stockpile.domain.errors import (
    DestructionBegun,
    DestructionClosed,
    DestructionLarge,
    EvidenceHeld,
    FieldMissing,
    FieldUnreadable,
    MethodSymbolic,
    ReasonMissing,
    WeaponGone,
    WeaponUnknown,
)
from stockpile.domain.facts import (
    Attendant,
    DestructionCertified,
    DestructionOrdered,
    DestructionWithdrawn,
    Draft,
)
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, NodeId, WeaponId, tidied
from stockpile.domain.weapons import GONE, Weapon

State = Literal["open", "certified", "withdrawn"]
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
            raise EvidenceHeld(named(one))
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


def named(weapon: Weapon) -> str:
    """Return what a refusal calls a weapon: its serial, else its tag, else its id."""
    return weapon.serial.text or weapon.tag or weapon.id
