"""In words: the values of a fact as its officer signed it, each with what it is called.

One name may stand for several things: the kind of a mark is not the kind of a part. What a value
is called is therefore asked for by what it is within, and only then by its name alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from stockpile import wording
from stockpile.domain.weapons import Applied, Weapon
from stockpile.language import _, isolated, listed, pgettext
from stockpile.record_words import mark_place
from stockpile.terms import term

_Words = Callable[[], str]
_At = tuple[str, str]


def label(within: str, name: str) -> str:
    """Return what a value is called; ``within`` is the part or the kind of fact that it is in."""
    words = _LABELS.get((within, name)) or _LABELS.get(("", name))
    said = words() if words is not None else wording.field_name(name)
    return said[:1].upper() + said[1:]


def value(within: str, name: str, text: str, called: Callable[[str], str]) -> str:
    """Return a value in words; what is no code of a list is ``called`` what its id is called."""
    words = _VALUES.get((within, name)) or _VALUES.get(("", name))
    if words is None:
        return called(text)
    try:
        return words(text)
    except KeyError:  # a code of a later version
        return text


def marks_called(weapon: Weapon) -> dict[str, str]:
    """Return what our marks on a weapon are called, by the ids of their jobs.

    By text and place; where two would be called the same, by when each was begun as well.
    """
    alike = Counter((one.text, mark_place(one)) for one in weapon.applied)
    return {
        one.job: _mark(one, is_alone=alike[one.text, mark_place(one)] == 1)
        for one in weapon.applied
    }


def _mark(one: Applied, *, is_alone: bool) -> str:
    said = listed((mark_place(one), "" if is_alone else isolated(wording.instant(one.at))))
    text = isolated(one.text)
    return _("{what} ({number})").format(what=text, number=said) if said else text


def _coded(name: str) -> str:
    what = wording.field_name(name)
    return _("{what}: code of the catalogue").format(what=what)


_LABELS: Final[Mapping[_At, _Words]] = MappingProxyType(
    {
        ("", "accepted"): lambda: _("Accepted"),
        ("", "calibre_codes"): lambda: _coded("calibre"),
        ("", "chamber_clear"): lambda: _("Chamber clear"),
        ("", "cleared_by"): lambda: _("Cleared by"),
        ("", "column"): lambda: _("Column"),
        ("", "component"): lambda: _("Component"),
        ("", "count"): lambda: _("Quantity"),
        ("", "country_code"): lambda: _coded("country"),
        ("", "due"): lambda: _("Due"),
        ("", "evidence"): lambda: pgettext("what proves something", "Evidence"),
        ("", "holder"): lambda: _("Holder"),
        ("", "into"): lambda: _("Into"),
        ("", "is_identity"): lambda: _("known by this"),
        ("", "job"): lambda: _("Marking job"),
        ("", "legibility"): lambda: _("Legibility"),
        ("", "lot"): lambda: _("Lot"),
        ("", "magazine_out"): lambda: _("Magazine out"),
        ("", "make_code"): lambda: _coded("make"),
        ("", "model_code"): lambda: _coded("model"),
        ("", "nature"): lambda: _("Nature"),
        ("", "node"): lambda: _("Node"),
        ("", "number"): lambda: _("Number"),
        ("", "other"): lambda: _("The other one"),
        ("", "outcome"): lambda: _("Outcome"),
        ("", "paper"): lambda: _("Paper"),
        ("", "photos"): lambda: _("Photos"),
        ("", "place"): lambda: _("Place"),
        ("", "position"): lambda: _("Position"),
        ("", "quantity"): lambda: _("Quantity"),
        ("", "read_by"): lambda: _("Read by"),
        ("", "remnant"): lambda: _("Explosive remnant"),
        ("", "row"): lambda: _("Row"),
        ("", "safety_on"): lambda: _("Safety on"),
        ("", "script"): lambda: _("Script"),
        ("", "state"): lambda: _("Stands as"),
        ("", "symbol"): lambda: _("Sign"),
        ("", "two_officers"): lambda: _("Acts that want two officers beside those that always do"),
        ("", "unfit"): lambda: _("Unfit for use"),
        ("", "unit"): lambda: _("Unit"),
        ("", "use"): lambda: _("Handed out as"),
        ("", "verified_by"): lambda: _("Verified by"),
        ("", "weapon"): lambda: _("Weapon"),
        ("components", "kind"): lambda: _("Component"),
        ("imported", "country"): lambda: wording.field_name("import_country"),
        ("imported", "year"): lambda: wording.field_name("import_year"),
        ("items", "kind"): lambda: _("Kit"),
        ("marks", "kind"): lambda: _("Kind of mark"),
        ("marks", "text"): lambda: wording.field_name("mark"),
        ("marks.settled", "accepted"): lambda: _("Marks whose numbers are good"),
        ("marks.settled", "standing"): lambda: _("Marks that stand"),
        ("said", "text"): lambda: _("As written"),
        ("source", "document"): lambda: _("Digest"),
        ("source", "key"): lambda: _("Hash of the row"),
        ("weapon.inspected", "due"): lambda: _("Inspection due"),
        ("weapon.recovered", "on"): lambda: _("Date"),
        ("weapon.recovered", "where"): lambda: _("Where"),
    }
)
_VALUES: Final[Mapping[_At, Callable[[str], str]]] = MappingProxyType(
    {
        ("", "action"): partial(term, "action"),
        ("", "component"): partial(term, "component"),
        ("", "condition"): wording.condition,
        ("", "custody"): partial(term, "custody"),
        ("", "frame"): partial(term, "frame"),
        ("", "grounds"): partial(term, "ground"),
        ("", "legibility"): partial(term, "legibility"),
        ("", "mode"): partial(term, "mode"),
        ("", "origin"): partial(term, "origin"),
        ("", "position"): partial(term, "position"),
        ("", "script"): partial(term, "script"),
        ("", "state"): wording.status,
        ("", "symbol"): partial(term, "symbol"),
        ("", "two_officers"): wording.act,
        ("", "type"): wording.weapon_type,
        ("", "use"): lambda code: _("Assignment") if code == "assignment" else _("Checkout"),
        ("components", "kind"): partial(term, "component"),
        ("items", "kind"): partial(term, "kit"),
        ("marks", "kind"): partial(term, "mark_kind"),
    }
)
