"""Every fact the ledger can ever hold: the file to read first.

A fact is an envelope (who, when, about what, replacing what) around a body (what happened). Bodies
are frozen dataclasses, past participles, one for each thing a person at an armoury has a word for.
A new body makes the type checker point at every place that must answer it: the fold
(``weapons.after`` or ``references.after``) and the wording.

Field names are the names on the wire, for ever. A field may be added if it has a default; nothing
is renamed or removed: a body that must change gets a new kind.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from stockpile.domain.values import (
    Digest,
    Instant,
    JobId,
    NodeId,
    OfficerId,
    PersonId,
    PlaceId,
    SchemeId,
    WeaponId,
)

# --- parts that bodies are made of --------------------------------------------------------------

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


# --- the life of a weapon -----------------------------------------------------------------------


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
class WeaponCollected:
    """Handed in at a disarmament site; the participant is a person beside the chain."""

    place: PlaceId
    participant: PersonId | None = None
    receipt: str = ""
    temporary: bool = False


@dataclass(frozen=True, slots=True)
class WeaponFound:
    """Found without a holder."""

    place: PlaceId
    where: str = ""
    on: str = ""
    grounds: tuple[IllicitGround, ...] = ()


@dataclass(frozen=True, slots=True)
class WeaponSeized:
    """Taken by an authority."""

    place: PlaceId
    where: str = ""
    on: str = ""
    case: str = ""
    grounds: tuple[IllicitGround, ...] = ()


@dataclass(frozen=True, slots=True)
class WeaponRelocated:
    """Moved to another place under the same custody."""

    place: PlaceId
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WeaponIssued:
    """Handed to a holder; due back as written, open when empty."""

    holder: PersonId
    place: PlaceId | None = None
    due: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class WeaponReturned:
    """Handed back by its holder."""

    place: PlaceId
    condition: Serviceability | None = None


@dataclass(frozen=True, slots=True)
class WeaponDispatched:
    """Left under a waybill; in transit until received or reversed."""

    waybill: str
    to: PlaceId
    seals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeaponReceived:
    """Arrived under a waybill."""

    waybill: str
    place: PlaceId


@dataclass(frozen=True, slots=True)
class DispatchReversed:
    """The shipment came back: the weapon never left its place."""

    waybill: str
    place: PlaceId
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WeaponLost:
    """Missing or stolen; cannot stay a local matter."""

    how: Literal["lost", "stolen", "unknown"]
    circumstances: str = ""
    discovered: str = ""


@dataclass(frozen=True, slots=True)
class WeaponRecovered:
    """A lost weapon is back."""

    place: PlaceId
    where: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class CustodySettled:
    """A dispute about where the weapon is was decided, naming every head."""

    place: PlaceId | None
    reason: str
    holder: PersonId | None = None


@dataclass(frozen=True, slots=True)
class WeaponCounted:
    """Seen at a place during a stocktake; a sighting replaces nothing."""

    stocktake: str
    place: PlaceId


@dataclass(frozen=True, slots=True)
class WeaponInspected:
    """Looked at by a competent person."""

    condition: Serviceability
    remarks: str = ""
    due: str = ""


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
class WeaponDeactivated:
    """Made permanently inoperable and certified by a State authority."""

    certificate: str
    method: str = ""


@dataclass(frozen=True, slots=True)
class WeaponDestroyed:
    """Gone for good; its applied numbers are never used again."""

    certificate: str
    method: str = ""


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
class MarkReadBack:
    """A second person read a mark without being shown it, and wrote what they saw."""

    text: str
    read: str


@dataclass(frozen=True, slots=True)
class PhotoAdded:
    """A photo was taken of the weapon."""

    photo: Photo


@dataclass(frozen=True, slots=True)
class PhotoRemoved:
    """A photo shows another weapon, or a face: it is shown no more."""

    digest: Digest
    reason: str


@dataclass(frozen=True, slots=True)
class TraceAsked:
    """A State asked where the weapon was diverted (Tracing Instrument, paragraphs 14 to 23)."""

    request: str
    by_state: str = ""
    of_state: str = ""
    ground: str = ""


@dataclass(frozen=True, slots=True)
class TraceAnswered:
    """The answer to a tracing request."""

    request: str
    outcome: Literal[
        "traced_domestic", "traced_foreign", "partly_traced", "not_traced", "refused", "delayed",
        "no_reply", "withdrawn",
    ]  # fmt: skip
    answer: str = ""


# --- marks that we apply ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MarkingBegun:
    """The intent, on record before any metal moves; draws the number for good."""

    job: JobId
    scheme: SchemeId
    text: str
    number: int
    machine: str
    reason: MarkingReason = "import"
    component: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True)
class MarkingEnded:
    """What the machine's run came to; ``unknown`` until somebody looks at the metal."""

    job: JobId
    outcome: Literal["marked", "not_started", "unknown"]
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class MarkVerified:
    """The mark was read back from the metal and is what was sent."""

    job: JobId
    read: str
    how: Literal["scan", "typed", "photo"]


@dataclass(frozen=True, slots=True)
class MarkingResolved:
    """A doubtful marking was settled by a person who looked at the metal."""

    job: JobId
    outcome: Literal["marked", "partial", "unmarked"]
    reason: str
    read: str = ""


@dataclass(frozen=True, slots=True)
class MarkVoided:
    """A number is burnt: failed, doubtful or removed; never to be used again."""

    job: JobId
    reason: str


@dataclass(frozen=True, slots=True)
class MarksSettled:
    """A dispute about the applied marks was decided: the jobs whose marks stand."""

    standing: tuple[JobId, ...]
    reason: str


# --- labels -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TagBound:
    """Our own opaque code was given to the weapon (a label's payload)."""

    tag: str


@dataclass(frozen=True, slots=True)
class LabelPrinted:
    """A label left the program; copy 2 and later are reprints that void the ones before."""

    tag: str
    stock: str
    copy: int = 1
    sheet: Digest | None = None


# --- the site, its people and its rules ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlaceOpened:
    """A place where weapons may be."""

    name: str
    kind: Literal["site", "building", "room", "rack", "slot", "crate", "vehicle"] = "site"
    within: PlaceId | None = None
    country: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class PlaceClosed:
    """A place that no longer takes weapons."""

    reason: str


@dataclass(frozen=True, slots=True)
class OfficerAppointed:
    """An officer took office, with the public key that signs for them."""

    name: str
    roles: tuple[Role, ...]
    public_key: str
    site: PlaceId | None = None


@dataclass(frozen=True, slots=True)
class OfficerRetired:
    """An officer left office; what they signed stays valid."""

    reason: str


@dataclass(frozen=True, slots=True)
class PersonRecorded:
    """A holder, participant or witness: a detached body, erasable beside the chain."""

    name: str
    kind: Literal["holder", "participant", "witness"] = "holder"
    reference: str = ""


@dataclass(frozen=True, slots=True)
class SchemeSet:
    """A marking scheme, as data: pattern, least height and depth in mm, and their source."""

    name: str
    pattern: str
    version: int = 1
    country: str = ""
    digits: int = 6
    min_height_um: int = 1600
    min_depth_nm: int = 76200
    component: str = "receiver"
    source: str = ""
    check: bool = False


@dataclass(frozen=True, slots=True)
class BlockGranted:
    """A node may use the numbers lo to hi of a scheme, and nobody else ever."""

    node: NodeId
    scheme: SchemeId
    lo: int
    hi: int


@dataclass(frozen=True, slots=True)
class BlockReturned:
    """The unused rest of a block came home; it is never granted again."""

    node: NodeId
    scheme: SchemeId
    lo: int
    hi: int


@dataclass(frozen=True, slots=True)
class MachineSet:
    """A marking machine as commissioned here: driver, address, the identity it must show."""

    name: str
    driver: str
    url: str
    layout: str = ""
    identity: str = ""
    witness_proven: bool = False


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


@dataclass(frozen=True, slots=True)
class StocktakeOpened:
    """A count began."""

    scope: str
    basis: Literal["quantity", "type", "serial"]
    place: PlaceId | None = None
    blind: bool = False


@dataclass(frozen=True, slots=True)
class StocktakeClosed:
    """A count ended, with what it found."""

    expected: int
    seen: int
    missing: int
    unexpected: int


# --- nodes --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NodeFounded:
    """The first fact of every chain: the node's public key, which its id is the digest of."""

    public_key: str
    name: str
    country: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class NodeCertified:
    """The registry enrolled a node."""

    node: NodeId
    public_key: str
    name: str
    site: str = ""


@dataclass(frozen=True, slots=True)
class NodeRevoked:
    """A node is no longer trusted after its last good entry."""

    node: NodeId
    number: int
    digest: Digest
    reason: str


@dataclass(frozen=True, slots=True)
class NodeSucceeded:
    """This node continues another one, whose last entry is named."""

    node: NodeId
    number: int
    digest: Digest


@dataclass(frozen=True, slots=True)
class NodeClosed:
    """This node ends its chain."""

    reason: str


@dataclass(frozen=True, slots=True)
class ClockObserved:
    """The clock was compared with another; the offset in milliseconds, theirs minus ours."""

    offset: int
    source: str


# --- what we cannot read ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Withheld:
    """A detached body that is not here: withheld, erased or not sent yet."""

    kind: str
    digest: Digest


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A kind that a newer program writes: kept whole, passed on, not folded."""

    kind: str


WeaponBody = (
    WeaponRegistered | WeaponCorrected | WeaponCollected | WeaponFound | WeaponSeized
    | WeaponRelocated | WeaponIssued | WeaponReturned | WeaponDispatched | WeaponReceived
    | DispatchReversed | WeaponLost | WeaponRecovered | CustodySettled | WeaponCounted
    | WeaponInspected | WeaponRepaired | ComponentSwapped | WeaponDeactivated | WeaponDestroyed
    | WeaponMerged | WeaponsDistinct | WeaponAbsorbed | WeaponWithdrawn | MarkReadBack
    | PhotoAdded | PhotoRemoved | TraceAsked | TraceAnswered | MarkingBegun | MarkingEnded
    | MarkVerified | MarkingResolved | MarkVoided | MarksSettled | TagBound | LabelPrinted
)  # fmt: skip
ReferenceBody = (
    PlaceOpened | PlaceClosed | OfficerAppointed | OfficerRetired | PersonRecorded | SchemeSet
    | BlockGranted | BlockReturned | MachineSet | DocumentImported | ImportUndone
    | CatalogueExtended | LotRegistered | LotWithdrawn | StocktakeOpened | StocktakeClosed
    | NodeFounded | NodeCertified | NodeRevoked | NodeSucceeded | NodeClosed | ClockObserved
)  # fmt: skip
Body = WeaponBody | ReferenceBody | Withheld | Unreadable


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rule decides: a fact that has no address, author or time yet.

    ``replaces`` names the heads that this fact supersedes; ``saw`` the facts its author knew but
    does not supersede (a count saw the custody it was checked against).
    """

    subject: str
    body: Body
    replaces: tuple[Digest, ...] = ()
    saw: tuple[Digest, ...] = ()
    attachments: tuple[Digest, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact on record: its address (node, seq), its author, its causes and its body.

    ``at`` and ``zone`` (minutes east of Greenwich) are what the machine's clock showed; no rule
    compares the clocks of two nodes. ``lamport`` is one more than the highest the node had seen.
    """

    hash: Digest
    node: NodeId
    seq: int
    lamport: int
    at: Instant
    zone: int
    by: OfficerId | None
    witnesses: tuple[OfficerId, ...]
    subject: str
    body: Body
    replaces: tuple[Digest, ...] = ()
    saw: tuple[Digest, ...] = ()
    attachments: tuple[Digest, ...] = ()

    @property
    def order(self) -> tuple[int, str, int]:
        """The tie-break between facts of which neither knew the other: equal on every node."""
        return self.lamport, self.node, self.seq
