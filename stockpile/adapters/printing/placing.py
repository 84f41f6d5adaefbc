"""A label in the dots of one printer: where symbols begin, and every line of text as a picture.

Text goes to a printer as a picture always: its own letters know few scripts, are of unknown width,
and words that are read as commands cannot hide in a picture. Symbols are the printer's own.
Lengths here are in dots from the label's top left corner.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from PIL import Image

from stockpile.domain.errors import LabelElementMisfit, LabelUnprintable
from stockpile.domain.facts import LabelElement, LabelLayoutSet
from stockpile.domain.label_layouts import (
    SHAPES,
    WHOLE,
    element_key,
    elements_out_of_bounds,
    in_mm,
    module_dots,
)
from stockpile.domain.printer_fit import STRAIGHT, PrinterFit, before_print
from stockpile.domain.tags import grouped, matrix_payload
from stockpile.services.ports import Bitmap, Label

_INCH: Final = 25_400
_MILLIMETRE: Final = 1_000
_POINTS: Final = 72
_LETTERS: Final = 0.74
"""The font size as a part of a line's height."""
_LEAST: Final = 5.0
_LEAST_WHOLE: Final = 6.0
_ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"
_BITS: Final = 8
_MIDDLE_GREY: Final = 128
_LONGEST: Final = 400


class Rasteriser(Protocol):
    """Writes a line of text as dots, in any script that our fonts know."""

    def __call__(self, text: str, height_dots: int, *, bold: bool = False) -> Bitmap:
        """Return the line, so many dots high; raises LabelUnprintable."""
        ...


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol: its modules are ``module`` dots wide, its bars ``bars`` dots high, 0 for none."""

    what: str
    text: str
    left: int
    top: int
    module: int
    bars: int = 0


@dataclass(frozen=True, slots=True)
class Ink:
    """A picture and where it stands."""

    left: int
    top: int
    bitmap: Bitmap


@dataclass(frozen=True, slots=True)
class Face:
    """A whole label in dots, its size in micrometres beside."""

    width: int
    height: int
    size: tuple[int, int]
    inks: tuple[Ink, ...]
    symbols: tuple[Symbol, ...]


def rasteriser(line_bitmap: Rasteriser) -> Rasteriser:
    """Return the rasteriser with a memory: most lines of a run are met again."""

    @lru_cache(2000)
    def kept(text: str, height_dots: int, bold: bool) -> Bitmap:
        return line_bitmap(text, height_dots, bold=bold)

    def remembered(text: str, height_dots: int, *, bold: bool = False) -> Bitmap:
        return kept(text, height_dots, bold)

    return remembered


def placed(
    label: Label,
    layout: LabelLayoutSet,
    dots_per_inch: int,
    line: Rasteriser,
    *,
    logo: bytes = b"",
    fit: PrinterFit = STRAIGHT,
) -> Face:
    """Return a label by its layout in a printer's dots.

    ``fit`` moves every element so that its middle is printed where it belongs, whatever the printer
    is beside its place or too long or too wide; a symbol is never stretched.
    Raises LabelUnprintable for a name that has no room and for letters of no font of ours, and
    LabelElementMisfit.
    """
    for problem in elements_out_of_bounds(layout):
        raise LabelElementMisfit(problem.what, problem.kind, in_mm(problem.over))

    def dots(micrometres: float) -> int:
        return round(micrometres * dots_per_inch / _INCH)

    inks: list[Ink] = []
    symbols: list[Symbol] = []
    said = dict(label.said)
    for element in layout.elements:
        box = _Box(
            dots(_moved(element.left, element.width, fit.across, fit.stretch_across)),
            dots(_moved(element.top, element.height, fit.down, fit.stretch_down)),
            dots(element.width),
            dots(element.height),
        )
        if element.what in SHAPES:
            symbols.append(_symbol(element, label, box, dots_per_inch))
        elif element.what == "logo":
            inks += _logo(logo, box)
        elif words := _words(element, label, said):
            inks += _line(words, element, box, dots_per_inch, line)
    size = (layout.width, layout.height)
    return Face(dots(layout.width), dots(layout.height), size, tuple(inks), tuple(symbols))


def _moved(edge: int, length: int, offset: int, stretch: int) -> float:
    """Return where an edge goes so that the middle between it and the other one is in place."""
    middle = (edge + length / 2) / _MILLIMETRE
    return before_print(middle, offset, stretch) * _MILLIMETRE - length / 2


@dataclass(frozen=True, slots=True)
class _Box:
    left: int
    top: int
    width: int
    height: int


def _symbol(element: LabelElement, label: Label, box: _Box, dots_per_inch: int) -> Symbol:
    shape = SHAPES[element.what]
    text = matrix_payload(label.tag, label.mac) if shape.rows else label.tag
    if not (text.isascii() and text.isalnum()):
        # Signs that a printer's language has a use for are in no code of ours.
        raise LabelUnprintable(text, "")
    module = module_dots(element, dots_per_inch)
    left = box.left + (box.width - shape.columns * module) // 2
    if not shape.rows:
        return Symbol(element.what, text, max(0, left), max(0, box.top), module, box.height)
    top = box.top + (box.height - shape.rows * module) // 2
    return Symbol(element.what, text, max(0, left), max(0, top), module)


def _words(element: LabelElement, label: Label, said: dict[str, str]) -> str:
    match element.what:
        case "text":
            words = element.text
        case "tag":
            words = grouped(label.tag)
        case "headline" if not said:
            words = label.lines[0] if label.lines else ""
        case _:
            words = said.get(element_key(element), "")
    return " ".join(words.split())[:_LONGEST]


def _line(
    words: str, element: LabelElement, box: _Box, dots_per_inch: int, line: Rasteriser
) -> list[Ink]:
    """Return a line in its box: as large as asked or as it has room, cut only where it may be."""
    bold = element.bold
    size = element.size / 10 * dots_per_inch / _POINTS / _LETTERS if element.size else box.height
    height = max(1, min(box.height, int(size)))
    whole = element.what in WHOLE
    least = min(
        height, int((_LEAST_WHOLE if whole else _LEAST) * dots_per_inch / _POINTS / _LETTERS)
    )

    def drawn(text: str, tall: int) -> Bitmap:
        return line(text, tall, bold=bold)

    bitmap = drawn(words, height)
    while bitmap.width > box.width and height > least:
        height = max(least, min(height - 1, height * box.width // bitmap.width))
        bitmap = drawn(words, height)
    if bitmap.width > box.width:
        if whole:
            raise LabelUnprintable(words, "")
        bitmap = _cut(words, height, box.width, drawn)
    if not bitmap.width:
        return []
    left = box.left + (box.width - bitmap.width if _is_rtl(words) else 0)
    top = box.top + (box.height - bitmap.height) // 2
    return [_ink(left, top, bitmap)]


def _cut(words: str, height: int, room: int, drawn: Callable[[str, int], Bitmap]) -> Bitmap:
    """Return as many of the letters as have room, and an ellipsis."""
    low, high = 0, len(words) - 1
    best = Bitmap(0, height, b"")
    while low <= high:
        middle = (low + high + 1) // 2
        bitmap = drawn(words[:middle].rstrip() + _ELLIPSIS, height)
        if bitmap.width <= room:
            best, low = bitmap, middle + 1
        else:
            high = middle - 1
    return best


def _is_rtl(words: str) -> bool:
    """Say whether a line begins at the right: its first letter says so."""
    sides = (unicodedata.bidirectional(one) for one in words)
    return next((side != "L" for side in sides if side in ("L", "R", "AL")), False)


def _ink(left: int, top: int, bitmap: Bitmap) -> Ink:
    """Return the picture on the label; a printer knows no place left of it or above it."""
    return Ink(max(0, left), max(0, top), bitmap)


def _logo(logo: bytes, box: _Box) -> list[Ink]:
    """Return the picture in the middle of its box, as large as it has room, black on white."""
    if not logo or box.width < 1 or box.height < 1:
        return []
    with Image.open(io.BytesIO(logo), formats=("JPEG", "PNG")) as opened:
        grey = opened.convert("L")
    scale = min(box.width / grey.width, box.height / grey.height)
    width, height = max(1, int(grey.width * scale)), max(1, int(grey.height * scale))
    small = grey.resize((width, height))
    black = small.point([255 if one < _MIDDLE_GREY else 0 for one in range(256)], "1")
    left, top = box.left + (box.width - width) // 2, box.top + (box.height - height) // 2
    return [_ink(left, top, Bitmap(width, height, black.tobytes()))]
