"""Armoury, rack, crate: where a weapon may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from stockpile.domain.errors import FieldMissing, FieldUnreadable
from stockpile.domain.facts import Draft, PlaceChanged, PlaceOpened
from stockpile.domain.references import Reference
from stockpile.domain.values import PlaceId, search_key, tidied

PlaceKind = Literal["site", "building", "room", "rack", "slot", "crate", "vehicle"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it stands on record."""

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


def place_of(reference: Reference) -> Place | None:
    """Return the open place that a reference stands for."""
    body = reference.now
    if not isinstance(body, PlaceOpened | PlaceChanged):
        return None
    return Place(
        PlaceId(reference.subject), body.name, body.kind, body.within, body.country, body.code,
        body.capacity, body.holds, body.tag, body.across, body.down,
    )  # fmt: skip


def open_place(
    place: PlaceId, name: str, kind: str, within: PlaceId | None, code: str = ""
) -> Draft:
    """Open a place; raises FieldMissing without a name, FieldUnreadable for no kind of place."""
    if not tidied(name):
        raise FieldMissing("name")
    return Draft(place, PlaceOpened(tidied(name), read_kind(kind), within, code=tidied(code)))


def read_kind(text: str) -> PlaceKind:
    """Return the kind of place written in the text."""
    for kind in get_args(PlaceKind):
        if kind == text.strip().lower():
            return kind  # type: ignore[no-any-return]  # get_args is untyped
    raise FieldUnreadable("kind", text)
