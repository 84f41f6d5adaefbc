"""A drawing as the lines that a GRBL machine is told, one after another.

Zero is where the operator touched off: the lower left corner of the marking zone, on the metal.
Before each cut the machine is told to stand still, so that its place can be asked for: a move that
was garbled on the wire, which has no checksum, is found before the tool touches the metal.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal, get_args

from stockpile.adapters.marking.grbl import words
from stockpile.domain.drawings import Drawing, Point
from stockpile.domain.errors import FieldUnreadable, MarkNotPossible

Way = Literal["pin", "pulse", "laser"]
"""How metal is cut: by moving down into it, by a beat of a magnet, by light."""

HEADER = "G21G90G94G17G54"
"""Millimetres, places from zero, feed by the minute, the flat plane, the first origin."""
FARTHEST = 500_000
"""Micrometres from zero that a drawing may reach: more than any machine of this kind has."""
MOST_STEPS = 60_000
_POWER = 500
_RAPID = 3000.0
_LINE_SECONDS = 0.012
_DWELL_SECONDS = 0.02

_NUMBER = re.compile(r"-?\d{1,5}(\.\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Tool:
    """What the head carries and how it is moved: micrometres, millimetres a minute, seconds.

    ``depth`` is below the metal, ``lift`` and ``safe`` above it, between cuts and at the ends.
    ``power`` is the machine's S word of a magnet, a laser or, other than 0, a turning tool.
    ``beam`` is the distance of a laser's lines when it fills a dot.
    """

    way: Way = "pin"
    depth: int = 120
    lift: int = 300
    safe: int = 2000
    feed: int = 300
    plunge: int = 600
    power: int = 0
    pulse: float = 0.02
    beam: int = 60


Spot = tuple[int, int, int | None]
"""Where a head is, in micrometres; the height is None where the program leaves it alone."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line: whether it cuts, where the head is after it, and whether to make sure of that.

    ``at`` is None while nobody can know; ``rests`` is how long the head stands still by it, in
    seconds.
    """

    line: str
    cuts: bool = False
    at: Spot | None = None
    sure: bool = False
    rests: float = 0.0


@dataclass(frozen=True, slots=True)
class Program:
    """All lines of one mark, where the head is at the end, and about how long it takes."""

    steps: tuple[Step, ...]
    seconds: float

    @property
    def frames(self) -> bytes:
        """The bytes of the whole program."""
        return b"".join(words.encode(step.line) for step in self.steps)

    @property
    def ends_at(self) -> Spot | None:
        """Where the head is when the last line is done."""
        return self.steps[-1].at

    def distinct(self) -> tuple[Step, ...]:
        """Return the program with every line that says the same as an earlier one left out."""
        first: dict[str, Step] = {}
        for step in self.steps:
            first.setdefault(step.line, step)
        return tuple(first.values())


OPTIONS = frozenset({"tool", "z", "lift", "safe", "feed", "plunge", "power", "pulse", "beam"})
"""What a machine's address may say about its tool."""


def tool_of(options: Mapping[str, str], way: Way) -> Tool:
    """Return the tool that the options describe, in millimetres, millimetres a minute and seconds.

    ``tool`` is pin, pulse or laser and else what is given; ``z`` is the depth, below 0. Raises
    FieldUnreadable for what no tool can be.
    """
    told = options.get("tool", way)
    ways = {known: known for known in get_args(Way)}
    if told not in ways:
        raise FieldUnreadable("tool", told)
    usual = Tool()
    read = partial(_number, options)
    tool = Tool(
        ways[told],
        depth=round(read("z", -1000, usual.depth)),
        lift=round(read("lift", 1000, usual.lift)),
        safe=round(read("safe", 1000, usual.safe)),
        feed=round(read("feed", 1, usual.feed)),
        plunge=round(read("plunge", 1, usual.plunge)),
        power=round(read("power", 1, usual.power if told == "pin" else _POWER)),
        pulse=read("pulse", 1, usual.pulse),
        beam=round(read("beam", 1000, usual.beam)),
    )
    if told != "pin" and not tool.power:
        raise FieldUnreadable("power", options["power"])
    return tool


def _number(options: Mapping[str, str], name: str, unit: float, usual: float) -> float:
    text = options.get(name)
    if text is None:
        return usual
    value = float(text) * unit if _NUMBER.fullmatch(text) else -1.0
    if value < 0 or (value == 0 and name not in {"power", "lift"}):
        raise FieldUnreadable(name, text)
    return value


def program_of(drawing: Drawing, tool: Tool) -> Program:
    """Return the lines that cut the drawing: every dot, then every stroke, in its order.

    Raises MarkNotPossible for a drawing with nothing in it, one that leaves the machine's reach,
    strokes for a magnet that only beats, or more lines than any mark has.
    """
    if drawing.strokes and tool.way == "pulse":
        raise MarkNotPossible("", "drawing")
    if any(not 0 <= coordinate <= FARTHEST for point in drawing.points() for coordinate in point):
        raise MarkNotPossible("", "drawing")
    steps = tuple(itertools.islice(_steps(drawing, tool), MOST_STEPS + 1))
    if len(steps) > MOST_STEPS:
        raise MarkNotPossible("", "length")
    if not any(step.cuts for step in steps):
        raise MarkNotPossible("", "drawing")
    return Program(steps, _seconds(steps, tool))


def _steps(drawing: Drawing, tool: Tool) -> Iterator[Step]:
    yield Step(HEADER)
    yield Step("M5")
    height = tool.safe if tool.way == "pin" else None
    if height is not None:
        yield Step(_up(height))
    yield from _powered(tool)
    last = (0, 0)
    for cut in _cuts(drawing, tool):
        at = (*cut[0], height)
        yield Step(f"G0{_over(cut[0])}", at=at)
        yield Step(words.SYNC, at=at, sure=True)
        yield from _WAYS[tool.way](cut, tool)
        last, height = cut[-1], tool.lift if height is not None else None
    yield from _ended(last, tool)


def _powered(tool: Tool) -> Iterator[Step]:
    """Switch on what stays on: a turning tool, or a laser that is dark while it stands still."""
    if tool.way == "pin" and tool.power:
        yield Step(f"M3S{tool.power}")
        yield Step("G4P2.000", rests=2.0)
    if tool.way == "laser":
        yield Step(f"M4S{tool.power}")


def _ended(last: Point, tool: Tool) -> Iterator[Step]:
    """Lift and switch off, and wait for it: M2 says so unasked, and the dwell when asked."""
    rest = (*last, tool.safe if tool.way == "pin" else None)
    if tool.way == "pin":
        yield Step(_up(tool.safe), at=rest)
    yield Step("M5", at=rest)
    yield Step("M2", at=rest)
    yield Step(words.SYNC, at=rest, sure=True)


def _by_pin(cut: tuple[Point, ...], tool: Tool) -> Iterator[Step]:
    """Go down into the metal, along, and up; a dot is a cut that goes nowhere."""
    yield Step(f"G1Z{_mm(-tool.depth)}F{tool.plunge}", cuts=True, at=(*cut[0], -tool.depth))
    for point in cut[1:]:
        yield Step(f"G1{_over(point)}F{tool.feed}", cuts=True, at=(*point, -tool.depth))
    yield Step(_up(tool.lift), at=(*cut[-1], tool.lift))


def _by_pulse(cut: tuple[Point, ...], tool: Tool) -> Iterator[Step]:
    """Let the magnet beat once."""
    at = (*cut[0], None)
    yield Step(f"M3S{tool.power}", cuts=True, at=at)
    yield Step(f"G4P{tool.pulse:.3f}", at=at, rests=tool.pulse)
    yield Step("M5", at=at)


def _by_laser(cut: tuple[Point, ...], tool: Tool) -> Iterator[Step]:
    """Burn along; the laser is dark in all other moves, by the machine's own laser mode."""
    for point in cut[1:]:
        yield Step(f"G1{_over(point)}F{tool.feed}", cuts=True, at=(*point, None))


_WAYS: Mapping[Way, Callable[[tuple[Point, ...], Tool], Iterator[Step]]] = {
    "pin": _by_pin,
    "pulse": _by_pulse,
    "laser": _by_laser,
}


def _cuts(drawing: Drawing, tool: Tool) -> Iterator[tuple[Point, ...]]:
    for cut in (*((dot,) for dot in drawing.dots), *drawing.strokes):
        if tool.way == "laser" and len(cut) == 1:
            yield from _filled(cut[0], drawing.width_um, tool.beam)
        elif cut:
            yield cut


def _filled(dot: Point, width: int, beam: int) -> Iterator[tuple[Point, ...]]:
    """Fill a dot with level lines, a beam's distance apart, to and fro."""
    radius = width / 2
    count = max(1, round(width / beam))
    for number in range(count):
        up = radius * ((2 * number + 1) / count - 1)
        half = math.sqrt(max(0.0, radius**2 - up**2)) * (1 if number % 2 else -1)
        ends = [
            (max(0, round(dot[0] + side)), max(0, round(dot[1] + up))) for side in (half, -half)
        ]
        if ends[0] != ends[1]:
            yield tuple(ends)


def _seconds(steps: tuple[Step, ...], tool: Tool) -> float:
    """Return about how long the program takes: the way at its pace, and a moment for each line."""
    seconds, before = 0.0, (0, 0)
    for step in steps:
        if step.at is not None:
            way = math.dist(before, step.at[:2]) / 1000
            seconds += 60 * way / (tool.feed if step.cuts else _RAPID)
            before = step.at[:2]
        seconds += _LINE_SECONDS + step.rests + (_DWELL_SECONDS if step.sure else 0.0)
    if tool.way == "pin":
        deep = 60 * (tool.depth + tool.lift) / 1000 / tool.plunge
        seconds += deep * sum(step.cuts for step in steps)
    return seconds


def _over(point: Point) -> str:
    return f"X{_mm(point[0])}Y{_mm(point[1])}"


def _up(height: int) -> str:
    return f"G0Z{_mm(height)}"


def _mm(micrometres: int) -> str:
    sign = "-" if micrometres < 0 else ""
    whole, part = divmod(abs(micrometres), 1000)
    return f"{sign}{whole}.{part:03}"
