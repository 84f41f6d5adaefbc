"""How dark each module of a grid is: measured, evened out, and sharpened where it is blurred."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Final, cast

import numpy as np
import numpy.typing as npt

from stockpile.adapters.reading.greys import Grey, at_points, homographies, mapped
from stockpile.adapters.reading.lattices import Lattice
from stockpile.adapters.reading.shapes import Shape, known_modules

RING: Final = 2
"""Modules around the symbol that are measured too: blur takes from them and gives to them."""
_WINDOW: Final = 0.6
"""The middle of a module that is looked at, as a share of its side."""
_SAMPLES: Final = 4
_STEPS: Final = 40
_ROUNDS: Final = 5

Darkness = npt.NDArray[np.float64]
"""By row and column: 0 light, 1 dark, and what lies between."""


@dataclass(frozen=True, slots=True)
class Restored:
    """Modules as they were before a blur, how they look blurred again, and how far that errs."""

    level: Darkness
    blurred: Darkness
    error: float


def brightness(grey: Grey, lattice: Lattice) -> Darkness:
    """Return how bright each module is, and `RING` modules around; marks are the darker ones."""
    rows, columns = lattice.shape.rows, lattice.shape.columns
    inner = ((np.arange(_SAMPLES) + 0.5) / _SAMPLES - 0.5) * _WINDOW
    right = (np.arange(-RING, columns + RING)[:, None] + 0.5 + inner).ravel() / columns
    down = (np.arange(-RING, rows + RING)[:, None] + 0.5 + inner).ravel() / rows
    places = np.stack(np.meshgrid(right, down), axis=-1).reshape(-1, 2)
    seen = at_points(grey, mapped(homographies(lattice.corners), places))
    high, wide = rows + 2 * RING, columns + 2 * RING
    means: Darkness = (
        seen.reshape(high, _SAMPLES, wide, _SAMPLES).mean(axis=(1, 3)).astype(np.float64)
    )
    return -means if lattice.light_on_dark else means


def levelled(means: Darkness, shape: Shape) -> Darkness:
    """Return darkness from brightness: between a slope through the light and one through the dark.

    The frame says at first which modules are which; then what is lighter or darker than the middle.
    """
    known, dark = (np.pad(one, RING) for one in known_modules(shape))
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


def restored(means: Darkness, shape: Shape, blur: float, rounds: int = _ROUNDS) -> Restored | None:
    """Return what the modules were before a blur of so many modules, or nothing for a blank.

    What is sought is blurred again, compared, and mended by the difference, between light and dark;
    the frame is held as it must be. How bright light and dark are is found on the way.
    """
    known, dark = (np.pad(one, RING, constant_values=False) for one in known_modules(shape))
    held = np.pad(known[RING:-RING, RING:-RING], RING, constant_values=True)
    down, right = _mixing(means.shape[0], blur), _mixing(means.shape[1], blur)
    ground = _slopes(means.shape)[..., :3].reshape(-1, 3)
    found = np.where(held, dark, 0.5)
    blurred, error = found, 0.0
    for _ in range(rounds):
        blurred = down @ found @ right.T
        sides = np.concatenate([ground, -blurred.reshape(-1, 1)], axis=1)
        level = np.linalg.lstsq(sides, means.ravel())[0]
        if level[3] <= 0:
            return None
        wanted = ((ground @ level[:3] - means.ravel()) / level[3]).reshape(means.shape)
        found = _mended(found, wanted, held, (down, right))
        blurred = down @ found @ right.T
        error = float(np.sqrt(np.mean((blurred - wanted) ** 2)))
    return Restored(found, blurred, error)


def _mended(
    found: Darkness,
    wanted: Darkness,
    held: npt.NDArray[np.bool_],
    mixing: tuple[Darkness, Darkness],
) -> Darkness:
    down, right = mixing
    start = before = found
    for step in range(_STEPS):
        ahead = found + (found - before) * (step / (step + 3))
        amiss = down @ ahead @ right.T - wanted
        nearer = np.clip(ahead - down.T @ amiss @ right, 0, 1)
        before, found = found, np.where(held, start, nearer)
    return found


@cache
def _mixing(count: int, blur: float) -> npt.NDArray[np.float64]:
    """Return the share that each module has in the brightness of each along one side."""
    wide = math.sqrt(blur**2 + _WINDOW**2 / 12)
    apart = np.abs(np.subtract.outer(np.arange(count), np.arange(count))).astype(np.float64)
    edge = np.vectorize(lambda at: 0.5 * (1 + math.erf(at / wide / math.sqrt(2))))
    shares = edge(apart + 0.5) - edge(apart - 0.5)
    return cast("npt.NDArray[np.float64]", shares / shares.sum(axis=1, keepdims=True))
