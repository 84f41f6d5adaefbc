"""The grid of a Data Matrix laid over a patch by what every such symbol has: its frame.

Many outlines and sizes are tried at once and moved, turned and pulled about as long as the frame
fits better; the best few are given. A frame of a hundred modules is found where single modules,
blurred or half missing, are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
    near_points,
    smoothed,
)
from stockpile.adapters.reading.shapes import RECTANGLES, SQUARES, Shape, frame_of
from stockpile.adapters.reading.sightings import Sighting

_EDGE: Final = 200
"""The longest side of a patch while grids are laid, in pixels."""
_MARGIN: Final = 0.25
"""What of the surroundings is looked at, as a share of the longest side."""
_OBLONG: Final = 0.55
"""From here on the short side of an outline is to the long one as a square's with a neighbour."""
_FINE_STEPS: Final = 30
_GAIN: Final = 2e-4
_EACH: Final = 2
"""Starts kept of each size, dark on light and light on dark."""
_STARTED: Final = 36
_KEPT: Final = 16
_FEW: Final = 8
_SIGNS: Final = np.array([[-1.0, -1.0], [1, -1], [1, 1], [-1, 1]])
_STARTS: Final = ((0.0, 0.0), (-0.7, -0.7), (0.7, 0.7))
"""By how many modules the outline is grown along and across before it is tried."""

_Floats = npt.NDArray[np.floating]
_Look = Callable[[Grey, _Floats], Grey]


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

    places: _Floats
    wanted: _Floats
    weights: _Floats

    def only(self, kept: npt.NDArray[np.intp]) -> _Frames:
        return _Frames(self.places[kept], self.wanted[kept], self.weights[kept])


def lattices(
    image: Image.Image, seen: Sequence[Sighting], sizes: Sequence[Shape] = SQUARES + RECTANGLES
) -> list[Lattice]:
    """Return the grids of these sizes that fit best over outlines of one patch, the best first."""
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
    grids = _fitted(grey, [(one.corners - low) * scale for one in seen], sizes)
    return [
        Lattice(shape, at / scale + low, light_on_dark=inverted, fit=fit)
        for shape, at, inverted, fit in grids
    ]


def nudged(grey: Grey, lattice: Lattice, blurred: npt.NDArray[np.float64], ring: int) -> Lattice:
    """Return the grid moved to where the picture looks more as its modules should."""
    shape = lattice.shape
    row, column = np.mgrid[-ring : shape.rows + ring, -ring : shape.columns + ring]
    places = np.stack([(column + 0.5) / shape.columns, (row + 0.5) / shape.rows], axis=-1)
    weights = np.full(row.size, 1 / row.size)
    level = blurred.ravel() - blurred.mean()
    wanted = level / max(1e-6, float(np.sqrt(np.mean(level**2))))
    frames = _Frames(places.reshape(1, -1, 2), wanted[None], weights[None])
    sign = np.array([1.0 if lattice.light_on_dark else -1.0])
    hunt = _Hunt((shape,), frames, sign, lattice.corners[None], np.zeros(1))
    hunt = _climbed(grey, hunt, _FINE_STEPS, 0.3, whole=False, look=at_points, gain=1e-6)
    return Lattice(shape, hunt.quads[0], lattice.light_on_dark, float(hunt.fits[0]))


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


@dataclass(frozen=True, slots=True)
class _Hunt:
    """Grids on their way: what each is of, where it lies, and how well it fits there."""

    shapes: tuple[Shape, ...]
    frames: _Frames
    signs: _Floats
    quads: Points
    fits: _Floats

    def only(self, kept: npt.NDArray[np.intp]) -> _Hunt:
        return _Hunt(
            tuple(self.shapes[one] for one in kept), self.frames.only(kept), self.signs[kept],
            self.quads[kept], self.fits[kept],
        )  # fmt: skip

    def best(self, count: int, each: int) -> _Hunt:
        """Return the best so many, and no more than so many of one size and tone."""
        counted: dict[tuple[Shape, float], int] = {}
        kept = []
        for one in np.argsort(-self.fits):
            kind = self.shapes[one], float(self.signs[one])
            counted[kind] = counted.get(kind, 0) + 1
            if counted[kind] <= each:
                kept.append(one)
        return self.only(np.array(kept[:count], dtype=np.intp))


def _fitted(
    grey: Grey, outlines: Sequence[Points], sizes: Sequence[Shape]
) -> list[tuple[Shape, Points, bool, float]]:
    pitch = float(np.sqrt(_area(outlines[0]))) / 18
    coarse, fine = smoothed(grey, pitch * 0.55), smoothed(grey, pitch * 0.3)
    hunt = _started(coarse, outlines, sizes)
    if hunt is None:
        return []
    for steps, kept, each in ((5, _KEPT, 2), (10, _FEW, 1)):
        hunt = _climbed(coarse, hunt, steps, 0.8, whole=True).best(kept, each)
    hunt = _climbed(fine, hunt, _FINE_STEPS, 0.4, whole=False).best(_FEW, _EACH)
    found: list[tuple[Shape, Points, bool, float]] = []
    for shape, quad, sign, fit in zip(hunt.shapes, hunt.quads, hunt.signs, hunt.fits, strict=True):
        if not any(other[0] == shape and _same(other[1], quad) for other in found):
            found.append((shape, quad, bool(sign > 0), float(fit)))
    return found


def _started(grey: Grey, outlines: Sequence[Points], sizes: Sequence[Shape]) -> _Hunt | None:
    """Return the likeliest starts of each size, dark on light and light on dark."""
    shapes, quads = _starts(outlines, sizes)
    if not shapes:
        return None
    frames = _frames(shapes)
    signs = np.ones(len(shapes))
    fits = _fits(grey, quads[:, None], frames, signs)[:, 0]
    both = np.arange(2 * len(shapes)) % max(1, len(shapes))
    hunt = _Hunt(
        tuple(shapes * 2), frames.only(both), np.concatenate([-signs, signs]), quads[both],
        np.concatenate([-fits, fits]),
    )  # fmt: skip
    return hunt.best(_STARTED, _EACH)


def _same(first: Points, second: Points) -> bool:
    return bool(np.abs(first - second).max() < np.sqrt(_area(first)) * 0.03)


def _area(quad: Points) -> float:
    x, y = quad[:, 0], quad[:, 1]
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def _starts(outlines: Sequence[Points], sizes: Sequence[Shape]) -> tuple[list[Shape], Points]:
    """Return each likely size over each outline from each corner, a little more or less."""
    shapes: list[Shape] = []
    quads: list[Points] = []
    for outline in _with_squares(outlines):
        for turn in range(4):
            turned = np.roll(outline, -turn, axis=0)
            long = float(np.hypot(*(turned[1] - turned[0])) + np.hypot(*(turned[2] - turned[3])))
            high = float(np.hypot(*(turned[2] - turned[1])) + np.hypot(*(turned[3] - turned[0])))
            for shape in sizes:
                if 0.75 < long / high * shape.rows / shape.columns < 1.33:  # noqa: PLR2004
                    for more in _STARTS:
                        shapes.append(shape)
                        quads.append(_grown(turned, shape, more))
    return shapes, np.array(quads).reshape(-1, 4, 2)


def _with_squares(outlines: Sequence[Points]) -> Iterator[Points]:
    """Give the outlines, and of an oblong one the square at each end: something may stand there."""
    for outline in outlines:
        yield outline
        for turned in (outline, np.roll(outline, -1, axis=0)):
            share = _side(turned, 1) / max(1e-6, _side(turned, 0))
            if _OBLONG < share < 1 - _OBLONG / 8:
                first, second, third, fourth = turned
                along, below = (second - first) * share, (third - fourth) * share
                yield np.array([first, first + along, fourth + below, fourth])
                yield np.array([second - along, second, third, third - below])


def _side(quad: Points, axis: int) -> float:
    one, two = quad[1 + axis] - quad[axis], quad[2 + axis] - quad[(3 + axis) % 4]
    return float(np.hypot(*one) + np.hypot(*two)) / 2


def _grown(quad: Points, shape: Shape, more: tuple[float, float]) -> Points:
    right, down = (quad[1] - quad[0]) / shape.columns, (quad[3] - quad[0]) / shape.rows
    grown: Points = quad + _SIGNS[:, :1] * right * more[0] + _SIGNS[:, 1:] * down * more[1]
    return grown


def _frames(shapes: Sequence[Shape]) -> _Frames:
    longest = max((len(frame_of(shape).weights) for shape in shapes), default=0)
    places = np.zeros((len(shapes), longest, 2), dtype=np.float32)
    wanted, weights = np.zeros((2, len(shapes), longest), dtype=np.float32)
    for at, shape in enumerate(shapes):
        frame = frame_of(shape)
        count = len(frame.weights)
        places[at, :count], weights[at, :count] = frame.places, frame.weights / frame.weights.sum()
        level = np.where(frame.dark, 1.0, -1.0)
        level -= float(np.dot(level, weights[at, :count]))
        wanted[at, :count] = level / np.sqrt(np.dot(level**2, weights[at, :count]))
    return _Frames(places, wanted, weights)


def _fits(
    grey: Grey, quads: Points, frames: _Frames, signs: _Floats, look: _Look = near_points
) -> _Floats:
    """Return how well (at best 1) frames fit at quadrilaterals (starts, tries, 4, 2)."""
    maps = homographies(quads)
    values = look(grey, mapped(maps.astype(np.float32), frames.places[:, None]))
    weights = frames.weights[:, None]
    weighed = values * weights
    middle = np.sum(weighed, axis=-1)
    spread = np.sqrt(np.maximum(np.sum(weighed * values, axis=-1) - middle**2, 1e-9))
    alike = np.sum(weighed * frames.wanted[:, None], axis=-1)
    return cast("_Floats", alike / spread * signs[:, None])


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


def _climbed(
    grey: Grey,
    hunt: _Hunt,
    steps: int,
    step: float,
    *,
    whole: bool,
    look: _Look = near_points,
    gain: float = _GAIN,
) -> _Hunt:
    """Move each quadrilateral as long as its frame fits better, by ever smaller steps."""
    ways = _moves(whole=whole)
    quads = hunt.quads
    far = np.full(len(quads), step)
    sides = np.array([[shape.columns, shape.rows] for shape in hunt.shapes], dtype=np.float64)
    fits = _fits(grey, quads[:, None], hunt.frames, hunt.signs, look)[:, 0]
    rows = np.arange(len(quads))
    for _ in range(steps):
        right = (quads[:, 1] - quads[:, 0] + quads[:, 2] - quads[:, 3]) / (2 * sides[:, :1])
        down = (quads[:, 3] - quads[:, 0] + quads[:, 2] - quads[:, 1]) / (2 * sides[:, 1:])
        moved = ways[None] * far[:, None, None, None]
        tries = quads[:, None] + moved[..., :1] * right[:, None, None]
        tries += moved[..., 1:] * down[:, None, None]
        tried = _fits(grey, tries, hunt.frames, hunt.signs, look)
        best = np.argmax(tried, axis=1)
        better = tried[rows, best] > fits + gain
        quads = np.where(better[:, None, None], tries[rows, best], quads)
        fits = np.where(better, tried[rows, best], fits)
        far = np.where(better, far, far / 2)
        if np.all(far < step / 20):
            break
    return _Hunt(hunt.shapes, hunt.frames, hunt.signs, quads, fits)
