"""What a list is narrowed to, in words: choices with their counts, chips, and saved filters."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Final, get_args

from stockpile import wording
from stockpile.domain.places import Place
from stockpile.domain.values import Instant
from stockpile.language import _
from stockpile.services.ports import Facet, RegisterFilter
from stockpile.services.stockpile import Stockpile
from stockpile.wording import Names

FACETS: Final[tuple[Facet, ...]] = get_args(Facet)
ANSWERS: Final = ("marked", "serial", "read_back", "photos", "unfit", "deactivated")
NAMED: Final = ("holder", "home")
WRITTEN: Final = ("paper", "due_by", "inspect_by")
LIST: Final = "list:"
"""Before the name of a list of the register that another page leads to."""
_MOST: Final = 500
"""So many values of a facet are offered; the rest is typed."""
_EMPTY: Final = RegisterFilter()


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet: what is kept, what is shown, and how many weapons have it."""

    value: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Options:
    """What a list may be narrowed to, as it stands, and how many weapons are left."""

    among: RegisterFilter
    count: int
    values: Mapping[Facet, tuple[Option, ...]]


@dataclass(frozen=True, slots=True)
class Saved:
    """A filter with the name that it was saved under."""

    name: str
    among: RegisterFilter


@dataclass(frozen=True, slots=True)
class Narrowed:
    """One thing said of a list, in words, and the filter without it."""

    words: str
    without: RegisterFilter


def options(stockpile: Stockpile, among: RegisterFilter) -> Options:
    """Return the choices of every facet; on the books lane."""
    names, places = stockpile.names(), stockpile.places.all()
    register = stockpile.register
    values = {facet: _options(stockpile, facet, among, names) for facet in FACETS}
    values["place"] = _places(places, {one.value: one.count for one in values["place"]})
    return Options(among, register.count(among), values)


def _options(
    stockpile: Stockpile, facet: Facet, among: RegisterFilter, names: Names
) -> tuple[Option, ...]:
    found = stockpile.register.values(facet, among)
    most = None if facet == "place" else _MOST
    return tuple(
        Option(one.value, value_words(facet, one.value, names), one.count)
        for one in found[:most]
        if one.value
    )


def _places(places: Iterable[Place], counts: Mapping[str, int]) -> tuple[Option, ...]:
    """Return the places, each with the weapons in it at any depth."""
    known = {place.id: place for place in places}
    sums = dict.fromkeys(known, 0)
    for place in known.values():
        at: Place | None = place
        seen: set[str] = set()
        while at is not None and at.id not in seen:
            seen.add(at.id)
            sums[at.id] += counts.get(place.id, 0)
            at = known.get(at.within) if at.within else None
    return tuple(Option(one.id, _place_words(one, known), sums[one.id]) for one in known.values())


def _place_words(place: Place, known: Mapping[Any, Place]) -> str:
    within = known.get(place.within)
    if within is None:
        return place.name
    return _("{place}, {within}").format(place=place.name, within=within.name)


def facet_title(name: str) -> str:
    """Return what a facet, an answer or a bound of time is called."""
    return _TITLES[name]()


def value_words(facet: str, value: str, names: Names) -> str:
    """Return a value of a facet as people say it."""
    match facet:
        case "status":
            return wording.status(value)
        case "condition":
            return wording.condition(value)
        case "type":
            return wording.weapon_type(value)
        case "officer" | "place" | "holder" | "home":
            return names.of(value)
        case "document":
            return value[:12]
        case _:
            return value


def said(among: RegisterFilter, names: Names) -> tuple[Narrowed, ...]:
    """Return everything that a filter says, one by one; the text apart, which has its own field."""
    return tuple(_said(among, names))


def _said(among: RegisterFilter, names: Names) -> Iterator[Narrowed]:
    pair = _("{title}: {value}")
    for name in (*FACETS, *NAMED, *WRITTEN):
        value = getattr(among, name)
        if value:
            shown = pair.format(title=facet_title(name), value=value_words(name, value, names))
            yield Narrowed(shown, _without(among, name))
    for name in ANSWERS:
        answer = getattr(among, name)
        if answer is not None:
            yield Narrowed(_ANSWERED[name, answer](), _without(among, name))
    if among.unmarked:
        yield Narrowed(_ANSWERED["marked", False](), _without(among, "unmarked"))
    for name in ("since", "until"):
        at = getattr(among, name)
        if at:
            day = _day_words(at - 1 if name == "until" else at)
            shown = pair.format(title=facet_title(name), value=day)
            yield Narrowed(shown, _without(among, name))


def _without(among: RegisterFilter, name: str) -> RegisterFilter:
    return replace(among, **{name: getattr(_EMPTY, name)})  # a default is of the right type


def day_start(text: str) -> Instant | None:
    """Return the instant at which a day begins here, written as 2026-11-25; None for no day."""
    try:
        return int(datetime.strptime(text.strip(), "%Y-%m-%d").astimezone().timestamp() * 1000)
    except ValueError:
        return None


def day_end(text: str) -> Instant | None:
    """Return the instant at which a day is over here."""
    start = day_start(text)
    if start is None:
        return None
    day = datetime.fromtimestamp(start / 1000).astimezone() + timedelta(days=1, hours=2)
    return day_start(day.strftime("%Y-%m-%d"))  # two hours more: a day may have twenty-five


def _day_words(at: Instant) -> str:
    return datetime.fromtimestamp(at / 1000).astimezone().strftime("%Y-%m-%d")


def day_of(at: Instant) -> str:
    """Return the day of a bound of time as it is typed; nothing for none."""
    return _day_words(at) if at else ""


# --- saved --------------------------------------------------------------------------------------


def built_in(now: Instant) -> tuple[Saved, ...]:
    """Return the filters that everybody has."""
    today = day_start(_day_words(now)) or 0
    return (
        Saved(_("No mark of ours"), RegisterFilter(marked=False)),
        Saved(_("No serial"), RegisterFilter(serial=False)),
        Saved(_("Not read back"), RegisterFilter(read_back=False, serial=True)),
        Saved(_("Lost"), RegisterFilter(status="lost")),
        Saved(_("Recorded today"), RegisterFilter(since=today)),
    )


def list_named(argument: str, now: Instant) -> RegisterFilter | None:
    """Return the list that another page asks the register for by name; None for no list."""
    if not argument.startswith(LIST):
        return None
    match argument.removeprefix(LIST):
        case "unfit":
            return RegisterFilter(unfit=True)
        case "inspection":
            return RegisterFilter(inspect_by=_day_words(now))
        case status:
            return RegisterFilter(status=status)


def written(saved: Iterable[Saved]) -> str:
    """Return saved filters as the settings keep them: what they say and no more."""
    said_of = [{"name": one.name, **_said_fields(one.among)} for one in saved]
    return json.dumps(said_of, ensure_ascii=False)


def _said_fields(among: RegisterFilter) -> dict[str, object]:
    empty = asdict(_EMPTY)
    return {name: value for name, value in asdict(among).items() if value != empty[name]}


def read(text: str) -> tuple[Saved, ...]:
    """Return the filters that were saved; what is not readable is left out."""
    try:
        kept = json.loads(text or "[]")
    except ValueError:
        return ()
    found = (_read_one(one) for one in kept if isinstance(one, dict))
    return tuple(one for one in found if one is not None)


def _read_one(kept: dict[str, Any]) -> Saved | None:
    types = {one.name: type(getattr(_EMPTY, one.name)) for one in fields(RegisterFilter)}
    said_of = {
        name: value for name, value in kept.items()
        if name in types and (isinstance(value, types[name]) or name in ANSWERS)
    }  # fmt: skip
    name = str(kept.get("name", "")).strip()
    return Saved(name, RegisterFilter(**said_of)) if name else None


_TITLES: Final = {
    "type": lambda: _("Type"),
    "make": lambda: _("Make"),
    "model": lambda: _("Model"),
    "calibre": lambda: _("Calibre"),
    "place": lambda: _("Place"),
    "officer": lambda: _("Recorded by"),
    "country": lambda: _("Country"),
    "year": lambda: _("Year"),
    "document": lambda: _("From list"),
    "condition": lambda: _("Condition"),
    "status": lambda: _("Status"),
    "since": lambda: _("Recorded since"),
    "until": lambda: _("Recorded until"),
    "marked": lambda: _("Mark of ours"),
    "serial": lambda: _("Serial"),
    "read_back": lambda: _("Second reading"),
    "photos": lambda: _("Photo"),
    "unfit": lambda: _("Unfit to be issued"),
    "deactivated": lambda: _("Deactivated"),
    "holder": lambda: _("With"),
    "home": lambda: _("Belongs to"),
    "paper": lambda: _("Paper"),
    "due_by": lambda: _("Due back by"),
    "inspect_by": lambda: _("Inspection due by"),
}
_ANSWERED: Final = {
    ("marked", True): lambda: _("Marked"),
    ("marked", False): lambda: _("Not marked"),
    ("serial", True): lambda: _("With serial"),
    ("serial", False): lambda: _("No serial"),
    ("read_back", True): lambda: _("Read back"),
    ("read_back", False): lambda: _("Not read back"),
    ("photos", True): lambda: _("With photo"),
    ("photos", False): lambda: _("No photo"),
    ("unfit", True): lambda: _("Unfit"),
    ("unfit", False): lambda: _("Not unfit"),
    ("deactivated", True): lambda: _("Deactivated"),
    ("deactivated", False): lambda: _("Not deactivated"),
}
