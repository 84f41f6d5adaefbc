"""May a weapon change its place or hands?"""

from __future__ import annotations

from stockpile.domain.errors import CustodyDisputed, WeaponGone
from stockpile.domain.facts import Draft, WeaponRelocated
from stockpile.domain.values import PlaceId
from stockpile.domain.weapons import GONE, Weapon


def relocate(weapon: Weapon, place: PlaceId, reason: str = "") -> Draft:
    """Move the weapon to another place under the same custody."""
    demand_in_account(weapon)
    return Draft(weapon.id, WeaponRelocated(place, reason.strip()), weapon.heads.custody)


def demand_in_account(weapon: Weapon) -> None:
    """Raise CustodyDisputed or WeaponGone unless the weapon is in undisputed account."""
    if len(weapon.custody) > 1:
        raise CustodyDisputed(weapon.id)
    if weapon.status in GONE:
        raise WeaponGone(weapon.id, weapon.status)
