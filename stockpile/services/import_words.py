"""What an import says of rows, fields and columns, in the user's language."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stockpile import wording
from stockpile.domain.headings import Field
from stockpile.domain.importing import Doubt, Outcome, Reason, Remark
from stockpile.domain.layouts import Why
from stockpile.domain.meanings import Standing, ValueMeaning
from stockpile.domain.normalising.answers import Why as MeaningWhy
from stockpile.language import _, deferred, isolated

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
        "serial_damaged": deferred("A spreadsheet program took it for a number."),
        "rounded": deferred("A spreadsheet program rounded it: digits are lost."),
        "zeros_lost": deferred("Shorter than its fellows: zeros may be lost."),
        "counted_up": deferred("Counts up from here, all else equal: perhaps copied down."),
        "twice_in_list": deferred("Comes twice in the list."),
        "on_record": deferred("A weapon on record bears it."),
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
_OTHERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "counted_up": deferred("The last one is {other}."),
        "twice_in_list": deferred("See row {other}."),
        "on_record": deferred("See weapon {other}."),
    }
)
_OUTCOMES: Final[Mapping[Outcome, str]] = MappingProxyType(
    {
        "accepted": deferred("Accepted"),
        "already_held": deferred("Held already"),
        "refused": deferred("Refused"),
    }
)
_STANDINGS: Final[Mapping[Standing, str]] = MappingProxyType(
    {
        "written": deferred("Understood"),
        "proposed": deferred("Not sure enough"),
        "open": deferred("Not understood"),
        "nothing": deferred("Says nothing"),
    }
)
_MEANINGS: Final[Mapping[MeaningWhy, str]] = MappingProxyType(
    {
        "exact": deferred("the name itself"),
        "alias": deferred("another name"),
        "spelling": deferred("but for its spelling"),
        "grammar": deferred("read by rules"),
        "part": deferred("a part of what is written"),
        "similar": deferred("the nearest name"),
        "model": deferred("by the model"),
        "ambiguous": deferred("the likeliest of several"),
        "several": deferred("the first of several"),
        "said_unknown": deferred("says that it is not known"),
        "unspecific": deferred("says no more than weapon"),
        "not_a_weapon": deferred("is no weapon"),
        "status_words": deferred("words in place of a serial number"),
        "doubtful": deferred("looks like something else"),
        "empty": deferred("nothing is written"),
        "not_understood": deferred("not in the catalogue"),
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


def remark_sentence(remark: Remark) -> str:
    """Return what is odd, with what probably stood there and what it is like."""
    said = [doubt_sentence(remark.doubt)]
    if remark.probable:
        said.append(_("Probably {value}.").format(value=isolated(remark.probable)))
    if remark.other:
        said.append(_(_OTHERS[remark.doubt]).format(other=isolated(remark.other)))
    return " ".join(said)


def outcome_words(outcome: Outcome) -> str:
    """Return what becomes of a row in a word or two."""
    return _(_OUTCOMES[outcome])


def meaning_words(why: MeaningWhy) -> str:
    """Return by what a written value was understood."""
    return _(_MEANINGS[why])


def standing_words(standing: Standing) -> str:
    """Return what becomes of a value's meaning."""
    return _(_STANDINGS[standing])


def meant_name(meaning: ValueMeaning) -> str:
    """Return what a value means as a person says it; empty where it was not understood."""
    normal = meaning.normal
    if meaning.field == "type" and normal.code:
        return wording.weapon_type(normal.code)
    return normal.name


def why_words(why: Why) -> str:
    """Return by what a column was understood."""
    return _(_WHYS[why])
