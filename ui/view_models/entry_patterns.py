"""What the fields of fast entry offer of the site's own: its places, its models of late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from stockpile.domain.places import Place
from stockpile.services.ports import RegisterFilter
from stockpile.services.stockpile import Stockpile

_RECENT: Final = 500


@dataclass(frozen=True, slots=True)
class Pattern:
    """A model as it was entered before: what a known model fills in."""

    type: str
    make: str
    model: str
    calibre: str


@dataclass(frozen=True, slots=True)
class Offered:
    """What the fields offer: the open places, and the models that came on record lately."""

    places: tuple[Place, ...]
    patterns: tuple[Pattern, ...]


def offered(stockpile: Stockpile) -> Offered:
    """Return what the fields offer now; asked on the books lane."""
    register, among = stockpile.register, RegisterFilter()
    last = max(0, (register.count(among) - 1) // _RECENT)
    rows = register.page("recorded", last, _RECENT, among)
    seen = (Pattern(row.type, row.make, row.model, row.calibre) for row in reversed(rows))
    return Offered(stockpile.places.all(), _distinct(seen))


def _distinct(patterns: Iterable[Pattern]) -> tuple[Pattern, ...]:
    """Return each model once, as it was entered last."""
    by_model: dict[str, Pattern] = {}
    for pattern in patterns:
        if pattern.model:
            by_model.setdefault(pattern.model.casefold(), pattern)
    return tuple(by_model.values())
