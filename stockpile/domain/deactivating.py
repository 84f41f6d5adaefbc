"""When is a weapon deactivated?

Every pressure-bearing component is altered for good, and a State authority certifies and marks that
(IDDRS 4.10, clause 8.3, found in the standard). The original serials stay: no mark is taken off the
record. In the European Union the mark of the verifying entity stands on each essential component
that was altered (Regulation 2015/2403, article 5, found); what that mark looks like is written down
as it is read, for the template of the annex was not found.
"""

from __future__ import annotations

from typing import Final

from stockpile.domain.dates import read_date
from stockpile.domain.errors import (
    DeactivatedAlready,
    FieldMissing,
    FieldUnreadable,
    WeaponGone,
    WeaponUnknown,
)
from stockpile.domain.facts import Draft, WeaponDeactivated
from stockpile.domain.values import tidied
from stockpile.domain.weapons import GONE, Weapon

ALTERED: Final = (
    "receiver", "frame", "barrel", "bolt", "breech_block", "slide", "cylinder", "firing_pin",
)  # fmt: skip
"""The components that bear the pressure of a shot, and so have to be altered."""


def deactivate(weapon: Weapon, said: WeaponDeactivated, *, again: bool = False) -> Draft:
    """Write down that a weapon was made inoperable for good; ``again`` replaces a certificate.

    Raises WeaponUnknown, WeaponGone, DeactivatedAlready, FieldMissing, FieldUnreadable.
    """
    if not weapon.registered:
        raise WeaponUnknown(weapon.id)
    if weapon.status in GONE:
        raise WeaponGone(weapon.id, weapon.status)
    if weapon.deactivated and not again:
        raise DeactivatedAlready(weapon.serial.text or weapon.tag or weapon.id)
    told = {
        "authority": tidied(said.authority), "method": tidied(said.method),
        "deactivation_mark": tidied(said.mark), "deactivated_on": tidied(said.on),
    }  # fmt: skip
    for name, text in told.items():
        if not text:
            raise FieldMissing(name)
    if not said.components:
        raise FieldMissing("components")
    if read_date(said.on).status != "read":
        raise FieldUnreadable("deactivated_on", said.on)
    body = WeaponDeactivated(
        tidied(said.certificate),
        told["method"],
        told["authority"],
        told["deactivated_on"],
        tidied(said.where),
        demand_components(said.components),
        told["deactivation_mark"],
    )
    return Draft(weapon.id, body, weapon.heads.condition)


def demand_components(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the components, each once; raises FieldUnreadable for one that bears no pressure."""
    for one in codes:
        if one not in ALTERED:
            raise FieldUnreadable("components", one)
    return tuple(one for one in ALTERED if one in codes)
