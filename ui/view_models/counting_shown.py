"""A count as it is shown: its lines, its readings, and the lists that lines go between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from stockpile.domain.closing_counts import Found
from stockpile.domain.counting import LineKind, Tally
from stockpile.domain.errors import StockpileError
from stockpile.domain.opening_counts import Stocktake
from stockpile.domain.places import Place
from stockpile.domain.values import Instant, PlaceId
from stockpile.domain.weapons import CustodyState
from stockpile.services.scanning import Scanned

ItemKind = LineKind | Literal["stranger"]
Came = Literal[
    "found", "extra", "explained", "twice", "misplaced", "unexpected", "missing", "stranger",
    "several", "place", "no_place", "outside", "person", "document", "command", "unknown",
    "refused", "sheet",
]  # fmt: skip
"""What a reading came to: what the service says of a weapon, or: a rack's card; a weapon before any
rack; a place that is not counted; a person's card, a paper, a command; typed, and on no
record; refused by a rule; a sheet that was filled by hand, with ``text`` the number of its rows."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the count as it is shown; ``key`` is the weapon, or the text of a stranger.

    ``place`` is where the record has it, ``seen`` where it was seen, by their names; ``order`` is
    the way along the racks.
    """

    key: str
    kind: ItemKind
    identifier: str
    model: str = ""
    place: str = ""
    seen: str = ""
    state: CustodyState | Literal[""] = ""
    holder: str = ""
    since: Instant = 0
    seen_at: Instant = 0
    why: str = ""
    twice: bool = False
    expected: bool = True
    recounted: bool = False
    order: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Rack:
    """The place in hand: its name with what it lies in, and how many were seen there."""

    place: Place
    path: str
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Number:
    """How many of a type (empty: of any) were counted at a place, beside how many there were.

    ``counted`` None says that nobody counted there yet.
    """

    place: PlaceId
    path: str
    type: str
    counted: int | None
    expected: int
    agrees: bool


@dataclass(frozen=True, slots=True)
class Read:
    """One reading, what it came to, and what changed with it."""

    text: str
    came: Came
    at: Instant
    item: Item | None = None
    changed: tuple[Item, ...] = ()
    tally: Tally = field(default_factory=Tally)
    rack: Rack | None = None
    alarm: bool = False
    again: bool = False
    error: StockpileError | None = None
    numbers: tuple[Number, ...] = ()
    scanned: Scanned | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A count as it stands when it is opened or gone on with.

    ``counters`` are names; ``places`` those that are counted, in the order of the racks; ``types``
    those that are counted by number, and ``numbers`` what was counted so far.
    """

    stocktake: Stocktake
    where: str
    counters: tuple[str, ...]
    at: Instant
    items: tuple[Item, ...]
    tally: Tally
    rack: Rack | None
    round: int
    places: tuple[Rack, ...] = ()
    types: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """What a count comes to: lines and numbers, its differences as shown, names of places."""

    stocktake: Stocktake
    found: Found
    items: tuple[Item, ...]
    places: Mapping[PlaceId, str]


class Lists:
    """Every line in the one list where it belongs; a line that changes goes from one to another."""

    def __init__(self) -> None:
        self._lists: dict[ItemKind, dict[str, Item]] = {}
        self._kind: dict[str, ItemKind] = {}

    def of(self, *kinds: ItemKind) -> list[Item]:
        """Return the lines of these kinds, in the order in which they became so."""
        return [item for kind in kinds for item in self._lists.get(kind, {}).values()]

    def keep(self, items: Iterable[Item]) -> None:
        """Put each line into the list where it belongs now."""
        for item in items:
            before = self._kind.get(item.key)
            if before is not None and before != item.kind:
                del self._lists[before][item.key]
            self._kind[item.key] = item.kind
            self._lists.setdefault(item.kind, {})[item.key] = item

    def clear(self) -> None:
        """Forget them all."""
        self._lists.clear()
        self._kind.clear()
