"""What a weapon is said to be: registered, corrected, read a second time, photographed."""

from __future__ import annotations

from dataclasses import replace as remade
from typing import Final

from stockpile.domain import facts
from stockpile.domain.facts import Component, Mark, Photo
from stockpile.domain.values import Digest, OfficerId
from stockpile.domain.weapons.states import Changes, ReadBack, Weapon

CORRECTED: Final = (
    "type", "make", "model", "calibre", "marks", "country", "year", "action", "origin", "remarks",
    "make_code", "model_code", "calibre_codes", "country_code", "frame", "imported", "acquired",
    "safe", "missing_parts", "components",
)  # fmt: skip
"""The fields of a correction that have the same name in the state."""


def registered(body: facts.WeaponRegistered, by: OfficerId | None) -> Changes:
    """Return the whole record as a registration says it."""
    return {
        "registered": True,
        "recorded_by": by,
        "type": body.type,
        "make": body.make,
        "model": body.model,
        "calibre": body.calibre,
        "country": body.country,
        "year": body.year,
        "action": body.action,
        "origin": body.origin,
        "remarks": body.remarks,
        "marks": body.marks,
        "condition": body.condition,
        "acquired": body.acquired,
        "source": body.source,
        "make_code": body.make_code,
        "model_code": body.model_code,
        "calibre_codes": body.calibre_codes,
        "country_code": body.country_code,
        "frame": body.frame,
        "imported": body.imported,
        "safe": body.safe,
        "missing_parts": body.missing_parts,
        "custody_type": body.custody,
        "components": body.components,
        "photos": body.photos,
    }


def corrected(body: facts.WeaponCorrected) -> Changes:
    """Return what a correction names; what it does not name stays."""
    given = {name: value for name in CORRECTED if (value := getattr(body, name)) is not None}
    if body.custody is not None:
        given["custody_type"] = body.custody
    return given


def swapped(weapon: Weapon, body: facts.ComponentSwapped) -> Changes:
    """Take the removed marks off, with the part that bore them, and fit the part that came."""
    gone = set(body.removed)
    kept = [one for one in weapon.components if not _was_removed(one, body.component, gone)]
    if body.fitted:
        kept.append(Component(body.component, body.fitted))
    marks = tuple(mark for mark in weapon.marks if mark not in gone)
    return {"marks": marks, "components": tuple(kept)}


def _was_removed(one: Component, kind: str, gone: set[Mark]) -> bool:
    return one.kind == kind and (gone.issuperset(one.marks) if one.marks else bool(gone))


def read_back(weapon: Weapon, said: ReadBack) -> Changes:
    """Keep the second reading; where both agree, the mark is verified by who read it."""
    changed: Changes = {"read_backs": (*weapon.read_backs, said)}
    if not said.agrees or said.by is None:
        return changed
    changed["marks"] = tuple(
        remade(mark, verified_by=said.by) if mark.text == said.text else mark
        for mark in weapon.marks
    )
    return changed


def with_photo(weapon: Weapon, photo: Photo) -> Changes:
    """Add a photo; the same content again takes the place of what was said of it before."""
    others = (one for one in weapon.photos if one.digest != photo.digest)
    return {"photos": (*others, photo)}


def without_photo(weapon: Weapon, digest: Digest) -> Changes:
    """Take a photo out of the record."""
    return {"photos": tuple(one for one in weapon.photos if one.digest != digest)}
