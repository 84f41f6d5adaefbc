"""Rows and columns with the program's gaps, and margins that mirror with the language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.theme import Space

Margins: TypeAlias = tuple[int, int, int, int]
"""Leading, top, trailing, bottom: the leading side is where reading starts."""


_FILL = Qt.AlignmentFlag(0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Empty room that takes what is left."""

    share: int = 1


@dataclass(frozen=True, slots=True)
class Share:
    """A widget or layout that grows by its share, or stands at one edge of its room."""

    item: QWidget | QLayout
    share: int = 1
    alignment: Qt.AlignmentFlag = _FILL


STRETCH = Stretch()
Item: TypeAlias = QWidget | QLayout | Stretch | Share | int


def row(*items: Item, gap: int = Space.S, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Return a row that starts where reading starts; a number among the items is a gap."""
    layout = QHBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


def column(*items: Item, gap: int = Space.S, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Return a column from the top; a number among the items is a gap."""
    layout = QVBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


def boxed(layout: QLayout, *, width: int = 0) -> QWidget:
    """Return a plain widget that holds the layout, of a fixed width when one is given."""
    widget = QWidget()
    widget.setLayout(layout)
    if width:
        widget.setFixedWidth(width)
    return widget


def rule(*, upright: bool = False) -> QFrame:
    """Return a line one pixel thin: lines part things here, shadows do not."""
    line = QFrame()
    line.setProperty("surface", "rule")
    (line.setFixedWidth if upright else line.setFixedHeight)(1)
    return line


def scrolled(content: QWidget, *, sideways: bool = False) -> QScrollArea:
    """Return the content in a frame that scrolls up and down only, or sideways only."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    hide = area.setVerticalScrollBarPolicy if sideways else area.setHorizontalScrollBarPolicy
    hide(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content.setProperty("surface", "none")
    area.viewport().setAutoFillBackground(False)
    area.setWidget(content)
    content.setAutoFillBackground(False)
    return area


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout that holds widgets only."""
    while layout.count():
        widget = layout.takeAt(0).widget()
        widget.hide()
        widget.deleteLater()


def is_mirrored() -> bool:
    """Return whether the whole program is laid out from the right."""
    return QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft


def mirrored(margins: Margins) -> Margins:
    """Return the margins as Qt counts them, left to right: it does not mirror them itself."""
    leading, top, trailing, bottom = margins
    return (trailing, top, leading, bottom) if is_mirrored() else margins


def _fill(layout: QBoxLayout, items: tuple[Item, ...], gap: int, margins: Margins) -> None:
    layout.setSpacing(gap)
    layout.setContentsMargins(*mirrored(margins))
    for item in items:
        _place(layout, item)


def _place(layout: QBoxLayout, item: Item) -> None:
    match item:
        case int():
            layout.addSpacing(item)
        case Stretch():
            layout.addStretch(item.share)
        case Share():
            _place_share(layout, item)
        case QWidget():
            layout.addWidget(item)
        case QLayout():
            layout.addLayout(item)


def _place_share(layout: QBoxLayout, share: Share) -> None:
    if isinstance(share.item, QWidget):
        layout.addWidget(share.item, share.share, share.alignment)
    else:
        layout.addLayout(share.item, share.share)
