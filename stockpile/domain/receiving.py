"""May this weapon come on record, and what may a correction say?

Free text always remains possible and is kept as said; only what is plainly impossible is refused.
A near-duplicate warns and never blocks: a serial is never unique.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, get_args

from stockpile.domain.errors import FieldMissing, FieldUnreadable, ReasonMissing
from stockpile.domain.facts import (
    Acquisition,
    Draft,
    Mark,
    Serviceability,
    WeaponCorrected,
    WeaponRegistered,
)
from stockpile.domain.serials import read_serial
from stockpile.domain.values import PlaceId, WeaponId, tidied
from stockpile.domain.weapon_types import read_type
from stockpile.domain.weapons import Weapon

LONGEST: Final = 200
"""Characters in one field of a description; longer is pasted by mistake."""

_YEAR: Final = re.compile(r"(1[5-9]|20)\d\d")
_CORRECTABLE: Final = (
    "type", "make", "model", "calibre", "country", "year", "action", "origin", "remarks",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Description:
    """What an officer says of a weapon, as typed; empty means not said."""

    type: str = ""
    make: str = ""
    model: str = ""
    calibre: str = ""
    serial: str = ""
    country: str = ""
    year: str = ""
    condition: str = ""
    remarks: str = ""


def register(weapon: WeaponId, said: Description, place: PlaceId) -> Draft:
    """Register a weapon; raises FieldMissing if nothing identifies it, FieldUnreadable."""
    for name in ("type", "make", "model", "calibre", "country", "remarks"):
        _demand_short(name, getattr(said, name))
    if not any((said.type, said.make, said.model, said.serial)):
        raise FieldMissing("serial")
    return Draft(
        weapon,
        WeaponRegistered(
            type=read_type(said.type),
            make=tidied(said.make),
            model=tidied(said.model),
            calibre=tidied(said.calibre),
            marks=serial_marks(said.serial),
            country=tidied(said.country),
            year=read_year(said.year),
            condition=read_condition(said.condition),
            place=place,
            remarks=said.remarks.strip(),
            acquired=Acquisition(),
        ),
    )


def correct(weapon: Weapon, fields: Mapping[str, str], reason: str) -> Draft:
    """Correct named fields; the old values stay in the weapon's history."""
    if not reason.strip():
        raise ReasonMissing("correct")
    if not fields:
        raise FieldMissing("field")
    given: dict[str, object] = {}
    for name, text in fields.items():
        _demand_short(name, text)
        if name == "serial":
            given["marks"] = _marks_with_serial(weapon, text)
        elif name in _CORRECTABLE:
            given[name] = _read_field(name, text)
        else:
            raise FieldUnreadable("field", name)
    body = WeaponCorrected(reason.strip(), **given)  # type: ignore[arg-type]  # names checked above
    return Draft(weapon.id, body, weapon.heads.identity)


def serial_marks(text: str) -> tuple[Mark, ...]:
    """Return the mark rows that a serial as typed makes: none, one obliterated, or the identity."""
    serial = read_serial(text)
    match serial.status:
        case "none":
            return ()
        case "removed" | "illegible":
            return (Mark("serial", serial.text, legibility="obliterated"),)
        case "partial":
            return (Mark("serial", serial.text, is_identity=True, legibility="partial"),)
        case "read":
            return (Mark("serial", serial.text, is_identity=True),)


def read_year(text: str) -> str:
    """Return a year as four digits, or as seen when it is written otherwise (MCMLXXIV, ~1974)."""
    seen = tidied(text)
    if seen.isascii() and seen.isdigit() and not _YEAR.fullmatch(seen):
        raise FieldUnreadable("year", text)
    return seen


def read_condition(text: str) -> Serviceability:
    """Return a serviceability; empty is unknown; raise FieldUnreadable for none of ours."""
    wanted = text.strip().lower() or "unknown"
    for condition in get_args(Serviceability):
        if condition == wanted:
            return condition  # type: ignore[no-any-return]  # get_args is untyped
    raise FieldUnreadable("condition", text)


def _read_field(name: str, text: str) -> str:
    if name == "type":
        return read_type(text)
    return read_year(text) if name == "year" else tidied(text)


def _marks_with_serial(weapon: Weapon, text: str) -> tuple[Mark, ...]:
    others = tuple(mark for mark in weapon.marks if mark.kind != "serial")
    return (*serial_marks(text), *others)


def _demand_short(name: str, text: str) -> None:
    if len(text) > LONGEST:
        raise FieldUnreadable(name, text[:LONGEST])
