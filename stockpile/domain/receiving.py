"""May this weapon come on record, and what may a correction say?

Free text always remains possible and is kept as said; only what is plainly impossible is refused.
A near-duplicate warns and never blocks: a serial is never unique.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from msgspec import structs

from stockpile.domain import vocabulary
from stockpile.domain.codes import read_code
from stockpile.domain.errors import FieldMissing, FieldUnreadable, ReasonMissing
from stockpile.domain.facts import (
    Acquisition,
    Component,
    Draft,
    IllicitGround,
    LastImport,
    Mark,
    Photo,
    SafeCheck,
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
LONGEST_REMARK: Final = 2_000

_YEAR: Final = re.compile(r"(1[5-9]|20)\d\d")


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
    action: str = ""
    origin: str = ""
    frame: str = ""
    custody: str = ""
    missing_parts: str = ""
    mode: str = ""
    on: str = ""
    where: str = ""
    case: str = ""
    grounds: tuple[str, ...] = ()
    import_country: str = ""
    import_year: str = ""
    importer: str = ""
    safe: SafeCheck | None = None
    marks: tuple[Mark, ...] = ()
    components: tuple[Component, ...] = ()
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True)
class Codes:
    """What the open catalogue makes of a description; empty where it was not understood."""

    make: str = ""
    model: str = ""
    calibres: tuple[str, ...] = ()
    country: str = ""


NO_CODES: Final = Codes()


def register(weapon: WeaponId, said: Description, place: PlaceId, codes: Codes = NO_CODES) -> Draft:
    """Register a weapon; raises FieldMissing if nothing identifies it, FieldUnreadable."""
    said = decoded(said)
    _demand_short(said)
    if not any((said.type, said.make, said.model, said.serial, said.marks)):
        raise FieldMissing("serial")
    return Draft(
        weapon,
        WeaponRegistered(
            type=read_type(said.type),
            make=tidied(said.make),
            model=tidied(said.model),
            calibre=tidied(said.calibre),
            marks=with_serial(said.serial, said.marks),
            country=tidied(said.country),
            year=read_year(said.year),
            action=_picked("action", said.action, vocabulary.ACTIONS),
            origin=_picked("origin", said.origin, vocabulary.ORIGINS),
            condition=read_condition(said.condition),
            place=place,
            acquired=read_acquisition(said),
            remarks=said.remarks.strip(),
            make_code=codes.make,
            model_code=codes.model,
            calibre_codes=codes.calibres,
            country_code=codes.country,
            frame=vocabulary.picked("frame", said.frame or "unknown", vocabulary.FRAMES),
            imported=LastImport(
                tidied(said.import_country), read_year(said.import_year), tidied(said.importer)
            ),
            safe=said.safe,
            missing_parts=said.missing_parts.strip(),
            custody=vocabulary.picked(
                "custody", said.custody or "unknown", vocabulary.CUSTODY_TYPES
            ),
            components=said.components,
            photos=said.photos,
        ),
        attachments=tuple(dict.fromkeys(photo.digest for photo in said.photos)),
    )


def decoded(said: Description) -> Description:
    """Return the description with the serial in a code that was scanned in its place.

    The whole identifier stays beside it as a mark of the maker's: it names the weapon from then on.
    """
    code = read_code(said.serial)
    if not code.serial:
        return said
    whole = (Mark("maker", code.whole),) if code.whole else ()
    return replace(said, serial=code.serial, marks=(*said.marks, *whole))


def correct(
    weapon: Weapon, fields: Mapping[str, str], reason: str, codes: Codes = NO_CODES
) -> Draft:
    """Correct named fields; the old values stay in the weapon's history."""
    given: dict[str, object] = {}
    for name, text in fields.items():
        if name not in CORRECTABLE:
            raise FieldUnreadable("field", name)
        _demand_length(name, text)
        given |= CORRECTABLE[name](_so_far(weapon, given), text)
    coded = {"make": "make", "model": "model", "country": "country"}
    given |= {f"{name}_code": getattr(codes, said) for name, said in coded.items() if name in given}
    if "calibre" in given:
        given["calibre_codes"] = codes.calibres
    return corrected(weapon, reason, given)


def corrected(weapon: Weapon, reason: str, given: Mapping[str, object]) -> Draft:
    """Correct fields to values that were read already: marks, components, the safety check."""
    if not reason.strip():
        raise ReasonMissing("correct")
    if not given:
        raise FieldMissing("field")
    body = WeaponCorrected(reason.strip(), **given)  # type: ignore[arg-type]  # names are fields
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


def with_serial(serial: str, others: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Return the serial's mark before the others; one that they name already stands as it is."""
    if any(mark.is_identity for mark in others):
        return others
    return (*serial_marks(serial), *others)


def read_year(text: str) -> str:
    """Return a year as four digits, or as seen when it is written otherwise (MCMLXXIV, ~1974)."""
    seen = tidied(text)
    if seen.isascii() and seen.isdigit() and not _YEAR.fullmatch(seen):
        raise FieldUnreadable("year", text)
    return seen


def read_condition(text: str) -> Serviceability:
    """Return a serviceability; empty is unknown; raise FieldUnreadable for none of ours."""
    return vocabulary.picked("condition", text.strip() or "unknown", vocabulary.CONDITIONS)


def read_acquisition(said: Description) -> Acquisition:
    """Return how the weapon came; raise FieldUnreadable for a mode or ground of no list."""
    return Acquisition(
        vocabulary.picked("mode", said.mode or "unknown", vocabulary.MODES),
        tidied(said.on),
        tidied(said.where),
        tuple(_ground(one) for one in said.grounds),
        tidied(said.case),
    )


def _picked(field: str, text: str, codes: tuple[str, ...]) -> str:
    return vocabulary.picked(field, text, codes) if text.strip() else ""


_Change = Callable[[Weapon, str], dict[str, object]]


def _so_far(weapon: Weapon, given: Mapping[str, object]) -> Weapon:
    """Return the weapon with the parts of a field that this correction changed already."""
    shared = {name: given[name] for name in ("acquired", "imported") if name in given}
    return structs.replace(weapon, **shared)


def _text(name: str) -> _Change:
    return lambda _weapon, text: {name: tidied(text)}


def _code(name: str, codes: tuple[str, ...]) -> _Change:
    return lambda _weapon, text: {name: _picked(name, text, codes)}


def _acquired(name: str) -> _Change:
    return lambda weapon, text: {"acquired": _acquisition(weapon.acquired, name, text)}


def _acquisition(now: Acquisition, name: str, text: str) -> Acquisition:
    before = Description(
        mode=now.mode, on=now.on, where=now.where, case=now.case, grounds=now.grounds
    )
    return read_acquisition(replace(before, **{name: text}))  # type: ignore[arg-type]  # a text's


def _with_other_grounds(weapon: Weapon, text: str) -> dict[str, object]:
    """Take the codes of the grounds with commas between; none for an empty text."""
    said = [one for one in text.split(",") if one.strip()]
    grounds = tuple(dict.fromkeys(_ground(one) for one in said))
    return {"acquired": replace(weapon.acquired, grounds=grounds)}


def _ground(text: str) -> IllicitGround:
    return vocabulary.picked("grounds", text, vocabulary.GROUNDS)


def _imported(name: str) -> _Change:
    return lambda weapon, text: {"imported": _last_import(weapon.imported, name, text)}


def _last_import(now: LastImport, name: str, text: str) -> LastImport:
    said = {"country": now.country, "year": now.year, "importer": now.importer, name: tidied(text)}
    return LastImport(said["country"], read_year(said["year"]), said["importer"])


def _with_other_serial(weapon: Weapon, text: str) -> dict[str, object]:
    others = tuple(mark for mark in weapon.marks if mark.kind != "serial")
    return {"marks": (*serial_marks(text), *others)}


CORRECTABLE: Final[Mapping[str, _Change]] = {
    "type": lambda _weapon, text: {"type": read_type(text)},
    "make": _text("make"),
    "model": _text("model"),
    "calibre": _text("calibre"),
    "serial": _with_other_serial,
    "country": _text("country"),
    "year": lambda _weapon, text: {"year": read_year(text)},
    "remarks": lambda _weapon, text: {"remarks": text.strip()},
    "missing_parts": lambda _weapon, text: {"missing_parts": text.strip()},
    "action": _code("action", vocabulary.ACTIONS),
    "origin": _code("origin", vocabulary.ORIGINS),
    "frame": _code("frame", vocabulary.FRAMES),
    "custody": _code("custody", vocabulary.CUSTODY_TYPES),
    "mode": _acquired("mode"),
    "on": _acquired("on"),
    "where": _acquired("where"),
    "case": _acquired("case"),
    "grounds": _with_other_grounds,
    "import_country": _imported("country"),
    "import_year": _imported("year"),
    "importer": _imported("importer"),
}
"""What a correction can name, and what it makes of the text given."""
_LONG: Final = frozenset({"remarks", "missing_parts"})
_TEXTS: Final = (
    "type", "make", "model", "calibre", "serial", "country", "remarks", "missing_parts", "on",
    "where", "case", "import_country", "importer",
)  # fmt: skip


def _demand_short(said: Description) -> None:
    for name in _TEXTS:
        _demand_length(name, getattr(said, name))


def _demand_length(name: str, text: str) -> None:
    longest = LONGEST_REMARK if name in _LONG else LONGEST
    if len(text) > longest:
        raise FieldUnreadable(name, text[:LONGEST])
