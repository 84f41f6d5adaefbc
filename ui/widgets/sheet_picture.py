# ruff: noqa: N802 — Qt names what is overridden
"""A sheet of labels seen from above: which are used, which will be printed, where it begins.

A press, or the arrow keys, choose the first free label. A sheet is paper: it is never mirrored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from stockpile.language import _
from ui.theme import Radius, font, tokens
from ui.widgets.drawing import CENTRE, rounded, smooth, words
from ui.widgets.ring import KeyRing

_EDGE: Final = 3.0
_GAP: Final = 1.5
_CORNER: Final = 2.0
_ROOM_FOR_NUMBER: Final = 12.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet's size and that of its labels, in micrometres, and how they lie on it."""

    width: int
    height: int
    columns: int
    rows: int
    label_width: int
    label_height: int

    @property
    def per_sheet(self) -> int:
        """Return how many labels it has."""
        return self.columns * self.rows


class SheetPicture(KeyRing, QWidget):
    """The first sheet of a job.

    Signals:
        begins: the job is to begin at another label: its number on the sheet, from 1.
    """

    begins = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = Grid(210_000, 297_000, 1, 1, 100_000, 50_000)
        self._count, self._start = 0, 1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("First free label of the sheet"))
        self._describe()

    @property
    def start_at(self) -> int:
        """Return the number of the label at which the job begins."""
        return self._start

    def show_sheet(self, grid: Grid, count: int) -> None:
        """Show another kind of sheet, or another number of labels; the job begins at the first."""
        if grid != self._grid:
            self._start = 1
        self._grid, self._count = grid, count
        many = grid.per_sheet > 1
        self.setEnabled(many)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if many else Qt.FocusPolicy.NoFocus)
        self._describe()
        self.update()

    def begin_at(self, number: int) -> None:
        """Begin at a label of the sheet; another number than there is changes nothing."""
        if 1 <= number <= self._grid.per_sheet and number != self._start:
            self._start = number
            self._describe()
            self.update()
            self.begins.emit(number)

    def sizeHint(self) -> QSize:
        """Return the room of an A4 sheet, small but large enough for a finger on a label."""
        return QSize(198, 280)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin at the label under the pointer."""
        for number in range(1, self._grid.per_sheet + 1):
            if self._cell(number).adjusted(-2, -2, 2, 2).contains(event.position()):
                self.begin_at(number)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from label to label with the arrow keys, to the ends with Home and End."""
        grid = self._grid
        to = {
            Qt.Key.Key_Left: self._start - 1,
            Qt.Key.Key_Right: self._start + 1,
            Qt.Key.Key_Up: self._start - grid.columns,
            Qt.Key.Key_Down: self._start + grid.columns,
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: grid.per_sheet,
        }.get(Qt.Key(event.key()))
        if to is None:
            super().keyPressEvent(event)
        else:
            self.begin_at(to)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the paper and its labels."""
        del event
        painter, now = smooth(self), tokens()
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        if self._grid.per_sheet == 1:
            rounded(painter, self._paper(), _CORNER, now.accent_soft, now.accent)
            return
        rounded(painter, self._paper(), _CORNER, now.raised, now.strong)
        for number in range(1, self._grid.per_sheet + 1):
            where = self._cell(number)
            if number < self._start:
                rounded(painter, where, _CORNER, now.grey_soft, None)
            elif number < self._start + self._count:
                first = number == self._start
                fill = now.accent if first else now.accent_soft
                rounded(painter, where, _CORNER, fill, None if first else now.accent)
            else:
                rounded(painter, where, _CORNER, None, now.border)
            if number == self._start and where.height() >= _ROOM_FOR_NUMBER and self.isEnabled():
                ink, step = now.on_accent, font(10, 600)
                words(painter, where.toRect(), str(number), step, ink, CENTRE)
        if self.ringed:
            rounded(painter, QRectF(self.rect()), Radius.CHIP, None, now.focus, 2)

    def _describe(self) -> None:
        if self._grid.per_sheet == 1:
            self.setAccessibleDescription("")
            return
        said = _("The job begins at label {number} of {count}.").format(
            number=self._start, count=self._grid.per_sheet
        )
        self.setAccessibleDescription(said)
        self.setToolTip(said)

    def _paper(self) -> QRectF:
        room = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        scale = min(room.width() / self._grid.width, room.height() / self._grid.height)
        width, height = self._grid.width * scale, self._grid.height * scale
        corner = room.center() - QPointF(width / 2, height / 2)
        return QRectF(corner.x(), corner.y(), width, height)

    def _cell(self, number: int) -> QRectF:
        """Return where a label is drawn: all spread evenly, as on the real sheet but for tenths."""
        grid, paper = self._grid, self._paper()
        row, column = divmod(number - 1, grid.columns)
        scale = paper.width() / grid.width
        width, height = grid.label_width * scale, grid.label_height * scale
        beside = (paper.width() - grid.columns * width) / (grid.columns + 1)
        above = (paper.height() - grid.rows * height) / 2
        x = paper.x() + beside + column * (width + beside)
        y = paper.y() + above + row * height
        return QRectF(x, y, width, height).adjusted(_GAP, _GAP, -_GAP, -_GAP)
