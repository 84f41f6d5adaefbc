# ruff: noqa: N802 — Qt names what is overridden
"""Small charts of our own: a course, stacked bars, and shares of a whole; time flips with reading.

Each says its figures to a screen reader; the colour of a part is never its only sign, for the
legend beside it names it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Ink, colour, font, tokens
from ui.widgets.drawing import CENTRE, TRAILING, facing, rounded, smooth, words

_AXIS = 40
_FOOT = 22
_HEAD = 8
_FILL = 0.64
_RING = 18
_FULL = 360 * 16
_TOP = 90 * 16
_LEAST_HEIGHT = 190


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a whole: its name, its number and its ink."""

    name: str
    number: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label and its parts from the bottom, in the order of the chart's inks."""

    label: str
    numbers: tuple[float, ...]


class Spark(QWidget):
    """The course of a figure, without axes; the last value is marked."""

    def __init__(
        self,
        values: Sequence[float],
        ink: Ink = Ink.CHART1,
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._values, self._ink = tuple(values), ink
        self.setFixedHeight(34)
        self.setMinimumWidth(70)
        self.setAccessibleName(name)

    def show_values(self, values: Sequence[float]) -> None:
        """Show another course."""
        self._values = tuple(values)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the course as single lines: one long smooth line is many times slower."""
        del event
        points = self._points()
        if not points:
            return
        painter = smooth(self)
        pen = QPen(colour(self._ink), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        pairs = pairwise(points)
        painter.drawLines([QLineF(one, other) for one, other in pairs])
        painter.setBrush(colour(self._ink))
        painter.setPen(QPen(QColor(tokens().surface), 2))
        painter.drawEllipse(points[-1], 4, 4)

    def _points(self) -> list[QPointF]:
        if not self._values:
            return []
        least, most = min(self._values), max(self._values)
        step = (self.width() - 12) / max(1, len(self._values) - 1)
        height = self.height() - 12
        return [
            QPointF(
                _across(self, 6 + number * step),
                6 + height * (1 - (value - least) / ((most - least) or 1)),
            )
            for number, value in enumerate(self._values)
        ]


class Bars(QWidget):
    """Stacked bars over a baseline, with lines at round numbers."""

    def __init__(
        self,
        bars: Sequence[Bar],
        inks: Sequence[Ink],
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bars, self._inks = tuple(bars), tuple(inks)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show other bars."""
        self._bars = tuple(bars)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines, then the bars."""
        del event
        painter = smooth(self)
        step, top = round_steps(max((sum(bar.numbers) for bar in self._bars), default=0.0))
        number = 0.0
        while number <= top:
            self._paint_line(painter, number, top)
            number += step
        for place, bar in enumerate(self._bars):
            self._paint_bar(painter, place, bar, top)

    def _height_of(self, number: float, top: float) -> float:
        room = self.height() - _FOOT - _HEAD
        return _HEAD + room * (1 - number / top)

    def _paint_line(self, painter: QPainter, number: float, top: float) -> None:
        height = round(self._height_of(number, top))
        line = QRect(_AXIS, height, self.width() - _AXIS, 1)
        painter.fillRect(facing(self, line), QColor(tokens().grid))
        label = facing(self, QRect(0, height - 8, _AXIS - 8, 16))
        words(painter, label, f"{number:g}", font(11), tokens().text3, TRAILING)

    def _paint_bar(self, painter: QPainter, place: int, bar: Bar, top: float) -> None:
        share = (self.width() - _AXIS) / len(self._bars)
        width = share * _FILL
        left = _AXIS + share * place + (share - width) / 2
        below = 0.0
        for number, ink in zip(bar.numbers, self._inks, strict=True):
            upper = self._height_of(below + number, top)
            parted = 1 if below else 0
            height = max(0.0, self._height_of(below, top) - upper - parted)
            x = _across(self, left + width) if _mirrored(self) else left
            rounded(painter, QRectF(x, upper, width, height), 2, colour(ink).name())
            below += number
        foot = QRect(int(_AXIS + share * place) - 20, self.height() - 16, int(share) + 40, 16)
        words(painter, facing(self, foot), bar.label, font(11), tokens().text3, CENTRE)


class Donut(QWidget):
    """Shares of a whole as a ring, the whole in its middle."""

    def __init__(
        self,
        parts: Sequence[Part],
        figure: str,
        caption: str,
        *,
        size: int = 168,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts, self._figure, self._caption = tuple(parts), figure, caption
        self.setFixedSize(size, size)
        self._name()

    def show_parts(self, parts: Sequence[Part], figure: str) -> None:
        """Show other shares."""
        self._parts, self._figure = tuple(parts), figure
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the fixed size."""
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring from the top, as a clock goes, and the words in its middle."""
        del event
        painter = smooth(self)
        whole = sum(part.number for part in self._parts) or 1
        ring = QRectF(self.rect()).adjusted(_RING, _RING, -_RING, -_RING)
        at = float(_TOP)
        for part in self._parts:
            sweep = -part.number / whole * _FULL
            pen = QPen(colour(part.ink), _RING)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawArc(ring, round(at), round(sweep + min(20, -sweep / 4)))
            at += sweep
        middle = self.rect().adjusted(0, -12, 0, -12)
        words(painter, middle, self._figure, font(22, 600), tokens().text, CENTRE)
        lower = self.rect().adjusted(0, 26, 0, 26)
        words(painter, lower, self._caption, font(11), tokens().text3, CENTRE)

    def _name(self) -> None:
        said = ", ".join(f"{part.name} {part.number:g}" for part in self._parts)
        self.setAccessibleName(f"{self._figure} {self._caption}: {said}")


class Dot(QWidget):
    """The sign of a part in a legend."""

    def __init__(self, ink: Ink, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = ink
        self.setFixedSize(10, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dot."""
        del event
        rounded(smooth(self), QRectF(1, 1, 8, 8), 2.5, colour(self._ink).name())


def round_steps(most: float) -> tuple[float, float]:
    """Return the distance of the lines and the uppermost of at most five, all round numbers."""
    step = 1.0
    while step * 4 < most:
        for factor in (1, 2, 5):
            if step * factor * 4 >= most:
                return step * factor, step * factor * 4
        step *= 10
    return step, step * 4


def _mirrored(widget: QWidget) -> bool:
    return widget.layoutDirection() == Qt.LayoutDirection.RightToLeft


def _across(widget: QWidget, x: float) -> float:
    return widget.width() - x if _mirrored(widget) else x
