"""What was said last of the weapons of each place, kept by this machine over a restart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from stockpile.domain.receiving import Description
from stockpile.domain.values import PlaceId

MOST: Final = 40
"""So many places are remembered, those used last."""

REPEATED: Final = (
    "type", "make", "model", "calibre", "country", "year", "condition", "action", "origin", "frame",
    "custody", "mode", "on", "where", "case", "import_country", "import_year", "importer",
)  # fmt: skip
"""What is said of a whole batch; remarks, missing parts and a safety check are one weapon's."""


def header_of(said: Description) -> Description:
    """Return what of a description is said of the whole batch."""
    texts = {name: getattr(said, name) for name in REPEATED}
    return replace(Description(), grounds=said.grounds, **texts)


@dataclass(frozen=True, slots=True)
class Headers:
    """The place used last, and what was said in each place, the newest last."""

    last: PlaceId | None = None
    by_place: Mapping[str, Description] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, place: PlaceId | None) -> Description | None:
        """Return what was said last of the weapons of a place."""
        return self.by_place.get(place) if place is not None else None

    def with_(self, place: PlaceId, said: Description) -> Headers:
        """Return the headers with that of one place said anew."""
        others = {key: one for key, one in self.by_place.items() if key != place}
        kept = dict(list(others.items())[-(MOST - 1) :])
        return Headers(place, MappingProxyType({**kept, place: header_of(said)}))

    def written(self) -> str:
        """Return the headers as this machine's settings keep them."""
        places = {place: _written(said) for place, said in self.by_place.items()}
        return json.dumps({"last": self.last or "", "places": places}, ensure_ascii=False)


def read_headers(text: str) -> Headers:
    """Return what the settings kept; nothing where they were changed by hand into nonsense."""
    try:
        told = json.loads(text) if text else {}
        places = {str(key): _read(one) for key, one in told.get("places", {}).items()}
        return Headers(PlaceId(str(told.get("last", ""))) or None, MappingProxyType(places))
    except (ValueError, AttributeError, TypeError):
        return Headers()


def _written(said: Description) -> dict[str, Any]:
    texts = {name: getattr(said, name) for name in REPEATED if getattr(said, name)}
    return {**texts, "grounds": list(said.grounds)} if said.grounds else texts


def _read(told: Mapping[str, Any]) -> Description:
    texts: dict[str, Any] = {name: str(told[name]) for name in REPEATED if name in told}
    return replace(Description(), grounds=tuple(map(str, told.get("grounds", ()))), **texts)
