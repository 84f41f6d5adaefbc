"""A weapon's record: what it is, its condition, its photos, and which records are one weapon."""

from __future__ import annotations

from dataclasses import dataclass, field

from stockpile.domain.facts.parts import (
    Acquisition,
    Component,
    CustodyType,
    FrameMaterial,
    KitItem,
    LastImport,
    Mark,
    Photo,
    SafeCheck,
    Serviceability,
    Source,
)
from stockpile.domain.values import Digest, PlaceId, WeaponId


@dataclass(frozen=True, slots=True)
class WeaponRegistered:
    """A weapon came on record: the head of all four aspects.

    What stands beside a text as ``_code`` is what the open catalogue made of it on that day; the
    text is what was said.
    """

    type: str = ""
    make: str = ""
    model: str = ""
    calibre: str = ""
    marks: tuple[Mark, ...] = ()
    country: str = ""
    year: str = ""
    action: str = ""
    origin: str = ""
    condition: Serviceability = "unknown"
    place: PlaceId | None = None
    acquired: Acquisition = field(default_factory=Acquisition)
    remarks: str = ""
    source: Source | None = None
    make_code: str = ""
    model_code: str = ""
    calibre_codes: tuple[str, ...] = ()
    country_code: str = ""
    frame: FrameMaterial = "unknown"
    imported: LastImport = field(default_factory=LastImport)
    safe: SafeCheck | None = None
    missing_parts: str = ""
    custody: CustodyType = "unknown"
    components: tuple[Component, ...] = ()
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True)
class WeaponCorrected:
    """Named fields of the description were wrong; ``None`` leaves a field as it was."""

    reason: str
    type: str | None = None
    make: str | None = None
    model: str | None = None
    calibre: str | None = None
    marks: tuple[Mark, ...] | None = None
    country: str | None = None
    year: str | None = None
    action: str | None = None
    origin: str | None = None
    remarks: str | None = None
    make_code: str | None = None
    model_code: str | None = None
    calibre_codes: tuple[str, ...] | None = None
    country_code: str | None = None
    frame: FrameMaterial | None = None
    imported: LastImport | None = None
    acquired: Acquisition | None = None
    safe: SafeCheck | None = None
    missing_parts: str | None = None
    custody: CustodyType | None = None
    components: tuple[Component, ...] | None = None


@dataclass(frozen=True, slots=True)
class WeaponInspected:
    """Looked at by a competent person; an unfit weapon is not issued until one finds it fit."""

    condition: Serviceability
    remarks: str = ""
    due: str = ""
    unfit: bool = False


@dataclass(frozen=True, slots=True)
class WeaponRepaired:
    """Worked on by an armourer."""

    condition: Serviceability
    work: str = ""


@dataclass(frozen=True, slots=True)
class ComponentSwapped:
    """A part was fitted or removed, with the marks it carries."""

    component: str
    fitted: tuple[Mark, ...] = ()
    removed: tuple[Mark, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KitSet:
    """What goes with the weapon from now on: all of it."""

    items: tuple[KitItem, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WeaponMerged:
    """Two records are one weapon: the other's history is kept beneath this one."""

    other: WeaponId
    reason: str


@dataclass(frozen=True, slots=True)
class WeaponsDistinct:
    """Two look-alike records are two weapons."""

    other: WeaponId
    reason: str


@dataclass(frozen=True, slots=True)
class WeaponAbsorbed:
    """This record is the same weapon as another one, beneath which it goes on being read."""

    into: WeaponId
    reason: str


@dataclass(frozen=True, slots=True)
class WeaponWithdrawn:
    """This record was made in error: no weapon stands behind it. It stays to be read."""

    reason: str


@dataclass(frozen=True, slots=True)
class PhotoAdded:
    """A photo was taken of the weapon."""

    photo: Photo


@dataclass(frozen=True, slots=True)
class PhotoRemoved:
    """A photo shows another weapon, or a face: it is shown no more."""

    digest: Digest
    reason: str
