"""Armoury, rack, crate: where a weapon may be.

1. A place is within another or stands by itself; never, at any depth, within itself.
2. A code names one place, so that a scanner can say it.
3. A place that holds something is not closed: neither weapons nor places would be anywhere.
4. How much fits is said, not enforced: a rack that is too full is a fact of life.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypedDict, get_args

from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    PlaceCodeTaken,
    PlaceOccupied,
    PlaceWithinItself,
    RangeTooLong,
)
from stockpile.domain.facts import Draft, PlaceChanged, PlaceClosed, PlaceOpened
from stockpile.domain.ranges import SerialRange, parse_range
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, PlaceId, search_key, tidied

PlaceKind = Literal["site", "building", "room", "rack", "slot", "crate", "vehicle"]
KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)
MOST_AT_ONCE = 200
"""Places opened in one row; more is a slip of the key."""


class Told(TypedDict, total=False):
    """What may be said of a place beside its name and kind; what is not named stays."""

    country: str
    capacity: int
    holds: tuple[str, ...]
    tag: str
    across: int
    down: int


class Change(Told, total=False):
    """What may be said anew of a place; what is not named stays."""

    name: str
    kind: str
    within: PlaceId | None
    code: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it stands on record; the fields mean what they mean in ``PlaceOpened``."""

    id: PlaceId
    name: str
    kind: PlaceKind
    within: PlaceId | None
    country: str = ""
    code: str = ""
    capacity: int = 0
    holds: tuple[str, ...] = ()
    tag: str = ""
    across: int = 0
    down: int = 0

    def answers_to(self, text: str) -> bool:
        """Say whether the text names this place: its id, its name or its code."""
        wanted = search_key(text)
        names = [search_key(name) for name in (self.name, self.code, self.tag) if name]
        return text == self.id or (bool(wanted) and wanted in names)

    def takes(self, *words: str) -> bool:
        """Say whether a weapon of this type or model belongs here; anything does where none is."""
        wanted = {search_key(one) for one in self.holds}
        return not wanted or any(search_key(word) in wanted for word in words if word)


@dataclass(frozen=True, slots=True)
class Branch:
    """A place with what is in it: weapons in the place itself, and the places within."""

    place: Place
    here: int
    branches: tuple[Branch, ...] = ()

    @property
    def total(self) -> int:
        """How many weapons are in it at any depth."""
        return self.here + sum(one.total for one in self.branches)


def place_of(reference: Reference) -> Place | None:
    """Return the open place that a reference stands for."""
    body = reference.now
    if not isinstance(body, PlaceOpened | PlaceChanged):
        return None
    return Place(
        PlaceId(reference.subject), body.name, body.kind, body.within, body.country, body.code,
        body.capacity, body.holds, body.tag, body.across, body.down,
    )  # fmt: skip


def place_name(reference: Reference) -> str | None:
    """Return what a place is called, or was before it was closed; None for what is no place."""
    bodies = (*(head.body for head in reversed(reference.standing)), reference.opened)
    named = (one for one in bodies if isinstance(one, PlaceOpened | PlaceChanged))
    return next((one.name for one in named), None)


def told_of(place: Place, told: Change) -> Place:
    """Return the place with what is said of it now.

    Raises FieldMissing without a name, FieldUnreadable for no kind of place or a negative number.
    """
    kind = read_kind(told.get("kind", place.kind))
    said = replace(place, **{name: value for name, value in told.items() if name != "kind"})  # type: ignore[arg-type]  # Change names fields of Place only
    for field in ("capacity", "across", "down"):
        if getattr(said, field) < 0:
            raise FieldUnreadable(field, str(getattr(said, field)))
    if not tidied(said.name):
        raise FieldMissing("name")
    holds = tuple(dict.fromkeys(tidied(one) for one in said.holds if tidied(one)))
    return replace(said, name=tidied(said.name), kind=kind, code=tidied(said.code), holds=holds)


def row_of(said: Change) -> tuple[Change, ...]:
    """Return what is said of each place of a row: ``Rack 1..25`` are twenty-five.

    A code counts up with the names. Raises RangeTooLong, and FieldUnreadable for a code that does
    not count as far as the names.
    """
    name, code = said.get("name", ""), said.get("code", "")
    run, codes = _run(name), _run(code)
    if run is None:
        return (said,)
    if run.count > MOST_AT_ONCE:
        raise RangeTooLong(run.count, MOST_AT_ONCE)
    if code and (codes is None or codes.count != run.count):
        raise FieldUnreadable("code", code)
    named = codes.serials() if codes else ("",) * run.count
    return tuple(
        said | {"name": one, "code": two} for one, two in zip(run.serials(), named, strict=True)
    )


def _run(text: str) -> SerialRange | None:
    """Return the run a text names; of its end the number is enough, as people write it."""
    short = re.fullmatch(r"(.*?)(\d+)\s*(?:\.\.+|…)\s*(\d+)", tidied(text))
    return parse_range(f"{short[1]}{short[2]}..{short[1]}{short[3]}" if short else text)


def demand_allowed(place: Place, among: Mapping[PlaceId, Place]) -> None:
    """Raise PlaceWithinItself or PlaceCodeTaken where a place may not stand so among the others."""
    above = place.within
    seen: set[PlaceId] = set()
    while above is not None and above not in seen:
        if above == place.id:
            raise PlaceWithinItself(place.name)
        seen.add(above)
        above = among[above].within if above in among else None
    code = search_key(place.code)
    for other in among.values():
        if code and other.id != place.id and search_key(other.code) == code:
            raise PlaceCodeTaken(place.code, other.name)


def opened_as(place: Place) -> Draft:
    """Return the fact that opens a place as it is said to be."""
    return Draft(
        place.id,
        PlaceOpened(
            place.name, place.kind, place.within, place.country, place.code, place.capacity,
            place.holds, place.tag, place.across, place.down,
        ),
    )  # fmt: skip


def changed_to(place: Place, heads: tuple[Digest, ...], reason: str = "") -> Draft:
    """Return the fact that says all of a place anew."""
    return Draft(
        place.id,
        PlaceChanged(
            place.name, place.kind, place.within, place.country, place.code, place.capacity,
            place.holds, place.tag, place.across, place.down, reason.strip(),
        ),
        heads,
    )  # fmt: skip


def closed(
    place: Place, heads: tuple[Digest, ...], reason: str, *, weapons: int, places: int
) -> Draft:
    """Close a place; raises FieldMissing without a reason, PlaceOccupied while it holds anything.

    ``weapons`` are those in it at any depth and those out that belong there.
    """
    if not reason.strip():
        raise FieldMissing("reason")
    if weapons or places:
        raise PlaceOccupied(place.name, weapons, places)
    return Draft(place.id, PlaceClosed(reason.strip()), heads)


def trees(places: Iterable[Place], here: Mapping[str, int]) -> tuple[Branch, ...]:
    """Return the places as they stand within each other, each level by its place on the plan.

    What stands in a place that is not open, or in a ring that two nodes made without knowing of
    each other, begins a tree of its own: every open place is in it once.
    """
    known = {one.id: one for one in places}
    inside: dict[PlaceId | None, list[Place]] = {}
    for one in sorted(known.values(), key=order):
        above = one.within if one.within in known and not _is_in_ring(one, known) else None
        inside.setdefault(above, []).append(one)

    def grown(place: Place) -> Branch:
        below = tuple(grown(one) for one in inside.get(place.id, ()))
        return Branch(place, here.get(place.id, 0), below)

    return tuple(grown(one) for one in inside.get(None, ()))


def within(place: PlaceId, among: Iterable[Place]) -> frozenset[PlaceId]:
    """Return a place and all that stand in it at any depth."""
    inside: dict[PlaceId | None, list[PlaceId]] = {}
    for one in among:
        inside.setdefault(one.within, []).append(one.id)
    found, waiting = {place}, [place]
    while waiting:
        fresh = [one for one in inside.get(waiting.pop(), ()) if one not in found]
        found.update(fresh)
        waiting += fresh
    return frozenset(found)


def path(place: Place, among: Mapping[PlaceId, Place]) -> tuple[Place, ...]:
    """Return the places from the outermost down to this one."""
    found = [place]
    while (above := among.get(found[-1].within or PlaceId(""))) and above not in found:
        found.append(above)
    return tuple(reversed(found))


def laid_out(places: Sequence[Place], across: int) -> dict[PlaceId, tuple[int, int]]:
    """Return where each place stands on a plan so many fields wide: (across, down) from 1.

    One that is said to stand where another does already, or nowhere, takes the next free field.
    """
    taken: dict[tuple[int, int], PlaceId] = {}
    homeless = []
    for place in places:
        field = (place.across, place.down)
        if all(field) and field not in taken:
            taken[field] = place.id
        else:
            homeless.append(place)
    free = ((x, y) for y in range(1, 10_000) for x in range(1, across + 1) if (x, y) not in taken)
    for place, field in zip(homeless, list(_first(free, len(homeless))), strict=True):
        taken[field] = place.id
    return {place: field for field, place in taken.items()}


def _first(fields: Iterable[tuple[int, int]], count: int) -> Iterable[tuple[int, int]]:
    return (field for _number, field in zip(range(count), fields, strict=False))


def read_kind(text: str) -> PlaceKind:
    """Return the kind of place written in the text."""
    for kind in KINDS:
        if kind == text.strip().lower():
            return kind
    raise FieldUnreadable("kind", text)


def _is_in_ring(place: Place, known: Mapping[PlaceId, Place]) -> bool:
    seen: set[PlaceId] = set()
    above = place.within
    while above is not None and above in known and above not in seen:
        if above == place.id:
            return True
        seen.add(above)
        above = known[above].within
    return False


def order(place: Place) -> tuple[tuple[int, int], tuple[tuple[int, str], ...]]:
    """Return the key that sorts by the plan, then by name: Rack 2 stands before Rack 10."""
    where = (place.down or 10_000, place.across or 10_000)
    parts = re.split(r"(\d+)", place.name.casefold())
    return where, tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)
