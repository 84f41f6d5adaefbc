"""Where a weapon's marks are drawn: which part bears each, and where its number stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF

from ui.widgets.outlines import Outline, Part

Lane = Literal["above", "below"]
HIDDEN: Final = frozenset({"right", "bottom", "inside", "rear", "front"})
"""Positions that the left side does not show: their points are drawn hollow."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A mark as it is drawn: its text, what it is in words, and on which part it stands.

    ``component`` and ``position`` are codes of the record, ``note`` says both in words. A mark of
    ours stands out; an obliterated one is crossed.
    """

    text: str
    title: str
    component: str = ""
    position: str = ""
    note: str = ""
    ours: bool = False
    obliterated: bool = False

    @property
    def hidden(self) -> bool:
        """Say whether it stands where the left side does not show it."""
        return self.position in HIDDEN


_NEIGHBOURS: Final = MappingProxyType(
    {
        "frame": ("receiver", "lower_receiver"),
        "receiver": ("frame", "upper_receiver", "tube", "launch_tube"),
        "upper_receiver": ("slide", "receiver", "frame"),
        "lower_receiver": ("frame", "receiver"),
        "slide": ("bolt", "receiver", "frame"),
        "bolt": ("breech_block", "slide", "receiver"),
        "bolt_carrier": ("bolt", "slide", "receiver"),
        "breech_block": ("bolt", "receiver", "tube"),
        "cylinder": ("frame", "receiver"),
        "crane": ("cylinder", "frame"),
        "tube": ("launch_tube", "barrel"),
        "launch_tube": ("tube", "barrel"),
        "barrel": ("tube", "launch_tube"),
        "suppressor": ("barrel",),
        "gripstock": ("trigger_unit", "receiver"),
        "mount": ("tripod", "bipod", "receiver"),
        "tripod": ("mount", "bipod"),
        "bipod": ("tripod", "barrel"),
    }
)
"""Which part is drawn where the one that was named is not."""
_BODIES: Final = ("receiver", "frame", "launch_tube", "tube")
_SHARES: Final = MappingProxyType(
    {"top": (0.5, 0.12), "bottom": (0.5, 0.88), "front": (0.1, 0.5), "rear": (0.9, 0.5)}
)
_MIDDLE: Final = (0.5, 0.5)
_FROM, _TO = 0.18, 0.82
_HEIGHTS: Final = MappingProxyType({"upper_receiver": 0.3, "lower_receiver": 0.75})


def bearer(outline: Outline, component: str) -> Part:
    """Return the part that a mark is drawn on: the one named, its neighbour, else the body."""
    names = (component, *_NEIGHBOURS.get(component, ()), *_BODIES)
    found = (part for name in names if (part := outline.of(name)) is not None)
    return next(found, outline.parts[0])


def points(outline: Outline, signs: Sequence[Sign]) -> list[QPointF]:
    """Return where each mark stands, in the units of the drawing; several share a part's length."""
    crowd: dict[tuple[int, str], list[int]] = defaultdict(list)
    parts = [bearer(outline, sign.component) for sign in signs]
    for number, sign in enumerate(signs):
        row = sign.position if sign.position in _SHARES else ""
        crowd[id(parts[number]), row].append(number)
    placed = [QPointF()] * len(signs)
    for together in crowd.values():
        for turn, number in enumerate(together):
            placed[number] = _point(parts[number], signs[number], turn, len(together))
    return placed


def _point(part: Part, sign: Sign, turn: int, many: int) -> QPointF:
    across, down = _SHARES.get(sign.position, _MIDDLE)
    down = _HEIGHTS.get(sign.component, down)
    if many > 1:
        across = _FROM + (_TO - _FROM) * turn / (many - 1)
    room = part.room
    aimed = QPointF(room.x() + across * room.width(), room.y() + down * room.height())
    return aimed if part.path.contains(aimed) else _nearest(part, aimed)


def _nearest(part: Part, aimed: QPointF) -> QPointF:
    """Return the point of the part nearest to one beside it: a stock bends, a guard has a hole."""
    room, steps = part.room, range(1, 12)
    tried = [
        QPointF(room.x() + room.width() * x / 12, room.y() + room.height() * y / 12)
        for x in steps
        for y in steps
    ]
    inside = [point for point in tried if part.path.contains(point)]
    return min(inside, key=lambda point: (point - aimed).manhattanLength(), default=aimed)


def lanes(spots: Sequence[QPointF], middle: float, most: int) -> list[Lane]:
    """Return whether each number stands above or below the weapon.

    A point in the upper half has its number above. No lane takes more than ``most`` while the
    other has room.
    """
    chosen: list[Lane] = ["above" if spot.y() <= middle else "below" for spot in spots]
    for full, other in (("above", "below"), ("below", "above")):
        crowd = [number for number, lane in enumerate(chosen) if lane == full]
        spare = max(0, most - chosen.count(_lane(other)))
        for number in crowd[most : most + spare]:
            chosen[number] = _lane(other)
    return chosen


def _lane(name: str) -> Lane:
    return "above" if name == "above" else "below"


def spread(wanted: Sequence[float], room: QRectF, gap: float) -> list[float]:
    """Return places along a lane near the wanted ones, in their order, none nearer than the gap.

    Where the lane is too short for that they stand as far apart as it allows.
    """
    order = sorted(range(len(wanted)), key=lambda number: (wanted[number], number))
    step = min(gap, room.width() / (len(order) - 1)) if len(order) > 1 else gap
    places: list[float] = []
    for number in order:
        least = places[-1] + step if places else room.left()
        places.append(max(wanted[number], least))
    limit = room.right()
    for at in reversed(range(len(places))):
        places[at] = min(places[at], limit)
        limit = places[at] - step
    spread_out = [0.0] * len(order)
    for at, number in enumerate(order):
        spread_out[number] = places[at]
    return spread_out
