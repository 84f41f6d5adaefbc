"""The search for symbols in one picture: the quick ways first, the thorough ones by need.

What is read must be sure. A symbol with error correction is; bars and the smallest matrices are
believed when two ways of looking say the same and none says anything else.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, cast

from PIL import Image, ImageOps

from stockpile.adapters.reading.bars import direction, read_bars
from stockpile.adapters.reading.greys import Grey, grey_of
from stockpile.adapters.reading.grids import GUESSES, Mended, read_grid
from stockpile.adapters.reading.lattices import Lattice, lattices, nudged
from stockpile.adapters.reading.modules import RING, brightness, levelled, restored
from stockpile.adapters.reading.plain import Found, read_plainly
from stockpile.adapters.reading.shapes import QR_CODES
from stockpile.adapters.reading.sightings import sightings
from stockpile.adapters.reading.tries import quick_tries, tries
from stockpile.services.ports import Progress, SymbolKind

MOST_SECONDS: Final = 4.0
"""Of the processor, for one picture in which nothing can be read."""
_STRIPED: Final = 0.3
"""From here on a picture is looked at as bars first."""
_BLURS: Final = (0.3, 0.45, 0.6, 0.7, 0.8, 0.9, 1.0)
"""In modules."""
_NUDGES: Final = 9
_RESTORED: Final = 3
_SHARP: Final = 0.93
"""Where a frame fits better than this, no blur keeps the symbol from being read."""
_BLANK: Final = 3
"""Shades of grey that a picture of nothing has."""
_PHOTOGRAPH: Final = 900
"""Pixels of an edge from which on symbols are finer than they need be."""
_LIKELY: Final = 0.8
_LEAST_FIT: Final = 0.6
_LEAST_OF_QR: Final = 0.45
"""Its frame is larger and less like anything else."""
_Step = tuple[str, tuple[Found, ...]]


@dataclass(frozen=True, slots=True)
class Sought:
    """What a search found, and the way by which it did."""

    how: str
    found: tuple[Found, ...]


def search(
    image: Image.Image,
    kinds: tuple[SymbolKind, ...],
    progress: Progress,
    clock: Callable[[], float] = time.thread_time,
    most_seconds: float = MOST_SECONDS,
) -> Sought:
    """Return the symbols of these kinds in a picture; what `progress` raises ends the search.

    Progress is told in hundredths of the longest time.
    """
    start = clock()
    said: Counter[Found] = Counter()
    for how, found in _steps(image, kinds):
        said.update(found)
        believed = _believed(said)
        if believed:
            return Sought(how, believed)
        used = round(100 * (clock() - start) / most_seconds)
        progress(min(used, 100), 100)
        if used >= 100:  # noqa: PLR2004 - hundredths
            break
    return Sought("", ())


def _believed(said: Counter[Found]) -> tuple[Found, ...]:
    """Return the sure symbols, and of the others those said twice and never gainsaid."""
    doubtful = [one for one in said if not one.sure]
    agreed = [
        one for one in doubtful
        if said[one] > 1 and not any(other.kind == one.kind for other in doubtful if other != one)
    ]  # fmt: skip
    return (*(one for one in said if one.sure), *agreed)


def _steps(image: Image.Image, kinds: tuple[SymbolKind, ...]) -> Iterator[_Step]:
    """Give what each way of looking says, the quick ones first."""
    low, high = cast("tuple[int, int]", image.getextrema())
    if high - low < _BLANK:
        return
    yield from _quick(image, kinds)
    along, striped = direction(image)
    if "bars" in kinds and striped > _STRIPED:
        yield from _barred(image, along)
    yield from _gridded(image, kinds)
    if "bars" in kinds and striped <= _STRIPED:
        yield from _barred(image, along)
    for how, looked in tries(_contrasted(image)):
        yield how, tuple(read_plainly(looked, kinds))


def _contrasted(image: Image.Image) -> Image.Image:
    """Return a picture for eyes that want black and white; measuring wants the light as it fell."""
    return ImageOps.autocontrast(image, cutoff=1)


def _quick(image: Image.Image, kinds: tuple[SymbolKind, ...]) -> Iterator[_Step]:
    yield "as it is", tuple(dict.fromkeys(read_plainly(image, kinds)))
    if max(image.size) > _PHOTOGRAPH:
        yield "half as large", tuple(read_plainly(image.reduce(2), kinds))
    if "qr" in kinds:
        for how, looked in quick_tries(_contrasted(image)):
            yield how, tuple(read_plainly(looked, ("qr",)))


def _barred(image: Image.Image, along: float) -> Iterator[_Step]:
    raw = read_bars(image, along)
    yield "bars averaged", (Found("bars", raw, sure=True),) if raw else ()


def _gridded(image: Image.Image, kinds: tuple[SymbolKind, ...]) -> Iterator[_Step]:
    """Lay grids over patches and read them as they are, then as they were before a blur."""
    grey = grey_of(image)
    for patch in sightings(image):
        matrices: list[Lattice] = []
        codes: list[Lattice] = []
        if "matrix" in kinds:
            matrices = [one for one in lattices(image, patch) if one.fit > _LEAST_FIT]
            yield from _read_grids(grey, matrices)
        if "qr" in kinds:
            codes = [one for one in lattices(image, patch, QR_CODES) if one.fit > _LEAST_OF_QR][:1]
            yield from _read_grids(grey, codes)
        # Little else looks like three finders, however blurred: first that, then the matrices.
        for lattice in (*codes, *_by_blur(grey, matrices)[:_RESTORED]):
            yield from _unblurred(grey, lattice)


def _read_grids(grey: Grey, found: list[Lattice]) -> Iterator[_Step]:
    for place, lattice in enumerate(found):
        level = levelled(brightness(grey, lattice), lattice.shape)
        likely = lattice.fit > _LIKELY and place < 2  # noqa: PLR2004 - a size, and the next
        whole = read_grid(lattice.shape, level, GUESSES if likely else 0)
        yield _step("grid", lattice, whole)


def _by_blur(grey: Grey, found: list[Lattice]) -> list[Lattice]:
    """Return the grids in the order of how well a frame and a blur explain what is seen.

    A finer grid explains more by a blur than the right one, and a coarser one by its frame.
    """
    if not found or found[0].fit > _SHARP:
        return []
    amiss: list[float] = []
    for lattice in found:
        means = brightness(grey, lattice)
        ways = (restored(means, lattice.shape, blur, rounds=2) for blur in _BLURS[1::2])
        amiss.append(min((way.error for way in ways if way), default=9.0))
    ranks = {at: rank for rank, at in enumerate(sorted(range(len(found)), key=amiss.__getitem__))}
    return [found[at] for at in sorted(range(len(found)), key=lambda at: at + ranks[at])]


def _unblurred(grey: Grey, lattice: Lattice) -> Iterator[_Step]:
    """Take the blur from a grid, and from what that shows find where the grid should lie."""
    blurs: tuple[float, ...] = _BLURS
    for _ in range(_NUDGES):
        means = brightness(grey, lattice)
        ways = [(way, one) for one in blurs if (way := restored(means, lattice.shape, one))]
        if not ways:
            return
        ways.sort(key=lambda one: one[0].error)
        for way, _blur in ways[:2]:
            yield _step("unblurred grid", lattice, read_grid(lattice.shape, way.level, 0))
        best = ways[0][1]
        blurs = tuple(one for one in _BLURS if abs(one - best) < 0.16)  # noqa: PLR2004
        lattice = nudged(grey, lattice, ways[0][0].blurred, RING)


def _step(how: str, lattice: Lattice, whole: Mended | None) -> _Step:
    shape = lattice.shape
    found = (Found("qr" if shape.qr else "matrix", whole.raw, whole.sure),) if whole else ()
    return f"{how} of {shape.rows}x{shape.columns}, fit {lattice.fit:.2f}", found
