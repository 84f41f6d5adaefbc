"""The shapes of what a weapon is now: its record, its marks, its custody, what was seen of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec

from stockpile.domain.facts import (
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
from stockpile.domain.serials import Serial, read_serial
from stockpile.domain.values import (
    Digest,
    Instant,
    JobId,
    NodeId,
    OfficerId,
    PersonId,
    PlaceId,
    WeaponId,
)

Aspect = Literal["identity", "marking", "custody", "condition"]
CustodyState = Literal[
    "in_store", "collected", "found", "seized", "issued", "in_transit", "lost", "recovered",
    "destroyed", "withdrawn", "merged",
]  # fmt: skip
AppliedState = Literal["begun", "marked", "verified", "partial", "unknown", "not_started", "voided"]
NO_WEAPON: Final = frozenset({"withdrawn", "merged"})
"""States of records behind which no weapon of their own stands: no list counts them."""
GONE: Final = frozenset({"destroyed"}) | NO_WEAPON
"""States of a weapon that is no more, or never was: what is done to it afterwards is told apart."""
STORED: Final = frozenset({"in_store", "collected", "found", "seized", "recovered"})
"""States of a weapon that lies in one of our places: a count there expects it."""
ALL_ASPECTS: Final[tuple[Aspect, ...]] = ("identity", "marking", "custody", "condition")
"""All aspects: a registration decides each."""
Changes = dict[str, Any]
"""New values of a weapon's fields, by name."""


class Heads(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The facts of each aspect that no known fact replaces; more than one is a conflict."""

    identity: tuple[Digest, ...] = ()
    marking: tuple[Digest, ...] = ()
    custody: tuple[Digest, ...] = ()
    condition: tuple[Digest, ...] = ()

    def of(self, aspect: Aspect) -> tuple[Digest, ...]:
        """Return the heads of one aspect."""
        heads: tuple[Digest, ...] = getattr(self, aspect)
        return heads


class Custody(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One answer to where the weapon is: the fact that says so, since when, where, with whom.

    ``paper`` is the id of its hand receipt or waybill, or the number of its certificate or report.
    ``arrived`` are the waybills under which it was received, on the way to this answer.
    """

    fact: Digest
    state: CustodyState
    since: Instant
    place: PlaceId | None = None
    holder: PersonId | None = None
    paper: str = ""
    after_end: bool = False
    due: str = ""
    use: Literal["", "checkout", "assignment"] = ""
    arrived: tuple[str, ...] = ()


class Drawn(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """The block that a mark's number was drawn from, as its writer says: by whom and where.

    ``block`` is empty where the writer named none; only then ``lamport`` is the intent's counter,
    which shows of which grants its writer cannot have known. ``seq`` is the place of the intent in
    its node's chain. ``accepted``: somebody decided that the number is good whatever the block
    holds.
    """

    block: str
    node: NodeId
    seq: int
    accepted: bool = False
    lamport: int = 0


@dataclass(frozen=True, slots=True)
class Applied:
    """A mark of ours on this weapon, or an attempt at one."""

    job: JobId
    scheme: str
    text: str
    number: int
    machine: str
    state: AppliedState
    at: Instant
    component: str = ""
    position: str = ""
    drawn: Drawn | None = None


class Sighting(msgspec.Struct, frozen=True, gc=False):
    """Seen during a count, against the custody that the counter knew."""

    fact: Digest
    place: PlaceId
    saw: tuple[Digest, ...]
    at: Instant
    order: tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a second person read where the record says ``text``; by whom, when."""

    text: str
    read: str
    by: OfficerId | None
    at: Instant

    @property
    def agrees(self) -> bool:
        """Whether both say the same, spaces, dashes and case aside."""
        return bool(self.text) and read_serial(self.text).key == read_serial(self.read).key


class Milestones(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """When each thing that reports count first happened to the weapon; 0 for never.

    Flags, not a status: one weapon is recorded, marked, traced and destroyed, and counted in each.
    """

    marked: Instant = 0
    traced: Instant = 0
    deactivated: Instant = 0
    destroyed: Instant = 0
    lost: Instant = 0
    recovered: Instant = 0


class Weapon(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A weapon as it stands: description, marks, custody, condition, and the heads behind them.

    ``home`` is where it belongs: the last place whose store took it in. ``inspect_by`` is when it
    is to be looked at again, as written. ``echoes`` are the accounts of custody that another one
    bears out: the same journey told from its other end.

    A struct, not a dataclass: every fact makes one anew, in a tenth of the time, and what stands at
    its default takes no room in the register.
    """

    id: WeaponId
    registered: bool = False
    type: str = ""
    make: str = ""
    model: str = ""
    calibre: str = ""
    country: str = ""
    year: str = ""
    action: str = ""
    origin: str = ""
    remarks: str = ""
    marks: tuple[Mark, ...] = ()
    applied: tuple[Applied, ...] = ()
    condition: Serviceability = "unknown"
    custody: tuple[Custody, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    deactivated: bool = False
    acquired: Acquisition = msgspec.field(default_factory=Acquisition)
    source: Source | None = None
    tags: tuple[str, ...] = ()
    labels: int = 0
    same_as: tuple[WeaponId, ...] = ()
    distinct_from: tuple[WeaponId, ...] = ()
    heads: Heads = Heads()
    missing: tuple[Digest, ...] = ()
    known: int = 0
    lamport: int = 0
    recorded_at: Instant = 0
    recorded_by: OfficerId | None = None
    make_code: str = ""
    model_code: str = ""
    calibre_codes: tuple[str, ...] = ()
    country_code: str = ""
    frame: FrameMaterial = "unknown"
    imported: LastImport = msgspec.field(default_factory=LastImport)
    safe: SafeCheck | None = None
    missing_parts: str = ""
    custody_type: CustodyType = "unknown"
    components: tuple[Component, ...] = ()
    photos: tuple[Photo, ...] = ()
    read_backs: tuple[ReadBack, ...] = ()
    absorbed_into: WeaponId | None = None
    dates: Milestones = Milestones()
    home: PlaceId | None = None
    kit: tuple[KitItem, ...] = ()
    unfit: bool = False
    inspect_by: str = ""
    echoes: tuple[Custody, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether a weapon of its own stands behind the record: lists show and count those."""
        return self.registered and self.status not in NO_WEAPON

    @property
    def serial(self) -> Serial:
        """The serial it is known by: the mark flagged as identity, else "none"."""
        seen = next((mark.text for mark in self.marks if mark.is_identity), "")
        return read_serial(seen)

    @property
    def tag(self) -> str:
        """The tag on its label now: the last one bound."""
        return self.tags[-1] if self.tags else ""

    @property
    def place(self) -> PlaceId | None:
        """The place, where custody is undisputed and names one."""
        return self.custody[0].place if len(self.custody) == 1 else None

    @property
    def status(self) -> CustodyState | Literal["disputed", "unregistered"]:
        """Where it stands in one word; disputed while two acts of custody stand together."""
        if len(self.custody) > 1:
            return "disputed"
        return self.custody[0].state if self.custody else "unregistered"

    @property
    def standing_marks(self) -> tuple[Applied, ...]:
        """The marks of ours that are, or may be, on the metal."""
        if not self.applied:
            return ()
        return tuple(one for one in self.applied if one.state not in ("not_started", "voided"))

    @property
    def own_texts(self) -> frozenset[str]:
        """The texts of standing marks that drew a number, and so may stand on no other weapon."""
        if not self.applied:
            return frozenset()
        return frozenset(one.text for one in self.standing_marks if one.number)
