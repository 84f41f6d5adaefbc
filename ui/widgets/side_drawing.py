# ruff: noqa: N802 — Qt names what is overridden
"""The weapon's left side with its marks as numbers, each tied to the place where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QWidget

from ui.theme import Radius, Text, style_font, tokens
from ui.widgets.drawing import CENTRE, rounded, smooth
from ui.widgets.outlines import Outline
from ui.widgets.side_places import Sign, bearer, lanes, points, spread

DISC: Final = 24
"""Pixels across a number: as much as a finger needs."""
_GAP: Final = 28
_LANE: Final = 40
_MARGIN: Final = 16
_LARGEST: Final = 1.6
_DOT: Final = 4.0
_SMALLEST = QSize(300, 200)
_LINE = 1.4


class SideDrawing(QWidget):
    """The drawing. It is never mirrored: a weapon's left side is its left side everywhere.

    Signals:
        chosen: a number was pressed: which mark.
    """

    chosen = Signal(int)

    def __init__(self, outline: Outline, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outline = outline
        self._signs: tuple[Sign, ...] = ()
        self._current = -1
        self.setMinimumSize(_SMALLEST)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setMouseTracking(True)

    def show_weapon(self, outline: Outline, signs: Sequence[Sign]) -> None:
        """Show another weapon."""
        self._outline, self._signs, self._current = outline, tuple(signs), -1
        self.update()

    def choose(self, index: int) -> None:
        """Let one mark stand out, with the part that bears it; -1 for none."""
        self._current = index
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room in which the drawing shows well."""
        return QSize(560, 280)

    def discs(self) -> list[QPointF]:
        """Return the centre of each mark's number, in pixels."""
        spots = self.spots()
        weapon = self._placed().mapRect(self._outline.room)
        most = max(1, int((self.width() - 2 * _MARGIN) // _GAP))
        sides = lanes(spots, weapon.center().y(), most)
        heights = {"above": weapon.top() - _LANE, "below": weapon.bottom() + _LANE}
        placed = [QPointF()] * len(spots)
        for side, height in heights.items():
            numbers = [number for number, lane in enumerate(sides) if lane == side]
            room = QRectF(self.rect()).adjusted(_MARGIN, 0, -_MARGIN, 0)
            along = spread([spots[number].x() for number in numbers], room, _GAP)
            for number, across in zip(numbers, along, strict=True):
                placed[number] = QPointF(across, height)
        return placed

    def spots(self) -> list[QPointF]:
        """Return the point on the weapon where each mark stands, in pixels."""
        turn = self._placed()
        return [turn.map(point) for point in points(self._outline, self._signs)]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the mark whose number or point was pressed."""
        found = self._at(event.position())
        if found >= 0:
            self.chosen.emit(found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over what can be pressed, and tell which mark it is."""
        found = self._at(event.position())
        over = Qt.CursorShape.PointingHandCursor if found >= 0 else Qt.CursorShape.ArrowCursor
        self.setCursor(over)
        self.setToolTip(self._signs[found].text if found >= 0 else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the weapon, and the marks; the chosen one last, on top."""
        del event
        painter = smooth(self)
        rounded(painter, QRectF(self.rect()), Radius.CARD, tokens().inset)
        self._paint_weapon(painter)
        spots, discs = self.spots(), self.discs()
        order = sorted(range(len(self._signs)), key=lambda number: number == self._current)
        for number in order:
            self._paint_line(painter, number, spots[number], discs[number])
        for number in order:
            self._paint_number(painter, number, discs[number])

    def _at(self, where: QPointF) -> int:
        near: list[tuple[float, int]] = []
        for number, (disc, spot) in enumerate(zip(self.discs(), self.spots(), strict=True)):
            distance = min((where - disc).manhattanLength(), (where - spot).manhattanLength() + 4)
            near.append((distance, number))
        distance, number = min(near, default=(float(DISC), -1))
        return number if distance < DISC * 0.8 else -1

    def _placed(self) -> QTransform:
        """Return how the drawing's units become pixels: as large as fits, in the middle."""
        room, whole = QRectF(self.rect()), self._outline.room
        room.adjust(_MARGIN, _LANE + _MARGIN, -_MARGIN, -_LANE - _MARGIN)
        scale = min(room.width() / whole.width(), room.height() / whole.height(), _LARGEST)
        turn = QTransform()
        turn.translate(room.center().x(), room.center().y())
        turn.scale(scale, scale)
        turn.translate(-whole.center().x(), -whole.center().y())
        return turn

    def _paint_weapon(self, painter: QPainter) -> None:
        now, turn = tokens(), self._placed()
        lit = None
        if 0 <= self._current < len(self._signs):
            lit = bearer(self._outline, self._signs[self._current].component)
        for part in self._outline.parts:
            same = lit is not None and (part is lit or part.component == lit.component != "")
            painter.setPen(QPen(QColor(now.accent if same else now.strong), _LINE))
            painter.setBrush(QColor(now.accent_soft if same else now.grey_soft))
            painter.drawPath(turn.map(part.path))

    def _paint_line(self, painter: QPainter, number: int, spot: QPointF, disc: QPointF) -> None:
        sign, now = self._signs[number], tokens()
        ink = QColor(self._ink(number))
        pen = QPen(ink, 2 if number == self._current else 1)
        if sign.hidden:
            pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawLine(spot, disc)
        painter.setPen(QPen(ink, 1.6))
        painter.setBrush(QColor(now.surface) if sign.hidden else ink)
        painter.drawEllipse(spot, _DOT, _DOT)

    def _paint_number(self, painter: QPainter, number: int, disc: QPointF) -> None:
        paint_number(painter, disc, number, self._signs[number], chosen=number == self._current)

    def _ink(self, number: int) -> str:
        sign, now = self._signs[number], tokens()
        if sign.ours or number == self._current:
            return now.accent
        return now.bad if sign.obliterated else now.text2


def paint_number(
    painter: QPainter, centre: QPointF, number: int, sign: Sign, *, chosen: bool
) -> None:
    """Draw a mark's number: ours filled, an obliterated one crossed, a chosen one ringed."""
    now = tokens()
    place = QRectF(0, 0, DISC - 2, DISC - 2)
    place.moveCenter(centre)
    ink = now.accent if sign.ours else now.bad if sign.obliterated else now.text2
    if chosen:
        ring = place.adjusted(-3, -3, 3, 3)
        rounded(painter, ring, ring.width() / 2, now.surface, now.accent, 2)
    fill = now.accent if sign.ours else now.surface
    rounded(painter, place, place.width() / 2, fill, ink, 1.5)
    painter.setFont(style_font(Text.SECONDARY_STRONG))
    painter.setPen(QColor(now.on_accent if sign.ours else ink))
    painter.drawText(place, CENTRE, str(number + 1))
    if sign.obliterated:
        reach = place.width() / 2 - 3
        painter.setPen(QPen(QColor(now.bad), 2))
        painter.drawLine(centre + QPointF(-reach, reach), centre + QPointF(reach, -reach))
