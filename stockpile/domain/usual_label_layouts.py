"""The layout that a label of any size begins as: name above, Data Matrix at the right, bars below.

Lengths are in micrometres. What has no room is left out, the least important first: the last of
the lines, then the bars. A tag that is wrapped around bears the same at both of its ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from stockpile.domain.facts import Box, LabelElement, LabelLayoutSet
from stockpile.domain.label_layouts import Kind

_MARGIN: Final = (1_500, 6_000)
_MARGIN_PART: Final = 12
_MATRIX: Final = 10_200
"""The box of a Data Matrix with its white whose modules are 0.5 mm: what 203 dpi read safely."""
_MATRIX_PART: Final = 0.26
_WIDEST_MATRIX: Final = 0.35
_BARS_NEED: Final = 50_500
"""The box of a Code 128 with its white whose bars are 0.25 mm."""
_BARS: Final = (5_000, 25_000)
_BARS_PART: Final = 0.2
_TAG: Final = (2_800, 9_000)
_TAG_PART: Final = 0.09
_GAP: Final = 700
_LEAST_ROW: Final = 2_300
_MOST_ROW: Final = (9_000, 15_000)
"""How high a line is at most: on a card that hangs on a crate it is read from some metres."""
_ROW_PART: Final = 10
_NAME_ROWS: Final = 2.0
_Line = Literal[
    "model", "type", "calibre", "place", "number", "site", "matrix", "code128", "tag"
]  # fmt: skip
_LINES: Final[Mapping[Kind, tuple[_Line, ...]]] = {
    "weapon": ("model", "type", "calibre"),
    "tie_on": ("model", "type", "calibre"),
    "trigger_guard": ("model", "calibre"),
    "rack": ("place", "number", "site"),
    "crate": ("place", "number", "site"),
    "location": ("place", "number", "site"),
}


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a label that is printed on: its left edge and its size."""

    left: int
    width: int
    height: int

    @property
    def margin(self) -> int:
        return _within(min(self.width, self.height) // _MARGIN_PART, _MARGIN)


def usual_layout(
    width: int, height: int, kind: Kind = "weapon", free: Sequence[Box] = (), name: str = ""
) -> LabelLayoutSet:
    """Return the layout that a label of this size and kind begins as."""
    parts = _parts(width, height, free)
    elements = tuple(element for part in parts for element in _elements(part, kind))
    return LabelLayoutSet(name, kind, width, height, elements)


def _parts(width: int, height: int, free: Sequence[Box]) -> list[_Part]:
    """Return what is left and right of the areas on which nothing is printed."""
    parts, left = [], 0
    for area in sorted(free, key=lambda one: one.x):
        parts.append(_Part(left, area.x - left, height))
        left = area.x + area.width
    parts.append(_Part(left, width - left, height))
    return [one for one in parts if one.width > _MATRIX]


def _elements(part: _Part, kind: Kind) -> Iterator[LabelElement]:
    margin = part.margin
    inner = part.height - 2 * margin
    tag = _within(round(part.height * _TAG_PART), _TAG)
    bars = _within(round(part.height * _BARS_PART), _BARS)
    has_bars = part.width >= _BARS_NEED and inner >= _MATRIX + tag + bars + 2 * _GAP
    below = tag + bars + 2 * _GAP if has_bars else tag + _GAP
    side = min(round(part.height * _MATRIX_PART), round(part.width * _WIDEST_MATRIX))
    side = max(_MATRIX, side)
    side = min(side, inner - below if has_bars else inner)
    column = part.width - 2 * margin - side - _GAP
    left = part.left + margin
    most = _within(part.height // _ROW_PART, _MOST_ROW)
    yield from _lines(kind, Box(left, margin, column, inner - below), most)
    yield _element("matrix", left + column + _GAP, margin, side, side)
    foot = part.height - margin - tag
    if has_bars:
        # The white that the bars need at both sides may lie in the label's margin.
        aside = min(margin, (part.width - _BARS_NEED) // 2)
        room = part.width - 2 * aside
        yield _element("code128", part.left + aside, foot - _GAP // 2 - bars, room, bars)
    yield _element("tag", left, foot, part.width - 2 * margin if has_bars else column, tag)


def _lines(kind: Kind, room: Box, most: int) -> Iterator[LabelElement]:
    """Return the name and as many lines below it as have room."""
    lines = _LINES[kind]
    count = max(min(len(lines), int(room.height / _LEAST_ROW - _NAME_ROWS)), 0)
    each = min(int(room.height / (_NAME_ROWS + count)), most)
    name = min(round(each * _NAME_ROWS), room.height)
    yield LabelElement("headline", room.x, room.y, room.width, name, bold=True)
    for number, what in enumerate(lines[:count]):
        yield _element(what, room.x, room.y + name + number * each, room.width, each)


def _element(what: _Line, left: int, top: int, width: int, height: int) -> LabelElement:
    return LabelElement(what, left, top, width, height)


def _within(value: int, limits: tuple[int, int]) -> int:
    least, most = limits
    return max(least, min(value, most))
