"""Lists that came in, words of the catalogue, lots of rounds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from stockpile.domain.facts.parts import Acquisition, Source
from stockpile.domain.values import PlaceId


@dataclass(frozen=True, slots=True)
class DocumentImported:
    """A file was taken in: its digest, name and what became of its rows."""

    name: str
    rows: int
    accepted: int
    already_held: int
    refused: int


@dataclass(frozen=True, slots=True)
class ImportUndone:
    """A list was taken back: its records were withdrawn but for those that had moved on."""

    reason: str
    withdrawn: int
    kept: int


@dataclass(frozen=True, slots=True)
class CatalogueExtended:
    """A row of this site's own in the open catalogue of types, makes, models and calibres."""

    kind: Literal["type", "make", "model", "calibre", "country"]
    code: str
    name: str
    aliases: tuple[str, ...] = ()
    within: str = ""
    type: str = ""
    action: str = ""
    calibres: tuple[str, ...] = ()
    country: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class LotWithdrawn:
    """This lot's record was made in error."""

    reason: str


@dataclass(frozen=True, slots=True)
class LotRegistered:
    """Ammunition came on record, by nature, lot and quantity; never by single round."""

    nature: str
    calibre: str = ""
    lot: str = ""
    quantity: int | None = None
    unit: str = "round"
    place: PlaceId | None = None
    acquired: Acquisition = field(default_factory=Acquisition)
    remarks: str = ""
    source: Source | None = None
