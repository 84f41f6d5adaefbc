"""What an import says of rows, fields and columns, in the user's language."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stockpile.domain.headings import Field
from stockpile.domain.importing import Doubt, Reason
from stockpile.domain.layouts import Why
from stockpile.language import _, deferred

_FIELDS: Final[Mapping[Field, str]] = MappingProxyType(
    {
        "serial": deferred("Serial number"),
        "type": deferred("Type"),
        "class": deferred("Class"),
        "make": deferred("Make"),
        "model": deferred("Model"),
        "calibre": deferred("Calibre"),
        "country": deferred("Country"),
        "year": deferred("Year"),
        "quantity": deferred("Quantity"),
        "unit": deferred("Unit"),
        "case": deferred("Case number"),
        "control": deferred("Number in the list"),
        "date": deferred("Date"),
        "where": deferred("Where"),
        "event": deferred("What happened"),
        "condition": deferred("Condition"),
        "lot": deferred("Lot"),
        "stock_number": deferred("Stock number"),
        "remarks": deferred("Remarks"),
    }
)
_REASONS: Final[Mapping[Reason, str]] = MappingProxyType(
    {
        "nothing_to_register": deferred("Says neither what it is nor its number."),
        "repeated_heading": deferred("Repeats the heading."),
        "too_long": deferred("Longer than any honest value."),
        "not_a_weapon": deferred("Is no weapon, part or ammunition."),
        "not_held": deferred("Tells of a weapon that is not here: lost, stolen or destroyed."),
        "quantity_unreadable": deferred("The quantity is not a whole number."),
        "quantity_too_large": deferred("More weapons than one row can stand for."),
        "one_serial_for_many": deferred("One serial number for several weapons."),
    }
)
_DOUBTS: Final[Mapping[Doubt, str]] = MappingProxyType(
    {
        "serial_damaged": deferred("The serial number looks damaged by a spreadsheet program."),
        "made_a_date": deferred("A spreadsheet program made a date of this."),
        "formula": deferred("Holds a formula; only the value last seen was taken."),
        "unknown_type": deferred("This type of weapon is not known; it stays open."),
        "ambiguous_date": deferred("Day and month cannot be told apart; kept as written."),
        "unreadable_date": deferred("Is not a date; kept as written."),
        "unreadable_year": deferred("Is not a year; left open."),
        "unknown_condition": deferred("This condition is not known; left open."),
        "many_in_one_row": deferred("One row for several weapons: each became a record."),
    }
)
_WHYS: Final[Mapping[Why, str]] = MappingProxyType(
    {
        "told": deferred("as told"),
        "profile": deferred("known list"),
        "heading": deferred("by its heading"),
        "values": deferred("by what stands in it"),
    }
)


def field_name(field: Field) -> str:
    """Return what people call a field."""
    return _(_FIELDS[field])


def reason_sentence(reason: Reason) -> str:
    """Return why a row is refused."""
    return _(_REASONS[reason])


def doubt_sentence(doubt: Doubt) -> str:
    """Return what is odd about an accepted row."""
    return _(_DOUBTS[doubt])


def why_words(why: Why) -> str:
    """Return by what a column was understood."""
    return _(_WHYS[why])
