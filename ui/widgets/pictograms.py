# ruff: noqa: N802 — Qt names what is overridden
"""Signs that have no character, drawn by us: stars, arrows in triangles, numbers in circles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from math import cos, pi, sin
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QWidget

from stockpile.domain.vocabulary import SYMBOLS
from stockpile.language import _
from stockpile.terms import term
from ui.theme import Radius, font, tokens
from ui.widgets.drawing import CENTRE, rounded, smooth
from ui.widgets.ring import KeyRing

_SIDE: Final = 24.0
_STROKE: Final = 1.6
_COLUMNS: Final = 7
_CELL: Final = 44
_MIDDLE: Final = 12.0
NUMBERED: Final = frozenset({
    "triangle_number", "circle_number", "double_circle_number", "oval_number",
})  # fmt: skip
"""Signs with a number inside: it is the text of the mark."""


class Pictogram(QWidget):
    """One sign in the ink of the text, with the number inside where it has one."""

    def __init__(self, code: str = "", number: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(28, 28)
        self.show_sign(code, number)

    def show_sign(self, code: str, number: str = "") -> None:
        """Show another sign."""
        self._code, self._number = code, number
        self.setAccessibleName(term("symbol", code))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign."""
        del event
        place = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        paint_sign(smooth(self), place, self._code, self._number, tokens().text)


class SignPalette(QFrame):
    """All signs to choose from; arrows move, Enter chooses, Esc leaves it as it was.

    Signals:
        chosen: the code of a sign, "" for none.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "dialog")
        self.setAccessibleName(_("Signs"))
        self._grid = QGridLayout(self)
        self._grid.setSpacing(2)
        self._buttons = [_SignButton(code) for code in ("", *SYMBOLS)]
        for number, button in enumerate(self._buttons):
            self._grid.addWidget(button, number // _COLUMNS, number % _COLUMNS)
            button.clicked.connect(partial(self._choose, button.code))

    def open_at(self, anchor: QWidget, code: str) -> None:
        """Open below a widget, the cursor on the sign that is chosen now."""
        self.move(anchor.mapToGlobal(anchor.rect().bottomLeft()))
        self.show()
        at = [button.code for button in self._buttons].index(code if code in SYMBOLS else "")
        self._buttons[at].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by arrows, choose by Enter."""
        at = next((n for n, one in enumerate(self._buttons) if one.hasFocus()), 0)
        along = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        steps = {
            Qt.Key.Key_Right: along, Qt.Key.Key_Left: -along,
            Qt.Key.Key_Down: _COLUMNS, Qt.Key.Key_Up: -_COLUMNS,
        }  # fmt: skip
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._buttons[at].code)
        elif event.key() in steps:
            to = min(max(at + steps[Qt.Key(event.key())], 0), len(self._buttons) - 1)
            self._buttons[to].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _choose(self, code: str) -> None:
        self.hide()
        self.chosen.emit(code)


class _SignButton(KeyRing, QPushButton):
    """One sign of the palette."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code
        self.setFixedSize(_CELL, _CELL)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        name = term("symbol", code) if code else _("No sign")
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        """Return the square."""
        return QSize(_CELL, _CELL)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the sign and the ring."""
        del event
        painter, whole = smooth(self), QRectF(self.rect())
        if self.underMouse() or self.ringed:
            rounded(painter, whole, Radius.CONTROL, tokens().hover)
        number = "26" if self.code in NUMBERED else ""
        paint_sign(painter, whole.adjusted(9, 9, -9, -9), self.code, number, tokens().text)
        if self.ringed:
            rounded(painter, whole, Radius.CONTROL, None, tokens().focus, 2)


def paint_sign(painter: QPainter, where: QRectF, code: str, number: str, ink: str) -> None:
    """Draw a sign as large as the rectangle; a number stands inside those that have one."""
    painter.save()
    painter.translate(where.topLeft())
    painter.scale(where.width() / _SIDE, where.height() / _SIDE)
    pen = QPen(QColor(ink), _STROKE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_DRAWN.get(code, _nothing)())
    if code in NUMBERED and number:
        painter.setFont(font(8, 600))
        low = 4.0 if code == "triangle_number" else 0.0
        painter.drawText(QRectF(2, low, 20, _SIDE - low), CENTRE, number[:3])
    painter.restore()


# --- the strokes, on a square of 24 -------------------------------------------------------------


def _lines(*strokes: tuple[tuple[float, float], ...]) -> QPainterPath:
    path = QPainterPath()
    for stroke in strokes:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in stroke]))
    return path


def _ring(radius: float, x: float = _MIDDLE, y: float = _MIDDLE) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(x, y), radius, radius)
    return path


def _joined(*paths: QPainterPath) -> QPainterPath:
    whole = QPainterPath()
    for path in paths:
        whole.addPath(path)
    return whole


def _rays(count: int, near: float, far: float) -> QPainterPath:
    turns = [2 * pi * number / count for number in range(count)]
    return _lines(
        *(
            (
                (_MIDDLE + near * sin(turn), _MIDDLE - near * cos(turn)),
                (_MIDDLE + far * sin(turn), _MIDDLE - far * cos(turn)),
            )
            for turn in turns
        )
    )


def _star(radius: float = 10.0) -> QPainterPath:
    points = []
    for number in range(11):
        long = radius if number % 2 == 0 else radius * 0.42
        turn = pi * number / 5
        points.append((_MIDDLE + long * sin(turn), _MIDDLE - long * cos(turn)))
    return _lines(tuple(points))


def _triangle() -> QPainterPath:
    return _lines(((12, 2), (22.5, 21), (1.5, 21), (12, 2)))


def _arrow(top: float = 2.5, foot: float = 21.5) -> QPainterPath:
    return _lines(((12, foot), (12, top)), ((7.5, top + 5.5), (12, top), (16.5, top + 5.5)))


def _oval() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QRectF(1.5, 5, 21, 14))
    return path


def _rhombus_in_circle() -> QPainterPath:
    return _joined(_ring(10.5), _lines(((12, 4.5), (18, 12), (12, 19.5), (6, 12), (12, 4.5))))


def _crown() -> QPainterPath:
    body = ((3, 19), (3, 7), (8, 12.5), (12, 4.5), (16, 12.5), (21, 7), (21, 19), (3, 19))
    return _joined(_lines(body), _lines(((3, 15.5), (21, 15.5))))


def _eagle() -> QPainterPath:
    left = ((12, 9), (8, 6), (1.5, 5), (3.5, 10), (7, 13.5), (10, 14.5), (8.5, 20.5), (12, 18.5))
    right = tuple((24 - x, y) for x, y in left)
    head = ((12, 9), (10.8, 5.6), (12.4, 3.2), (15.2, 4.4), (13.2, 6.2), (12.6, 9))
    return _lines(left, right, head)


def _lion() -> QPainterPath:
    body = (
        (5, 21), (7, 15), (6, 10.5), (8, 6), (12, 3.5), (16.5, 5), (18, 8.5), (16, 11),
        (17.5, 14.5), (20.5, 16), (19, 18), (15, 17), (14, 21),
    )  # fmt: skip
    tail = ((6, 15), (3, 13), (2.5, 9.5), (4.2, 8))
    return _joined(_lines(body, tail), _ring(0.7, 14, 7.5))


def _anchor() -> QPainterPath:
    path = QPainterPath(QPointF(3.5, 13))
    path.cubicTo(QPointF(4, 24), QPointF(20, 24), QPointF(20.5, 13))
    stem = _lines(((12, 7), (12, 21)), ((8, 10), (16, 10)))
    return _joined(_ring(2.3, _MIDDLE, 4.6), stem, path)


def _hammer_and_sickle() -> QPainterPath:
    blade = QPainterPath(QPointF(9, 3))
    blade.cubicTo(QPointF(23, 4), QPointF(24, 17), QPointF(13, 19))
    blade.cubicTo(QPointF(10, 19.4), QPointF(7.5, 18.6), QPointF(6, 17))
    hammer = _lines(((19.5, 21), (8, 9.5)), ((5, 11.5), (10.5, 6), (8, 4), (3.5, 9), (5, 11.5)))
    return _joined(blade, _lines(((6, 17), (3, 20.5))), hammer)


def _cross() -> QPainterPath:
    edge = ((9, 2), (15, 2), (15, 9), (22, 9), (22, 15), (15, 15), (15, 22), (9, 22), (9, 15))
    return _lines((*edge, (2, 15), (2, 9), (9, 9), (9, 2)))


def _crossed_rifles() -> QPainterPath:
    stroke = ((2.5, 19.5), (5.5, 21.5), (9, 16.5), (21.5, 3.5))
    other = tuple((24 - x, y) for x, y in stroke)
    return _lines(stroke, other, ((2.5, 19.5), (7.5, 14.5)), ((21.5, 19.5), (16.5, 14.5)))


def _shield() -> QPainterPath:
    path = QPainterPath(QPointF(4, 3.5))
    path.lineTo(20, 3.5)
    path.lineTo(20, 11)
    path.cubicTo(QPointF(20, 17), QPointF(15, 20.5), QPointF(12, 22))
    path.cubicTo(QPointF(9, 20.5), QPointF(4, 17), QPointF(4, 11))
    path.closeSubpath()
    return path


def _flower() -> QPainterPath:
    turns = [2 * pi * number / 8 for number in range(8)]
    petals = [_ring(2.9, _MIDDLE + 6.6 * sin(turn), _MIDDLE - 6.6 * cos(turn)) for turn in turns]
    return _joined(_ring(2.6), *petals)


def _nothing() -> QPainterPath:
    return _lines(((5, 12), (19, 12)))


_DRAWN: Final[Mapping[str, Callable[[], QPainterPath]]] = MappingProxyType(
    {
        "star": _star,
        "star_in_circle": lambda: _joined(_ring(10.8), _star(7.6)),
        "arrow": _arrow,
        "arrow_in_triangle": lambda: _joined(_triangle(), _arrow(8.5, 18.5)),
        "triangle_number": _triangle,
        "circle_number": lambda: _ring(10.5),
        "double_circle_number": lambda: _joined(_ring(11), _ring(8.4)),
        "oval_number": _oval,
        "rhombus_in_circle": _rhombus_in_circle,
        "crown": _crown,
        "eagle": _eagle,
        "lion": _lion,
        "anchor": _anchor,
        "hammer_and_sickle": _hammer_and_sickle,
        "cross": _cross,
        "sun": lambda: _joined(_ring(4.5), _rays(8, 7, 10.8)),
        "wheel": lambda: _joined(_ring(10.5), _ring(2.2), _rays(8, 2.2, 10.5)),
        "crossed_rifles": _crossed_rifles,
        "shield": _shield,
        "flower": _flower,
        "other": lambda: _lines(
            ((8.5, 8.5), (9.5, 5.5), (12, 4.5), (15, 6), (15.2, 9), (12, 12.5), (12, 15.5)),
            ((12, 19.4), (12, 19.6)),
        ),
    }
)
