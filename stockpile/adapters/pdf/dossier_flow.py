"""A paper's pages as they fill: from the top down, mirrored as a whole where reading starts right.

Places across a page are counted from the side where reading starts. Lengths are in points. Pages
are kept until the last one is known: each says of how many it is one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from stockpile.adapters.pdf.directions import begins_right
from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.dossier_text import broken, set_in
from stockpile.adapters.pdf.shaping import Hand, Written
from stockpile.adapters.pdf.symbols import Symbol
from stockpile.adapters.pdf.typefaces import EM
from stockpile.domain.paper_digits import Digits, in_digits
from stockpile.services.documents import PaperSize

SIDE: Final = 45.0
TOP: Final = 48.0
FOOT: Final = 66.0
_HALF_TOP: Final = 28.0
_HALF_FOOT: Final = 60.0
_LEADING: Final = 1.4
_ASCENT: Final = 1.05
T = TypeVar("T")
_BLACK, _GREY, _LINE = "0 g", "0.38 g", "0.78 G"


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a page is drawn on: its size, and the white above and below (with the foot in it).

    ``scale`` is how large it will stand on the sheet: less than 1 where two have to share one.
    """

    width: float
    height: float
    top: float = TOP
    foot: float = FOOT
    scale: float = 1.0

    @property
    def room(self) -> float:
        """The width between the margins."""
        return self.width - 2 * SIDE

    def half(self, scale: float) -> Leaf:
        """Return half of it, for two of a kind on one sheet, drawn so much smaller."""
        return Leaf(self.width / scale, self.height / 2 / scale, _HALF_TOP, _HALF_FOOT, scale)


A4: Final = Leaf(595.28, 841.89)
LEAVES: Final[dict[PaperSize, Leaf]] = {"A4": A4, "Letter": Leaf(612.0, 792.0)}


@dataclass(slots=True)
class _Page:
    operators: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)


class Flow:
    """The pages of one paper."""

    def __init__(
        self,
        document: StreamedDocument,
        *,
        rtl: bool,
        leaf: Leaf = A4,
        digits: Digits = "latin",
        step: Callable[[], None] = lambda: None,
    ) -> None:
        """Begin; ``step`` is called after each row of a table, and may raise to stop it all."""
        self.step = step
        self._document, self._rtl, self._digits = document, rtl, digits
        self.leaf, self.room = leaf, leaf.room
        self._pages = [_Page()]
        self._now: _Page | None = None
        self.y = self._top

    @property
    def pages(self) -> int:
        """How many pages there are so far."""
        return len(self._pages)

    @property
    def left(self) -> float:
        """The height that is left on this page."""
        return self.y - self.leaf.foot

    def turn(self) -> None:
        """Begin the next page."""
        self._pages.append(_Page())
        self.y = self._top

    def demand(self, height: float) -> None:
        """Begin the next page where so much height is not left; one at its top stays."""
        if self.left < height and self.y < self._top:
            self.turn()

    def skip(self, height: float) -> None:
        """Leave some white, but none at the top of a page."""
        if self.y < self._top:
            self.y -= height

    def lines(
        self, text: str, hand: Hand, size: float, room: float, *, is_prose: bool = False
    ) -> list[Written]:
        """Return a text broken to a width, its figures in the digits of the paper.

        It runs as the paper does, prose as its own first letter says.
        """
        rtl = self._rtl and not is_prose
        return broken(self._said(text, hand), hand, size, room, rtl=rtl)

    def line(
        self, line: Written, x: float, y: float, size: float, room: float, *, grey: bool = False
    ) -> None:
        """Write a line with its upper edge at a height, beginning where its readers begin."""
        width = line.width * size / EM
        start = self._x(x, room) + (room - width if self._rtl else 0)
        runs = " ".join(self._document.show(run, size * run.scale) for run in line.runs)
        baseline = y - size * _ASCENT
        ink = _GREY if grey else _BLACK
        self._put(f"{ink} BT 1 0 0 1 {start:.2f} {baseline:.2f} Tm {runs} ET")

    def block(
        self,
        lines: list[Written],
        x: float,
        size: float,
        room: float,
        *,
        grey: bool = False,
    ) -> float:
        """Write lines below each other from here; returns their height and moves nothing."""
        for number, line in enumerate(lines):
            self.line(line, x, self.y - number * size * _LEADING, size, room, grey=grey)
        return height_of(lines, size)

    def rule(self, x: float = 0, room: float | None = None) -> None:
        """Draw a thin line here, from margin to margin unless told otherwise."""
        room = self.room if room is None else room
        start = self._x(x, room)
        self._put(f"{_LINE} 0.5 w {start:.2f} {self.y:.2f} m {start + room:.2f} {self.y:.2f} l S")

    def frame(
        self, x: float, under: float, width: float, height: float, *, dark: bool = False
    ) -> None:
        """Draw the outline of a box whose upper edge is so far under here."""
        ink = "0 G 0.8 w" if dark else f"{_LINE} 0.6 w"
        place = f"{self._x(x, width):.2f} {self.y - under - height:.2f}"
        self._put(f"{ink} {place} {width:.2f} {height:.2f} re S")

    def symbol(self, symbol: Symbol, x: float, y: float, module: float, height: float) -> None:
        """Draw a linear symbol with its lower edge at a height; it is never mirrored."""
        width = symbol.columns * module
        start = self._x(x, width)
        self._put(
            f"{_BLACK} q {module:.4f} 0 0 {height:.2f} {start:.3f} {y:.3f} cm {symbol.runs} f Q"
        )

    def image(self, name: str, x: float, width: float, height: float) -> None:
        """Draw a picture with its upper edge here; it is never mirrored."""
        start = self._x(x, width)
        self._pages[-1].images.append(name)
        place = f"{start:.2f} {self.y - height:.2f}"
        self._put(f"q {width:.2f} 0 0 {height:.2f} {place} cm /{name} Do Q")

    def figure(
        self,
        operators: str,
        width: float,
        height: float,
        names: Sequence[tuple[Written, float, float]] = (),
        size: float = 6.5,
    ) -> None:
        """Draw lines and areas where reading starts, with the upper edge here; never mirrored.

        Operators and names are in points from the figure's lower left corner; a name is written
        with its middle and its baseline there.
        """
        said = [operators]
        for name, x, y in names:
            runs = " ".join(self._document.show(run, size * run.scale) for run in name.runs)
            start = x - name.width * size / EM / 2
            said.append(f"{_GREY} BT 1 0 0 1 {start:.2f} {y:.2f} Tm {runs} ET")
        corner = f"{self._x(0, width):.3f} {self.y - height:.3f}"
        self._put(f"q 1 0 0 1 {corner} cm {' '.join(said)} Q")

    def pages_with(
        self, code: str, foot: tuple[str, ...], counts: Sequence[str]
    ) -> list[tuple[str, tuple[str, ...]]]:
        """Return each page with its foot, and the pictures on it.

        ``counts`` says which page of how many it is. The pages themselves stay as they are, so that
        a second copy may have another foot.
        """
        whole = []
        for page, count in zip(self._pages, counts, strict=True):
            self._now = _Page(list(page.operators), page.images)
            self._foot(code, foot, count)
            names = tuple(dict.fromkeys(page.images))
            whole.append(("\n".join(self._now.operators), names))
        self._now = None
        return whole

    def _foot(self, code: str, foot: tuple[str, ...], count: str) -> None:
        self.y = self.leaf.foot - 12
        self.rule()
        size = 7.5
        for number, text in enumerate(foot):
            line = self._single(text, Hand.PLAIN)
            self.line(line, 0, self.y - 6 - number * size * _LEADING, size, self.room, grey=True)
        for number, (text, hand) in enumerate(((code, Hand.CODE), (count, Hand.PLAIN))):
            line = self._single(text, hand)
            room = line.width * size / EM
            place = self.y - 6 - number * size * _LEADING
            self.line(line, self.room - room, place, size, room, grey=True)

    def _single(self, text: str, hand: Hand) -> Written:
        said = self._said(text, hand)
        begins = begins_right(said)
        return set_in(said, hand, rtl=None if begins is None else begins or self._rtl)

    def _said(self, text: str, hand: Hand) -> str:
        """Return a text in the paper's digits; a code stays as it is, letter by letter."""
        return text if hand is Hand.CODE else in_digits(text, self._digits)

    def _put(self, operators: str) -> None:
        self._current.operators.append(operators)

    @property
    def _top(self) -> float:
        return self.leaf.height - self.leaf.top

    @property
    def _current(self) -> _Page:
        return self._now or self._pages[-1]

    def _x(self, x: float, room: float) -> float:
        """Return where something so wide begins on the paper, counted from its left edge."""
        return self.leaf.width - SIDE - x - room if self._rtl else SIDE + x


def height_of(lines: list[Written], size: float) -> float:
    """Return the height of so many lines."""
    return len(lines) * size * _LEADING


def in_lines(items: Sequence[T], count: int) -> list[Sequence[T]]:
    """Return things that stand side by side, so many a line."""
    return [items[start : start + count] for start in range(0, len(items), count)]
