"""What a record's fields, values, moments and open matters are called: for screens and papers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Final

from stockpile import wording
from stockpile.domain import moments
from stockpile.domain.facts import (
    Component,
    Fact,
    InvestigationOpened,
    Mark,
    SafeCheck,
    WeaponCorrected,
)
from stockpile.domain.matters import Closing, Matter, MatterKind
from stockpile.domain.values import Digest, Instant
from stockpile.domain.views import Value
from stockpile.domain.weapons import Applied
from stockpile.language import _, figure, isolated, listed
from stockpile.terms import TermList, term

_KIT: Final = re.compile(r"(\w+) (\d+)")
"""How a case names what is missing of a weapon's kit, as it was written down."""
_IDENTIFIERS: Final = frozenset(
    {"serial", "make", "model", "calibre", "country", "year", "import_country", "import_year",
     "importer", "case", "on"}
)  # fmt: skip
_NAMED: Final = (
    "type", "make", "model", "calibre", "country", "year", "action", "origin", "frame", "custody",
    "missing_parts", "remarks", "marks", "components", "safe", "acquired", "imported",
)  # fmt: skip
"""The fields of a correction that people know; codes follow their texts."""
_LISTS: Final[Mapping[str, TermList]] = MappingProxyType(
    {"action": "action", "origin": "origin", "frame": "frame", "custody": "custody", "mode": "mode"}
)


def field_name(name: str) -> str:
    """Return what a field of the description is called."""
    own = _OWN_FIELDS.get(name)
    return own() if own else wording.field_name(name)


def value_words(name: str, value: Value) -> str:
    """Return a field's value in words; nothing for nothing said."""
    match value:
        case None | "" | ():
            return ""
        case SafeCheck():
            return safety_words(value)
        case str():
            return _text_words(name, value)
        case _:
            return listed(_row_words(one) for one in value)


def safety_words(safe: SafeCheck) -> str:
    """Return what the safety check found; what endangers comes first."""
    said = [
        _("Explosive remnant: stop work, call EOD") if safe.remnant else "",
        _("chamber clear") if safe.chamber_clear else _("chamber not checked"),
        _("magazine out") if safe.magazine_out else "",
        _("safety on") if safe.safety_on else "",
        _("cleared by {name}").format(name=isolated(safe.cleared_by)) if safe.cleared_by else "",
        _("verified by {name}").format(name=isolated(safe.verified_by)) if safe.verified_by else "",
    ]
    return listed(said)


def mark_text(mark: Mark) -> str:
    """Return what a mark shows: its sign, its text, or both."""
    sign = term("symbol", mark.symbol)
    return " ".join(one for one in (sign, isolated(mark.text)) if one)


def mark_place(mark: Mark | Applied) -> str:
    """Return where on the weapon a mark stands."""
    places = (term("component", mark.component), term("position", mark.position))
    return listed(places)


def component_words(component: Component) -> str:
    """Return a component with the marks it carries."""
    marks = listed(mark_text(mark) for mark in component.marks)
    name = term("component", component.kind)
    return _("{what}: {marks}").format(what=name, marks=marks) if marks else name


def corrected_fields(fact: Fact) -> str:
    """Return which fields a correction named; nothing for any other fact."""
    body = fact.body
    if not isinstance(body, WeaponCorrected):
        return ""
    given = [name for name in _NAMED if getattr(body, name) is not None]
    return listed(field_name(name) for name in given)


def moment(fact: Fact) -> str:
    """Return when a fact was written, on the clock of the place where it was, with its zone."""
    return local_moment(fact.at, fact.zone)


def dated(fact: Fact, doubted: Collection[Digest]) -> str:
    """Return when a fact was written, and that its clock is in doubt where it is one of these."""
    when = isolated(moment(fact))
    doubt = _("clock in doubt")
    return f"{when} · {doubt}" if fact.hash in doubted else when


def local_moment(at: Instant, zone: int) -> str:
    """Return an instant on a clock ``zone`` minutes east of Greenwich, with its zone."""
    seen = moments.moment(at, zone)
    offset = seen.strftime("%z")
    return f"{seen:%Y-%m-%d %H:%M} {offset[:3]}:{offset[3:]}"


def matter_words(matter: Matter) -> tuple[str, str]:
    """Return what is open, as a title and a sentence."""
    if matter.conflict is not None:
        return wording.conflict_kind(matter.conflict.kind), _MATTERS["conflict"][1]()
    title, sentence = _MATTERS[matter.kind]
    if matter.kind != "not_normalised":
        return title(), sentence().format(about=isolated(matter.about))
    fields = listed(field_name(one) for one in matter.about.split(","))
    return title(), sentence().format(about=fields)


def case_words(opened: InvestigationOpened) -> str:
    """Return what an investigation says at its opening; missing kit and rounds in words."""
    match opened.kind:
        case "kit":
            return listed(_KIT.sub(_kit, one) for one in opened.said.split(", "))
        case "rounds":
            return figure(opened.said)
        case _:
            return isolated(opened.said)


def _kit(found: re.Match[str]) -> str:
    return _("{count} x {what}").format(count=figure(found[2]), what=term("kit", found[1]))


def closing_words(closing: Closing) -> str:
    """Return the act that closes a matter, as a button says it."""
    return _CLOSINGS[closing]()


def _text_words(name: str, value: str) -> str:
    if name == "type":
        return wording.weapon_type(value)
    if name == "grounds":
        return listed(term("ground", one) for one in value.split(","))
    if name in _LISTS:
        return term(_LISTS[name], value)
    return isolated(value) if name in _IDENTIFIERS else value


def _row_words(row: str | Mark | Component) -> str:
    match row:
        case Mark():
            return mark_text(row)
        case Component():
            return component_words(row)
        case str():
            return term("ground", row)


_Words = Callable[[], str]
_OWN_FIELDS: Final[Mapping[str, _Words]] = MappingProxyType(
    {
        "marks": lambda: _("Marks"),
        "components": lambda: _("Components"),
        "safe": lambda: _("Safety check"),
        "acquired": lambda: _("How it came"),
        "imported": lambda: _("Last import"),
        "country": lambda: _("Country of make"),
    }
)
_MATTERS: Final[Mapping[MatterKind, tuple[_Words, _Words]]] = MappingProxyType(
    {
        "remnant": (
            lambda: _("Explosive remnant"),
            lambda: _("Nobody touches it until EOD has been. Then say what the check found."),
        ),
        "conflict": (
            lambda: _("A contradiction"),
            lambda: _("Look at the weapon, then say what is right. Both accounts are kept."),
        ),
        "lost": (
            lambda: _("Reported lost or stolen"),
            lambda: _("Every depot is warned of it. When it is back, take it back into account."),
        ),
        "mark_unknown": (
            lambda: _("Nobody knows whether it is marked"),
            lambda: _("Look for {about} on the metal."),
        ),
        "mark_missing": (
            lambda: _("Not marked"),
            lambda: _("It has no mark of this country yet."),
        ),
        "mark_unread": (
            lambda: _("Our mark was not read back"),
            lambda: _("Scan or type {about} from the metal."),
        ),
        "readings_differ": (
            lambda: _("Two readings differ"),
            lambda: _("A second person read {about}. Look again and correct the record."),
        ),
        "not_read_back": (
            lambda: _("Serial read by one person only"),
            lambda: _("Let a second person read it without seeing the record."),
        ),
        "inspection_due": (
            lambda: _("Inspection due"),
            lambda: _("It was to be looked at by {about}."),
        ),
        "unfit": (
            lambda: _("Unfit to be issued"),
            lambda: _("It stays in store until it was mended and an inspection finds it fit."),
        ),
        "photos_missing": (
            lambda: _("No photos"),
            lambda: _("Left side, right side and each mark prove what was here."),
        ),
        "not_normalised": (
            lambda: _("Not in the catalogue"),
            lambda: _("Kept as written; no list of makes or models knows it: {about}."),
        ),
        "under_investigation": (
            lambda: _("Under investigation"),
            lambda: _("Something about it does not agree. Evidence must answer it by {about}."),
        ),
        "joined": (
            lambda: _("Joined to another record"),
            lambda: _("Both are one weapon; its life goes on there."),
        ),
        "withdrawn": (
            lambda: _("Record withdrawn"),
            lambda: _("No weapon stands behind it. It stays to be read."),
        ),
    }
)
_CLOSINGS: Final[Mapping[Closing, _Words]] = MappingProxyType(
    {
        "recover": lambda: _("It is back"),
        "settle_custody": lambda: _("Say where it is"),
        "settle_marks": lambda: _("Say which mark stands"),
        "open_card": lambda: _("Show both sides"),
        "judge": lambda: _("Decide about what was written without right"),
        "compare": lambda: _("Compare"),
        "correct": lambda: _("Correct"),
        "inspect": lambda: _("Inspect"),
        "move": lambda: _("Say where it is"),
        "mark": lambda: _("Mark it"),
        "verify_mark": lambda: _("Read the mark"),
        "read_back": lambda: _("Second reading"),
        "photograph": lambda: _("Add photos"),
        "safety": lambda: _("Safety check"),
        "open_other": lambda: _("Open that record"),
        "reinstate": lambda: _("Put back"),
        "investigate": lambda: _("Show evidence"),
    }
)
