"""Layouts of marks at the screen: what is typed in millimetres, and the mark that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import FieldUnreadable, StockpileError
from stockpile.domain.facts import Box, MarkLayoutSet, SchemeSet
from stockpile.domain.laying_out import LaidOut
from stockpile.domain.mark_layouts import STANDARD_LAYOUT, check, in_mm
from stockpile.domain.values import SchemeId
from stockpile.services.ports import Recorded
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest

Font = Literal["dots", "strokes", "machine"]
FONTS: Final[tuple[Font, ...]] = ("dots", "strokes", "machine")
LENGTHS: Final = (
    "width", "height", "radius", "text_height", "line_width", "text_x", "text_y", "module",
    "matrix_x", "matrix_y",
)  # fmt: skip
"""The figures of a layout that are typed in millimetres; ``lines`` is a plain number."""
_UM: Final = 1000
_SIGNS: Final = str.maketrans({",": ".", "\u066b": ".", "\u2212": "-"})
"""A comma, the Arabic decimal sign and the minus of typographers, as a computer reads them."""
_SAMPLE: Final = "UG 26 000123"
_NO_NAME: Final = "-"


@dataclass(frozen=True, slots=True)
class Told:
    """A layout as it stands in the fields, with the text and the scheme that it is tried with.

    ``areas`` are forbidden ones: place and size, right, up, width, height.
    """

    name: str
    component: str
    font: str
    figures: Mapping[str, str]
    areas: tuple[tuple[str, str, str, str], ...] = ()
    remarks: str = ""
    text: str = _SAMPLE
    scheme: SchemeId | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A mark as it would be cut."""

    layout: MarkLayoutSet
    laid: LaidOut
    scheme: SchemeSet | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """What is on record: layouts, and schemes with an example of the text of each."""

    layouts: tuple[MarkLayoutSet, ...] = ()
    schemes: tuple[tuple[SchemeId, SchemeSet, str], ...] = ()

    def scheme(self, wanted: SchemeId | None) -> SchemeSet | None:
        """Return a scheme by its id; nothing for none."""
        return next((body for id_, body, _text in self.schemes if id_ == wanted), None)

    def text(self, wanted: SchemeId | None) -> str:
        """Return the example of a scheme's text, or a usual one."""
        found = next((text for id_, _body, text in self.schemes if id_ == wanted), "")
        return found or _SAMPLE


class LayoutsModel(QObject):
    """The drawing board.

    Signals:
        came: what is on record: the board.
        shown: the mark as what was typed would cut it.
        unread: what was typed is no layout: the error.
        kept: a layout is on record: it, as it stands now.
        refused: it is not: the error.
        printed: the sheet is drawn: where.
    """

    came = Signal(object)
    shown = Signal(object)
    unread = Signal(object)
    kept = Signal(object)
    refused = Signal(object)
    printed = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self.board = Board()
        self._boards = Latest[Board](desk, self, self._show_board, notices.trouble)
        self._marks = Latest[Shown](desk, self, self.shown.emit, notices.trouble)
        desk.recorded.connect(self._heard)
        session.changed.connect(self.start)
        session.switched.connect(self.start)

    @property
    def may_keep(self) -> bool:
        """Say whether the officer's role includes setting layouts."""
        return self._session.may("set_mark_layout")

    def start(self) -> None:
        """Ask what is on record."""
        if self._session.is_open:
            self._boards.ask(partial(_board, self._session.stockpile))

    def draw(self, told: Told) -> None:
        """Show the mark that what was typed would cut, or say what cannot be read of it."""
        try:
            layout = layout_told(told)
            check(replace(layout, name=layout.name.strip() or _NO_NAME))
        except StockpileError as error:
            self._marks.forget()
            self.unread.emit(error)
            return
        if self._session.is_open:
            scheme = self.board.scheme(told.scheme)
            self._marks.ask(partial(_laid_out, self._session.stockpile, layout, told.text, scheme))

    def keep(self, told: Told) -> None:
        """Put the layout on record as its next version."""
        layouts, by = self._session.stockpile.mark_layouts, self._session.officer
        try:
            layout = layout_told(told)
        except StockpileError as error:
            self.refused.emit(error)
            return

        def act() -> tuple[Recorded, MarkLayoutSet]:
            recorded = layouts.set(layout, by=by)
            return recorded, layouts.layout(layout.name)

        self._desk.record(self, act, self.kept.emit, self.refused.emit)

    def print(self, told: Told, file: Path) -> None:
        """Draw the mark on paper, true to scale."""
        layouts, scheme = self._session.stockpile.mark_layouts, self.board.scheme(told.scheme)
        try:
            layout = layout_told(told)
        except StockpileError as error:
            self.refused.emit(error)
            return
        self._desk.ask(
            self,
            lambda: layouts.print(layout, told.text, file, scheme),
            self.printed.emit,
            self._notices.trouble,
        )

    def _show_board(self, board: Board) -> None:
        self.board = board
        self.came.emit(board)

    def _heard(self, recorded: Recorded) -> None:
        if any(isinstance(fact.body, MarkLayoutSet | SchemeSet) for fact in recorded.facts):
            self.start()


def layout_told(told: Told) -> MarkLayoutSet:
    """Return the layout that the fields say; raises FieldUnreadable with the field's name."""
    font = next((one for one in FONTS if one == told.font), None)
    if font is None:
        raise FieldUnreadable("font", told.font)
    lengths = {name: length_typed(name, told.figures.get(name, "")) for name in LENGTHS}
    areas = tuple(
        Box(*(length_typed("forbidden", one) for one in area)) for area in told.areas if any(area)
    )
    return MarkLayoutSet(
        name=told.name,
        component=told.component,
        font=font,
        lines=_lines(told.figures.get("lines", "")),
        forbidden=areas,
        remarks=told.remarks,
        **lengths,
    )


def told_of(layout: MarkLayoutSet, text: str = _SAMPLE, scheme: SchemeId | None = None) -> Told:
    """Return a layout as it stands in the fields."""
    figures = {name: bare_mm(getattr(layout, name)) for name in LENGTHS}
    figures["lines"] = str(layout.lines)
    return Told(
        layout.name,
        layout.component,
        layout.font,
        MappingProxyType(figures),
        tuple(
            (bare_mm(box.x), bare_mm(box.y), bare_mm(box.width), bare_mm(box.height))
            for box in layout.forbidden
        ),
        layout.remarks,
        text,
        scheme,
    )


def new_layout() -> MarkLayoutSet:
    """Return what a new layout begins as: the one that ships, without its name."""
    return replace(STANDARD_LAYOUT, name="", remarks="")


def bare_mm(micrometres: int) -> str:
    """Return a length in millimetres as one types it, without its unit."""
    return in_mm(micrometres).removesuffix(" mm")


def length_typed(field_name: str, text: str) -> int:
    """Return micrometres for millimetres as typed, in any digits; nothing is 0."""
    bare = text.translate(_SIGNS).strip().removesuffix("mm").strip()
    if not bare:
        return 0
    try:
        value = Decimal(bare)
    except InvalidOperation:
        raise FieldUnreadable(field_name, text) from None
    if not value.is_finite() or abs(value) >= _UM * _UM:
        raise FieldUnreadable(field_name, text)
    return int((value * _UM).to_integral_value())


def _lines(text: str) -> int:
    try:
        return int(text.strip() or "1")
    except ValueError:
        raise FieldUnreadable("lines", text) from None


def _board(stockpile: Stockpile) -> Board:
    schemes = tuple(
        (id_, body, _example(stockpile, body))
        for id_, body in stockpile.schemes.all()
        if not body.retired
    )
    return Board(stockpile.mark_layouts.all(), schemes)


def _example(stockpile: Stockpile, scheme: SchemeSet) -> str:
    try:
        return stockpile.schemes.preview(scheme)
    except StockpileError:
        return ""


def _laid_out(
    stockpile: Stockpile, layout: MarkLayoutSet, text: str, scheme: SchemeSet | None
) -> Shown:
    return Shown(layout, stockpile.mark_layouts.laid_out(layout, text, scheme), scheme)
