"""The parts that bodies are made of: small shapes and the words of closed lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stockpile.domain.values import Digest, NodeId, WeaponId

MarkKind = Literal[
    "serial", "maker", "symbol", "model", "year", "calibre", "country", "import", "property",
    "proof", "inspection", "assembly", "part", "applied", "other", "unknown",
]  # fmt: skip


Legibility = Literal["clear", "partial", "doubtful", "obliterated", "restored"]


AcquisitionMode = Literal[
    "unknown", "state_purchase", "seized", "found", "surrendered", "ddr", "transferred",
]  # fmt: skip


IllicitGround = Literal[
    "national_law", "embargo", "unmarked", "unlicensed_make", "unlicensed_transfer"
]
"""The five grounds of the International Tracing Instrument, paragraph 6 (a) to (e)."""


Serviceability = Literal["unknown", "serviceable", "repairable", "unserviceable", "incomplete"]


MarkingReason = Literal[
    "manufacture", "import", "state_stock", "transfer_to_civilian", "confiscation", "deactivation",
    "replacement",
]  # fmt: skip


FrameMaterial = Literal["unknown", "steel", "alloy", "polymer", "polymer_with_plate", "printed"]
"""What the marked part is made of: it decides how a mark can be made at all."""


CustodyType = Literal["unknown", "permanent", "temporary", "evidence", "state_stock"]
"""Temporary is dual-key custody during a programme, which may end in a return to the owner."""


View = Literal["left", "right", "top", "mark", "document", "other"]


SettledState = Literal[
    "", "in_store", "collected", "found", "seized", "issued", "in_transit", "lost", "recovered",
    "destroyed", "withdrawn", "merged",
]  # fmt: skip
"""The account of custody that a settlement lets stand."""


Role = Literal[
    "clerk", "armourer", "storekeeper", "marking_operator", "inspector", "commander", "registrar",
    "field_team", "auditor",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """One sign on the weapon, exactly as read; ``is_identity`` flags the one it is known by.

    In ``text`` a ``?`` stands for one character that could not be read, ``*`` for a run of them,
    ``[8B]`` for one of these. ``symbol`` names a pictogram; its number, if any, is the text.
    """

    kind: MarkKind
    text: str
    is_identity: bool = False
    component: str = ""
    position: str = ""
    script: str = ""
    legibility: Legibility = "clear"
    symbol: str = ""
    photo: str = ""
    read_by: str = ""
    verified_by: str = ""


@dataclass(frozen=True, slots=True)
class Acquisition:
    """How the weapon came into account: mode, date as written, place, grounds, case number."""

    mode: AcquisitionMode = "unknown"
    on: str = ""
    where: str = ""
    grounds: tuple[IllicitGround, ...] = ()
    case: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One value as a file or paper said it, beside what we made of it: column and text."""

    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record came from: file, row and the row's own words, kept for ever.

    ``key`` is equal for the same row of the same list, so that a second import adds nothing.
    """

    document: Digest
    row: int
    key: Digest
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Component:
    """A part that can be changed, with the marks and the calibre that it carries itself."""

    kind: str
    marks: tuple[Mark, ...] = ()
    calibre: str = ""


@dataclass(frozen=True, slots=True)
class LastImport:
    """The country and year of the last import, by its code and as marked, and the importer."""

    country: str = ""
    year: str = ""
    importer: str = ""


@dataclass(frozen=True, slots=True)
class SafeCheck:
    """What was seen before the weapon was handled; ``remnant`` stops all work and calls EOD.

    ``cleared_by`` and ``verified_by`` are names: the first may be a soldier who is no officer here.
    """

    magazine_out: bool = False
    chamber_clear: bool = False
    safety_on: bool = False
    remnant: bool = False
    cleared_by: str = ""
    verified_by: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo by its content: the digest of its bytes, which are kept beside the ledger.

    ``width`` and ``height`` are in pixels, ``size`` in bytes, as kept.
    """

    digest: Digest
    view: View = "other"
    caption: str = ""
    width: int = 0
    height: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class KitItem:
    """What goes with a weapon and is counted with it: magazines, sling, sight, cleaning kit."""

    kind: str
    count: int = 1
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Authorisation:
    """What a holder is cleared for: a weapon type or model (``*`` for all), and until when."""

    what: str
    until: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class PartApart:
    """A principal part that travels apart from its weapon, and the seal of its box."""

    weapon: WeaponId
    component: str
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Licence:
    """The least a transfer abroad or to a civilian states (UN Firearms Protocol, article 10).

    Dates and countries as written; ``goods`` is the description and quantity of the paper itself.
    """

    number: str = ""
    issued_at: str = ""
    issued_on: str = ""
    expires_on: str = ""
    exporting: str = ""
    importing: str = ""
    transit: tuple[str, ...] = ()
    recipient: str = ""
    goods: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What came under a waybill in the place of what was expected, as read from the weapon."""

    weapon: WeaponId
    read: str


@dataclass(frozen=True, slots=True)
class Horizon:
    """How far one node's chain was known: the last fact of it that counts as known."""

    node: NodeId
    seq: int
