"""May weapons go to another store, and how does a transfer stand?

1. A transfer is two acts by two custodians: a dispatch under a waybill, and a receipt that checks
   each weapon. In transit is a state between them, with a day by which it must end.
2. What goes lies in one of our places in undisputed account; what is out, lost or disputed stays.
3. To a civilian or abroad it goes with what UN Firearms Protocol article 10 asks a licence to say.
   To a civilian it goes with a mark that names the transferring country (article 8, 1 (c)), and a
   seized weapon that is not destroyed goes marked (article 6, 2).
4. Weapons and what explodes travel in different shipments (IDDRS 4.10, 7.2): said, not forbidden,
   for the officer at the lorry may have no second one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from stockpile.domain.custody import demand_in_store
from stockpile.domain.dates import read_date
from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    LicenceIncomplete,
    ReasonMissing,
    TooManyWeapons,
    WaybillSettled,
    WeaponsUnmarked,
)
from stockpile.domain.facts import (
    DispatchReversed,
    Draft,
    Licence,
    WaybillOpened,
    WaybillReceived,
    WaybillReversed,
    WeaponDispatched,
)
from stockpile.domain.references import Head, Reference
from stockpile.domain.values import Digest, NodeId, PlaceId, WeaponId
from stockpile.domain.weapons import Weapon

State = Literal["open", "received", "partly", "reversed", "disputed"]
Caution = Literal["explosive_with_weapons", "part_unsealed", "due_missing"]

MOST_WEAPONS: Final = 5_000
"""Weapons under one waybill: more than a convoy carries, and a list that a person can check."""
LICENSED: Final = frozenset({"civilian", "export"})
_LICENCE: Final = (
    "number", "issued_at", "issued_on", "expires_on", "exporting", "importing", "recipient",
    "goods",
)  # fmt: skip
_NAMES_COUNTRY: Final = frozenset({"marked", "verified"})
_COUNTRY_MARKS: Final = frozenset({"country", "import", "applied"})
_STORED_AS_AMMUNITION: Final = frozenset({"MAN"})


@dataclass(frozen=True, slots=True)
class Waybill:
    """A transfer as it stands.

    ``node`` is the node that opened it; ``receipt`` what all receipts of it say together, where
    there is one; ``heads`` the facts that the next one about it replaces.
    """

    id: str
    node: NodeId
    opened: WaybillOpened
    state: State
    heads: tuple[Digest, ...]
    receipt: WaybillReceived | None = None

    @property
    def is_under_way(self) -> bool:
        """Say whether weapons of it are still on the road."""
        return self.state in ("open", "partly")

    @property
    def missing(self) -> tuple[WeaponId, ...]:
        """The weapons that were sent and have not been received, in the order of the list."""
        if self.receipt is None:
            return () if self.state == "reversed" else self.opened.weapons
        here = set(self.receipt.received)
        return tuple(one for one in self.opened.weapons if one not in here)

    def is_overdue(self, today: str) -> bool:
        """Say whether it should have arrived before the ISO date and has not."""
        due = read_date(self.opened.due)
        return self.is_under_way and due.status == "read" and bool(due.text) and due.text < today


def waybill_of(reference: Reference) -> Waybill | None:
    """Return the transfer that a reference stands for; None while its opening has not come."""
    opening = reference.opening
    if opening is None or not isinstance(opening.body, WaybillOpened):
        return None
    receipt = _together(opening.body, reference.standing)
    turned = any(isinstance(one.body, WaybillReversed) for one in reference.standing)
    return Waybill(
        reference.subject, NodeId(opening.order[1]), opening.body, _state(receipt, turned=turned),
        reference.heads, receipt,
    )  # fmt: skip


def dispatch(waybill: str, said: WaybillOpened, weapons: Sequence[Weapon]) -> tuple[Draft, ...]:
    """Send the weapons off under a waybill: its opening, and a dispatch of each.

    Raises FieldMissing, FieldUnreadable, TooManyWeapons, CustodyDisputed, WeaponGone,
    WeaponElsewhere, LicenceIncomplete, WeaponsUnmarked.
    """
    demand_complete(said)
    for weapon in weapons:
        demand_in_store(weapon)
    _demand_marked(said, weapons)
    to = said.to or PlaceId("")  # where the paper names a place that stands on no record here
    return (
        Draft(waybill, said, attachments=said.papers),
        *(
            Draft(one.id, WeaponDispatched(waybill, to, said.seals), one.heads.custody)
            for one in weapons
        ),
    )


def reverse(waybill: Waybill, weapons: Iterable[Weapon], reason: str) -> tuple[Draft, ...]:
    """Say that the shipment came back whole: every weapon of it still lies where it came from.

    Raises ReasonMissing, and WaybillSettled where any of it was received already.
    """
    if not reason.strip():
        raise ReasonMissing("reverse")
    if waybill.state != "open":
        raise WaybillSettled(waybill.opened.number, waybill.state)
    back = waybill.opened.out_of
    return (
        Draft(waybill.id, WaybillReversed(reason.strip()), waybill.heads),
        *(
            Draft(
                one.id, DispatchReversed(waybill.id, back, reason.strip()), one.heads.custody
            )
            for one in weapons
            if is_on_the_road(one, waybill.id)
        ),
    )  # fmt: skip


def is_on_the_road(weapon: Weapon, waybill: str) -> bool:
    """Say whether the weapon is in transit under this waybill, and under no other account."""
    custody = weapon.custody
    return len(custody) == 1 and custody[0].state == "in_transit" and custody[0].paper == waybill


def demand_complete(said: WaybillOpened) -> None:
    """Raise what is wrong with the paper itself, before any weapon is looked at."""
    count = len(said.weapons)
    if not count:
        raise FieldMissing("weapons")
    if count > MOST_WEAPONS:
        raise TooManyWeapons(count, MOST_WEAPONS)
    if len(set(said.weapons)) != count:
        raise FieldUnreadable("weapons", "twice")
    if said.to is None and not said.to_name.strip():
        raise FieldMissing("destination")
    for name in ("planned", "due"):
        _demand_date(name, getattr(said, name))
    lacking = licence_lacks(said.purpose, said.licence)
    if lacking:
        raise LicenceIncomplete(said.purpose, lacking)


def licence_lacks(purpose: str, licence: Licence) -> tuple[str, ...]:
    """Return the fields of article 10 that a transfer of this purpose needs and has not."""
    if purpose not in LICENSED:
        return ()
    wanted = _LICENCE if purpose == "export" else tuple(
        one for one in _LICENCE if one not in ("exporting", "importing")
    )  # fmt: skip
    return tuple(one for one in wanted if not getattr(licence, one).strip())


def unmarked(purpose: str, weapons: Iterable[Weapon]) -> tuple[WeaponId, ...]:
    """Return the weapons that must bear a mark naming the country before they go, and do not."""
    return tuple(
        one.id
        for one in weapons
        if (purpose == "civilian" or (purpose == "export" and one.acquired.mode == "seized"))
        and not _names_country(one)
    )


def cautions(said: WaybillOpened, weapons: Sequence[Weapon]) -> tuple[Caution, ...]:
    """Return what an officer should know before signing, though no rule forbids it."""
    explosive = sum(one.type in _STORED_AS_AMMUNITION for one in weapons)
    found: list[Caution] = []
    if 0 < explosive < len(weapons):
        found.append("explosive_with_weapons")
    if any(not part.seal for part in said.apart):
        found.append("part_unsealed")
    if not said.due.strip():
        found.append("due_missing")
    return tuple(found)


def _demand_marked(said: WaybillOpened, weapons: Sequence[Weapon]) -> None:
    bare = set(unmarked(said.purpose, weapons))
    if bare:
        named = (one.serial.text or one.id for one in weapons if one.id in bare)
        raise WeaponsUnmarked(said.purpose, tuple(named))


def _names_country(weapon: Weapon) -> bool:
    """Say whether a mark of ours, or one read from the metal, names a country as its own."""
    ours = any(one.state in _NAMES_COUNTRY for one in weapon.applied)
    return ours or any(mark.kind in _COUNTRY_MARKS for mark in weapon.marks)


def _demand_date(name: str, text: str) -> None:
    if text.strip() and read_date(text).status != "read":
        raise FieldUnreadable(name, text)


def _state(receipt: WaybillReceived | None, *, turned: bool) -> State:
    if receipt is None:
        return "reversed" if turned else "open"
    if turned:
        return "disputed"
    return "partly" if receipt.short or receipt.wrong else "received"


def _together(opened: WaybillOpened, standing: Sequence[Head]) -> WaybillReceived | None:
    """Return what all standing receipts say as one: two people checked two halves of a lorry."""
    said = [one.body for one in standing if isinstance(one.body, WaybillReceived)]
    if len(said) <= 1:
        return said[0] if said else None
    received = {weapon for one in said for weapon in one.received}
    wrong = {one.weapon: one for each in said for one in each.wrong}
    short = (one for one in opened.weapons if one not in received and one not in wrong)
    return replace(
        said[-1],
        received=tuple(one for one in opened.weapons if one in received),
        short=tuple(short),
        over=_union(one.over for one in said),
        wrong=tuple(one for weapon, one in wrong.items() if weapon not in received),
        unknown=_union(one.unknown for one in said),
        seals_intact=all(one.seals_intact for one in said),
        broken_seals=_union(one.broken_seals for one in said),
    )


def _union(parts: Iterable[tuple[str, ...]]) -> tuple[WeaponId, ...]:
    return tuple(dict.fromkeys(WeaponId(one) for part in parts for one in part))
