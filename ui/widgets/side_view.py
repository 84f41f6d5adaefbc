# ruff: noqa: N802 — Qt names what is overridden
"""A weapon's marks where they stand: the drawing of its type, and beside it what each one says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from stockpile.language import _, plain
from stockpile.wording import weapon_type
from ui.theme import Ink, Space, Text
from ui.widgets.arrange import STRETCH, boxed, column, scrolled
from ui.widgets.side_drawing import SideDrawing
from ui.widgets.side_legend import HEIGHT, SignRow
from ui.widgets.side_places import Sign
from ui.widgets.silhouettes import silhouette
from ui.widgets.text import Label

__all__ = ["SideView", "Sign"]

_LEGEND: Final = 300
_NARROW: Final = 640
_ROWS: Final = 6
_BETWEEN: Final = 2
_WINDOW: Final = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""The window has the focus again: nobody chose anything."""


class SideView(QWidget):
    """The left side of a weapon with its marks numbered, and the legend.

    Arrows go from mark to mark, a press on a number or a line chooses one. Where reading starts
    from the right only the legend changes sides: the weapon is never mirrored.

    Signals:
        mark_chosen: another mark was chosen by the person: which one, from 0.
    """

    mark_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key: tuple[str, str, tuple[Sign, ...]] | None = None
        self._rows: list[SignRow] = []
        self._current = -1
        self.drawing = SideDrawing(silhouette(""))
        self._none = Label(_("No marks are recorded."), Text.BODY, Ink.MUTED, wrap=True)
        self._list: QVBoxLayout = column(
            self._none, STRETCH, gap=_BETWEEN, margins=(_BETWEEN, _BETWEEN, _BETWEEN, _BETWEEN)
        )
        self._legend = scrolled(boxed(self._list))
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(Space.L)
        self._both.addWidget(self.drawing, 1)
        self._both.addWidget(self._legend)
        self.setLayout(self._both)
        self.drawing.chosen.connect(self._press)
        self._arrange(narrow=False)
        self.show_weapon("", ())

    @property
    def chosen(self) -> int:
        """Return which mark is chosen, from 0; -1 for none."""
        return self._current

    def rows(self) -> tuple[SignRow, ...]:
        """Return the lines of the legend, in the order of the marks."""
        return tuple(self._rows)

    def show_weapon(self, type_code: str, signs: Sequence[Sign], action: str = "") -> None:
        """Show a weapon of a type with its marks; the same again changes nothing."""
        key = (type_code, action, tuple(signs))
        if key == self._key:
            return
        self._key, self._current = key, -1
        self.drawing.show_weapon(silhouette(type_code, action), signs)
        self.drawing.setAccessibleName(_drawing_name(type_code, len(signs)))
        gone, self._rows = self._rows, []  # a line that goes passes the focus to the next
        for row in gone:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(number, sign) for number, sign in enumerate(signs)]
        self._none.setVisible(not self._rows)
        self._arrange(narrow=self.width() < _NARROW)
        self._show_cursor()

    def choose(self, index: int) -> None:
        """Let a mark stand out in drawing and legend; -1 for none."""
        self._current = index if 0 <= index < len(self._rows) else -1
        self.drawing.choose(self._current)
        self._show_cursor()
        if self._current >= 0:
            self._legend.ensureWidgetVisible(self._rows[self._current], 0, Space.S)

    def sizeHint(self) -> QSize:
        """Return the room in which drawing and legend stand side by side."""
        return QSize(880, 300)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the legend under the drawing where there is no room beside it."""
        super().resizeEvent(event)
        self._arrange(narrow=self.width() < _NARROW)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus: the line that has it by a key or a press is the chosen mark."""
        if isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() not in _WINDOW:
            for number, row in enumerate(self._rows):
                if row is watched:
                    self._enter(number)
        return super().eventFilter(watched, event)

    def _row(self, number: int, sign: Sign) -> SignRow:
        row = SignRow(number, sign)
        row.clicked.connect(partial(self._press, number))
        row.stepped.connect(self._step)
        row.installEventFilter(self)
        self._list.insertWidget(number, row)
        return row

    def _press(self, index: int) -> None:
        self._rows[index].setFocus(Qt.FocusReason.MouseFocusReason)
        self._enter(index)

    def _step(self, by: int) -> None:
        there = min(max(self._current + by, 0), len(self._rows) - 1)
        self._rows[there].setFocus(Qt.FocusReason.TabFocusReason)
        self._enter(there)

    def _enter(self, index: int) -> None:
        moved = index != self._current
        self.choose(index)
        if moved:
            self.mark_chosen.emit(index)

    def _show_cursor(self) -> None:
        stop = max(self._current, 0)
        for number, row in enumerate(self._rows):
            row.setChecked(number == self._current)
            here = number == stop
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)

    def _arrange(self, *, narrow: bool) -> None:
        beside = QBoxLayout.Direction.LeftToRight  # Qt itself mirrors it
        self._both.setDirection(QBoxLayout.Direction.TopToBottom if narrow else beside)
        self._legend.setMaximumWidth(16777215 if narrow else _LEGEND)
        self._legend.setMinimumWidth(0 if narrow else _LEGEND)
        rows = min(max(len(self._rows), 1), _ROWS)
        self._legend.setMinimumHeight(rows * (HEIGHT + _BETWEEN) + 2 * _BETWEEN)


def _drawing_name(type_code: str, many: int) -> str:
    named = weapon_type(type_code) if type_code else _("Weapon")
    told = _("{type}, left side, with {many} marks. The list beside it names them.")
    return plain(told.format(type=named, many=many))
