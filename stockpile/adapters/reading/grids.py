"""A Data Matrix read from a grid whose modules may be doubtful: mended, made whole, read anew.

Reed-Solomon alone is content with any codewords near enough. Here what it puts right must also be
few modules, as dirt and missing dots are, and the symbol made whole must be read by zxing-cpp.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
import numpy.typing as npt
from PIL import Image

from stockpile.adapters.reading.codewords import mended, syndromes
from stockpile.adapters.reading.modules import RING, Darkness
from stockpile.adapters.reading.plain import read_plainly
from stockpile.adapters.reading.shapes import Shape, codeword_places, known_modules

_BITS: Final = 1 << np.arange(7, -1, -1)
_SIX: Final = 12
"""Codewords of correction of which six may be spent so: the rest prove enough."""
GUESSES: Final = 2500
"""Sets of each number of codewords tried where no module says itself that it is doubtful."""
_KEPT_BACK: Final = 2
"""Codewords of correction that are never spent on doubtful places: they prove the rest."""
_MOST_FLIPPED: Final = 2.1
"""Modules put right for each codeword put right, in the mean. By chance it were four."""
_MOST_OF_ALL: Final = 0.13
"""Modules put right, as a share of all."""
_FRAME_HOLDS: Final = 0.75
"""The share of the frame's modules that must be as they should be."""
_SMALL: Final = 4
"""Errors a small symbol can mend; below, chance mends too often what is no symbol."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A symbol that was read from a grid: its bytes, the share of modules put right, and its proof.

    ``sure`` is false for the smallest with more than one bad codeword: there chance mends too much.
    """

    raw: bytes
    flipped: float
    sure: bool


def read_grid(shape: Shape, level: Darkness, guesses: int = GUESSES) -> Mended | None:
    """Return what a grid of so dark modules says, or nothing where that is not sure."""
    inner = level[RING:-RING, RING:-RING]
    known, dark = known_modules(shape)
    if np.mean((inner > 0.5)[known] == dark[known]) < _FRAME_HOLDS:  # noqa: PLR2004 - the middle
        return None
    if shape.qr:
        return _read_qr(np.where(known, dark, inner > 0.5))  # noqa: PLR2004
    places = codeword_places(shape)
    values = inner[places[..., 0], places[..., 1]]
    bits = values > 0.5  # noqa: PLR2004
    words = [int(one) for one in bits @ _BITS]
    wrong = syndromes(words, shape.correction)
    for doubtful in _doubts(shape, values, guesses):
        right = mended(words, wrong, doubtful)
        if right is not None and (flipped := _believed(shape, bits, right)) is not None:
            raw = _read_whole(shape, right)
            bad = sum(one != two for one, two in zip(words, right, strict=True))
            if raw:
                return Mended(raw, flipped, shape.correction // 2 >= _SMALL or bad <= 1)
    return None


def _read_qr(modules: npt.NDArray[np.bool_]) -> Mended | None:
    """Return what a QR Code says whose frame is put right first."""
    for found in read_plainly(Image.fromarray(_drawn(modules)), ("qr",), pure=True):
        return Mended(found.raw, 0.0, found.sure)
    return None


def _doubts(shape: Shape, values: npt.NDArray[np.float64], guesses: int) -> Iterator[Sequence[int]]:
    """Give sets of codewords to count as unread: none, the greyest, and then by chance."""
    yield ()
    most = shape.correction - _KEPT_BACK
    if shape.correction // 2 < _SMALL:
        return
    sure = np.sort(np.abs(values - 0.5), axis=1)
    order = [int(one) for one in np.argsort(sure[:, 0] + 0.3 * sure[:, 1])]
    for count in range(2, most + 1, 2):
        yield order[:count]
    # A missing dot is no shade of grey: any two codewords may be the ones, or four, or six.
    chance = random.Random(shape.data)  # noqa: S311 - guesses, the same every time
    pairs = list(itertools.combinations(range(len(values)), 2))
    chance.shuffle(pairs)
    yield from pairs[:guesses]
    for _ in range(guesses):
        yield chance.sample(range(len(values)), 4)
    if shape.correction >= _SIX:
        for _ in range(guesses):
            yield chance.sample(range(len(values)), 6)


def _believed(shape: Shape, bits: npt.NDArray[np.bool_], right: Sequence[int]) -> float | None:
    """Return the share of modules put right if dirt may have done that, otherwise nothing."""
    flips = (bits != _bits_of(right)).sum(axis=1)
    bad, flipped = int((flips > 0).sum()), int(flips.sum())
    share = flipped / bits.size
    few = flipped <= _MOST_FLIPPED * bad if bad > 1 else flipped <= 4  # noqa: PLR2004
    small = shape.correction // 2 < _SMALL
    if not few or share > (_MOST_OF_ALL / 2 if small else _MOST_OF_ALL):
        return None
    return share


def _bits_of(words: Sequence[int]) -> npt.NDArray[np.bool_]:
    return cast("npt.NDArray[np.bool_]", np.array(words)[:, None] & _BITS[None] > 0)


def _read_whole(shape: Shape, words: Sequence[int]) -> bytes:
    """Draw a symbol of these codewords without fault and return what is read from it."""
    _, dark = known_modules(shape)
    modules = dark.copy()
    places = codeword_places(shape)
    covered = known_modules(shape)[0].copy()
    covered[places[..., 0], places[..., 1]] = True
    modules[places[..., 0], places[..., 1]] = _bits_of(words)
    # Where the walk of the standard leaves a corner, it is checkered.
    for row, column in np.argwhere(~covered):
        modules[row, column] = (row + column) % 2 == (shape.rows + shape.columns) % 2
    seen = list(read_plainly(Image.fromarray(_drawn(modules)), ("matrix",), pure=True))
    return seen[0].raw if seen else b""


def _drawn(modules: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint8]:
    grey = np.where(np.kron(np.pad(modules, 4), np.ones((4, 4), dtype=np.uint8)) > 0, 0, 255)
    return grey.astype(np.uint8)
