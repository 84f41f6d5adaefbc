"""Bars read along all their length: turned upright, averaged, sharpened, and voted upon.

Code 128 has one check character in 103 and no error correction, so one reading proves little: here
two strips of the picture that share no pixel must say the same, and no strip anything else.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
import zxingcpp
from PIL import Image

from stockpile.adapters.reading.greys import Grey, grey_of, smoothed

_CODE_128: Final = zxingcpp.barcode_formats_from_str("Code128")
_LEAST_LENGTH: Final = 4
"""Bytes; shorter ones are read from what is no symbol."""
_EDGE: Final = 1100
"""The longest edge looked at, in pixels."""
_STRIPS: Final = (2, 3, 5, 9)
"""Into how many the bars are cut; the more, the less a slant between them blurs each."""
_BLURS: Final = (0.0, 1.5, 2.5, 3.5, 5.0)
"""Pixels of the picture made larger, where a narrow bar has about five."""
_ROWS: Final = 24
_Line = npt.NDArray[np.float64]


def read_bars(image: Image.Image, along: float) -> bytes:
    """Return what bars across a direction (radians) say, or nothing if that is not sure."""
    upright = _upright(image, along)
    if upright is None:
        return b""
    ever: set[bytes] = set()
    for strips in _STRIPS:
        bands = [band.mean(axis=0) for band in np.array_split(upright, strips) if len(band)]
        votes = Counter(one for line in bands for one in _said(line.astype(np.float64)))
        ever |= set(votes)
        if len(ever) > 1:
            return b""
        if votes and max(votes.values()) > 1:
            return ever.pop()
    return b""


def direction(image: Image.Image) -> tuple[float, float]:
    """Return the direction across most edges of a picture in radians, and how far all have it.

    The share is near 1 for bars alone and near 0 for modules.
    """
    share = min(1.0, 500 / max(image.size))
    size = [max(8, round(side * share)) for side in image.size]
    grey = smoothed(grey_of(image.resize((size[0], size[1]), Image.Resampling.BOX)), 0.8)
    down, right = np.gradient(grey)
    strong = np.hypot(right, down)
    some = strong > np.percentile(strong, 60)
    across = float(np.sum(np.where(some, right**2 - down**2, 0)))
    both = float(np.sum(np.where(some, 2 * right * down, 0)))
    whole = float(np.sum(np.where(some, strong**2, 0)))
    return math.atan2(both, across) / 2, math.hypot(both, across) / max(whole, 1e-9)


def _upright(image: Image.Image, along: float) -> Grey | None:
    """Return the part of the picture that has bars, turned so that they stand."""
    share = min(3.0, _EDGE / max(image.size))
    size = (max(8, round(image.width * share)), max(8, round(image.height * share)))
    larger = image.resize(size, Image.Resampling.BICUBIC)
    best = max((_turned(larger, along + math.radians(step)) for step in _TRIMS), key=_standing)
    rows = _busiest(_run_of(np.abs(np.diff(smoothed(best, 1.0), axis=1)).mean(axis=1)), 0.4)
    return best[rows] if rows.stop - rows.start > 3 else None  # noqa: PLR2004 - a line or two


_TRIMS: Final = (-1.5, -0.75, 0.0, 0.75, 1.5)
"""Degrees about the direction first found."""


def _turned(image: Image.Image, along: float) -> Grey:
    """Turn a picture; what comes in at the corners is like the edge it comes in from."""
    around = math.ceil(0.1 * max(image.size))
    padded = Image.fromarray(np.pad(np.asarray(image), around, mode="edge"))
    turned = padded.rotate(math.degrees(along), Image.Resampling.BICUBIC, expand=True, fillcolor=0)
    inside = Image.new("L", padded.size, 255).rotate(math.degrees(along), expand=True)
    grey = grey_of(turned).copy()
    grey[np.asarray(inside) == 0] = np.median(np.asarray(image))
    return grey


def _standing(grey: Grey) -> float:
    """Return how much stays of the edges when all rows are made one."""
    return float(np.sum(np.diff(grey.mean(axis=0)) ** 2))


def _run_of(values: Grey) -> _Line:
    wide = max(1, len(values) // 40) * 2 + 1
    padded = np.pad(values.astype(np.float64), wide // 2, mode="edge")
    return np.convolve(padded, np.ones(wide) / wide, "valid")


def _busiest(values: _Line, share: float) -> slice:
    """Return the longest run above a share of the greatest."""
    above = np.flatnonzero(np.diff(np.pad(values > share * values.max(), 1).astype(np.int8)))
    runs = list(zip(above[::2], above[1::2], strict=True))
    start, end = max(runs, key=lambda run: run[1] - run[0], default=(0, 0))
    less = (end - start) // 12
    return slice(int(start + less), int(end - less))


def _said(line: _Line) -> Iterator[bytes]:
    """Give what one line across the bars says, as it is and sharpened more and more."""
    level = _levelled(line)
    for blur in _BLURS:
        sharp = level if not blur else _sharpened(level, blur)
        for alone in (sharp, *_uncrowded(sharp)):
            for text in _decoded(alone):
                if len(text) >= _LEAST_LENGTH:
                    yield text
                    return


def _levelled(line: _Line) -> _Line:
    """Return how light each place is between the darkest and the lightest about it, 0 to 1."""
    radius = max(6, len(line) // 14)
    light, dark = _extreme(line, radius, np.maximum), _extreme(line, radius, np.minimum)
    apart = light - dark
    least = max(1e-6, 0.15 * float(np.percentile(apart, 90)))
    return cast("_Line", np.where(apart > least, (line - dark) / np.maximum(apart, least), 1.0))


def _extreme(line: _Line, radius: int, which: np.ufunc) -> _Line:
    """Return the greatest or least value near each place, softened."""
    padded = np.pad(line, radius, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * radius + 1)
    found = windows.max(axis=1) if which is np.maximum else windows.min(axis=1)
    smooth = np.pad(found, radius, mode="edge")
    return np.convolve(smooth, np.ones(2 * radius + 1) / (2 * radius + 1), "valid")


def _sharpened(level: _Line, blur: float) -> _Line:
    """Return what the line was before a blur of so many pixels, between dark and light."""
    reach = math.ceil(3 * blur)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / blur) ** 2)
    kernel /= kernel.sum()

    def blurred(one: _Line) -> _Line:
        return np.convolve(np.pad(one, reach, mode="edge"), kernel, "valid")

    found = before = level
    for step in range(60):
        ahead = found + (found - before) * (step / (step + 3))
        before, found = found, np.clip(ahead - blurred(blurred(ahead) - level), 0, 1)
    return found


def _uncrowded(level: _Line) -> Iterator[_Line]:
    """Give the line without what stands in the light before the first bar or after the last.

    The first and the last bar of Code 128 are two modules wide. What is wider than any bar at an
    end is cut down to that, or away where it stands apart.
    """
    edges = np.flatnonzero(np.diff((level > 0.5).astype(np.int8))) + 1  # noqa: PLR2004
    if len(edges) < 20:  # noqa: PLR2004 - no symbol has so few
        return
    module = float(np.percentile(np.diff(edges), 25))
    for turned in (False, True):
        one = level[::-1] if turned else level
        ends = np.sort(len(level) - edges) if turned else edges
        for end in ends[:8]:
            if one[end - 1] > 0.5 or end < 3 * module:  # noqa: PLR2004
                continue
            for kept in (0.0, 2 * module):
                clear = one.copy()
                clear[: max(0, round(end - kept))] = 1.0
                yield clear[::-1] if turned else clear


def _decoded(level: _Line) -> Iterator[bytes]:
    """Draw bars of a line without fault and read them."""
    fine = np.interp(np.arange(len(level) * 3) / 3, np.arange(len(level)), level)
    quiet = np.ones(len(fine) // 8)
    whole = np.concatenate([quiet, fine, quiet])
    grey = np.clip(whole * 255, 0, 255).astype(np.uint8)
    for drawn in (grey, np.where(whole > 0.5, 255, 0).astype(np.uint8)):  # noqa: PLR2004
        picture = np.ascontiguousarray(np.repeat(drawn[np.newaxis], _ROWS, axis=0))
        seen = zxingcpp.read_barcodes(
            picture, formats=_CODE_128, try_rotate=False, try_downscale=False, try_invert=True,
            binarizer=zxingcpp.Binarizer.GlobalHistogram,
        )  # fmt: skip
        if seen:
            yield bytes(cast("Any", seen[0]).bytes)
            return
