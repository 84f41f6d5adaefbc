"""Layouts of labels at the screen: the one being made, how it prints, and what is on record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import Box, LabelElement, LabelLayoutSet
from stockpile.domain.label_layouts import SHAPES, SIZES, Problem, has_room
from stockpile.services.ports import GreyPicture, Recorded
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest

STEP: Final = 500
"""Micrometres: what an element is moved by at once, and the grid that it is dragged on."""
_AIR: Final = 2_000
_LINE: Final = 5_000
_WORDS_WIDE: Final = 30_000
_LOGO: Final = 12_000
_SQUARE: Final = 10_500
_BARS: Final = 8_000
_WHITE: Final = 260
"""Micrometres a module: the bars of a new symbol at any printer of ours."""


@dataclass(frozen=True, slots=True)
class Board:
    """What is on record: the layouts in use, what people call each, and which one begins."""

    layouts: tuple[LabelLayoutSet, ...] = ()
    titles: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()
    """The names of those that this site has set."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A layout as it prints; no picture where it cannot be drawn at all, and then why."""

    layout: LabelLayoutSet
    picture: GreyPicture | None
    problems: tuple[Problem, ...] = ()
    free: tuple[Box, ...] = ()
    error: StockpileError | None = None


class LabelLayoutsModel(QObject):
    """The desk of label layouts.

    Signals:
        came: what is on record: the board.
        shown: the layout that was asked for, as it prints.
        kept: a layout is on record: it.
        retired: a layout is offered no more: its name.
        refused: it is not kept: the error.
        logo_kept: a picture is kept as a logo: its digest.
    """

    came = Signal(object)
    shown = Signal(object)
    kept = Signal(object)
    retired = Signal(str)
    refused = Signal(object)
    logo_kept = Signal(str)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self.board = Board()
        self._boards = Latest[Board](desk, self, self._show_board, notices.trouble)
        self._pictures = Latest[Shown](desk, self, self.shown.emit, notices.trouble)
        desk.recorded.connect(self._heard)
        session.changed.connect(self.start)
        session.switched.connect(self.start)

    @property
    def may_keep(self) -> bool:
        """Say whether the officer's role includes setting label layouts."""
        return self._session.may("set_label_layout")

    def start(self) -> None:
        """Ask what is on record."""
        if self._session.is_open:
            self._boards.ask(partial(_board, self._session.stockpile))

    def draw(self, layout: LabelLayoutSet) -> None:
        """Show the layout as it prints."""
        if self._session.is_open:
            self._pictures.ask(partial(_shown, self._session.stockpile, layout))

    def keep(self, layout: LabelLayoutSet) -> None:
        """Put the layout on record, in the place of the one of its name."""
        layouts, by = self._session.stockpile.label_layouts, self._session.officer

        def act() -> tuple[Recorded, LabelLayoutSet]:
            return layouts.set(layout, by=by), layouts.layout(layout.name)

        self._desk.record(self, act, self.kept.emit, self.refused.emit)

    def retire(self, name: str) -> None:
        """Offer a layout no more."""
        layouts, by = self._session.stockpile.label_layouts, self._session.officer

        def act() -> tuple[Recorded, str]:
            return layouts.retire(name, by=by), name

        self._desk.record(self, act, self.retired.emit, self.refused.emit)

    def keep_logo(self, file: Path) -> None:
        """Keep a picture as a logo; what is none is refused."""
        layouts = self._session.stockpile.label_layouts
        self._desk.ask(
            self, partial(layouts.keep_logo, file), self.logo_kept.emit, self.refused.emit
        )

    def _show_board(self, board: Board) -> None:
        self.board = board
        self.came.emit(board)

    def _heard(self, recorded: Recorded) -> None:
        if any(isinstance(fact.body, LabelLayoutSet) for fact in recorded.facts):
            self.start()


def with_element(layout: LabelLayoutSet, at: int, element: LabelElement) -> LabelLayoutSet:
    """Return the layout with another element at a place of its list."""
    elements = (*layout.elements[:at], element, *layout.elements[at + 1 :])
    return replace(layout, elements=elements)


def without_element(layout: LabelLayoutSet, at: int) -> LabelLayoutSet:
    """Return the layout without an element."""
    return replace(layout, elements=(*layout.elements[:at], *layout.elements[at + 1 :]))


def with_new(layout: LabelLayoutSet, what: str) -> LabelLayoutSet:
    """Return the layout with one element more, where there is room for it, else at the foot."""
    width, height = _new_size(layout, what)
    usual = LabelElement(cast("Any", what), 0, 0, width, height)
    narrow = replace(usual, width=width // 2, height=height * 3 // 5)
    sizes = (usual,) if what in SHAPES else (usual, narrow)
    found = next((one for size in sizes for one in _spots(layout, size)), None)
    foot = replace(usual, top=max(layout.height - height, 0))
    return replace(layout, elements=(*layout.elements, found or foot))


def _spots(layout: LabelLayoutSet, element: LabelElement) -> Iterator[LabelElement]:
    """Give the places where an element has room, from the top left on."""
    for top in range(_AIR, layout.height - element.height - _AIR + 1, STEP):
        for left in range(_AIR, layout.width - element.width - _AIR + 1, 2 * STEP):
            placed = replace(element, left=left, top=top)
            if has_room(layout, placed):
                yield placed


def _new_size(layout: LabelLayoutSet, what: str) -> tuple[int, int]:
    shape = SHAPES.get(what)
    if shape is None:
        return (_LOGO, _LOGO) if what == "logo" else (min(_WORDS_WIDE, layout.width), _LINE)
    if not shape.rows:
        return (shape.columns + 2 * shape.quiet) * _WHITE, _BARS
    side = max(_SQUARE, (shape.columns + 2 * shape.quiet) * 2 * _WHITE)
    return side, side


def moved(layout: LabelLayoutSet, element: LabelElement, across: int, down: int) -> LabelElement:
    """Return the element moved, on the label still."""
    left = min(element.left + across, layout.width - element.width)
    top = min(element.top + down, layout.height - element.height)
    return replace(element, left=max(left, 0), top=max(top, 0))


def resized(layout: LabelLayoutSet, element: LabelElement, across: int, down: int) -> LabelElement:
    """Return the element with another size, its upper left corner where it was."""
    width = min(element.width + across, layout.width - element.left)
    height = min(element.height + down, layout.height - element.top)
    return replace(element, width=max(width, STEP), height=max(height, STEP))


def _board(stockpile: Stockpile) -> Board:
    layouts = stockpile.label_layouts
    found = tuple(one for one in layouts.all() if not one.retired)
    shipped = {one.name: one for one in layouts.shipped()}
    own = frozenset(one.name for one in found if shipped.get(one.name) != one)
    in_order = sorted(found, key=lambda one: (one.name not in own, layouts.title(one)))
    return Board(tuple(in_order), tuple(layouts.title(one) for one in in_order), own)


def _shown(stockpile: Stockpile, layout: LabelLayoutSet) -> Shown:
    """Return the layout as it prints; elements that cannot be printed are left out of the sight."""
    layouts = stockpile.label_layouts
    problems, free = layouts.problems(layout), layouts.free(layout)
    bad = {one.element for one in problems if one.kind in ("outside", "small")}
    sound = tuple(one for number, one in enumerate(layout.elements) if number not in bad)
    if not all(SIZES[0] <= side <= SIZES[1] for side in (layout.width, layout.height)):
        return Shown(layout, None, problems, free)
    try:
        picture = layouts.shown(replace(layout, elements=sound))
    except StockpileError as error:
        return Shown(layout, None, problems, free, error)
    return Shown(layout, picture, problems, free)
