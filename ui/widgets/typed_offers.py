# ruff: noqa: N802 — Qt names what is overridden
"""Offers under a line while somebody types: chosen by arrow and Enter, or passed over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from stockpile.language import plain
from ui.theme import Radius, font, tokens
from ui.widgets.drawing import LEADING, rounded, text_width, words

_MOST = 10
_ROW, _PAD, _GAP = 32, 10, 9
_FRAME = 26
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_DETAIL = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


@dataclass(frozen=True, slots=True)
class TypedOffer:
    """One offer: its key in the program, what is written when it is taken, and what tells it."""

    key: str
    text: str
    detail: str = ""


Source = Callable[[str], Sequence[TypedOffer]]
"""Returns what a typed text may become, best first."""


class TypedOffers(QCompleter):
    """The list under one line. Nothing is chosen until an arrow key says so: any text may stand.

    Signals:
        taken: the key of the offer that was chosen; its text stands in the line.
    """

    taken = Signal(str)

    def __init__(self, line: QLineEdit, source: Source) -> None:
        self._rows = QStandardItemModel()
        super().__init__(self._rows, line)
        self._line, self._source = line, source
        self._offers: tuple[TypedOffer, ...] = ()
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(_MOST)
        self.setWidget(line)
        self._list = QListView()
        self._list.setProperty("popup", "true")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(line.accessibleName())
        self.setPopup(self._list)
        self._list.setItemDelegate(_Painter(self._list))
        self._list.clicked.connect(self._take)
        line.textEdited.connect(self.offer)

    @property
    def offers(self) -> tuple[TypedOffer, ...]:
        """What is offered now; nothing while the list is away."""
        return self._offers if self._list.isVisible() else ()

    def offer(self, typed: str) -> None:
        """Offer what the typed text may become; the text itself alone is no offer."""
        found = tuple(self._source(typed))
        if not found or (len(found) == 1 and _same(found[0].text, typed) and not found[0].detail):
            self._list.hide()
            return
        self._offers = found
        self._rows.clear()
        for one in found:
            item = QStandardItem(one.text)
            item.setData(one.detail, _DETAIL)
            item.setData(plain(", ".join(filter(None, (one.text, one.detail)))), _SPOKEN)
            self._rows.appendRow(item)
        width = max(self._line.width(), self._list.sizeHintForColumn(0) + _FRAME)
        self.complete(QRect(0, 0, width, self._line.height()))
        self._list.setCurrentIndex(QModelIndex())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter take what an arrow chose, and only that; Tab takes it and goes on."""
        if watched is self._list and isinstance(event, QKeyEvent):
            index = self._list.currentIndex()
            pressed = event.type() == QEvent.Type.KeyPress and event.key() in _TAKING
            if pressed and index.isValid():
                self._take(index)
                return event.key() != Qt.Key.Key_Tab or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _take(self, index: QModelIndex) -> None:
        offer = self._offers[index.row()]
        self._list.setCurrentIndex(QModelIndex())
        self._list.hide()
        self._line.setText(plain(offer.text))
        self.taken.emit(offer.key)


class _Painter(QStyledItemDelegate):
    """Paints an offer: what will be written, and more quietly what tells it from others."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        text, detail = _said(index)
        width = text_width(font(14, 500), text) + text_width(font(12), detail)
        return QSize(width + 2 * _PAD + _GAP, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place: QRect = option.rect  # type: ignore[attr-defined]  # the stubs lack the field
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        text, detail = _said(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            rounded(painter, QRectF(place), Radius.CONTROL, tokens().accent_soft)
        inner = place.adjusted(_PAD, 0, -_PAD, 0)
        width = min(text_width(font(14, 500), text) + 1, inner.width())
        direction = painter.layoutDirection()
        first = QRect(inner.left(), inner.top(), width, inner.height())
        rest = inner.adjusted(width + _GAP, 0, 0, 0)
        name = QStyle.visualRect(direction, inner, first)
        words(painter, name, text, font(14, 500), tokens().text, LEADING)
        quiet = QStyle.visualRect(direction, inner, rest)
        words(painter, quiet, detail, font(12), tokens().text2, LEADING)
        painter.restore()


def _said(index: Index) -> tuple[str, str]:
    return index.data() or "", index.data(_DETAIL) or ""


def _same(text: str, typed: str) -> bool:
    return plain(text).casefold() == plain(typed).strip().casefold()
