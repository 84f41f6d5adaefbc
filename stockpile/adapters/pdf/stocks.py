"""Label stock: sheets and rolls as their makers cut them, read from `resources/labels`.

Lengths are in millimetres from the page's top left corner, font sizes in points. The bars of the
symbols are whole dots of the printer that the stock is meant for, because a scaled bar is the
commonest reason why a printed code cannot be read; such a sheet is printed at 100 %.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any, Literal

from stockpile.domain.errors import StockUnknown
from stockpile.domain.facts import Box
from stockpile.domain.label_layouts import least_dots
from stockpile.paths import resource
from stockpile.services.ports import LabelKind, StockFace

POINTS_PER_INCH = 72.0
MILLIMETRES_PER_INCH = 25.4


def points(millimetres: float) -> float:
    """Return a length in points, the unit of PDF."""
    return millimetres * POINTS_PER_INCH / MILLIMETRES_PER_INCH


@dataclass(frozen=True, slots=True)
class Page:
    """The paper."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the first label lies and how far the next ones are across and down."""

    columns: int
    rows: int
    left: float
    top: float
    across: float
    down: float


@dataclass(frozen=True, slots=True)
class Face:
    """One label: its size and margin, the height of its bars, and its font sizes in points.

    A label without bars bears no Code 128: it is too narrow for one. ``left`` and ``right`` are
    white before the margins: the side with the hole, the part that is wrapped around.
    """

    width: float
    height: float
    margin: float
    bars: float
    serial: float
    line: float
    tag: float
    left: float = 0.0
    right: float = 0.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A label's place on its page, in millimetres from the page's top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Stock:
    """A kind of label sheet or roll."""

    name: str
    title: str
    dots_per_inch: int
    bar_dots: int
    matrix_dots: int
    page: Page
    grid: Grid
    label: Face
    kind: LabelKind = "weapon"
    free: tuple[Box, ...] = ()
    """Where nothing is printed, in micrometres from the label's top left corner."""

    @property
    def per_page(self) -> int:
        """How many labels a page holds."""
        return self.grid.columns * self.grid.rows

    @property
    def dot(self) -> float:
        """The printer's dot in points."""
        return POINTS_PER_INCH / self.dots_per_inch

    def cell(self, place: int) -> Cell:
        """Return the place of a label on its page, counted from 0 in reading order."""
        row, column = divmod(place, self.grid.columns)
        return Cell(
            left=self.grid.left + column * self.grid.across,
            top=self.grid.top + row * self.grid.down,
            width=self.label.width,
            height=self.label.height,
        )


def stock_names() -> tuple[str, ...]:
    """Return the names of the shipped stocks, in order."""
    return tuple(sorted(file.stem for file in resource("labels").glob("*.toml")))


def stock_named(name: str) -> Stock:
    """Return the stock; raise StockUnknown."""
    if name not in stock_names():
        raise StockUnknown(name)
    return _stock(name, tomllib.loads(resource("labels", f"{name}.toml").read_text("utf-8")))


def _stock(name: str, said: dict[str, Any]) -> Stock:
    return Stock(
        name=name,
        title=said["title"],
        dots_per_inch=said["dots_per_inch"],
        bar_dots=said["bar_dots"],
        matrix_dots=said["matrix_dots"],
        page=Page(**said["page"]),
        grid=Grid(**said["grid"]),
        label=Face(**said["label"]),
        kind=said.get("kind", "weapon"),
        free=tuple(_micrometres(area) for area in said.get("free", ())),
    )


def _micrometres(area: dict[str, float]) -> Box:
    left, top = area["left"], area["top"]
    return Box(*(round(one * 1000) for one in (left, top, area["width"], area["height"])))


def face_of(stock: Stock) -> StockFace:
    """Return what the rest of the program knows of a stock, in micrometres."""
    return StockFace(
        name=stock.name,
        kind=stock.kind,
        width=round(stock.label.width * 1000),
        height=round(stock.label.height * 1000),
        dots_per_inch=stock.dots_per_inch,
        columns=stock.grid.columns,
        rows=stock.grid.rows,
        paper=_paper(stock.page),
        free=stock.free,
    )


def _paper(page: Page) -> Literal["A4", "Letter", "roll"]:
    sizes: dict[tuple[float, float], Literal["A4", "Letter"]] = {
        (210.0, 297.0): "A4",
        (215.9, 279.4): "Letter",
    }
    return sizes.get((page.width, page.height), "roll")


def single(width: float, height: float, dots_per_inch: int) -> Stock:
    """Return a stock of one label a page, in millimetres: what a layout is drawn on by itself."""
    return Stock(
        name="",
        title="",
        dots_per_inch=dots_per_inch,
        bar_dots=least_dots("code128", dots_per_inch),
        matrix_dots=least_dots("matrix", dots_per_inch),
        page=Page(width, height),
        grid=Grid(1, 1, 0.0, 0.0, width, height),
        label=Face(width, height, 0.0, 0.0, 10.0, 8.0, 8.0),
    )
