"""May a weapon change its place or hands?"""

from __future__ import annotations

from stockpile.domain.errors import CustodyDisputed, WeaponElsewhere, WeaponGone
from stockpile.domain.facts import Draft, WeaponRelocated
from stockpile.domain.values import PlaceId
from stockpile.domain.weapons import GONE, STORED, Weapon


def relocate(weapon: Weapon, place: PlaceId, reason: str = "") -> Draft:
    """Move the weapon to another place under the same custody."""
    demand_in_account(weapon)
    return Draft(weapon.id, WeaponRelocated(place, reason.strip()), weapon.heads.custody)


def demand_in_store(weapon: Weapon) -> None:
    """Raise CustodyDisputed, WeaponGone or WeaponElsewhere unless it lies in one of our places.

    Moved from hand to rack, a weapon that is out or lost would be back without anybody's word.
    """
    demand_in_account(weapon)
    if weapon.status not in STORED:
        raise WeaponElsewhere(weapon.serial.text or weapon.id, weapon.status)


def demand_in_account(weapon: Weapon) -> None:
    """Raise CustodyDisputed or WeaponGone unless the weapon is in undisputed account."""
    if len(weapon.custody) > 1:
        raise CustodyDisputed(weapon.id)
    if weapon.status in GONE:
        raise WeaponGone(weapon.id, weapon.status)
