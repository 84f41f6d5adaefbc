"""Ways to look at a picture until a reader sees what is in it: sizes, filters, turns.

Detached dots are not read as they are; a few pixels of growth join them (measured on drawn 14x14
symbols: dots of half a module's width are read so, and plainly not at all).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Final

from PIL import Image, ImageChops, ImageFilter

from stockpile.adapters.reading.greys import evened, grey_of, image_of, stretched

_EDGES: Final = (180, 260, 360, 520, 720)
"""Longest edges tried, in pixels: whatever part of the picture a symbol of 14 to 22 modules fills,
one of them gives it about 8 to 10 pixels a module."""
_ANGLES: Final = (20, -20, 45)
"""Degrees; the reader itself finds what is turned by quarters, and most of what lies between."""
_TURNED_EDGES: Final = _EDGES[:3]
_Filter = Callable[[Image.Image], Image.Image]


def _even(image: Image.Image) -> Image.Image:
    return image_of(stretched(evened(grey_of(image), max(image.size) // 6)))


_FILTERS: Final[tuple[tuple[str, _Filter], ...]] = (
    ("as is", lambda image: image),
    ("dark grown by 5", lambda image: image.filter(ImageFilter.MinFilter(5))),
    ("blurred by 3", lambda image: image.filter(ImageFilter.GaussianBlur(3))),
    ("dark grown by 3", lambda image: image.filter(ImageFilter.MinFilter(3))),
    ("blurred by 1.5", lambda image: image.filter(ImageFilter.GaussianBlur(1.5))),
    ("evened", _even),
    ("sharpened", lambda image: image.filter(ImageFilter.UnsharpMask(6, 300, 0))),
)


def tries(grey: Image.Image) -> Iterator[tuple[str, Image.Image]]:
    """Give each way to look at a picture and its name, the likely ones first."""
    for edge in _EDGES:
        yield from _filtered(_sized(grey, edge), f"{edge} px")
    for angle in _ANGLES:
        for edge in _TURNED_EDGES:
            yield from _filtered(_turned(_sized(grey, edge), angle), f"{edge} px, {angle}°")


def quick_tries(grey: Image.Image) -> Iterator[tuple[str, Image.Image]]:
    """Give the few ways by which a symbol that is only noisy, small or shaded is mostly read."""
    yield from itertools.islice(
        _filtered(_sized(grey, _EDGES[2]), f"{_EDGES[2]} px"), len(_FILTERS)
    )


def _filtered(image: Image.Image, name: str) -> Iterator[tuple[str, Image.Image]]:
    for tone, toned in (("dark", image), ("light", ImageChops.invert(image))):
        for filter_name, filtered in _FILTERS:
            yield f"{tone}, {filter_name}, {name}", filtered(toned)


def _sized(grey: Image.Image, edge: int) -> Image.Image:
    share = edge / max(grey.size)
    width, height = (max(1, round(side * share)) for side in grey.size)
    return grey.resize((width, height), Image.Resampling.LANCZOS)


def _turned(image: Image.Image, angle: int) -> Image.Image:
    """Turn the picture; what comes in at the corners is as light as the rest is in the middle."""
    middle = sorted(image.resize((16, 16)).tobytes())[128]
    return image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=middle)
