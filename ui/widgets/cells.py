# ruff: noqa: N802 — Qt names what is overridden
"""How the cells of a table are painted: straight from the page that is held."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from ui.theme import Ink, Letters, Tone, colour, font, paint_icon, tokens
from ui.widgets.chip import chip_width, paint_chip
from ui.widgets.columns import Column, Kind, Row
from ui.widgets.drawing import LEADING, TRAILING, rounded, text_width, words
from ui.widgets.paged_model import PagedModel

PAD = 12
_BOX = 18
_CHIP = 23
_TRAIL = 8
_MARK = 3
_COMPACT = 36

Paint = Callable[[QPainter, QRect, Column[Row], Row], None]


class CellDelegate(QStyledItemDelegate, Generic[Row]):
    """Paints every kind of cell; a row that has not arrived is a pale bar."""

    def __init__(self, model: PagedModel[Row], *, ticks: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._ticks = model, ticks
        self._painters: dict[int, Paint[Row]] = {
            Kind.TEXT: _paint_text,
            Kind.CODE: _paint_text,
            Kind.MONO: _paint_mono,
            Kind.TWO_LINE: _paint_two_lines,
            Kind.CHIP: _paint_chip_cell,
            Kind.NUMBER: _paint_number,
        }

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        place: QRect = option.rect  # type: ignore[attr-defined]  # the stubs lack the field
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        selected = QStyle.StateFlag.State_Selected in state
        number = index.column()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, place, selected=selected, first=number == 0)
        room = _room(painter, place, lead=_lead(number, ticks=self._ticks))
        if number == 0 and self._ticks:
            _paint_tick(painter, place, selected=selected)
        row = self._model.row_at(index.row())
        if row is None:
            _paint_waiting(painter, room)
        else:
            self._paint_value(painter, room, self._model.columns[number], row)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Tell the whole of a cell whose words had no room; the others are read as they stand."""
        place: QRect = option.rect  # type: ignore[attr-defined]  # the stubs lack the field
        lead = _lead(index.column(), ticks=self._ticks) if index.isValid() else 0
        row = self._model.row_at(index.row()) if index.isValid() else None
        if row is None or _needed(self._model.columns[index.column()], row) <= (
            place.width() - lead - _TRAIL
        ):
            QToolTip.hideText()
            return False
        return super().helpEvent(event, view, option, index)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the fixed width of the column: nothing is ever measured row by row."""
        del option
        return QSize(self._model.columns[index.column()].width, 0)

    def _paint_value(self, painter: QPainter, room: QRect, column: Column[Row], row: Row) -> None:
        if column.empty and not column.value(row):
            words(painter, room, column.empty, font(12), tokens().text3)
        else:
            self._painters[column.kind](painter, room, column, row)

    @staticmethod
    def _paint_ground(painter: QPainter, place: QRect, *, selected: bool, first: bool) -> None:
        now = tokens()
        if selected:
            painter.fillRect(place, QColor(now.select))
        line = QRect(place.left(), place.bottom(), place.width(), 1)
        painter.fillRect(line, QColor(now.border))
        if selected and first:
            mark = QRect(place.left(), place.top(), _MARK, place.height())
            mark = QStyle.visualRect(painter.layoutDirection(), place, mark)
            painter.fillRect(mark, QColor(now.accent))


def tick_room() -> int:
    """Return how much of the first column the tick box takes, in pixels."""
    return _BOX + 2 * PAD + 6


def _lead(number: int, *, ticks: bool) -> int:
    return tick_room() if ticks and number == 0 else PAD


def _room(painter: QPainter, place: QRect, *, lead: int) -> QRect:
    trail = _TRAIL
    if painter.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        lead, trail = trail, lead
    return place.adjusted(lead, 0, -trail, -1)


def _needed(column: Column[Row], row: Row) -> int:
    """Return how many pixels the words of a cell would take."""
    text = column.text(row)
    if column.empty and not column.value(row):
        return text_width(font(12), column.empty)
    if column.kind == Kind.CHIP:
        return chip_width(text) - _TRAIL  # a chip may stand in the gap to the next column
    if column.kind == Kind.MONO:
        return text_width(_mono(column), text)
    if column.kind == Kind.TWO_LINE and column.second:
        second = text_width(font(11), column.second(row))
        return max(second, text_width(font(13, 500), text))
    return text_width(font(13), text)


def _mono(column: Column[Row]) -> Letters:
    return font(12, mono=True) if column.quiet else font(13, 500, mono=True)


def _paint_tick(painter: QPainter, place: QRect, *, selected: bool) -> None:
    box = QRect(place.left() + PAD - 2, place.center().y() - _BOX // 2, _BOX, _BOX)
    box = QStyle.visualRect(painter.layoutDirection(), place, box)
    now = tokens()
    border = now.accent if selected else now.strong
    rounded(painter, QRectF(box), 5, now.accent if selected else None, border, 1.4)
    if selected:
        inner = QRectF(box).adjusted(3, 3, -3, -3)
        paint_icon(painter, inner, "check", now.on_accent)


def _paint_text(painter: QPainter, room: QRect, column: Column[Row], row: Row) -> None:
    ink = Ink.MUTED if column.quiet else Ink.SECONDARY
    words(painter, room, column.text(row), font(13), colour(ink).name())


def _paint_number(painter: QPainter, room: QRect, column: Column[Row], row: Row) -> None:
    words(painter, room, column.text(row), font(13), tokens().text2, TRAILING)


def _paint_mono(painter: QPainter, room: QRect, column: Column[Row], row: Row) -> None:
    ink = tokens().text2 if column.quiet else tokens().text
    words(painter, room, column.text(row), _mono(column), ink)


def _paint_two_lines(painter: QPainter, room: QRect, column: Column[Row], row: Row) -> None:
    second = column.second(row) if column.second else ""
    if not second or room.height() < _COMPACT:
        words(painter, room, column.text(row), font(13, 500), tokens().text)
        return
    middle = room.center().y() + 2
    upper = QRect(room.left(), middle - 18, room.width(), 18)
    lower = QRect(room.left(), middle, room.width(), 15)
    words(painter, upper, column.text(row), font(13, 500), tokens().text, LEADING)
    words(painter, lower, second, font(11), tokens().text3, LEADING)


def _paint_chip_cell(painter: QPainter, room: QRect, column: Column[Row], row: Row) -> None:
    text = column.text(row)
    if not text:
        return
    tone = column.tone(row) if column.tone else Tone.GREY
    width = min(chip_width(text), room.width() + _TRAIL)
    chip = QRect(room.left(), room.center().y() - _CHIP // 2 + 1, width, _CHIP)
    paint_chip(painter, QStyle.visualRect(painter.layoutDirection(), room, chip), text, tone)


def _paint_waiting(painter: QPainter, room: QRect) -> None:
    bar = QRect(room.left(), room.center().y() - 4, max(0, min(96, room.width() - PAD)), 9)
    bar = QStyle.visualRect(painter.layoutDirection(), room, bar)
    rounded(painter, QRectF(bar), 4, tokens().grey_soft)
