"""Grey pictures as numbers: smoothed, evened out, and looked at between the pixels."""

from __future__ import annotations

import math
from typing import Final, cast

import numpy as np
import numpy.typing as npt
from PIL import Image

Grey = npt.NDArray[np.float32]
"""Brightness by row and column."""
Points = npt.NDArray[np.float64]
"""Places as (x, y) in the last axis; the middle of the first pixel is (0.5, 0.5)."""
_Numbers = npt.NDArray[np.floating]
_FLAT: Final = 1e-6
"""Below this a map lays everything down on one line, or looks along the plane."""


def grey_of(image: Image.Image) -> Grey:
    """Return the brightness of an 8-bit picture, 0 to 255."""
    return np.asarray(image, dtype=np.float32)


def image_of(grey: Grey) -> Image.Image:
    """Return an 8-bit picture, what is darker than 0 or lighter than 255 cut off."""
    return Image.fromarray(np.clip(np.rint(grey), 0, 255).astype(np.uint8))


def stretched(grey: Grey) -> Grey:
    """Return the brightness drawn out over 0 to 255, but for the outermost hundredths."""
    low, high = np.percentile(grey, (1, 99))
    return cast("Grey", (grey - low) * (255 / max(1e-3, high - low)))


def box_mean(grey: Grey, radius: int) -> Grey:
    """Return each pixel's mean over the square around it; the picture's edge is repeated."""
    wide = 2 * radius + 1
    padded: Points = np.pad(grey.astype(np.float64), radius, mode="edge")
    sums = np.pad(padded, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    whole: Points = (
        sums[wide:, wide:] - sums[:-wide, wide:] - sums[wide:, :-wide] + sums[:-wide, :-wide]
    )
    mean: Grey = (whole / wide**2).astype(np.float32)
    return mean


def smoothed(grey: Grey, deviation: float) -> Grey:
    """Return the picture blurred by a Gaussian of so many pixels."""
    reach = max(1, math.ceil(deviation * 2.5))
    if deviation < 0.2:  # noqa: PLR2004 - the neighbours' share is below a thousandth
        return grey
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / deviation) ** 2)
    weights /= weights.sum()
    for axis in (0, 1):
        around = [(reach, reach) if one == axis else (0, 0) for one in (0, 1)]
        padded = np.pad(grey, around, mode="edge")
        length = grey.shape[axis]
        shifted = (np.take(padded, range(at, at + length), axis) for at in range(2 * reach + 1))
        grey = sum(
            (part * np.float32(weight) for part, weight in zip(shifted, weights, strict=True)),
            np.zeros_like(grey),
        )
    return grey


def evened(grey: Grey, radius: int) -> Grey:
    """Return the brightness as a share of the ground around, by which shade and glare go away."""
    light = box_mean(grey, radius)
    return cast("Grey", grey / np.maximum(light, 4.0))


def at_points(grey: Grey, points: _Numbers) -> Grey:
    """Return the brightness at places between the pixels; the picture's edge is repeated."""
    height, width = grey.shape
    x = np.clip(points[..., 0] - 0.5, 0, width - 1.001)
    y = np.clip(points[..., 1] - 0.5, 0, height - 1.001)
    left, top = x.astype(np.int32), y.astype(np.int32)
    right, down = (x - left).astype(np.float32), (y - top).astype(np.float32)
    at = top * width + left
    flat = grey.ravel()
    beside, below = np.int32(width > 1), np.int32(width if height > 1 else 0)
    upper = flat[at] * (1 - right) + flat[at + beside] * right
    lower = flat[at + below] * (1 - right) + flat[at + below + beside] * right
    return cast("Grey", upper * (1 - down) + lower * down)


def near_points(grey: Grey, points: _Numbers) -> Grey:
    """Return the brightness of the pixels in which places lie; the picture's edge is repeated."""
    height, width = grey.shape
    x = np.clip(points[..., 0], 0, width - 1).astype(np.int32)
    y = np.clip(points[..., 1], 0, height - 1).astype(np.int32)
    found: Grey = grey.ravel()[y * width + x]
    return found


def homographies(corners: Points) -> Points:
    """Return the maps (..., 3, 3) of the unit square onto quadrilaterals (..., 4, 2).

    The corners are those of (0, 0), (1, 0), (1, 1) and (0, 1).
    """
    first, second, third, fourth = (corners[..., one, :] for one in range(4))
    right, down = second - third, fourth - third
    askew = first - second + third - fourth
    area = right[..., 0] * down[..., 1] - down[..., 0] * right[..., 1]
    area = np.where(np.abs(area) < _FLAT, _FLAT, area)
    g = (askew[..., 0] * down[..., 1] - down[..., 0] * askew[..., 1]) / area
    h = (right[..., 0] * askew[..., 1] - askew[..., 0] * right[..., 1]) / area
    maps = np.empty((*corners.shape[:-2], 3, 3))
    maps[..., :2, 0] = second - first + g[..., None] * second
    maps[..., :2, 1] = fourth - first + h[..., None] * fourth
    maps[..., :2, 2] = first
    maps[..., 2, 0], maps[..., 2, 1], maps[..., 2, 2] = g, h, 1
    return maps


def mapped(maps: _Numbers, points: _Numbers) -> _Numbers:
    """Return where points (..., n, 2) of the unit square lie by maps (..., 3, 3)."""
    x, y = points[..., 0], points[..., 1]
    across, along, depth = (
        maps[..., one, 0, None] * x + maps[..., one, 1, None] * y + maps[..., one, 2, None]
        for one in range(3)
    )
    depth = np.where(np.abs(depth) < _FLAT, _FLAT, depth)
    return np.stack([across / depth, along / depth], axis=-1)
