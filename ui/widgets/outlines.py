"""Drawings written as lines of text: parts of a thing, each a rounded polygon with its holes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import cos, hypot, pi, sin
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

_ROUND_CORNERS: Final = 32
_NAMELESS: Final = "-"


@dataclass(frozen=True, eq=False)
class Part:
    """One part: the component it is, empty for one that bears no numbers, and its shape."""

    component: str
    path: QPainterPath

    @property
    def room(self) -> QRectF:
        """Return the rectangle that the part lies in."""
        return self.path.boundingRect()


@dataclass(frozen=True, eq=False)
class Outline:
    """A thing seen from its left side, parts in the order of drawing, the last on top."""

    name: str
    parts: tuple[Part, ...]

    @cached_property
    def room(self) -> QRectF:
        """Return the rectangle that the whole thing lies in."""
        whole = QRectF()
        for part in self.parts:
            whole = whole.united(part.room)
        return whole

    def of(self, component: str) -> Part | None:
        """Return the largest part that is this component, if it is drawn."""
        found = [part for part in self.parts if component and part.component == component]
        return max(found, key=lambda part: part.room.width() * part.room.height(), default=None)


def outline(name: str, text: str) -> Outline:
    """Return the drawing that a text describes, a part a line.

    A line holds the component (``-`` for none), the radius of its corners, and points as ``x,y``;
    after a ``|``, which may begin a line, the points of a hole follow. ``o`` in place of the
    radius makes a disc of a centre and a radius.
    """
    lines = text.strip().replace("\n|", " |").splitlines()
    return Outline(name, tuple(map(_part, lines)))


def rounded_polygon(points: list[QPointF], radius: float) -> QPainterPath:
    """Return a closed polygon with round corners, tighter where two corners lie close together."""
    path = QPainterPath()
    ring = [points[-1], *points, points[0]]
    for number, (before, corner) in enumerate(pairwise(ring[:-1])):
        after = ring[number + 2]
        start, end = _towards(corner, before, radius), _towards(corner, after, radius)
        if number:
            path.lineTo(start)
        else:
            path.moveTo(start)
        path.quadTo(corner, end)
    path.closeSubpath()
    return path


def _part(line: str) -> Part:
    component, rounding, *rest = line.split()
    shapes = " ".join(rest).split("|")
    path = QPainterPath()
    for shape in shapes:
        path.addPath(_shape(shape.split(), rounding))
    return Part("" if component == _NAMELESS else component, path)


def _shape(words: list[str], rounding: str) -> QPainterPath:
    if rounding == "o":
        centre, radius = _point(words[0]), float(words[1])
        path = QPainterPath()
        path.addPolygon(_disc(centre, radius))
        path.closeSubpath()
        return path
    return rounded_polygon([_point(word) for word in words], float(rounding))


def _disc(centre: QPointF, radius: float) -> list[QPointF]:
    turns = (2 * pi * corner / _ROUND_CORNERS for corner in range(_ROUND_CORNERS))
    return [centre + QPointF(radius * cos(turn), radius * sin(turn)) for turn in turns]


def _point(word: str) -> QPointF:
    across, down = word.split(",")
    return QPointF(float(across), float(down))


def _towards(corner: QPointF, other: QPointF, radius: float) -> QPointF:
    """Return the point on the way to another corner where the rounding begins."""
    way = other - corner
    length = hypot(way.x(), way.y())
    share = min(radius, length / 2) / length if length else 0.0
    return corner + way * share
