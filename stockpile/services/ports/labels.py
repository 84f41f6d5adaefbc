"""Labels: drawn, read back, printed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from stockpile.domain.facts import Box, LabelLayoutSet
from stockpile.domain.label_layouts import Kind
from stockpile.domain.printer_fit import STRAIGHT, PrinterFit, RulerPaper
from stockpile.domain.values import Digest
from stockpile.services.ports.machine import Progress, silent


class MatrixMaker(Protocol):
    """Makes the Data Matrix of a mark, module by module."""

    def modules(self, text: str) -> tuple[str, ...]:
        """Return the symbol's rows from the top, ``#`` dark, without quiet zone.

        Square; nothing for no text, or for more than a symbol holds.
        """
        ...


LabelKind = Kind
"""What a label hangs on."""


@dataclass(frozen=True, slots=True)
class Label:
    """What one label says: its tag, the tag's MAC for the Data Matrix, and lines of text.

    ``said`` is what the elements of a layout say of it: the element's key, as
    `label_layouts.element_key` names it, and its words. ``copy`` counts the prints of the label.
    """

    tag: str
    mac: str
    lines: tuple[str, ...]
    kind: LabelKind = "weapon"
    said: tuple[tuple[str, str], ...] = ()
    copy: int = 1


@dataclass(frozen=True, slots=True)
class StockFace:
    """A label stock as layouts see it: its label in micrometres, and how many are on a sheet.

    ``free`` are the areas on which nothing is printed.
    """

    name: str
    kind: LabelKind
    width: int
    height: int
    dots_per_inch: int
    columns: int
    rows: int
    paper: Literal["A4", "Letter", "roll"]
    free: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class GreyPicture:
    """A picture in shades of grey: a byte a pixel, rows from the top, 255 white."""

    width: int
    height: int
    pixels: bytes


class LabelPictures(Protocol):
    """Shows labels as they will be printed."""

    def faces(self) -> tuple[StockFace, ...]:
        """Return the label stocks that ship, in order of their names."""
        ...

    def picture(
        self, label: Label, layout: LabelLayoutSet, dots_per_inch: int, logo: bytes = b""
    ) -> GreyPicture:
        """Return one label by its layout as a printer of so many dots an inch prints it.

        Raises LabelUnprintable, LabelElementMisfit.
        """
        ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """A finished PDF: where it is, its pages, labels and digest, and how many labels were read."""

    file: Path
    pages: int
    labels: int
    digest: Digest
    read: int = 0


Gate = Literal["whole", "sample"]
"""Whether every label is read back before it goes out, or those of every tenth page."""


class LabelSheets(Protocol):
    """Draws labels and lets nothing go out that does not read back."""

    def stocks(self) -> tuple[str, ...]:
        """Return the names of the label stocks."""
        ...

    def draw(
        self,
        labels: Collection[Label],
        stock: str,
        file: Path,
        *,
        start_at: int = 1,
        layout: LabelLayoutSet | None = None,
        logo: bytes = b"",
        fit: PrinterFit = STRAIGHT,
        gate: Gate = "whole",
        numbered: bool = False,
        progress: Progress = silent,
    ) -> Sheet:
        """Draw the labels, render and decode them, and only then put the file in place.

        Every label is asked for once, in order. ``fit`` takes back what the printer puts beside
        its place. ``numbered`` writes each label's number of the run small on its edge, where
        there is room. Raises StockUnknown, LabelUnprintable, LabelElementMisfit, LabelMisread,
        DiskFull, DiskTrouble, Cancelled.
        """
        ...

    def page(self, file: Path, number: int, dots_per_inch: int) -> GreyPicture:
        """Return a page of a finished sheet, counted from 0, as dots for a printer.

        On any lane. Raises FileUnreadable.
        """
        ...

    def ruler(self, paper: RulerPaper, file: Path, *, stock: str = "") -> None:
        """Draw the page by which a printer's fit is measured, with a stock's labels outlined.

        Raises StockUnknown, DiskFull, DiskTrouble.
        """
        ...
