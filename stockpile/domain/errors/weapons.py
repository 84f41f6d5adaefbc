"""What stands against putting a weapon on record, finding it or changing its record."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Refused


@dataclass(eq=False)
class ConflictUnknown(Refused):
    """No open contradiction has this id, or several begin so; it may be settled already."""

    text: str


@dataclass(eq=False)
class ConflictChanged(Refused):
    """Something was written about a contradiction since its card was shown."""

    kind: str


@dataclass(eq=False)
class WeaponUnknown(Refused):
    """No weapon on record answers to this."""

    text: str


@dataclass(eq=False)
class WeaponAmbiguous(Refused):
    """Several weapons answer to this; name one by its registry number."""

    text: str
    numbers: tuple[str, ...]


@dataclass(eq=False)
class FieldUnreadable(Refused):
    """A value does not mean anything in this field."""

    field: str
    text: str


@dataclass(eq=False)
class FieldMissing(Refused):
    """A value that is needed was not given."""

    field: str


@dataclass(eq=False)
class ReasonMissing(Refused):
    """The act needs a reason in words."""

    act: str


@dataclass(eq=False)
class CustodyDisputed(Refused):
    """Two acts put this weapon in two places; it must be settled first."""

    weapon: str


@dataclass(eq=False)
class WeaponGone(Refused):
    """The weapon is destroyed or otherwise out of account."""

    weapon: str
    state: str


@dataclass(eq=False)
class WeaponElsewhere(Refused):
    """The weapon is out, under way or lost by the record: it is not moved between places."""

    weapon: str
    state: str


@dataclass(eq=False)
class WeaponsSame(Refused):
    """A record cannot be joined to itself or told apart from itself."""

    weapon: str


@dataclass(eq=False)
class RecordJoined(Refused):
    """The record is joined to another: it comes back by taking the merger back."""

    weapon: str


@dataclass(eq=False)
class RecordNotJoined(Refused):
    """The record was not joined to that one, nor withdrawn: there is nothing to take back."""

    weapon: str


@dataclass(eq=False)
class RangeUnclear(Refused):
    """Two serials, or a serial and a count, are no run of numbers."""

    first: str
    last: str


@dataclass(eq=False)
class RangeTooLong(Refused):
    """A run of serials is longer than anybody means to type."""

    count: int
    most: int


@dataclass(eq=False)
class ReaderSame(Refused):
    """A serial is read back by another officer than the one who put it on record."""

    officer: str
