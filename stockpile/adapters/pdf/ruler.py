"""The ruler page: two crosses whose distances from the paper's edges are measured and typed.

Ticks stand around each cross a millimetre apart, so that a coarse look tells whether it is printed
about where it should be. The labels of a stock may be outlined: held against the light with an
empty sheet, the page shows before and after how the labels lie.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.shaping import Hand, fitted, written
from stockpile.adapters.pdf.stocks import Page, Stock, points
from stockpile.adapters.pdf.typefaces import EM
from stockpile.domain.printer_fit import CROSSES, Measured, RulerPaper
from stockpile.language import _

_PAGES: Final[dict[RulerPaper, Page]] = {"A4": Page(210.0, 297.0), "Letter": Page(215.9, 279.4)}
_ARM: Final = 12
"""How far a cross reaches to each side, in millimetres; its ticks stand on these arms."""
_LINE: Final = 0.1
"""How wide a line of a cross is, in millimetres."""
_HAIR: Final = 0.05
_FIFTH: Final = 5
_BAR: Final = 100.0
_LEFT: Final = 40.0
"""Where the words begin, in millimetres from both sides."""
_MM: Final = 1000


def draw_ruler(paper: RulerPaper, out: BinaryIO, outlined: Stock | None = None) -> None:
    """Write the ruler page of a paper; the labels of a stock on the same paper are outlined."""
    page, due = _PAGES[paper], CROSSES[paper]
    document = StreamedDocument(
        out, points(page.width), points(page.height), _("Ruler page"), paper
    )
    pen = _Pen(document, page)
    parts = [
        *(_outlines(pen, outlined) if outlined is not None and outlined.page == page else ()),
        *_cross(pen, due.near_across, due.near_down, ("A", "B"), 1),
        *_cross(pen, due.far_across or 0, due.far_down or 0, ("C", "D"), -1),
        *_words(pen, page, due),
    ]
    document.add_page("\n".join(parts))
    document.finish()


class _Pen:
    """Draws in millimetres from the paper's upper left corner."""

    def __init__(self, document: StreamedDocument, page: Page) -> None:
        self._document, self._page = document, page

    def bar(self, left: float, top: float, width: float, height: float) -> str:
        """Return a filled rectangle."""
        y = self._page.height - top - height
        corner = f"{points(left):.3f} {points(y):.3f}"
        return f"{corner} {points(width):.3f} {points(height):.3f} re f"

    def frame(self, left: float, top: float, width: float, height: float) -> str:
        """Return the outline of a rectangle, as a hair in grey."""
        y = self._page.height - top - height
        corner = f"{points(left):.3f} {points(y):.3f}"
        size = f"{points(width):.3f} {points(height):.3f}"
        return f"q 0.6 G {points(_HAIR):.3f} w {corner} {size} re S Q"

    def text(
        self, words: str, left: float, baseline: float, room: float, size: float, hand: Hand
    ) -> str:
        """Return a line of words, from where its readers begin; cut where it has no room."""
        line = fitted(written(words, hand), hand, points(room) * EM / size)
        shift = points(room) - line.width * size / EM if line.rtl else 0.0
        x, y = points(left) + shift, points(self._page.height - baseline)
        shown = " ".join([self._document.show(run, size * run.scale) for run in line.runs])
        return f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {shown} ET"


def _outlines(pen: _Pen, stock: Stock) -> Iterator[str]:
    for place in range(stock.per_page):
        cell = stock.cell(place)
        yield pen.frame(cell.left, cell.top, cell.width, cell.height)


def _cross(
    pen: _Pen, across: int, down: int, names: tuple[str, str], inwards: int
) -> Iterator[str]:
    """Draw a cross whose names stand on the side of the page's middle: no printer reaches edges."""
    x, y = across / _MM, down / _MM
    yield pen.bar(x - _LINE / 2, y - _ARM, _LINE, 2 * _ARM)
    yield pen.bar(x - _ARM, y - _LINE / 2, 2 * _ARM, _LINE)
    for step in range(-_ARM, _ARM + 1):
        long = 1.8 if step % _FIFTH == 0 else 1.0
        if step:
            yield pen.bar(x + step - _HAIR / 2, y, _HAIR, long)
            yield pen.bar(x, y + step - _HAIR / 2, long, _HAIR)
    below = _ARM + 4 if inwards > 0 else -_ARM - 1.5
    beside = _ARM + 1.5 if inwards > 0 else -_ARM - 4
    yield pen.text(names[0], x - 1.2, y + below, 6, 10, Hand.BOLD)
    yield pen.text(names[1], x + beside, y + 1.3, 6, 10, Hand.BOLD)


def _words(pen: _Pen, page: Page, due: Measured) -> Iterator[str]:
    room, at = page.width - 2 * _LEFT, 60.0
    yield f"q 1 g {pen.bar(_LEFT - 4, at - 12, room + 8, 100)} Q"
    yield pen.text(_("Ruler page"), _LEFT, at, room, 18, Hand.BOLD)
    for line in _told(due):
        at += 8
        yield pen.text(line, _LEFT, at, room, 10, Hand.PLAIN)
    at += 14
    left = (page.width - _BAR) / 2
    yield pen.bar(left, at, _BAR, _LINE)
    for end in (left, left + _BAR):
        yield pen.bar(end - _LINE / 2, at - 2, _LINE, 4)
    yield pen.text(_("This line is 100 mm long."), _LEFT, at + 7, room, 9, Hand.PLAIN)


def _told(due: Measured) -> Iterator[str]:
    """Return what is to be measured, a line each: short ones, as they are not wrapped."""
    sizes = [one // _MM for one in (due.near_across, due.near_down)]
    far = [(one or 0) // _MM for one in (due.far_across, due.far_down)]
    yield _("Print this page at its actual size (100 %), on plain paper.")
    yield _("Measure in millimetres, with tenths, and type what you find:")
    yield _("A: from the left edge of the paper to cross A, about {size} mm").format(size=sizes[0])
    yield _("B: from the top edge of the paper to cross B, about {size} mm").format(size=sizes[1])
    yield _("If the last labels lie worse than the first, also:")
    yield _("C: from the left edge of the paper to cross C, about {size} mm").format(size=far[0])
    yield _("D: from the top edge of the paper to cross D, about {size} mm").format(size=far[1])
