"""A label's number of its run, small on its lower edge: what a person says after a jam.

It stands in the white that every label has around, at the right, and is left out where there is no
room for it: on a label with a narrow margin, under an element of a layout, in an area where nothing
is printed. It is as small as can be read without a glass, and no scanner looks at it.
"""

from __future__ import annotations

from typing import Final

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.shaping import Hand, written
from stockpile.adapters.pdf.stocks import Stock, points
from stockpile.adapters.pdf.typefaces import EM
from stockpile.domain.facts import Box, LabelLayoutSet

_SIZE: Final = 4.5
_HEIGHT: Final = 1.2
"""How high its digits are in millimetres."""
_EDGE: Final = 0.5
"""How far it stands above the label's edge: labels are cut that exactly."""
_LONGEST: Final = 6.5
"""How wide six digits are in millimetres."""
_MM: Final = 1000


class RunningNumbers:
    """Draws the numbers of one run of labels into one document."""

    def __init__(
        self, stock: Stock, document: StreamedDocument, layout: LabelLayoutSet | None = None
    ) -> None:
        self._stock, self._document = stock, document
        self._page_height = points(stock.page.height)
        self._right = stock.label.width - stock.label.right - max(stock.label.margin, 1.0)
        self.has_room = self._finds_room(layout)

    def drawn(self, number: int, place: int) -> str:
        """Return the operators of a number in a cell, counted from 0; nothing without room."""
        if not self.has_room:
            return ""
        cell = self._stock.cell(place)
        line = written(str(number), Hand.PLAIN)
        x = points(cell.left + self._right) - line.width * _SIZE / EM
        y = self._page_height - points(cell.top + cell.height - _EDGE)
        shown = " ".join([self._document.show(run, _SIZE * run.scale) for run in line.runs])
        return f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {shown} ET"

    def _finds_room(self, layout: LabelLayoutSet | None) -> bool:
        height = self._stock.label.height
        left, top = self._right - _LONGEST, height - _EDGE - _HEIGHT
        ours = Box(*(round(one * _MM) for one in (left, top, _LONGEST, height - top)))
        if any(_touch(ours, area) for area in self._stock.free):
            return False
        if layout is None:
            return self._stock.label.margin >= _EDGE + _HEIGHT
        elements = (Box(one.left, one.top, one.width, one.height) for one in layout.elements)
        return not any(_touch(ours, one) for one in elements)


def _touch(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )
