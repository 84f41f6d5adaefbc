"""Which records are one weapon, which are two, and which may be one."""

from __future__ import annotations

from stockpile.domain.serials import fold
from stockpile.domain.values import WeaponId, search_key
from stockpile.domain.weapons.states import Changes, Weapon


def merged(weapon: Weapon, other: WeaponId) -> Changes:
    """Note that another record is the same weapon."""
    apart = tuple(one for one in weapon.distinct_from if one != other)
    return {"same_as": _added(weapon.same_as, other), "distinct_from": apart}


def absorbed(weapon: Weapon, into: WeaponId) -> Changes:
    """Note that another record of the same weapon goes on in the place of this one."""
    return {**merged(weapon, into), "absorbed_into": into}


def told_apart(weapon: Weapon, other: WeaponId) -> Changes:
    """Note that another record is another weapon, whatever was said before."""
    return {
        "distinct_from": _added(weapon.distinct_from, other),
        "same_as": tuple(one for one in weapon.same_as if one != other),
        "absorbed_into": None if weapon.absorbed_into == other else weapon.absorbed_into,
    }


def _added(ids: tuple[WeaponId, ...], other: WeaponId) -> tuple[WeaponId, ...]:
    return tuple(sorted({*ids, other}))


def duplicate_key(weapon: Weapon) -> str:
    """Return what possible duplicates share: serial's fold, model and calibre; empty if unreadable.

    A partial or missing serial makes no duplicate: false alarms teach people not to look.
    """
    serial = weapon.serial
    if serial.status != "read" or not weapon.stands:
        return ""
    return f"{serial.fold}|{fold(weapon.model)}|{search_key(weapon.calibre)}"
