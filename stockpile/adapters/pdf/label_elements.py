"""Draws a label by a layout of its site: each element in its box, each symbol in whole dots.

Lengths here are in points, from the page's lower left corner; those of a layout are micrometres
from the label's upper left one. A symbol stands in the middle of its box with its white around it,
its corner on the printer's dots. A line of letters begins where its readers begin, is set smaller
where it has no room, and then cut, except what names the item: that is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.dossier_jpeg import frame_of
from stockpile.adapters.pdf.shaping import Hand, Written, fitted, written
from stockpile.adapters.pdf.stocks import Stock, points
from stockpile.adapters.pdf.symbols import Symbol, code_39, code_128, data_matrix, qr
from stockpile.adapters.pdf.typefaces import EM
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
from stockpile.domain.tags import grouped, matrix_payload
from stockpile.services.ports import Label

FORMATS: Final[Mapping[str, str]] = MappingProxyType(
    {"matrix": "DataMatrix", "code128": "Code128", "code39": "Code39", "qr": "QRCode"}
)
"""What the decoder calls each symbol."""
_MAKERS: Final[Mapping[str, Callable[[str], Symbol]]] = MappingProxyType(
    {"matrix": data_matrix, "code128": code_128, "code39": code_39, "qr": qr}
)
_MM: Final = 1000
_TENTHS: Final = 10
_LEAST: Final = 5.0
_LEAST_WHOLE: Final = 6.0
_STEP: Final = 0.5
_LINE: Final = 1.25
"""The height of a line as a part of its font size: both ends of a letter, and no more."""
_TALL_LINE: Final = 1.75
"""The same where letters reach further, as Arabic ones do, which are set larger, too."""
_CAPITALS: Final = 0.73
_KEPT: Final = 20_000


def symbol_text(what: str, label: Label) -> str:
    """Return what a symbol of a label holds: the tag, where there is room for it with its seal."""
    if SHAPES[what].rows:
        return matrix_payload(label.tag, label.mac)
    return label.tag


class LabelElements:
    """Draws labels by one layout into one document."""

    def __init__(
        self, stock: Stock, document: StreamedDocument, layout: LabelLayoutSet, logo: bytes = b""
    ) -> None:
        """Make one; raises LabelElementMisfit where the stock's label is smaller than the layout.

        ``logo`` is a JPEG; what is none is not drawn.
        """
        for problem in elements_out_of_bounds(layout):
            raise LabelElementMisfit(problem.what, problem.kind, in_mm(problem.over))
        self._dots_per_inch, self._dot = stock.dots_per_inch, stock.dot
        self._document = document
        self._layout = layout
        self._kept: dict[tuple[str, LabelElement], str] = {}
        self._frame = frame_of(logo)
        self.images: tuple[str, ...] = ()
        if self._frame is not None and any(one.what == "logo" for one in layout.elements):
            frame = self._frame
            name = document.add_jpeg(logo, frame.width, frame.height, grey=frame.grey)
            self.images = (name,)
        _demand_room(stock, layout)

    def drawn(self, label: Label, left: float, top: float) -> str:
        """Return the operators of a label whose upper left corner stands there.

        Raises LabelUnprintable, LabelElementMisfit.
        """
        said = dict(label.said)
        parts = []
        for element in self._layout.elements:
            if element.what in SHAPES:
                parts.append(self._symbol(element, label, left, top))
            elif element.what == "logo":
                parts.append(self._logo(element, left, top))
            elif words := _words_of(element, label, said):
                parts.append(self._line(element, words, left, top))
        return " ".join([one for one in parts if one])

    # --- symbols and pictures -------------------------------------------------------------------

    def _symbol(self, element: LabelElement, label: Label, left: float, top: float) -> str:
        symbol = _MAKERS[element.what](symbol_text(element.what, label))
        dots = module_dots(element, self._dots_per_inch, symbol.columns, symbol.rows)
        module = dots * self._dot
        linear = SHAPES[element.what].rows == 0
        width, height = _points(element.width), _points(element.height)
        up = height if linear else module
        tall = height if linear else symbol.rows * module
        x = left + _points(element.left) + (width - symbol.columns * module) / 2
        y = top - _points(element.top) - (height + tall) / 2
        x, y = round(x / self._dot) * self._dot, round(y / self._dot) * self._dot
        return f"q {module:.5f} 0 0 {up:.5f} {x:.3f} {y:.3f} cm {symbol.runs} f Q"

    def _logo(self, element: LabelElement, left: float, top: float) -> str:
        """Draw the picture in the middle of its box, as large as it has room."""
        if self._frame is None or not self.images:
            return ""
        box = _points(element.width), _points(element.height)
        scale = min(box[0] / self._frame.width, box[1] / self._frame.height)
        width, height = self._frame.width * scale, self._frame.height * scale
        x = left + _points(element.left) + (box[0] - width) / 2
        y = top - _points(element.top) - (box[1] + height) / 2
        return f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm /{self.images[0]} Do Q"

    # --- letters --------------------------------------------------------------------------------

    def _line(self, element: LabelElement, words: str, left: float, top: float) -> str:
        """Return a line in its box; the same words in the same element are shaped once."""
        key = (words, element)
        drawn = self._kept.get(key)
        if drawn is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            drawn = self._kept[key] = self._set(element, words)
        x, y = left + _points(element.left), top - _points(element.top + element.height)
        return f"q 1 0 0 1 {x:.2f} {y:.2f} cm {drawn} Q"

    def _set(self, element: LabelElement, words: str) -> str:
        hand = _hand(element)
        line = written(words, hand)
        room, height = _points(element.width), _points(element.height)
        size = _size_of(element, line, height)
        fits = _stepped(room * EM / line.width) if line.width else size
        whole = element.what in WHOLE
        least = min(size, _LEAST_WHOLE if whole else _LEAST)
        if fits < least and whole:
            raise LabelUnprintable(words, "")
        size = min(size, max(fits, least))
        line = fitted(line, hand, room * EM / size)
        width = line.width * size / EM
        x = room - width if line.rtl else 0.0
        y = (height - size * _CAPITALS) / 2
        shown = " ".join([self._document.show(run, size * run.scale) for run in line.runs])
        return f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {shown} ET"


def _demand_room(stock: Stock, layout: LabelLayoutSet) -> None:
    """Refuse a layout that is larger than the label; how far its furthest element reaches over."""
    width, height = round(stock.label.width * _MM), round(stock.label.height * _MM)
    for one in layout.elements:
        over = max(one.left + one.width - width, one.top + one.height - height)
        if over > 0:
            raise LabelElementMisfit(one.what, "outside", in_mm(over))


def _words_of(element: LabelElement, label: Label, said: Mapping[str, str]) -> str:
    match element.what:
        case "text":
            return element.text
        case "tag":
            return grouped(label.tag)
        case "headline" if not said:
            return label.lines[0] if label.lines else ""
        case _:
            return said.get(element_key(element), "")


def _hand(element: LabelElement) -> Hand:
    if element.what == "tag":
        return Hand.CODE
    return Hand.BOLD if element.bold else Hand.PLAIN


def _size_of(element: LabelElement, line: Written, height: float) -> float:
    """Return the font size that was asked for, or as large as the box is high."""
    tall = any(run.scale > 1 for run in line.runs)
    most = max(_stepped(height / (_TALL_LINE if tall else _LINE)), _STEP)
    return min(element.size / _TENTHS, most) if element.size else most


def _stepped(size: float) -> float:
    return int(size / _STEP) * _STEP


def _points(micrometres: int) -> float:
    return points(micrometres / _MM)
