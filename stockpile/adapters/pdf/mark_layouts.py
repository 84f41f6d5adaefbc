"""A mark on paper: its zone, its dots or strokes to scale, forbidden areas and a ruler in mm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stockpile.adapters.pdf.dossier_flow import Flow
from stockpile.adapters.pdf.dossier_text import set_in
from stockpile.adapters.pdf.shaping import Hand
from stockpile.domain.drawings import Drawing
from stockpile.domain.facts import Box
from stockpile.services.documents import MarkFigure

_POINTS: Final = 72 / 25_400
"""Points in a micrometre."""
_MM: Final = 1000
_RULER: Final = 18.0
_AIR: Final = 8.0
_FIGURES: Final = 5.0
"""How high over the ruler's lower edge its figures stand."""
_TICK, _LONG_TICK = 2.0, 4.5
_HATCH: Final = 4.0
_NEAREST_TICKS: Final = 3.5
_DECIMALS: Final = 4


def draw_mark(flow: Flow, figure: MarkFigure) -> None:
    """Draw a mark with the ruler of its scale beneath it, whole on one page."""
    ratio = figure.scale * _POINTS
    width, height = figure.layout.width * ratio, figure.layout.height * ratio
    flow.demand(height + _RULER + 2 * _AIR)
    flow.y -= _AIR
    flow.figure(f"{_zone(figure, ratio)} {_cut(figure.laid.drawing, ratio)}", width, height)
    flow.y -= height + 4
    _draw_ruler(flow, figure, ratio)
    flow.y -= _RULER + _AIR


def _zone(figure: MarkFigure, ratio: float) -> str:
    """Return the outline of the zone and its forbidden areas, hatched and clipped to it."""
    layout = figure.layout
    outline = _rectangle(Box(0, 0, layout.width, layout.height), ratio)
    areas = [
        f"q {_rectangle(box, ratio)} W n 0.55 G 0.4 w {_hatched(box, ratio)} S Q"
        f" 0.55 G 0.4 w {_rectangle(box, ratio)} S"
        for box in layout.forbidden
    ]
    quiet = figure.laid.matrix_box
    zone = ""
    if quiet is not None:
        grown = Box(
            quiet.x - layout.module,
            quiet.y - layout.module,
            quiet.width + 2 * layout.module,
            quiet.height + 2 * layout.module,
        )
        zone = f"q 0.7 G 0.3 w [1.5 1.5] 0 d {_rectangle(grown, ratio)} S Q"
    inner = " ".join([*areas, zone])
    return f"q {outline} W n {inner} Q 0 G 0.5 w {outline} S"


def _cut(drawing: Drawing, ratio: float) -> str:
    """Return the cut metal: a dot is a line of no length with a round pen."""
    pen = f"0 G 1 J 1 j {_number(drawing.width_um * ratio)} w"
    return " ".join([pen, *_paths(drawing, ratio), "S"])


def _paths(drawing: Drawing, ratio: float) -> Iterator[str]:
    for dot in drawing.dots:
        place = _at(dot, ratio)
        yield f"{place} m {place} l"
    for stroke in drawing.strokes:
        first, *others = (_at(point, ratio) for point in stroke)
        yield " ".join([f"{first} m", *(f"{one} l" for one in others)])


def _hatched(box: Box, ratio: float) -> str:
    """Return slanting lines over a box; what reaches out of it is clipped."""
    left, low = box.x * ratio, box.y * ratio
    width, height = box.width * ratio, box.height * ratio
    count = int((width + height) / _HATCH) + 1
    starts = (left - height + step * _HATCH for step in range(count + 1))
    return " ".join(
        f"{_number(x)} {_number(low)} m {_number(x + height)} {_number(low + height)} l"
        for x in starts
    )


def _draw_ruler(flow: Flow, figure: MarkFigure, ratio: float) -> None:
    """Draw a tick each millimetre, a long one with its figure each ten; fewer where it is small."""
    width = figure.layout.width * ratio
    one = _MM * ratio
    step = next((mm for mm in (1, 5, 10, 50) if mm * one >= _NEAREST_TICKS), 100)
    ticks = range(0, figure.layout.width // _MM + 1, step)
    long = {mm for mm in ticks if mm % _named_each(one) == 0}
    lines = [f"0 {_RULER} m {_number(width)} {_RULER} l"]
    lines += [
        f"{_number(mm * one)} {_RULER} m"
        f" {_number(mm * one)} {_number(_RULER - (_LONG_TICK if mm in long else _TICK))} l"
        for mm in ticks
    ]
    names = [(set_in(f"{mm}", Hand.PLAIN), mm * one, _FIGURES) for mm in sorted(long)]
    flow.figure(f"0.38 G 0.4 w 0 J {' '.join(lines)} S", width, _RULER, names)


def _named_each(one: float) -> int:
    """Return after how many millimetres a figure has room."""
    return next((mm for mm in (1, 5, 10, 50) if mm * one >= 5 * _NEAREST_TICKS), 100)


def _rectangle(box: Box, ratio: float) -> str:
    numbers = (box.x, box.y, box.width, box.height)
    return " ".join([*(_number(one * ratio) for one in numbers), "re"])


def _at(point: tuple[int, int], ratio: float) -> str:
    return f"{_number(point[0] * ratio)} {_number(point[1] * ratio)}"


def _number(value: float) -> str:
    return f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".") or "0"
