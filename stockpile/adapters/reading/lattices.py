"""The grid of a Data Matrix laid over a patch by what every such symbol has: its frame.

Many outlines and sizes are tried at once and moved, turned and pulled about as long as the frame
fits better; the best few are given. A frame of a hundred modules is found where single modules,
blurred or half missing, are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
import numpy.typing as npt
from PIL import Image

from stockpile.adapters.reading.greys import (
    Grey,
    Points,
    at_points,
    evened,
    grey_of,
    homographies,
    mapped,
    smoothed,
)
from stockpile.adapters.reading.shapes import RECTANGLES, SQUARES, Shape, frame_of
from stockpile.adapters.reading.sightings import Sighting

_EDGE: Final = 200
"""The longest side of a patch while grids are laid, in pixels."""
_MARGIN: Final = 0.25
"""What of the surroundings is looked at, as a share of the longest side."""
_COARSE_STEPS: Final = 16
_FINE_STEPS: Final = 40
_KEPT: Final = 10
_GIVEN: Final = 5
_SIGNS: Final = np.array([[-1.0, -1.0], [1, -1], [1, 1], [-1, 1]])
_STARTS: Final = ((0.0, 0.0), (-0.7, -0.7), (0.7, 0.7))
"""By how many modules the outline is grown along and across before it is tried."""

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lattice:
    """A grid that fits: its corners in the picture from the upper left of the symbol, in turn."""

    shape: Shape
    corners: Points
    light_on_dark: bool
    fit: float


@dataclass(frozen=True, slots=True)
class _Frames:
    """What is sought, one frame a start, filled up to one length with places of no weight."""

    places: Points
    wanted: _Floats
    weights: _Floats

    def only(self, kept: npt.NDArray[np.intp]) -> _Frames:
        return _Frames(self.places[kept], self.wanted[kept], self.weights[kept])


def lattices(image: Image.Image, seen: Sequence[Sighting]) -> list[Lattice]:
    """Return the grids that fit best over outlines of one patch, the best first."""
    corners = np.concatenate([one.corners for one in seen])
    low, high = corners.min(axis=0), corners.max(axis=0)
    margin = float((high - low).max()) * _MARGIN
    low, high = np.floor(low - margin), np.ceil(high + margin)
    share = min(8.0, _EDGE / float((high - low).max() / (1 + 2 * _MARGIN)))
    size = np.maximum(8, np.rint((high - low) * share)).astype(int)
    box = (*low, *high)
    # No part of the picture need lie outside: it would be black, and look like a frame.
    patch = _with_edges(image, box).resize((int(size[0]), int(size[1])), Image.Resampling.BICUBIC)
    grey = evened(grey_of(patch), max(4, int(size.max()) // 4))
    scale = size / (high - low)
    grids = _fitted(grey, [(one.corners - low) * scale for one in seen])
    return [
        Lattice(shape, at / scale + low, light_on_dark=inverted, fit=fit)
        for shape, at, inverted, fit in grids
    ]


def _with_edges(image: Image.Image, box: tuple[float, ...]) -> Image.Image:
    left, top, right, bottom = (int(one) for one in box)
    pads = (
        (max(0, -top), max(0, bottom - image.height)),
        (max(0, -left), max(0, right - image.width)),
    )
    inside = image.crop((
        max(0, left), max(0, top), min(image.width, right), min(image.height, bottom),
    ))  # fmt: skip
    return Image.fromarray(np.pad(np.asarray(inside), pads, mode="edge"))


def _fitted(grey: Grey, outlines: Sequence[Points]) -> list[tuple[Shape, Points, bool, float]]:
    shapes, quads = _starts(outlines)
    frames = _frames(shapes)
    inverted = np.repeat([False, True], len(shapes))
    shapes, quads = shapes * 2, np.concatenate([quads, quads])
    frames = frames.only(np.tile(np.arange(len(frames.places)), 2))
    pitch = float(np.sqrt(_area(outlines[0]))) / 18
    coarse = smoothed(grey, pitch * 0.55)
    signs = np.where(inverted, 1.0, -1.0)
    fits = _fits(coarse, quads[:, None], frames, signs)[:, 0]
    kept = _best_of_each(
        fits, [(shape, bool(one)) for shape, one in zip(shapes, inverted, strict=True)], 2
    )
    quads, fits, frames, signs = quads[kept], fits[kept], frames.only(kept), signs[kept]
    shapes = [shapes[one] for one in kept]
    quads, fits = _climbed(coarse, quads, shapes, frames, signs, _COARSE_STEPS, 0.8, whole=True)
    kept = np.argsort(-fits)[:_KEPT]
    quads, frames, signs = quads[kept], frames.only(kept), signs[kept]
    shapes = [shapes[one] for one in kept]
    fine = smoothed(grey, pitch * 0.3)
    quads, fits = _climbed(fine, quads, shapes, frames, signs, _FINE_STEPS, 0.4, whole=False)
    order = np.argsort(-fits)
    found: list[tuple[Shape, Points, bool, float]] = []
    for one in order:
        like = [other for other in found if other[0] == shapes[one] and _same(other[1], quads[one])]
        if not like:
            found.append((shapes[one], quads[one], bool(signs[one] > 0), float(fits[one])))
    return found[:_GIVEN]


def _same(first: Points, second: Points) -> bool:
    return bool(np.abs(first - second).max() < np.sqrt(_area(first)) * 0.03)


def _best_of_each(
    fits: _Floats, kinds: Sequence[tuple[Shape, bool]], most: int
) -> npt.NDArray[np.intp]:
    counted: dict[tuple[Shape, bool], int] = {}
    kept = []
    for one in np.argsort(-fits):
        counted[kinds[one]] = counted.get(kinds[one], 0) + 1
        if counted[kinds[one]] <= most:
            kept.append(one)
    return np.array(kept[:48], dtype=np.intp)


def _area(quad: Points) -> float:
    x, y = quad[:, 0], quad[:, 1]
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def _starts(outlines: Sequence[Points]) -> tuple[list[Shape], Points]:
    """Return each likely size over each outline, from each of its corners, a little more or less."""
    shapes: list[Shape] = []
    quads: list[Points] = []
    for outline in outlines:
        for turn in range(4):
            turned = np.roll(outline, -turn, axis=0)
            long = float(np.hypot(*(turned[1] - turned[0])) + np.hypot(*(turned[2] - turned[3])))
            high = float(np.hypot(*(turned[2] - turned[1])) + np.hypot(*(turned[3] - turned[0])))
            for shape in (*SQUARES, *RECTANGLES):
                if 0.75 < long / high * shape.rows / shape.columns < 1.33:  # noqa: PLR2004
                    for more in _STARTS:
                        shapes.append(shape)
                        quads.append(_grown(turned, shape, more))
    return shapes, np.array(quads).reshape(-1, 4, 2)


def _grown(quad: Points, shape: Shape, more: tuple[float, float]) -> Points:
    right, down = (quad[1] - quad[0]) / shape.columns, (quad[3] - quad[0]) / shape.rows
    return quad + _SIGNS[:, :1] * right * more[0] + _SIGNS[:, 1:] * down * more[1]


def _frames(shapes: Sequence[Shape]) -> _Frames:
    longest = max((len(frame_of(shape).weights) for shape in shapes), default=0)
    places = np.zeros((len(shapes), longest, 2))
    wanted, weights = np.zeros((2, len(shapes), longest))
    for at, shape in enumerate(shapes):
        frame = frame_of(shape)
        count = len(frame.weights)
        places[at, :count], weights[at, :count] = frame.places, frame.weights / frame.weights.sum()
        level = np.where(frame.dark, 1.0, -1.0)
        level -= float(np.dot(level, weights[at, :count]))
        wanted[at, :count] = level / np.sqrt(np.dot(level**2, weights[at, :count]))
    return _Frames(places, wanted, weights)


def _fits(grey: Grey, quads: Points, frames: _Frames, signs: _Floats) -> _Floats:
    """Return how well (at best 1) frames fit at quadrilaterals (starts, tries, 4, 2)."""
    maps = homographies(quads)
    values = at_points(grey, mapped(maps, frames.places[:, None])).astype(np.float64)
    weights = frames.weights[:, None]
    values -= np.sum(values * weights, axis=-1, keepdims=True)
    spread = np.sqrt(np.sum(values**2 * weights, axis=-1))
    alike = np.sum(values * weights * frames.wanted[:, None], axis=-1)
    return cast("_Floats", alike / np.maximum(spread, 1e-6) * signs[:, None])


def _moves(*, whole: bool) -> _Floats:
    """Return the ways to move four corners: (ways, 4, 2) in modules along and across."""
    ways: list[_Floats] = []
    sides = ([0, 1, 2, 3], [0, 3], [1, 2], [0, 1], [2, 3])
    corners: tuple[list[int], ...] = () if whole else ([0], [1], [2], [3])
    for some in (*sides, *corners):
        for axis in (0, 1):
            for step in (-1.0, 1.0):
                way = np.zeros((4, 2))
                way[some, axis] = step
                ways.append(way)
    for more in (-1.0, 1.0):
        ways += [_SIGNS * more, _SIGNS[:, ::-1] * np.array([more, -more])]
    return np.array(ways)


def _climbed(  # noqa: PLR0913 - the state of one search
    grey: Grey,
    quads: Points,
    shapes: Sequence[Shape],
    frames: _Frames,
    signs: _Floats,
    steps: int,
    step: float,
    *,
    whole: bool,
) -> tuple[Points, _Floats]:
    """Move each quadrilateral as long as its frame fits better, by ever smaller steps."""
    ways = _moves(whole=whole)
    far = np.full(len(quads), step)
    sides = np.array([[shape.columns, shape.rows] for shape in shapes], dtype=np.float64)
    fits = _fits(grey, quads[:, None], frames, signs)[:, 0]
    rows = np.arange(len(quads))
    for _ in range(steps):
        right = (quads[:, 1] - quads[:, 0] + quads[:, 2] - quads[:, 3]) / (2 * sides[:, :1])
        down = (quads[:, 3] - quads[:, 0] + quads[:, 2] - quads[:, 1]) / (2 * sides[:, 1:])
        moved = ways[None] * far[:, None, None, None]
        tries = (
            quads[:, None]
            + moved[..., :1] * right[:, None, None]
            + moved[..., 1:] * down[:, None, None]
        )
        tried = _fits(grey, tries, frames, signs)
        best = np.argmax(tried, axis=1)
        better = tried[rows, best] > fits + 1e-4
        quads = np.where(better[:, None, None], tries[rows, best], quads)
        fits = np.where(better, tried[rows, best], fits)
        far = np.where(better, far, far / 2)
        if np.all(far < step / 20):
            break
    return quads, fits
