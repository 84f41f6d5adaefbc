"""The register as lists, filtered, ordered and counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from stockpile.domain.values import Instant, WeaponId

Order = Literal[
    "serial", "mark", "model", "place", "recorded", "type", "make", "calibre", "condition",
    "status", "officer", "country", "year",
]  # fmt: skip


Facet = Literal[
    "type", "make", "model", "calibre", "place", "officer", "country", "year", "document",
    "condition", "status",
]  # fmt: skip
"""What a list may be narrowed by, a value at a time."""


Tallied = Facet | Literal["home"]
"""What a list may be counted by."""


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """Which weapons a list shows: those that answer to everything said; empty means all.

    A make, model, calibre, type or country is compared by what is written, case, spaces and dashes
    aside. ``place`` is an id or a name, and means what is in it at any depth. ``officer`` is the id
    of who recorded it, ``document`` the digest of the list that it came from. ``since`` and
    ``until`` are instants of recording, the latter excluded. The answers are yes, no, or not asked:
    a mark of ours, a serial, a second person's agreeing reading, a photo. Records that were
    withdrawn or joined to another are shown only by their status. ``holder`` is a person's id,
    ``home`` the id or name of a place where weapons belong, at any depth, ``paper`` the receipt or
    waybill under which they are out; ``due_by`` and ``inspect_by`` are ISO dates, themselves
    included: what is due back, or to be inspected, by then.
    """

    status: str = ""
    place: str = ""
    text: str = ""
    unmarked: bool = False
    type: str = ""
    make: str = ""
    model: str = ""
    calibre: str = ""
    condition: str = ""
    officer: str = ""
    country: str = ""
    year: str = ""
    document: str = ""
    since: Instant = 0
    until: Instant = 0
    marked: bool | None = None
    serial: bool | None = None
    read_back: bool | None = None
    photos: bool | None = None
    holder: str = ""
    home: str = ""
    paper: str = ""
    due_by: str = ""
    inspect_by: str = ""
    unfit: bool | None = None
    deactivated: bool | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A value of a facet, as it is mostly written, and how many weapons of the list have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A weapon as a line of a list.

    ``place`` is a name; ``holder`` and ``home`` are ids. Of a weapon that is out, ``due`` is when
    its holder brings it back, as written, and ``paper`` the id of its receipt or waybill.
    """

    id: WeaponId
    number: str
    serial: str
    mark: str
    type: str
    make: str
    model: str
    calibre: str
    condition: str
    status: str
    place: str
    tag: str
    recorded_at: Instant
    recorded_by: str = ""
    country: str = ""
    year: str = ""
    document: str = ""
    holder: str = ""
    home: str = ""
    due: str = ""
    paper: str = ""
    inspect_by: str = ""
    is_unfit: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A weapon found, how well (0 to 1), and why.

    ``mark`` is the text that matched, ``at`` the places in it that differ from what was typed, and
    ``reasons`` the codes of all that was seen: look_alike, other_script, swapped, missing, extra,
    differs, zeros, prefix_lost, digits_only, tail, wildcard; make, calibre, model where they agree,
    make_differs, calibre_differs where not. ``is_claimed_lost`` says of a weapon whose custody is
    disputed that by one of the accounts it is lost; only who looks for look-alikes fills it in.
    """

    row: RegisterRow
    score: float
    why: Literal[
        "number", "tag", "old_tag", "applied_mark", "serial", "serial_looks_alike", "mark", "part",
        "similar", "words",
    ]  # fmt: skip
    at: tuple[int, ...] = ()
    reasons: tuple[str, ...] = ()
    mark: str = ""
    is_claimed_lost: bool = False

    @property
    def is_lost(self) -> bool:
        """Say whether somebody reported it lost or stolen, be it against another account."""
        return self.is_claimed_lost or self.row.status == "lost"


class Register(Protocol):
    """Plain reads over the register, for lists and search; never through the fold."""

    def count(self, among: RegisterFilter) -> int:
        """Return how many weapons the list holds."""
        ...

    def page(
        self, order: Order, index: int, size: int, among: RegisterFilter, *, falls: bool = False
    ) -> tuple[RegisterRow, ...]:
        """Return one page of the list; any page of a million in milliseconds."""
        ...

    def position(
        self, weapon: WeaponId, order: Order, among: RegisterFilter, *, falls: bool = False
    ) -> int | None:
        """Return where a weapon stands in the list, from 0; None where it is not in it."""
        ...

    def values(self, facet: Tallied, among: RegisterFilter) -> tuple[Counted, ...]:
        """Return the values that a facet has in the list, the most frequent first.

        What the list is narrowed to in this same facet is left aside: these are the choices.
        """
        ...

    def among(self, ids: Sequence[WeaponId], among: RegisterFilter) -> frozenset[WeaponId]:
        """Return which of these weapons the list holds."""
        ...

    def prepare(self) -> bool:
        """Learn a portion of what a first question waits for; say whether all is ready."""
        ...

    def find(self, text: str, limit: int, *, fuzzy: bool = False) -> tuple[Hit, ...]:
        """Return weapons by number, tag, any mark, part of one, make, model, place; best first."""
        ...

    def look_alikes(self, serial_text: str, limit: int) -> tuple[Hit, ...]:
        """Return weapons whose serial is or looks like this one."""
        ...

    def rows(self, ids: Sequence[WeaponId]) -> tuple[RegisterRow, ...]:
        """Return these weapons as lines, in the order asked."""
        ...

    def joined_to(self, weapon: WeaponId) -> tuple[WeaponId, ...]:
        """Return the records that say of themselves that they were joined to this one.

        Of all records only those that were joined to any are read.
        """
        ...

    def tally(self) -> tuple[tuple[str, int], ...]:
        """Return the number of weapons by status, records without a weapon left out."""
        ...
