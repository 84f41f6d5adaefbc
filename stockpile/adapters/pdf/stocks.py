"""Label stock: sheets and rolls as their makers cut them, read from `resources/labels`.

Lengths are in millimetres from the page's top left corner, font sizes in points. The bars of the
symbols are whole dots of the printer that the stock is meant for, because a scaled bar is the
commonest reason why a printed code cannot be read; such a sheet is printed at 100 %.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from stockpile.domain.errors import StockUnknown
from stockpile.paths import resource

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
    """One label: its size and margin, the height of its bars, and its font sizes in points."""

    width: float
    height: float
    margin: float
    bars: float
    serial: float
    line: float
    tag: float


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
    )
