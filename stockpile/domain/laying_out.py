"""Where each dot and each stroke of a mark stands in its zone, and which limit it breaks.

Micrometres throughout. One drawing serves the preview, the paper and the machine: what a person
sees is what is cut, save where the letters are the machine's own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from stockpile.domain.drawings import Drawing, Point
from stockpile.domain.facts import Box, Glyph, MarkLayoutSet
from stockpile.domain.mark_fonts import (
    COLUMNS,
    ROWS,
    STROKE_HEIGHT,
    STROKE_WIDTH,
    Strokes,
    dots_of,
    strokes_of,
)
from stockpile.domain.schemes import SIGNS

MIN_HEIGHT_UM: Final = 1600
"""EU 2019/68 as amended by 2024/325; it satisfies 27 CFR 478.92 (1.5875 mm) as well."""
MIN_DEPTH_NM: Final = 76_200
"""EU 2019/68 as amended by 2024/325, and 27 CFR 478.92: 0.003 in."""
ROUND_ENOUGH_DEGREES: Final = 30
"""How far from the top line of a cylinder a mark may reach: a rule of our own, no standard's.

There the surface has fallen away by 13 % of the radius and leans by half a right angle's third.
"""

ProblemKind = Literal[
    "outside", "forbidden", "too_low", "too_shallow", "no_glyph", "too_long", "quiet_zone",
    "overlap", "curved", "module",
]  # fmt: skip
Cells = tuple[str, ...]

_LEAST_FILL: Final = 0.6
"""Of a module's width that its dots must cover at least: 0.6 to 0.8 of drawn symbols read best."""
_LOWEST_GLYPH: Final = 2
_SOME_LETTER: Final[Cells] = ("#####", "#...#", "#...#", "#...#", "#...#", "#...#", "#####")
"""Stands for a letter that the machine may have, of which only the size is known."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A limit that the mark breaks, and where.

    ``short`` is by how much, in micrometres, where that can be said; ``limit`` what is asked for,
    in micrometres or, of a depth, in nanometres; ``signs`` the characters it is about. ``said`` is
    the sentence for a person, filled in by who knows the person's language.
    """

    kind: ProblemKind
    said: str = ""
    at: Box | None = None
    short: int = 0
    limit: int = 0
    signs: str = ""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A mark as it will be cut, its limits checked.

    ``approximate``: the letters are the machine's own, only their height and place are known.
    ``text_box`` and ``matrix_box`` hold the cut metal, the matrix without its quiet zone.
    """

    drawing: Drawing
    problems: tuple[Problem, ...]
    text_box: Box
    matrix_box: Box | None
    approximate: bool


def lay_out(
    layout: MarkLayoutSet,
    text: str,
    modules: Cells = (),
    *,
    min_height_um: int = MIN_HEIGHT_UM,
    glyphs: Sequence[Glyph] = (),
) -> LaidOut:
    """Place a text and the modules of its Data Matrix in a layout's zone.

    ``modules`` are the symbol's rows from the top, ``#`` dark, without quiet zone; they are left
    out where the layout has no Data Matrix. Nothing is refused: what is wrong stands in
    ``problems``, and is drawn all the same so that one sees it.
    """
    own = _by_sign(glyphs)
    if layout.font == "machine":
        own = _stand_ins(text) | own
    lines = wrapped(text, layout.lines)
    drawn = modules if layout.module > 0 else ()
    text_box = _text_box(layout, lines, own)
    matrix_box = _matrix_box(layout, drawn) if drawn else None
    strokes = _strokes(layout, lines, own, drawn) if layout.font == "strokes" else ()
    dots = () if layout.font == "strokes" else _dots(layout, lines, own, drawn)
    return LaidOut(
        drawing=Drawing(dots, strokes, layout.line_width),
        problems=(
            *_text_problems(layout, text, text_box, min_height_um, own),
            *(_matrix_problems(layout, text_box, matrix_box) if matrix_box is not None else ()),
        ),
        text_box=text_box,
        matrix_box=matrix_box,
        approximate=layout.font == "machine",
    )


def wrapped(text: str, lines: int) -> tuple[str, ...]:
    """Break a text at its spaces into at most so many lines, the longest as short as can be."""
    words = text.split()
    if lines <= 1 or len(words) <= 1:
        return (" ".join(words),)
    breaks = range(1, len(words))
    return min(
        ((" ".join(words[:at]), *wrapped(" ".join(words[at:]), lines - 1)) for at in breaks),
        key=lambda rows: max(map(len, rows)),
    )


def pitch(height: int, width: int) -> float:
    """Return the spacing of a letter's dots: its height is over the outside of the dots."""
    return max(height - width, 0) / (ROWS - 1)


def letter_width(height: int, width: int) -> float:
    """Return how wide a letter of this height is with dots of this diameter."""
    return (COLUMNS - 1) * pitch(height, width) + width


def dot_diameter(depth: float, tip_degrees: float) -> float:
    """Return how wide a dot is that a pin of this tip angle cuts so deep; unit as of ``depth``."""
    return 2 * depth * math.tan(math.radians(tip_degrees / 2))


def dot_depth(diameter: float, tip_degrees: float) -> float:
    """Return how deep a dot of this diameter is; unit as of ``diameter``."""
    return diameter / (2 * math.tan(math.radians(tip_degrees / 2)))


def depth_problem(measured_nm: int, min_depth_nm: int = MIN_DEPTH_NM) -> Problem | None:
    """Judge a depth that somebody measured on a coupon: no picture shows it; 0 is not measured."""
    if measured_nm <= 0 or measured_nm >= min_depth_nm:
        return None
    return Problem("too_shallow", short=(min_depth_nm - measured_nm) // 1000, limit=min_depth_nm)


def quiet_zone(layout: MarkLayoutSet, matrix: Box) -> Box:
    """Return the Data Matrix with the one module that must stay empty around it."""
    return _grown(matrix, layout.module)


def overlapping(one: Box, other: Box) -> bool:
    """Say whether two boxes share more than an edge."""
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def inside(box: Box, zone: Box) -> bool:
    """Say whether a box lies wholly in another."""
    return (
        box.x >= zone.x
        and box.y >= zone.y
        and box.x + box.width <= zone.x + zone.width
        and box.y + box.height <= zone.y + zone.height
    )


# --- the text ---------------------------------------------------------------------------------


def _stand_ins(text: str) -> dict[str, Cells]:
    """Return what stands for letters that are none of ours; the driver knows if the machine has."""
    strange = {sign for sign in text if dots_of(sign) is None}
    return {sign: dots_of(sign.upper()[:1]) or _SOME_LETTER for sign in strange}


def _by_sign(glyphs: Sequence[Glyph]) -> dict[str, Cells]:
    return {SIGNS.get(glyph.name, glyph.name): glyph.rows for glyph in glyphs if glyph.rows}


def _cells(sign: str, own: Mapping[str, Cells]) -> Cells | None:
    return own[sign] if sign in own else dots_of(sign)


def _columns(sign: str, own: Mapping[str, Cells]) -> int:
    return max(map(len, own[sign])) if sign in own else COLUMNS


def _sign_pitch(layout: MarkLayoutSet, sign: str, own: Mapping[str, Cells]) -> float:
    rows = len(own[sign]) if sign in own else ROWS
    return max(layout.text_height - layout.line_width, 0) / (max(rows, _LOWEST_GLYPH) - 1)


def _sign_width(layout: MarkLayoutSet, sign: str, own: Mapping[str, Cells]) -> float:
    return (_columns(sign, own) - 1) * _sign_pitch(layout, sign, own)


def _gap(layout: MarkLayoutSet) -> float:
    """Return the way from the last column of one letter to the first of the next."""
    return max(2 * pitch(layout.text_height, layout.line_width), layout.line_width)


def _line_step(layout: MarkLayoutSet) -> float:
    """Return the way from one line to the next: two empty rows, and never less than a dot."""
    height, width = layout.text_height, layout.line_width
    return height + max(2 * pitch(height, width), width)


def _line_width(layout: MarkLayoutSet, line: str, own: Mapping[str, Cells]) -> float:
    if not line:
        return 0
    widths = sum(_sign_width(layout, sign, own) for sign in line)
    return widths + (len(line) - 1) * _gap(layout) + layout.line_width


def _text_box(layout: MarkLayoutSet, lines: Sequence[str], own: Mapping[str, Cells]) -> Box:
    width = max(_line_width(layout, line, own) for line in lines)
    height = (len(lines) - 1) * _line_step(layout) + layout.text_height
    return Box(layout.text_x, layout.text_y, math.ceil(width), math.ceil(height) if width else 0)


def _corners(
    layout: MarkLayoutSet, lines: Sequence[str], own: Mapping[str, Cells]
) -> list[tuple[str, float, float]]:
    """Return each sign with the middle of the dot at its lower left corner."""
    half = layout.line_width // 2  # whole, so that the highest dot stands exactly where it must
    placed: list[tuple[str, float, float]] = []
    for number, line in enumerate(reversed(lines)):
        x = float(layout.text_x + half)
        y = layout.text_y + half + round(number * _line_step(layout))
        for sign in line:
            placed.append((sign, x, y))
            x += _sign_width(layout, sign, own) + _gap(layout)
    return placed


def _dots(
    layout: MarkLayoutSet, lines: Sequence[str], own: Mapping[str, Cells], modules: Cells
) -> tuple[Point, ...]:
    dots: list[Point] = []
    for sign, left, low in _corners(layout, lines, own):
        rows, step = _cells(sign, own) or (), _sign_pitch(layout, sign, own)
        dots.extend(
            (round(left + column * step), round(low + (len(rows) - 1 - row) * step))
            for row, cells in enumerate(rows)
            for column, cell in enumerate(cells)
            if cell == "#"
        )
    return (*dots, *_module_dots(layout, modules))


def _strokes(
    layout: MarkLayoutSet, lines: Sequence[str], own: Mapping[str, Cells], modules: Cells
) -> tuple[tuple[Point, ...], ...]:
    strokes: list[tuple[Point, ...]] = []
    span = max(layout.text_height - layout.line_width, 0)
    for sign, left, low in _corners(layout, lines, own):
        if sign in own:
            rows = own[sign]
            step = _sign_pitch(layout, sign, own)
            drawn, across, up = strokes_through(rows), step, step
        else:
            drawn = strokes_of(sign) or ()
            across = _sign_width(layout, sign, own) / STROKE_WIDTH
            up = span / STROKE_HEIGHT
        strokes.extend(
            tuple((round(left + x * across), round(low + y * up)) for x, y in stroke)
            for stroke in drawn
        )
    return (*strokes, *_module_strokes(layout, modules))


def strokes_through(rows: Cells) -> Strokes:
    """Return strokes that join the neighbouring dots of a glyph, in columns and rows from below.

    A dot without neighbours is a stroke from itself to itself.
    """
    dark = {
        (column, len(rows) - 1 - row)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if cell == "#"
    }
    runs: list[tuple[Point, Point]] = []
    for right, up in ((1, 0), (0, 1), (1, 1), (1, -1)):
        for x, y in sorted(dark):
            if (x - right, y - up) in dark or (x + right, y + up) not in dark:
                continue
            end = (x, y)
            while (end[0] + right, end[1] + up) in dark:
                end = (end[0] + right, end[1] + up)
            if right and up and not _needed((x, y), end, up, dark):
                continue
            runs.append(((x, y), end))
    joined = {point for run in runs for point in _along(*run)}
    return (*runs, *(((dot, dot)) for dot in sorted(dark - joined)))


def _needed(start: Point, end: Point, up: int, dark: set[Point]) -> bool:
    """Say whether a slanting run joins what no row or column of dots joins already."""
    steps = range(end[0] - start[0])
    return any(
        (start[0] + step + 1, start[1] + up * step) not in dark
        and (start[0] + step, start[1] + up * (step + 1)) not in dark
        for step in steps
    )


def _along(start: Point, end: Point) -> list[Point]:
    length = max(abs(end[0] - start[0]), abs(end[1] - start[1]))
    right, up = (end[0] - start[0]) // length, (end[1] - start[1]) // length
    return [(start[0] + right * step, start[1] + up * step) for step in range(length + 1)]


# --- the Data Matrix --------------------------------------------------------------------------


def _matrix_box(layout: MarkLayoutSet, modules: Cells) -> Box:
    columns = max(map(len, modules))
    return Box(
        layout.matrix_x, layout.matrix_y, columns * layout.module, len(modules) * layout.module
    )


def _module_dots(layout: MarkLayoutSet, modules: Cells) -> list[Point]:
    """Fill each dark module with one dot, or with as many as cover enough of it."""
    many = max(1, math.ceil(_LEAST_FILL * layout.module / max(layout.line_width, 1)))
    step = layout.module / many
    return [
        (
            round(layout.matrix_x + column * layout.module + (across + 0.5) * step),
            round(layout.matrix_y + row * layout.module + (up + 0.5) * step),
        )
        for row, cells in enumerate(reversed(modules))
        for column, cell in enumerate(cells)
        if cell == "#"
        for up in range(many)
        for across in range(many)
    ]


def _module_strokes(layout: MarkLayoutSet, modules: Cells) -> list[tuple[Point, ...]]:
    """Hatch each run of dark modules with lines side by side; neighbours are cut in one go."""
    module, pen = layout.module, min(layout.line_width, layout.module)
    if not modules or pen <= 0:
        return []
    many = max(1, math.ceil(module / pen))
    step = (module - pen) / (many - 1) if many > 1 else 0
    half = pen / 2 if many > 1 else module / 2
    strokes: list[tuple[Point, ...]] = []
    for row, cells in enumerate(reversed(modules)):
        low = layout.matrix_y + row * module
        for first, last in _runs(cells):
            left = round(layout.matrix_x + first * module + pen / 2)
            right = round(layout.matrix_x + (last + 1) * module - pen / 2)
            for line in range(many):
                up = round(low + half + line * step)
                ends = ((left, up), (right, up))
                strokes.append(ends if line % 2 == 0 else ends[::-1])
    return strokes


def _runs(cells: str) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place, cell in enumerate(cells):
        if cell != "#":
            continue
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


# --- the limits -------------------------------------------------------------------------------


def _text_problems(
    layout: MarkLayoutSet, text: str, box: Box, min_height: int, own: Mapping[str, Cells]
) -> list[Problem]:
    problems: list[Problem] = []
    missing = "".join(dict.fromkeys(sign for sign in text if _cells(sign, own) is None))
    if missing:
        problems.append(Problem("no_glyph", at=box, signs=missing))
    if layout.text_height < min_height:
        short = min_height - layout.text_height
        problems.append(Problem("too_low", at=box, short=short, limit=min_height))
    if not box.width:
        return problems
    too_long = box.x + box.width - layout.width
    rest = box if too_long <= 0 else Box(box.x, box.y, max(layout.width - box.x, 0), box.height)
    if too_long > 0:
        problems.append(Problem("too_long", at=box, short=too_long, limit=layout.width))
    if not inside(rest, _zone(layout)):
        problems.append(Problem("outside", at=box))
    problems.extend(_forbidden(layout, box))
    problems.extend(_curved(layout, box))
    return problems


def _matrix_problems(layout: MarkLayoutSet, text: Box, matrix: Box) -> list[Problem]:
    problems: list[Problem] = []
    quiet = quiet_zone(layout, matrix)
    if layout.line_width > layout.module:
        wide = layout.line_width - layout.module
        problems.append(Problem("module", at=matrix, short=wide, limit=layout.module))
    if text.width and overlapping(text, matrix):
        problems.append(Problem("overlap", at=matrix))
    elif text.width and overlapping(text, quiet):
        problems.append(Problem("quiet_zone", at=quiet, limit=layout.module))
    if not inside(matrix, _zone(layout)):
        problems.append(Problem("outside", at=matrix))
    elif not inside(quiet, _zone(layout)):
        problems.append(Problem("quiet_zone", at=quiet, limit=layout.module))
    touched = _forbidden(layout, matrix)
    problems.extend(touched)
    if not touched and _forbidden(layout, quiet):
        problems.append(Problem("quiet_zone", at=quiet, limit=layout.module))
    problems.extend(_curved(layout, matrix))
    return list(dict.fromkeys(problems))


def _forbidden(layout: MarkLayoutSet, box: Box) -> list[Problem]:
    return [Problem("forbidden", at=area) for area in layout.forbidden if overlapping(box, area)]


def _curved(layout: MarkLayoutSet, box: Box) -> list[Problem]:
    """Judge how far round the cylinder a box reaches; the zone lies centred under the tool."""
    if layout.radius <= 0:
        return []
    reach = layout.radius * math.radians(ROUND_ENOUGH_DEGREES)
    middle = layout.height / 2
    farthest = max(abs(box.y - middle), abs(box.y + box.height - middle))
    if farthest <= reach:
        return []
    return [Problem("curved", at=box, short=round(farthest - reach), limit=ROUND_ENOUGH_DEGREES)]


def _zone(layout: MarkLayoutSet) -> Box:
    return Box(0, 0, layout.width, layout.height)


def _grown(box: Box, by: int) -> Box:
    return Box(box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by)
