"""How dark each module of a grid is: measured, evened out, and sharpened where it is blurred."""

from __future__ import annotations

import math
from functools import cache
from typing import Final, cast

import numpy as np
import numpy.typing as npt

from stockpile.adapters.reading.greys import Grey, at_points, homographies, mapped
from stockpile.adapters.reading.lattices import Lattice
from stockpile.adapters.reading.shapes import known_modules

RING: Final = 2
"""Modules around the symbol that are measured too: blur takes from them and gives to them."""
_WINDOW: Final = 0.6
"""The middle of a module that is looked at, as a share of its side."""
_SAMPLES: Final = 4
_STEPS: Final = 60

Darkness = npt.NDArray[np.float64]
"""By row and column: 0 light, 1 dark, and what lies between."""


def darkness(grey: Grey, lattice: Lattice) -> Darkness:
    """Return how dark each module is, with `RING` modules around, shade taken away."""
    rows, columns = lattice.shape.rows, lattice.shape.columns
    inner = ((np.arange(_SAMPLES) + 0.5) / _SAMPLES - 0.5) * _WINDOW
    right = (np.arange(-RING, columns + RING)[:, None] + 0.5 + inner).ravel() / columns
    down = (np.arange(-RING, rows + RING)[:, None] + 0.5 + inner).ravel() / rows
    places = np.stack(np.meshgrid(right, down), axis=-1).reshape(-1, 2)
    seen = at_points(grey, mapped(homographies(lattice.corners), places))
    high, wide = rows + 2 * RING, columns + 2 * RING
    means = seen.reshape(high, _SAMPLES, wide, _SAMPLES).mean(axis=(1, 3)).astype(np.float64)
    return _levelled(-means if lattice.light_on_dark else means, lattice)


def _levelled(means: Darkness, lattice: Lattice) -> Darkness:
    """Return darkness from brightness: between a slope through the light and one through the dark.

    The frame says at first which modules are which; then what is lighter or darker than the middle.
    """
    known, dark = (np.pad(one, RING) for one in known_modules(lattice.shape))
    ring = np.ones_like(known)
    ring[RING:-RING, RING:-RING] = False
    outer = ring.copy()
    ring[:1], ring[-1:], ring[:, :1], ring[:, -1:] = False, False, False, False
    lights, darks = ring | known & ~dark, known & dark
    slopes = _slopes(means.shape)
    level = np.zeros_like(means)
    for _ in range(3):
        above, below = _through(slopes, means, lights), _through(slopes, means, darks)
        apart = above - below
        usual = float(np.median(np.abs(apart))) or 1.0
        level = (above - means) / np.where(np.abs(apart) < usual / 4, usual / 4, np.abs(apart))
        darks = (level > 0.5) & ~outer  # noqa: PLR2004 - the middle
        lights = (level <= 0.5) & ~(outer & ~ring)  # noqa: PLR2004
        if min(darks.sum(), lights.sum()) < 8:  # noqa: PLR2004 - no slope goes through so few
            break
    return level


def _slopes(shape: tuple[int, ...]) -> npt.NDArray[np.float64]:
    down, right = (
        np.linspace(-1, 1, shape[0])[:, None] * np.ones(shape),
        np.linspace(-1, 1, shape[1])[None] * np.ones(shape),
    )
    return np.stack([np.ones(shape), down, right, down * right, down**2, right**2], axis=-1)


def _through(
    slopes: npt.NDArray[np.float64], means: Darkness, some: npt.NDArray[np.bool_]
) -> Darkness:
    """Return the smooth ground that goes through some modules, held flat where they are few."""
    rows = slopes[some]
    held = np.diag([1e-6, 0.3, 0.3, 2.0, 2.0, 2.0]) * max(1.0, len(rows) / 60)
    middle = float(np.median(means[some]))
    found = np.linalg.solve(rows.T @ rows + held, rows.T @ (means[some] - middle))
    return slopes @ found + middle


def sharpened(level: Darkness, blur: float) -> Darkness:
    """Return what the modules were before a blur of so many modules, each between light and dark.

    What is sought is blurred again and compared, and mended by the difference.
    """
    low, high = np.percentile(level, (4, 96))
    level = np.clip((level - low) / max(0.2, high - low), -0.5, 1.5)
    down, right = _mixing(level.shape[0], blur), _mixing(level.shape[1], blur)
    found = before = np.clip(level, 0, 1)
    for step in range(_STEPS):
        ahead = found + (found - before) * (step / (step + 3))
        amiss = down @ ahead @ right.T - level
        before, found = found, np.clip(ahead - down.T @ amiss @ right, 0, 1)
    return found


@cache
def _mixing(count: int, blur: float) -> npt.NDArray[np.float64]:
    """Return the share that each module has in the brightness of each along one side."""
    wide = math.sqrt(blur**2 + _WINDOW**2 / 12)
    apart = np.abs(np.subtract.outer(np.arange(count), np.arange(count))).astype(np.float64)
    edge = np.vectorize(lambda at: 0.5 * (1 + math.erf(at / wide / math.sqrt(2))))
    shares = edge(apart + 0.5) - edge(apart - 0.5)
    return cast("npt.NDArray[np.float64]", shares / shares.sum(axis=1, keepdims=True))
