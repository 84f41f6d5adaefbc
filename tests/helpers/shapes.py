"""A register of any size with the shapes of real serials, no shape denser than real ones are.

The lines of a real list are all in it, once; the rest are drawn after their shapes: a shape is as
frequent as in the list until a share of all its numbers is taken, then others come in its place.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle

from stockpile.domain.serials import number_in
from stockpile.domain.values import search_key
from tests.helpers.crowds import Line, redrawn

DENSITY = 0.03
"""The share of a shape's numbers that are taken at most: its letters' runs are few."""
_PREFIXES = 40


def register(examples: Sequence[Line], seed: int, count: int) -> list[Line]:
    """So many lines, no serial twice; the examples first, in random order."""
    chance = random.Random(seed)
    held = {search_key(one.serial): one for one in map(_without_notes, reversed(examples))}
    lines = list(held.values())
    chance.shuffle(lines)
    taken: dict[str, int] = defaultdict(int)
    del lines[count:]
    for shape in cycle(chance.sample(list(held.values()), len(held))):
        if len(lines) >= count:
            return lines
        kind = _kind(shape.serial)
        if taken[kind] >= DENSITY * _room(kind):
            continue
        serial = redrawn(chance, shape.serial)
        key = search_key(serial)
        if key not in held:
            taken[kind] += 1
            held[key] = line = Line(serial, shape.make, shape.model, shape.calibre, shape.type)
            lines.append(line)
    return lines


def _without_notes(line: Line) -> Line:
    return replace(line, serial=number_in(line.serial))


def _kind(serial: str) -> str:
    return "".join("9" if one.isdigit() else "A" if one.isalpha() else "" for one in serial)


def _room(kind: str) -> float:
    """How many numbers of a shape there are, where makers use so many prefixes of letters."""
    room = 10.0 ** kind.count("9")
    return room * min(_PREFIXES, 26.0 ** kind.count("A")) if "A" in kind else room
