"""May two records be joined, told apart again, or one of them withdrawn?

Two records of one weapon keep both lives: the one that stays names the other, the other names the
one it went into, and both are read together from then on. Nothing is deleted; each of these acts
can be taken back by another.
"""

from __future__ import annotations

from stockpile.domain.custody import demand_in_account
from stockpile.domain.errors import ReasonMissing, RecordJoined, RecordNotJoined, WeaponsSame
from stockpile.domain.facts import (
    CustodySettled,
    Draft,
    WeaponAbsorbed,
    WeaponMerged,
    WeaponsDistinct,
    WeaponWithdrawn,
)
from stockpile.domain.values import PlaceId
from stockpile.domain.weapons import Weapon


def merge(stays: Weapon, goes: Weapon, reason: str) -> tuple[Draft, Draft]:
    """Join ``goes`` to ``stays``, both in undisputed account.

    Raises ReasonMissing, WeaponsSame, CustodyDisputed, WeaponGone.
    """
    said = _reason(reason, "merge")
    if stays.id == goes.id:
        raise WeaponsSame(stays.id)
    demand_in_account(stays)
    demand_in_account(goes)
    return (
        Draft(stays.id, WeaponMerged(goes.id, said)),
        Draft(goes.id, WeaponAbsorbed(stays.id, said), goes.heads.custody),
    )


def tell_apart(one: Weapon, other: Weapon, reason: str) -> tuple[Draft, ...]:
    """Say that two look-alike records are two weapons; raises ReasonMissing, WeaponsSame."""
    said = _reason(reason, "tell_apart")
    if one.id == other.id:
        raise WeaponsSame(one.id)
    return (
        Draft(one.id, WeaponsDistinct(other.id, said)),
        Draft(other.id, WeaponsDistinct(one.id, said)),
    )


def part(stays: Weapon, goes: Weapon, reason: str) -> tuple[Draft, ...]:
    """Take a merger back: both are weapons of their own again; raises RecordNotJoined."""
    if goes.absorbed_into != stays.id:
        raise RecordNotJoined(goes.id)
    return (*tell_apart(stays, goes, reason), _put_back(goes, reason))


def withdraw(weapon: Weapon, reason: str) -> Draft:
    """Take back a record behind which no weapon stands; it stays to be read."""
    said = _reason(reason, "withdraw")
    demand_in_account(weapon)
    return Draft(weapon.id, WeaponWithdrawn(said), weapon.heads.custody)


def reinstate(weapon: Weapon, reason: str) -> Draft:
    """Put a withdrawn record back into account, where it was last.

    Raises ReasonMissing, RecordJoined for one that is joined to another (``part`` takes that back),
    RecordNotJoined.
    """
    if weapon.status == "merged":
        raise RecordJoined(weapon.id)
    if weapon.status != "withdrawn":
        raise RecordNotJoined(weapon.id)
    return _put_back(weapon, reason)


def _put_back(weapon: Weapon, reason: str) -> Draft:
    said = _reason(reason, "reinstate")
    place: PlaceId | None = weapon.custody[0].place
    return Draft(weapon.id, CustodySettled(place, said), weapon.heads.custody)


def _reason(reason: str, act: str) -> str:
    if not reason.strip():
        raise ReasonMissing(act)
    return reason.strip()
