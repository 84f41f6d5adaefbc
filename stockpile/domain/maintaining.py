"""Maintenance: what was looked at, worked on, and what goes with a weapon; drafts of facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from stockpile.domain.dates import is_date
from stockpile.domain.errors import FieldMissing, FieldUnreadable
from stockpile.domain.facts import (
    Draft,
    KitItem,
    KitSet,
    Serviceability,
    WeaponInspected,
    WeaponRepaired,
)
from stockpile.domain.values import tidied
from stockpile.domain.weapons import Weapon

_KIT: Final = re.compile(r"(?P<kind>[^=#]+)(?:=(?P<count>\d{1,4}))?(?:#(?P<mark>.+))?")


def inspected(
    weapon: Weapon, condition: Serviceability, remarks: str, due: str, *, unfit: bool
) -> Draft:
    """Say what a competent person found; ``due`` is an ISO date, or nothing.

    Raises FieldUnreadable for another date, FieldMissing where an unfit weapon is left unexplained.
    """
    said, by = remarks.strip(), due.strip()
    if by and not is_date(by):
        raise FieldUnreadable("due", due)
    if unfit and not said:
        raise FieldMissing("remarks")
    return Draft(weapon.id, WeaponInspected(condition, said, by, unfit), weapon.heads.condition)


def repaired(weapon: Weapon, condition: Serviceability, work: str) -> Draft:
    """Say what an armourer did; whether it is fit again is for an inspection to say."""
    if not tidied(work):
        raise FieldMissing("work")
    return Draft(weapon.id, WeaponRepaired(condition, tidied(work)), weapon.heads.condition)


def kit_set(weapon: Weapon, items: Sequence[KitItem], reason: str) -> Draft | None:
    """Say what goes with the weapon from now on; None where it is what stands already."""
    if tuple(items) == weapon.kit:
        return None
    kinds = [(one.kind, one.mark) for one in items]
    if len(set(kinds)) != len(kinds) or any(one.count < 1 or not one.kind for one in items):
        raise FieldUnreadable("kit", ", ".join(one.kind for one in items))
    return Draft(weapon.id, KitSet(tuple(items), tidied(reason)), weapon.heads.identity)


def read_kit(text: str) -> KitItem:
    """Return what a text such as ``magazine=3`` or ``sight#4471`` names; raises FieldUnreadable."""
    found = _KIT.fullmatch(text.strip())
    if found is None:
        raise FieldUnreadable("kit", text)
    kind = tidied(found["kind"]).casefold().replace(" ", "_")
    return KitItem(kind, int(found["count"] or 1), tidied(found["mark"] or ""))
