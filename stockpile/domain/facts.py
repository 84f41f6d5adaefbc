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

import msgspec
from msgspec.structs import replace

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
    """Handed to a holder; due back as written, open when empty.

    An assignment is for long, a checkout for a shift. ``override`` is the reason why it was handed
    out although something stood against it. ``receipt`` is the id of the hand receipt;
    ``crew_served`` says that its type is one for which a site may ask for two officers.
    """

    holder: PersonId
    place: PlaceId | None = None
    due: str = ""
    purpose: str = ""
    use: Literal["checkout", "assignment"] = "checkout"
    receipt: str = ""
    kit: tuple[KitItem, ...] = ()
    override: str = ""
    crew_served: bool = False


@dataclass(frozen=True, slots=True)
class WeaponReturned:
    """Handed back by its holder; ``short`` is what should have come with it and did not."""

    place: PlaceId
    condition: Serviceability | None = None
    receipt: str = ""
    short: tuple[KitItem, ...] = ()
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class WeaponDispatched:
    """Left under a waybill, named by its id; in transit until received or reversed."""

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
    """Missing or stolen; cannot stay a local matter.

    ``report`` is the number of the loss report; ``verified`` when and ``discovered`` when and by
    whom are as written; ``incident`` is the police's or INTERPOL's own number.
    """

    how: Literal["lost", "stolen", "unknown"]
    circumstances: str = ""
    discovered: str = ""
    report: str = ""
    verified: str = ""
    discoverer: str = ""
    actions: str = ""
    authorities: str = ""
    incident: str = ""


@dataclass(frozen=True, slots=True)
class WeaponRecovered:
    """A lost weapon is back."""

    place: PlaceId
    where: str = ""
    on: str = ""
    circumstances: str = ""


@dataclass(frozen=True, slots=True)
class CustodySettled:
    """A dispute about where the weapon is was decided, naming every head.

    ``state`` is where it stands by that, in a store or with its holder where nothing is said;
    ``paper`` the waybill, receipt, certificate or report under which it stands so.
    """

    place: PlaceId | None
    reason: str
    holder: PersonId | None = None
    state: SettledState = ""
    paper: str = ""
    due: str = ""
    use: Literal["", "checkout", "assignment"] = ""


@dataclass(frozen=True, slots=True)
class WeaponCounted:
    """Seen at a place during a stocktake; a sighting replaces nothing.

    ``seen`` is the instant of the scan where it is not that of the fact (a sheet typed in later);
    ``round`` 2 and later are recounts of the differences.
    """

    stocktake: str
    place: PlaceId
    seen: Instant = 0
    how: Literal["scan", "typed", "paper"] = "scan"
    round: int = 1


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
class WeaponDeactivated:
    """Made permanently inoperable and certified by a State authority.

    ``components`` are the pressure-bearing parts that were altered, ``mark`` what was put on them.
    """

    certificate: str
    method: str = ""
    authority: str = ""
    on: str = ""
    where: str = ""
    components: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class WeaponDestroyed:
    """Gone for good; its applied numbers are never used again."""

    certificate: str
    method: str = ""


@dataclass(frozen=True, slots=True)
class DestructionVerified:
    """Read at the site immediately before it is destroyed under an order, as its paper demands.

    ``order`` is the id of the order. With ``kept`` it is not to be destroyed, and why; with nothing
    read and nothing kept, what was said of it at the site before is taken back.
    """

    order: str
    read: str
    how: Literal["scan", "typed", "photo"] = "scan"
    kept: str = ""


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
    """The intent, on record before any metal moves; draws the number for good.

    ``block`` is the block that the number was drawn from; older entries name none.
    """

    job: JobId
    scheme: SchemeId
    text: str
    number: int
    machine: str
    reason: MarkingReason = "import"
    component: str = ""
    position: str = ""
    version: int = 1
    layout: str = ""
    order: str = ""
    block: str = ""


@dataclass(frozen=True, slots=True)
class MarkingEnded:
    """What the machine's run came to; ``unknown`` until somebody looks at the metal."""

    job: JobId
    outcome: Literal["marked", "not_started", "unknown"]
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class MarkVerified:
    """The mark was read back from the metal and is what was sent; a photo by its digest."""

    job: JobId
    read: str
    how: Literal["scan", "typed", "photo"]
    photo: str = ""


@dataclass(frozen=True, slots=True)
class MarkingResolved:
    """A doubtful marking was settled by a person who looked at the metal; a photo by its digest."""

    job: JobId
    outcome: Literal["marked", "partial", "unmarked"]
    reason: str
    read: str = ""
    photo: str = ""


@dataclass(frozen=True, slots=True)
class MarkVoided:
    """A number is burnt: failed, doubtful or removed; never to be used again."""

    job: JobId
    reason: str


@dataclass(frozen=True, slots=True)
class MarksSettled:
    """A dispute about the applied marks was decided: the jobs whose marks stand.

    ``accepted`` are those whose numbers are good though they lie in no block of their writers.
    """

    standing: tuple[JobId, ...]
    reason: str
    accepted: tuple[JobId, ...] = ()


# --- labels -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TagBound:
    """Our own opaque code was given to the weapon (a label's payload)."""

    tag: str


@dataclass(frozen=True, slots=True)
class LabelPrinted:
    """A label left the program; copy 2 and later are reprints that void the ones before.

    ``run`` names the print run and ``place`` the label's number in it, counted from 1; ``printer``
    is the label printer that said it was done, empty for a sheet.
    """

    tag: str
    stock: str
    copy: int = 1
    sheet: Digest | None = None
    run: str = ""
    place: int = 0
    printer: str = ""


# --- disposal, hand-ins, gates and tracing: what papers stand for --------------------------------


@dataclass(frozen=True, slots=True)
class Attendant:
    """Somebody present at a destruction: of the committee, or an independent witness of it."""

    name: str
    role: Literal["chair", "member", "witness", "monitor"] = "member"
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Exempted:
    """A weapon of a destruction list that was not destroyed, and why."""

    weapon: WeaponId
    reason: str


@dataclass(frozen=True, slots=True)
class DestructionOrdered:
    """Weapons are to be destroyed: on whose order, how, where, when, before whom.

    ``methods`` are in sequence: burning and crushing by vehicle are symbolic only and must be
    followed by another (IDDRS 4.10, annex E). ``planned`` is a date as written.
    """

    number: str
    weapons: tuple[WeaponId, ...]
    authority: str = ""
    methods: tuple[str, ...] = ()
    where: str = ""
    planned: str = ""
    committee: tuple[Attendant, ...] = ()
    reason: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class DestructionCertified:
    """The destruction was done and certified: all that went in was destroyed, or stands as kept.

    ``scrap_kilograms`` is as written; ``photos`` are digests; ``inoperable`` states that nothing
    of what is left can be made to shoot.
    """

    number: str
    destroyed: tuple[WeaponId, ...]
    kept: tuple[Exempted, ...] = ()
    on: str = ""
    where: str = ""
    methods: tuple[str, ...] = ()
    committee: tuple[Attendant, ...] = ()
    scrap_kilograms: str = ""
    scrap_to: str = ""
    photos: tuple[Digest, ...] = ()
    inoperable: bool = False
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class DestructionWithdrawn:
    """An order to destroy was taken back before anything was destroyed."""

    reason: str


@dataclass(frozen=True, slots=True)
class RoundsHanded:
    """Ammunition handed in: its calibre as written, and how many rounds."""

    calibre: str
    quantity: int
    serviceable: bool = True


@dataclass(frozen=True, slots=True)
class CollectionReceived:
    """A person handed weapons or ammunition in and got a receipt (IDDRS 4.10, 6.2).

    Who is not eligible gets one too, with ``reason``, and ``appeal`` to refer to (6.1.1).
    ``under_18`` with ``child_protection``, the officer present throughout. ``proof`` is the photo
    of a drawn signature, a thumbprint or the signed paper; ``unsigned`` is why there is none.
    ``where`` says how the site came about. ``withdrawn`` is why the hand-in was taken back.
    """

    number: str
    place: PlaceId
    weapons: tuple[WeaponId, ...] = ()
    participant: PersonId | None = None
    on: str = ""
    category: str = ""
    rounds: tuple[RoundsHanded, ...] = ()
    eligible: bool = True
    reason: str = ""
    appeal: str = ""
    under_18: bool = False
    child_protection: str = ""
    how: Literal["drawn", "thumbprint", "paper", "unsigned"] = "unsigned"
    proof: str = ""
    remarks: str = ""
    where: Literal["", "static_site", "pick_up_point", "mobile", "spontaneous"] = ""
    unsigned: str = ""
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class GatePassIssued:
    """Weapons may leave the premises through the gate: which, with whom, until when.

    ``about`` is the number of the hand receipt or waybill under which they go; ``until`` is a
    local minute as written.
    """

    number: str
    weapons: tuple[WeaponId, ...]
    bearer: str
    out_of: PlaceId | None = None
    to: str = ""
    purpose: str = ""
    vehicle: str = ""
    about: str = ""
    until: str = ""
    goods: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class GatePassClosed:
    """The gate noted what went through, or the pass was taken back."""

    outcome: Literal["left", "withdrawn"]
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class TraceRequestMade:
    """A request to trace a weapon, to another State or from one (Tracing Instrument, part V).

    ``weapon`` is the record, where there is one; what is written beside it is what the request
    says of the weapon. ``searched`` is the domestic search that came first: what came of it.
    ``without_photos`` says why no photo goes with it; ``reference`` is the other side's number.
    """

    number: str
    direction: Literal["out", "in"] = "out"
    weapon: WeaponId | None = None
    by_state: str = ""
    of_state: str = ""
    contact: str = ""
    marks: tuple[Mark, ...] = ()
    type: str = ""
    make: str = ""
    model: str = ""
    calibre: str = ""
    country: str = ""
    ground: IllicitGround | Literal[""] = ""
    basis: str = ""
    circumstances: str = ""
    intended_use: str = ""
    restrictions: str = ""
    urgent: bool = False
    searched_on: str = ""
    searched_by: str = ""
    searched: str = ""
    photos: tuple[Digest, ...] = ()
    reference: str = ""
    on: str = ""
    without_photos: str = ""


@dataclass(frozen=True, slots=True)
class TraceRequestNoted:
    """A step of a request between question and answer, on a date as written."""

    step: Literal["sent", "acknowledged", "reminded", "withdrawn"]
    on: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class TraceRequestAnswered:
    """What came of a request; who refuses or delays says why (Tracing Instrument, paragraph 22)."""

    outcome: Literal[
        "traced_domestic", "traced_foreign", "partly_traced", "not_traced", "refused", "delayed",
        "no_reply",
    ]  # fmt: skip
    on: str = ""
    answer: str = ""
    ground: str = ""
    restrictions: str = ""
    contact: str = ""
    photos: tuple[Digest, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperIssued:
    """A numbered paper left the program: what it is about, and the digest of its file."""

    number: str
    kind: Literal["voucher", "dossier", "extract", "deactivation"]
    about: tuple[str, ...] = ()
    digest: Digest | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class LabelElement:
    """One thing on a label, in a box of micrometres from the label's top left corner.

    ``size`` is the font size in tenths of a point; ``text`` the words of a fixed text;
    ``language`` the one in which a term is said, empty for the program's.
    """

    what: Literal[
        "headline", "serial", "mark", "number", "model", "type", "calibre", "place", "site", "text",
        "tag", "matrix", "code128", "code39", "qr", "logo",
    ]  # fmt: skip
    left: int
    top: int
    width: int
    height: int
    size: int = 0
    text: str = ""
    language: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class LabelLayoutSet:
    """What stands where on a label of one size, in micrometres; made here, shared by all nodes.

    ``logo`` is the digest of a picture; a retired layout is offered no more.
    """

    name: str
    kind: Literal["weapon", "rack", "crate", "location", "tie_on", "trigger_guard"] = "weapon"
    width: int = 0
    height: int = 0
    elements: tuple[LabelElement, ...] = ()
    logo: str = ""
    retired: bool = False


# --- the site, its people and its rules ---------------------------------------------------------


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
class OfficerAppointed:
    """An officer took office, with the public key that signs for them.

    Other roles, another key (a PIN forgotten), another badge or an officer who comes back is one
    more appointment that replaces the standing fact. ``badge`` is the SHA-256 of what the badge
    says to a scanner: it names the officer, and the PIN is asked all the same. ``reason`` says why
    a standing appointment was replaced.
    """

    name: str
    roles: tuple[Role, ...]
    public_key: str
    site: PlaceId | None = None
    badge: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OfficerSuspended:
    """An officer may not act until appointed again; what they signed stays valid."""

    reason: str


@dataclass(frozen=True, slots=True)
class OfficerRetired:
    """An officer left office; what they signed stays valid."""

    reason: str


@dataclass(frozen=True, slots=True)
class GuardSet:
    """How a site is guarded, whole, from now on; the subject is the site.

    ``two_officers`` names acts that want a second officer here beside those that always do. A
    screen locks itself after ``lock_after`` minutes without a hand on it (0 never). Details of a
    person with nothing in hand are erased ``retain_persons`` months after their last act (0
    never). ``recovery`` is the authority's age key, to which the keys of a home are sealed.
    ``tracing_allowed`` is false where a peace agreement forbids that weapons are traced.
    """

    two_officers: tuple[str, ...] = ()
    lock_after: int = 10
    retain_persons: int = 0
    recovery: str = ""
    tracing_allowed: bool = True


@dataclass(frozen=True, slots=True)
class ActProposed:
    """A first officer signed an act that wants two, and a second has yet to confirm it.

    ``plan`` are the drafts, as canonical JSON; ``act`` names what they do together. Nothing of it
    has happened until an entry holds the same drafts and a settlement that names this proposal.
    """

    act: str
    plan: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ActSettled:
    """A proposed act was confirmed (the drafts stand beside this), refused or taken back."""

    outcome: Literal["confirmed", "refused", "withdrawn"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EntryJudged:
    """Two officers decided about an entry that had been written without the right to it.

    The subject is the entry's hash. One accepted is folded in as if it had always been good; one
    rejected stays evidence.
    """

    node: NodeId
    number: int
    accepted: bool
    reason: str


@dataclass(frozen=True, slots=True)
class PersonDisclosed:
    """What is held about a person was handed out: to whom and on what ground."""

    to: str
    ground: str


@dataclass(frozen=True, slots=True)
class Inspected:
    """One weapon of an inspector's sample: what was found where the register said it is."""

    weapon: WeaponId
    finding: Literal["found", "missing", "differs", "not_seen"]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class InspectionSigned:
    """An inspector's visit: the sample drawn, what was found, under the inspector's own key.

    ``head`` is the head code of the ledger that the dossier was made of, ``seed`` what the
    inspector drew the sample with, ``signature`` (hex, Ed25519 by ``public_key``) covers the whole
    result as the inspector's program wrote it. ``register`` is the SHA-256 of the list of weapons
    that it was drawn from.
    """

    inspector: str
    authority: str
    head: str
    seed: str
    sample: tuple[Inspected, ...]
    signed_on: str
    remarks: str
    public_key: str
    signature: str
    register: str = ""


@dataclass(frozen=True, slots=True)
class PersonRecorded:
    """A holder, participant or witness: a detached body, erasable beside the chain.

    ``reference`` is the service or card number; ``card`` what the person's card says to a scanner;
    ``photo`` a digest; ``public_key`` the key that the person's PIN opens, by which they sign.
    ``sex`` and ``born`` (a date, a year or an age, as said) are asked of who hands weapons in;
    ``language`` is the one they read.
    """

    name: str
    kind: Literal["holder", "participant", "witness"] = "holder"
    reference: str = ""
    rank: str = ""
    unit: str = ""
    card: str = ""
    photo: str = ""
    authorisations: tuple[Authorisation, ...] = ()
    public_key: str = ""
    sex: str = ""
    born: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class PersonErased:
    """What was recorded of the person is erased on every node; what they held stays on record."""

    reason: str


@dataclass(frozen=True, slots=True)
class ReceiptSigned:
    """A hand receipt or return: which weapons, whose signature, and how it was given.

    With a PIN, ``signature`` is the signer's own over the receipt's words (hexadecimal, Ed25519);
    a drawn signature or the scan of a signed paper is a photo, named by ``proof``. ``weapons`` and
    ``holder`` say what was signed for; a patrol's leader may sign for the patrol. ``reason`` says
    why nobody signed.
    """

    number: str
    way: Literal["issue", "return"]
    weapons: tuple[WeaponId, ...]
    holder: PersonId | None = None
    signer: PersonId | None = None
    how: Literal["pin", "drawn", "paper", "unsigned"] = "unsigned"
    proof: str = ""
    public_key: str = ""
    signature: str = ""
    patrol: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RoundsIssued:
    """Ammunition went out of a lot with a holder, under a hand receipt."""

    lot: str
    quantity: int
    holder: PersonId | None = None
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class RoundsReturned:
    """Ammunition came back to its lot; what was fired, and what nobody can account for."""

    lot: str
    quantity: int
    holder: PersonId | None = None
    receipt: str = ""
    expended: int = 0
    short: int = 0


@dataclass(frozen=True, slots=True)
class WaybillOpened:
    """A transfer: who sends what to whom, on whose authority, how it travels, when it is due.

    ``to`` is a place on record, ``to_name`` what stands on the paper where it is none.
    ``planned`` and ``due`` are dates as written; ``papers`` are digests of attached papers.
    """

    number: str
    weapons: tuple[WeaponId, ...]
    out_of: PlaceId
    to: PlaceId | None = None
    to_name: str = ""
    purpose: Literal["move", "loan", "repair", "destruction", "civilian", "export"] = "move"
    authority: str = ""
    carrier: str = ""
    vehicle: str = ""
    route: str = ""
    escort: str = ""
    seals: tuple[str, ...] = ()
    planned: str = ""
    due: str = ""
    apart: tuple[PartApart, ...] = ()
    papers: tuple[Digest, ...] = ()
    licence: Licence = field(default_factory=Licence)
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class WaybillReceived:
    """A transfer arrived and was checked by scanning: what came, what did not, what else came.

    ``unknown`` is what was read from weapons that stand on no record. A second receipt of the same
    waybill (what was short came later) replaces this one and says all of it anew.
    """

    received: tuple[WeaponId, ...]
    short: tuple[WeaponId, ...] = ()
    over: tuple[WeaponId, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    unknown: tuple[str, ...] = ()
    seals_intact: bool = True
    broken_seals: tuple[str, ...] = ()
    declaration: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class WaybillReversed:
    """The transfer came back whole."""

    reason: str


@dataclass(frozen=True, slots=True)
class SchemeWord:
    """One word that a scheme's pattern may name: a fixed text, or one code of a set.

    ``part`` is the word in the pattern (``force``), ``text`` what is cut (``POL``), ``name`` what
    people call it (``Police``). Several of one part are a choice at the bench.
    """

    part: str
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A sign of a scheme, by name, as rows of dots from the top: ``#`` a dot, ``.`` none."""

    name: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchemeSet:
    """A marking scheme, as data: pattern, least height and depth in mm, and their source.

    A scheme that numbers were drawn from is never edited: the next version is. ``component`` must
    bear the mark, ``also`` should; ``polymer`` says what to do with a frame that is no metal
    (MOSAIC 05.30). ``check_system`` is a system of ISO 7064; "" has no check character.
    """

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
    check_system: Literal["", "mod_11_10", "mod_37_36", "mod_97_10", "mod_1271_36"] = ""
    words: tuple[SchemeWord, ...] = ()
    glyphs: tuple[Glyph, ...] = ()
    reasons: tuple[MarkingReason, ...] = ()
    also: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    polymer: Literal["plate", "plate_or_two", "refuse"] = "plate_or_two"
    limits_source: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in a marking zone, in micrometres from its lower left corner."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class MarkLayoutSet:
    """Where text and Data Matrix stand in a part's marking zone, in micrometres.

    A cylinder's zone is measured along its surface; ``radius`` is 0 on a flat. ``forbidden`` are
    pins, proof marks and marks that are there already. ``font`` says whose letters: our dots, our
    strokes, or the machine's own, which a preview can only show approximately. ``module`` is the
    pitch of the Data Matrix, 0 for none; ``width`` the diameter of a dot or the width of a stroke.
    """

    name: str
    width: int
    height: int
    radius: int = 0
    forbidden: tuple[Box, ...] = ()
    component: str = "receiver"
    font: Literal["dots", "strokes", "machine"] = "dots"
    text_x: int = 1000
    text_y: int = 1000
    text_height: int = 2000
    lines: int = 1
    line_width: int = 250
    matrix_x: int = 0
    matrix_y: int = 0
    module: int = 0
    version: int = 1
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class BlockGranted:
    """A node may use the numbers lo to hi of a scheme, and nobody else ever.

    ``until`` is the instant after which no further number is drawn from it, 0 for no end;
    ``machine`` binds the block to one machine.
    """

    node: NodeId
    scheme: SchemeId
    lo: int
    hi: int
    until: Instant = 0
    machine: str = ""


@dataclass(frozen=True, slots=True)
class BlockReturned:
    """The unused rest of a block came home; it is never granted again."""

    node: NodeId
    scheme: SchemeId
    lo: int
    hi: int


@dataclass(frozen=True, slots=True)
class CommissionCheck:
    """One step of a machine's commissioning, by its number, and what came of it."""

    step: int
    result: Literal["passed", "failed", "not_done"]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Commissioning:
    """What was found out about a machine before it cut metal here: date as written, steps, coupon.

    Height in micrometres, depth in nanometres, as measured on the coupon with the gauge named.
    """

    on: str
    firmware: str = ""
    checks: tuple[CommissionCheck, ...] = ()
    material: str = ""
    height_um: int = 0
    depth_nm: int = 0
    gauge: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class MachineSet:
    """A marking machine as commissioned here: driver, address, the identity it must show.

    ``layout`` is the layout on the machine, ``fingerprint`` its digest as approved; ``drawing`` is
    the layout of ours that is drawn where we draw. Every ``read_back_every``-th mark is read back,
    and each one where the machine itself proves too little.
    """

    name: str
    driver: str
    url: str
    layout: str = ""
    identity: str = ""
    witness_proven: bool = False
    method: Literal["dot_peen", "scribe", "laser"] = "dot_peen"
    fingerprint: str = ""
    drawing: str = ""
    read_back_every: int = 1
    commissioning: Commissioning | None = None


@dataclass(frozen=True, slots=True)
class MarkingOrdered:
    """A list of weapons to be marked, in this order, by one scheme."""

    name: str
    scheme: SchemeId
    weapons: tuple[WeaponId, ...]
    reason: MarkingReason = "import"
    machine: str = ""
    words: tuple[SchemeWord, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A weapon of an order that is not marked now, and why."""

    weapon: WeaponId
    why: str
    problem: bool = False


@dataclass(frozen=True, slots=True)
class MarkingOrderChanged:
    """How an order stands: all that is set aside until now, and whether it goes on."""

    aside: tuple[SetAside, ...] = ()
    state: Literal["open", "paused", "closed"] = "open"
    reason: str = ""


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
    """A count began.

    ``horizon`` is what its author knew of every chain: what stood by then is expected, what came
    after is a movement meanwhile. A sample of ``percent`` is drawn from ``seed``. ``counters`` are
    officers, of whom ``independent`` is not the custodian. ``answers`` names the count whose
    differences this one recounts, ``rule`` the rule by which it was due.
    """

    scope: str
    basis: Literal["quantity", "type", "serial"]
    place: PlaceId | None = None
    blind: bool = False
    number: str = ""
    types: tuple[str, ...] = ()
    percent: int = 100
    seed: str = ""
    counters: tuple[OfficerId, ...] = ()
    independent: OfficerId | None = None
    rule: str = ""
    answers: str = ""
    horizon: tuple[Horizon, ...] = ()


@dataclass(frozen=True, slots=True)
class StocktakeClosed:
    """A count ended, with what it found: every expected weapon is in exactly one of these numbers.

    ``lines`` is the digest of the list of results, ``investigations`` the subjects opened by it.
    """

    expected: int
    seen: int
    missing: int
    unexpected: int
    misplaced: int = 0
    explained: int = 0
    twice: int = 0
    horizon: tuple[Horizon, ...] = ()
    lines: str = ""
    investigations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StrangerCounted:
    """Something was read during a count that stands on no record."""

    stocktake: str
    place: PlaceId
    read: str
    seen: Instant = 0
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class QuantityCounted:
    """So many weapons of a type (empty: of any) were counted at a place, without their serials."""

    stocktake: str
    place: PlaceId
    quantity: int
    type: str = ""


@dataclass(frozen=True, slots=True)
class InvestigationOpened:
    """Something does not agree: what, where, and by when somebody must answer."""

    kind: Literal[
        "missing", "unexpected", "misplaced", "stranger", "quantity", "short", "over", "wrong",
        "seal", "kit", "rounds", "loss", "mark", "differs",
    ]  # fmt: skip
    cause: str
    weapon: str = ""
    place: PlaceId | None = None
    said: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class InvestigationClosed:
    """It is explained, by evidence on record: facts, photos or papers, never by words alone."""

    outcome: Literal["found", "explained", "recorded_wrongly", "lost", "not_ours"]
    evidence: tuple[Digest, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class CountRuleSet:
    """How often a place is to be counted, by which basis, and which instrument asks for it.

    ``days`` 0 means only at ``handover``; ``place`` none means every site.
    """

    name: str
    basis: Literal["quantity", "type", "serial"]
    days: int
    percent: int = 100
    handover: bool = False
    place: PlaceId | None = None
    source: str = ""
    stopped: bool = False


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


# --- nodes --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NodeFounded:
    """The first fact of every chain: the node's public key, which its id is the digest of."""

    public_key: str
    name: str
    country: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class RootKey:
    """A national official's offline key: the name of its keeper, and the key (hexadecimal)."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Attested:
    """A signature of one of the authority's keys under a statement, both hexadecimal."""

    key: str
    signature: str


@dataclass(frozen=True, slots=True)
class RootsSet:
    """The authority's offline keys from now on, and how many of them a statement needs.

    Versions count up from 1; each is attested by enough of the keys before it and of its own.
    """

    version: int
    threshold: int
    roots: tuple[RootKey, ...]
    attested: tuple[Attested, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyNamed:
    """The authority names a key for one duty, or withdraws it; attested by enough roots.

    ``registry`` signs receipts and grants, ``enrolment`` certifies nodes, ``witness`` cosigns the
    registry's log.
    """

    duty: Literal["registry", "enrolment", "witness"]
    name: str
    key: str
    withdrawn: bool = False
    attested: tuple[Attested, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeCertified:
    """A node was enrolled: by the registry, or by an enrolment officer's key (``attested``).

    ``scope`` names the sites whose records the node is told of; nobody named means all of them.
    """

    node: NodeId
    public_key: str
    name: str
    site: str = ""
    scope: tuple[str, ...] = ()
    attested: tuple[Attested, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeRevoked:
    """A node is no longer trusted after its last good entry; attested where there are roots."""

    node: NodeId
    number: int
    digest: Digest
    reason: str
    attested: tuple[Attested, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeReadmitted:
    """A node that was in quarantine is trusted again; attested where there are roots."""

    node: NodeId
    reason: str
    attested: tuple[Attested, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditSealed:
    """How far the audit log of the registry's pages had come, and the hash of its last row.

    Who would write that log anew would have to write the registry's chain anew as well.
    """

    number: int
    digest: Digest


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


@dataclass(frozen=True, slots=True)
class Unheeded:
    """What an entry says that nobody had the right to: kept whole, passed on, not folded."""

    body: WeaponBody | ReferenceBody
    why: str


WeaponBody = (
    WeaponRegistered | WeaponCorrected | WeaponCollected | WeaponFound | WeaponSeized
    | WeaponRelocated | WeaponIssued | WeaponReturned | WeaponDispatched | WeaponReceived
    | DispatchReversed | WeaponLost | WeaponRecovered | CustodySettled | WeaponCounted
    | WeaponInspected | WeaponRepaired | ComponentSwapped | KitSet | WeaponDeactivated
    | WeaponDestroyed | DestructionVerified
    | WeaponMerged | WeaponsDistinct | WeaponAbsorbed | WeaponWithdrawn | MarkReadBack
    | PhotoAdded | PhotoRemoved | TraceAsked | TraceAnswered | MarkingBegun | MarkingEnded
    | MarkVerified | MarkingResolved | MarkVoided | MarksSettled | TagBound | LabelPrinted
)  # fmt: skip
ReferenceBody = (
    PlaceOpened | PlaceChanged | PlaceClosed | OfficerAppointed | OfficerSuspended | OfficerRetired
    | GuardSet | ActProposed | ActSettled | EntryJudged | InspectionSigned
    | PersonRecorded | PersonDisclosed
    | PersonErased | ReceiptSigned | RoundsIssued | RoundsReturned | WaybillOpened
    | WaybillReceived | WaybillReversed | SchemeSet | BlockGranted | BlockReturned | MachineSet
    | MarkLayoutSet | MarkingOrdered | MarkingOrderChanged
    | DocumentImported | ImportUndone | CatalogueExtended | LotRegistered | LotWithdrawn
    | StocktakeOpened | StocktakeClosed | StrangerCounted | QuantityCounted | InvestigationOpened
    | InvestigationClosed | CountRuleSet | CustodyHandedOver | DayClosed
    | DestructionOrdered | DestructionCertified | DestructionWithdrawn | CollectionReceived
    | GatePassIssued | GatePassClosed | TraceRequestMade | TraceRequestNoted
    | TraceRequestAnswered | PaperIssued | LabelLayoutSet
    | NodeFounded | NodeCertified | NodeRevoked | NodeSucceeded | NodeClosed | ClockObserved
    | RootsSet | KeyNamed | NodeReadmitted | AuditSealed
)  # fmt: skip
Body = WeaponBody | ReferenceBody | Withheld | Unreadable | Unheeded


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rule decides: a fact that has no address, author or time yet.

    ``replaces`` names the heads that this fact supersedes; ``saw`` the facts its author knew but
    does not supersede (a count saw the custody it was checked against). One that ``follows``
    supersedes also the fact about its subject before it in the same act, whose hash nobody knows
    yet: a weapon is put on record and handed in at once.
    """

    subject: str
    body: Body
    replaces: tuple[Digest, ...] = ()
    saw: tuple[Digest, ...] = ()
    attachments: tuple[Digest, ...] = ()
    follows: bool = False


class Fact(msgspec.Struct, frozen=True, gc=False):
    """A fact on record: its address (node, seq), its author, its causes and its body.

    ``at`` and ``zone`` (minutes east of Greenwich) are what the machine's clock showed; no rule
    compares the clocks of two nodes. ``lamport`` is one more than the highest the node had seen.
    A struct, not a dataclass: millions are read, each made in a fifth of the time.
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

    def saying(self, body: Body) -> Fact:
        """Return the fact with another body: as others may read it, or as it counts."""
        return replace(self, body=body)

    def without_author(self) -> Fact:
        """Return the fact as it is told where its author's name stands beside it."""
        return replace(self, by=None)
