"""The search for symbols in one picture: the quick ways first, the thorough ones by need.

What is read must be sure. A symbol with error correction is; bars and the smallest matrices are
believed when two ways of looking say the same and none says anything else.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from PIL import Image

from stockpile.adapters.reading.bars import direction, read_bars
from stockpile.adapters.reading.greys import grey_of
from stockpile.adapters.reading.grids import read_grid
from stockpile.adapters.reading.lattices import lattices
from stockpile.adapters.reading.modules import darkness, sharpened
from stockpile.adapters.reading.plain import Found, read_plainly
from stockpile.adapters.reading.sightings import Sighting, sightings
from stockpile.adapters.reading.tries import tries
from stockpile.services.ports import Progress, SymbolKind

MOST_SECONDS: Final = 4.0
"""Of the processor, for one picture in which nothing can be read."""
_STRIPED: Final = 0.3
"""From here on a patch is looked at as bars first."""
_BLURS: Final = (0.0, 0.4, 0.6, 0.8, 1.0)
"""In modules."""
_LEAST_FIT: Final = 0.6
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
) -> Sought:
    """Return the symbols of these kinds in a picture; what `progress` raises ends the search."""
    until = clock() + MOST_SECONDS
    said: Counter[Found] = Counter()
    for done, (how, found) in enumerate(_steps(image, kinds)):
        progress(done, 0)
        said.update(found)
        believed = _believed(said)
        if believed:
            return Sought(how, believed)
        if clock() > until:
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
    yield "as it is", tuple(dict.fromkeys(read_plainly(image, kinds)))
    if max(image.size) > 900:  # noqa: PLR2004 - a photograph: its symbols are finer than need be
        yield "half as large", tuple(read_plainly(image.reduce(2), kinds))
    seen = list(sightings(image))
    striped = max((one.striped for one in seen), default=1.0)
    if "bars" in kinds and striped > _STRIPED:
        yield from _barred(image)
    if "matrix" in kinds:
        yield from _gridded(image, seen)
    if "bars" in kinds and striped <= _STRIPED:
        yield from _barred(image)
    for how, looked in tries(image):
        yield how, tuple(read_plainly(looked, kinds))


def _barred(image: Image.Image) -> Iterator[_Step]:
    raw = read_bars(image, direction(image))
    yield "bars averaged", (Found("bars", raw, sure=True),) if raw else ()


def _gridded(image: Image.Image, seen: list[Sighting]) -> Iterator[_Step]:
    grey = grey_of(image)
    for at in range(0, len(seen), 2):
        for lattice in lattices(image, seen[at : at + 2]):
            if lattice.fit < _LEAST_FIT:
                break
            level = darkness(grey, lattice)
            for blur in _BLURS:
                sharp = sharpened(level, blur) if blur else level
                whole = read_grid(lattice.shape, sharp)
                yield (
                    f"grid of {lattice.shape.rows}x{lattice.shape.columns}, blur {blur}",
                    (Found("matrix", whole.raw, whole.sure),) if whole else (),
                )
