# ruff: noqa: N802 — Qt names what is overridden
"""The list in the palette: what was found, in groups, with its keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from stockpile.language import plain
from ui.theme import Radius, font, paint_icon, tokens
from ui.widgets.drawing import LEADING, rounded, text_width, words
from ui.widgets.keycap import keycap_size, paint_keycap, split_keys

_ROW = 38
_TITLE = 28
_PAD = 12
_ICON = 18
_MOST = 10

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be run or opened: its name in the program, and what is shown."""

    key: str
    title: str
    detail: str = ""
    icon: str = "chevron-right"
    shortcut: str = ""
    group: str = ""


class _Offers(QAbstractListModel):
    """The offers, each knowing whether it begins a group."""

    def __init__(self) -> None:
        super().__init__()
        self.offers: tuple[Offer, ...] = ()

    def show_offers(self, offers: Sequence[Offer]) -> None:
        self.beginResetModel()
        self.offers = tuple(offers)
        self.endResetModel()

    def begins_group(self, number: int) -> bool:
        before = self.offers[number - 1].group if number else ""
        return self.offers[number].group != before

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 — Qt's signature
        return 0 if parent.isValid() else len(self.offers)

    def data(self, index: Index, role: int = 0) -> str | None:
        offer = self.offers[index.row()]
        if role == int(Qt.ItemDataRole.DisplayRole):
            return plain(offer.title)
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            parts = (offer.group, offer.title, offer.detail, offer.shortcut)
            return plain(", ".join(part for part in parts if part))
        return None


class _Painter(QStyledItemDelegate):
    """Paints an offer, and over the first of a group its title."""

    def __init__(self, offers: _Offers, parent: QWidget) -> None:
        super().__init__(parent)
        self._offers = offers

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        return QSize(0, offer_height(begins=self._offers.begins_group(index.row())))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place: QRect = option.rect  # type: ignore[attr-defined]  # the stubs lack the field
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        offer = self._offers.offers[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._offers.begins_group(index.row()):
            title = QRect(place.left() + 10, place.top(), place.width() - 20, _TITLE)
            words(painter, title, offer.group, font(11, 600), tokens().text2)
            place = place.adjusted(0, _TITLE, 0, 0)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            rounded(painter, QRectF(place), Radius.CONTROL, tokens().accent_soft)
        self._paint_offer(painter, place, offer, chosen=chosen)
        painter.restore()

    def _paint_offer(self, painter: QPainter, place: QRect, offer: Offer, *, chosen: bool) -> None:
        now, direction = tokens(), painter.layoutDirection()

        def facing(x: int, width: int, height: int = place.height()) -> QRect:
            top = place.center().y() - height // 2 + 1
            return QStyle.visualRect(direction, place, QRect(x, top, width, height))

        icon = facing(place.left() + _PAD, _ICON, _ICON)
        paint_icon(painter, QRectF(icon), offer.icon, now.accent if chosen else now.text2)
        end = place.right() - _PAD
        keys = split_keys(offer.shortcut)
        # Keys stand in one order, whatever the direction of reading.
        for key in keys if direction == Qt.LayoutDirection.RightToLeft else reversed(keys):
            size = keycap_size(key)
            end -= size.width()
            paint_keycap(painter, facing(end, size.width(), size.height()), key)
            end -= 6
        start = place.left() + _PAD + _ICON + 10
        width = min(text_width(font(14, 500), offer.title), max(0, end - start))
        words(painter, facing(start, width + 1), offer.title, font(14, 500), now.text, LEADING)
        room = max(0, end - start - width - 10)
        words(painter, facing(start + width + 9, room), offer.detail, font(12), now.text2, LEADING)


class OfferList(QListView):
    """The list; it never takes the focus, so that typing goes on.

    Signals:
        taken: the key of the offer that was pressed or run.
    """

    taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers = _Offers()
        self.setModel(self._offers)
        self.setItemDelegate(_Painter(self._offers, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("background: transparent;")
        self.clicked.connect(self._pressed)

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Show other offers, the first of them chosen; the list is as high as they are."""
        self._offers.show_offers(offers)
        heights = [
            offer_height(begins=self._offers.begins_group(number)) for number in range(len(offers))
        ]
        self.setFixedHeight(sum(heights[:_MOST]) + (4 if offers else 0))
        if offers:
            self.setCurrentIndex(self._offers.index(0, 0))

    def step(self, by: int) -> None:
        """Choose the next or the one before, round the ends."""
        count = self._offers.rowCount()
        if count:
            number = (self.currentIndex().row() + by) % count
            self.setCurrentIndex(self._offers.index(number, 0))

    def take_current(self) -> None:
        """Take the chosen offer."""
        if self.currentIndex().isValid():
            self._pressed(self.currentIndex())

    def _pressed(self, index: QModelIndex) -> None:
        self.taken.emit(self._offers.offers[index.row()].key)


def offer_height(*, begins: bool) -> int:
    """Return how high an offer is, in pixels: the first of a group has its title over it."""
    return _ROW + (_TITLE if begins else 0)
