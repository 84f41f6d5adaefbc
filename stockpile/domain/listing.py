"""What lists and search need to know of a weapon: columns drawn from its state.

Every store of the register, on a desk and at the registry, keeps these columns and no others of its
own making, so that the same weapon is found in the same way everywhere.
"""

from __future__ import annotations

from typing import Final

import msgspec

from stockpile.domain.numbers import registry_number
from stockpile.domain.serials import SerialStatus, fold
from stockpile.domain.values import Instant, WeaponId, search_key
from stockpile.domain.weapons import Applied, Custody, Weapon, duplicate_key

LAST: Final = "\uffff"
"""Sorts after every letter: a weapon without a serial or a mark stands at the end of the list."""
_OUT: Final = ("issued", "in_transit")


class ListedMark(msgspec.Struct, frozen=True, gc=False):
    """A mark by which the weapon is found: as read, its exact key, its fold, and that reversed.

    ``is_ours`` marks the ones that we applied; ``is_identity`` the one the weapon is known by.
    """

    kind: str
    text: str
    key: str
    fold: str
    reversed_key: str
    is_identity: bool = False
    is_ours: bool = False


class Listing(msgspec.Struct, frozen=True, gc=False):
    """A weapon as lists sort it and search finds it.

    A struct, which is made in a tenth of a dataclass's time: every fact of a weapon makes one.
    ``registered`` is true where a weapon of its own stands behind the record: one that was
    withdrawn or joined to another is shown to who asks for it and counted nowhere.
    ``by_serial``, ``by_mark`` and ``by_model`` are sort keys; ``words`` holds, line by line, every
    key in which a part of a word may be searched. ``is_read_back`` says that a second person read
    the same serial. ``holder``, ``due`` and ``paper`` are said only of a weapon that is out, by one
    account of custody.
    """

    id: WeaponId
    registered: bool
    number: str
    serial: str
    serial_status: SerialStatus
    serial_key: str
    serial_fold: str
    serial_reversed: str
    mark: str
    type: str
    make: str
    model: str
    calibre: str
    condition: str
    status: str
    place: str
    tag: str
    duplicate_key: str
    recorded_at: Instant
    source_key: str
    lamport: int
    by_serial: str
    by_mark: str
    by_model: str
    words: str
    marks: tuple[ListedMark, ...]
    recorded_by: str = ""
    country: str = ""
    year: str = ""
    document: str = ""
    is_read_back: bool = False
    has_photo: bool = False
    holder: str = ""
    home: str = ""
    due: str = ""
    paper: str = ""
    inspect_by: str = ""
    is_unfit: bool = False
    is_deactivated: bool = False


def listing(weapon: Weapon) -> Listing:
    """Return the weapon's columns for lists and search."""
    serial = weapon.serial
    mark = _shown_mark(weapon)
    marks = _marks(weapon, serial.key, serial.fold)
    words = [one.key for one in marks]
    words += map(search_key, (weapon.make, weapon.model, weapon.type, weapon.calibre))
    out = _out(weapon)
    return Listing(
        id=weapon.id,
        registered=weapon.stands,
        number=registry_number(weapon.id),
        serial=serial.text,
        serial_status=serial.status,
        serial_key=serial.key,
        serial_fold=serial.fold,
        serial_reversed=serial.key[::-1],
        mark=mark,
        type=weapon.type,
        make=weapon.make,
        model=weapon.model,
        calibre=weapon.calibre,
        condition=weapon.condition,
        status=weapon.status,
        place=weapon.place or "",
        tag=weapon.tag,
        duplicate_key=duplicate_key(weapon),
        recorded_at=weapon.recorded_at,
        source_key=weapon.source.key if weapon.source else "",
        lamport=weapon.lamport,
        by_serial=serial.key or LAST,
        by_mark=search_key(mark) or LAST,
        by_model=search_key(weapon.make + weapon.model) or LAST,
        words="\n".join(dict.fromkeys(filter(None, words))),
        marks=marks,
        recorded_by=weapon.recorded_by or "",
        country=weapon.country_code or weapon.country,
        year=weapon.year,
        document=weapon.source.document if weapon.source else "",
        is_read_back=any(one.agrees for one in weapon.read_backs),
        has_photo=bool(weapon.photos),
        holder=(out.holder or "") if out else "",
        home=weapon.home or "",
        due=out.due if out else "",
        paper=out.paper if out else "",
        inspect_by=weapon.inspect_by,
        is_unfit=weapon.unfit,
        is_deactivated=weapon.deactivated,
    )


def _out(weapon: Weapon) -> Custody | None:
    """Return under which custody the weapon is out: with a holder or on its way."""
    return weapon.custody[0] if weapon.status in _OUT else None


def _shown_mark(weapon: Weapon) -> str:
    """Return the mark of ours shown in lists: the last that is on the metal, or may be."""
    return next((one.text for one in reversed(weapon.applied) if _may_stand(one)), "")


def _may_stand(one: Applied) -> bool:
    return one.state not in ("begun", "not_started", "voided")


def _marks(weapon: Weapon, key: str, looks: str) -> tuple[ListedMark, ...]:
    """Return every mark once; the identity carries the serial's own keys, notes left out."""
    identity = next((mark for mark in weapon.marks if mark.is_identity), None)
    found = [
        _listed(mark.kind, mark.text, key, looks, is_identity=True)
        if mark is identity
        else _listed(mark.kind, mark.text, search_key(mark.text), fold(mark.text))
        for mark in weapon.marks
        if mark.text
    ]
    found += [
        _listed(mark.kind, mark.text, search_key(mark.text), fold(mark.text))
        for component in weapon.components
        for mark in component.marks
        if mark.text
    ]
    found += [
        _listed("applied", one.text, search_key(one.text), fold(one.text), is_ours=True)
        for one in weapon.standing_marks
    ]
    return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)


def _listed(
    kind: str,
    text: str,
    key: str,
    looks: str,
    *,
    is_identity: bool = False,
    is_ours: bool = False,
) -> ListedMark:
    return ListedMark(kind, text, key, looks, key[::-1], is_identity, is_ours)
