"""Where in a picture a symbol may lie: the busiest patches, as four-cornered outlines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
from PIL import Image

from stockpile.adapters.reading.greys import Grey, Points, box_mean, grey_of, smoothed

_EDGE: Final = 160
"""The longest edge looked at: a symbol is seen as a patch, not by its modules."""
_REACHES: Final = (0.035, 0.06, 0.02)
"""How far the business of a place is spread, as shares of the longest edge."""
_LEAST_SHARE: Final = 0.01
"""Of the picture; what is smaller is a speck."""
_MOST_PATCHES: Final = 3
_NEAR: Final = 0.4
"""The share of a picture's longest edge below which a patch is small."""
_MARGIN: Final = 0.4
_THICK: Final = 0.5
"""The share of the usual breadth of a patch that its ends must have."""
_TURNS: Final = np.deg2rad(np.arange(0, 90, 1.5))

_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sighting:
    """An outline of a patch: its corners in the picture's pixels, in turn."""

    corners: Points


def sightings(image: Image.Image) -> Iterator[tuple[Sighting, ...]]:
    """Give the likely patches of a picture, each by a few outlines; the largest first.

    A small patch is looked at again from near by, for its outline is known only roughly.
    """
    for patch in _patches_of(image, _REACHES):
        corners = np.concatenate([one.corners for one in patch])
        low, high = corners.min(axis=0), corners.max(axis=0)
        if (high - low).max() > _NEAR * max(image.size):
            yield patch
            continue
        margin = float((high - low).max()) * _MARGIN
        left, top = (int(max(0.0, one)) for one in low - margin)
        right, bottom = (int(one) for one in np.minimum(high + margin, image.size))
        near = image.crop((left, top, max(right, left + 8), max(bottom, top + 8)))
        for closer in _patches_of(near, _REACHES[:2]):
            yield tuple(_moved(one, (left, top)) for one in closer)


def _moved(seen: Sighting, by: tuple[int, int]) -> Sighting:
    return Sighting(seen.corners + np.array(by))


def _patches_of(image: Image.Image, reaches: tuple[float, ...]) -> Iterator[tuple[Sighting, ...]]:
    share = min(1.0, _EDGE / max(image.size))
    size = [max(8, round(side * share)) for side in image.size]
    grey = grey_of(image.resize((size[0], size[1]), Image.Resampling.BOX))
    scale = np.array([image.width / size[0], image.height / size[1]])
    for reach in reaches:
        radius = max(1, round(reach * max(size)))
        right, down = _slopes(smoothed(grey, max(0.6, radius / 4)))
        busy = np.sqrt(np.maximum(box_mean(right**2 + down**2, radius), 0))
        for patch in _patches(busy > _threshold(busy)):
            outlines = [corners * scale for corners in _outlines(patch, radius)]
            if outlines:
                yield tuple(Sighting(corners) for corners in outlines)


def _slopes(grey: Grey) -> tuple[Grey, Grey]:
    """Return the change to the right and downwards as shares of the brightness there."""
    down, right = np.gradient(np.log(np.maximum(grey, 0) + 12))
    return cast("Grey", right), cast("Grey", down)


def _threshold(busy: Grey) -> float:
    """Return the value that parts the busy from the still best (Otsu)."""
    counts, edges = np.histogram(busy, 64)
    middles = (edges[1:] + edges[:-1]) / 2
    below = np.cumsum(counts)
    above = below[-1] - below
    sums = np.cumsum(counts * middles)
    apart = sums / np.maximum(below, 1) - (sums[-1] - sums) / np.maximum(above, 1)
    return float(edges[1:][np.argmax(below * above * apart**2)])


def _patches(mask: _Mask) -> list[_Mask]:
    """Return the connected parts of a mask, the largest first, without the specks."""
    names = np.zeros(mask.shape, dtype=np.int32)
    same: list[int] = [0]
    for row in range(mask.shape[0]):
        changes = np.flatnonzero(np.diff(np.pad(mask[row].astype(np.int8), 1)))
        for start, end in zip(changes[::2], changes[1::2], strict=True):
            above = {_root(same, int(one)) for one in names[row - 1, start:end] if one and row}
            name = min(above, default=len(same))
            if not above:
                same.append(name)
            for one in above:
                same[one] = name
            names[row, start:end] = name
    roots = np.array([_root(same, one) for one in range(len(same))])
    merged = roots[names]
    sizes = np.bincount(merged.ravel(), minlength=1)
    sizes[0] = 0
    largest = [int(one) for one in np.argsort(sizes)[::-1][:_MOST_PATCHES]]
    return [merged == one for one in largest if sizes[one] > _LEAST_SHARE * mask.size]


def _root(same: list[int], name: int) -> int:
    while same[name] != name:
        name = same[name]
    return name


def _outlines(patch: _Mask, radius: int) -> Iterator[Points]:
    """Give four-cornered outlines of a patch, which the spread of its business has made larger."""
    points = np.argwhere(patch & ~_inner(patch))[:, ::-1] + 0.5
    if len(points) < 4:  # noqa: PLR2004 - fewer enclose nothing
        return
    axes = np.stack([np.cos(_TURNS), np.sin(_TURNS), -np.sin(_TURNS), np.cos(_TURNS)], axis=1)
    turned = points @ axes.reshape(-1, 2, 2).transpose(0, 2, 1)
    low, high = np.percentile(turned, 0.5, axis=1), np.percentile(turned, 99.5, axis=1)
    best = int(np.argmin(np.prod(high - low, axis=1)))
    frame = axes[best].reshape(2, 2)
    near, far = low[best] + radius * 0.8, high[best] - radius * 0.8
    if np.any(far - near < 3):  # noqa: PLR2004 - a line
        return
    yield np.array([near, [far[0], near[1]], far, [near[0], far[1]]]) @ frame
    whole = np.argwhere(patch)[:, ::-1] + 0.5
    yield from _without_strays(whole, frame, radius)
    middle = (near + far) / 2
    spread = (turned[best] - middle) / (far - near)
    signs = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
    tips = turned[best][np.argmax(spread @ signs.T, axis=0)] - signs * radius * 0.8
    yield tips @ frame


def _without_strays(
    points: npt.NDArray[Any], frame: npt.NDArray[Any], radius: int
) -> Iterator[Points]:
    """Give the outline of where a patch is thick, if a scratch or a neighbour makes it longer."""
    ends = []
    for axis in (points @ frame.T).T:
        counts, edges = np.histogram(axis, max(8, int(np.ptp(axis))))
        thick = np.flatnonzero(counts > _THICK * np.percentile(counts, 75))
        ends.append((edges[thick[0]], edges[thick[-1] + 1]))
    (left, right), (top, bottom) = ends
    near = np.array([left, top]) + radius * 0.8
    far = np.array([right, bottom]) - radius * 0.8
    if np.all(far - near >= 3):  # noqa: PLR2004 - a line
        yield np.array([near, [far[0], near[1]], far, [near[0], far[1]]]) @ frame


def _inner(patch: _Mask) -> _Mask:
    padded = np.pad(patch, 1)
    return padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
