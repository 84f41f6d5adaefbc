"""Places, and who answers for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stockpile.domain.values import Digest, OfficerId, PlaceId


@dataclass(frozen=True, slots=True)
class PlaceOpened:
    """A place where weapons may be.

    ``capacity`` is in weapons, 0 where nobody said; ``holds`` names the types or models that belong
    there; ``tag`` is the opaque code on its card; ``across`` and ``down`` are where it stands on
    the plan of what it is within, in fields from 1, 0 where nobody said.
    """

    name: str
    kind: Literal["site", "building", "room", "rack", "slot", "crate", "vehicle"] = "site"
    within: PlaceId | None = None
    country: str = ""
    code: str = ""
    capacity: int = 0
    holds: tuple[str, ...] = ()
    tag: str = ""
    across: int = 0
    down: int = 0


@dataclass(frozen=True, slots=True)
class PlaceChanged:
    """A place is called, stands or takes something else now: all of it anew, as ``PlaceOpened``."""

    name: str
    kind: Literal["site", "building", "room", "rack", "slot", "crate", "vehicle"]
    within: PlaceId | None = None
    country: str = ""
    code: str = ""
    capacity: int = 0
    holds: tuple[str, ...] = ()
    tag: str = ""
    across: int = 0
    down: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlaceClosed:
    """A place that no longer takes weapons."""

    reason: str


@dataclass(frozen=True, slots=True)
class CustodyHandedOver:
    """A place has another custodian: by which count, and what the new one did not inherit clean.

    ``inherited`` are the investigations that were open on that day: the line between what was found
    and what is the new custodian's own.
    """

    place: PlaceId
    incoming: OfficerId
    outgoing: OfficerId | None = None
    stocktake: str = ""
    inherited: tuple[str, ...] = ()
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class DayClosed:
    """A day's end: what moved, what is out, overdue, unexplained; the ledger's end; the backup.

    ``head`` and ``number`` are those of the last entry before this one, as printed on the sheet.
    """

    on: str
    moved: int
    out: int
    overdue: int
    unexplained: int
    number: int
    head: Digest
    backup: str = ""
