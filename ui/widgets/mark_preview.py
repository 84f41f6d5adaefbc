# ruff: noqa: N802 — Qt names what is overridden
"""A mark as it will be cut: its dots or strokes on the part's zone, to scale, with a ruler in mm.

What breaks a limit is framed in red with a flag; the sentences stand beside it, and are read aloud.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from stockpile.domain.facts import Box, MarkLayoutSet
from stockpile.domain.laying_out import LaidOut, quiet_zone
from stockpile.domain.mark_layouts import in_mm
from stockpile.language import _, isolated, plain
from ui.theme import LIGHT, Ink, Text, colour, paint_icon, style_font, tokens
from ui.widgets.drawing import CENTRE, LEADING, text_width, words

_SMALLEST, _USUAL = QSize(160, 72), QSize(480, 150)
_PAD: Final = 6
_SIDE: Final = 14  # half a figure of the ruler hangs over the edge of the zone
_RULER: Final = 20
_TICK, _LONG_TICK = 3, 6
_NEAREST_TICKS: Final = 4
_MM: Final = 1000
_HALF: Final = 0.5
_ROUND: Final = 3
_FLAG: Final = 14
_FRAME: Final = 1.6
_LEAST_DOT: Final = 0.5
_SHADE_LIGHT, _SHADE_DARK = 108, 128
"""How much lighter the top line of a cylinder is than its plate, and its edges darker, in %."""


class MarkPreview(QWidget):
    """The drawing. It is never mirrored: metal has one left side everywhere.

    It is drawn once and then shown: a station repaints it at every step of the same mark.
    """

    def __init__(self, *, on_plate: bool = False, parent: QWidget | None = None) -> None:
        """Make one; `on_plate` is for a ground of metal, which stays light in the dark."""
        super().__init__(parent)
        self._laid: LaidOut | None = None
        self._layout: MarkLayoutSet | None = None
        self._drawn: tuple[object, QPixmap] | None = None
        self._ink = Ink.PLATE if on_plate else Ink.MUTED
        self.setMinimumSize(_SMALLEST)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.clear()

    @property
    def laid_out(self) -> LaidOut | None:
        """Return what is shown; nothing after `clear`."""
        return self._laid

    def show_mark(self, laid: LaidOut, layout: MarkLayoutSet) -> None:
        """Show a mark in its zone."""
        self._laid, self._layout, self._drawn = laid, layout, None
        size = f"{in_mm(layout.width).removesuffix(' mm')} x {in_mm(layout.height)}"
        said = _("Drawing of the mark in its zone, {size}").format(size=isolated(size))
        self.setAccessibleName(plain(said))
        problems = [one.said for one in laid.problems]
        if laid.approximate:
            problems.append(_("Approximate: the letters are the machine's own."))
        self.setAccessibleDescription(plain(" ".join(problems)))
        self.update()

    def clear(self) -> None:
        """Show no mark."""
        self._laid = self._layout = self._drawn = None
        self.setAccessibleName(plain(_("Drawing of the mark: nothing to show yet")))
        self.setAccessibleDescription("")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room in which a mark shows well."""
        return _USUAL

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the drawing; another size, screen or theme has it drawn anew."""
        del event
        if self._laid is None or self._layout is None:
            return
        ratio, now = self.devicePixelRatioF(), tokens()
        drawn_for = (self.size(), ratio, now, self.font().key())
        if self._drawn is None or self._drawn[0] != drawn_for:
            picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw(painter, self._laid, self._layout)
            painter.end()
            self._drawn = (drawn_for, picture)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn[1])
        painter.end()

    def _draw(self, painter: QPainter, laid: LaidOut, layout: MarkLayoutSet) -> None:
        """Draw the zone, what is forbidden in it, the mark, the ruler and the flags."""
        sheet = _Sheet(self.rect(), layout)
        _draw_zone(painter, sheet, layout)
        painter.save()
        painter.setClipRect(sheet.zone)
        _draw_forbidden(painter, sheet, layout)
        _draw_quiet(painter, sheet, layout, laid)
        painter.restore()
        _draw_mark(painter, sheet, laid)
        _draw_problems(painter, sheet, laid)
        note = _("approximate") if laid.approximate else ""
        _draw_ruler(painter, sheet, layout, colour(self._ink).name(), note)


class _Sheet:
    """Where a zone lies in the widget, and how many pixels a micrometre has."""

    def __init__(self, room: QRect, layout: MarkLayoutSet) -> None:
        inner = QRectF(room).adjusted(_SIDE, _PAD, -_SIDE, -_PAD - _RULER)
        self.ratio = max(min(inner.width() / layout.width, inner.height() / layout.height), 1e-6)
        width, height = layout.width * self.ratio, layout.height * self.ratio
        left = inner.center().x() - width / 2
        self.zone = QRectF(left, inner.center().y() - height / 2, width, height)

    def point(self, place: tuple[int, int]) -> QPointF:
        """Return a point of the zone in pixels; up is up."""
        across = self.zone.left() + place[0] * self.ratio
        return QPointF(across, self.zone.bottom() - place[1] * self.ratio)

    def box(self, box: Box) -> QRectF:
        """Return a box of the zone in pixels."""
        upper = self.point((box.x, box.y + box.height))
        return QRectF(upper.x(), upper.y(), box.width * self.ratio, box.height * self.ratio)


def _draw_zone(painter: QPainter, sheet: _Sheet, layout: MarkLayoutSet) -> None:
    """Draw the metal: plain, or shaded as the cylinder that it is."""
    painter.setPen(QPen(QColor(tokens().plate_border), 1))
    metal = QColor(tokens().plate)
    if layout.radius > 0:
        shade = QLinearGradient(sheet.zone.topLeft(), sheet.zone.bottomLeft())
        for place, tint in (
            (0.0, metal.darker(_SHADE_DARK)),
            (_HALF, metal.lighter(_SHADE_LIGHT)),
            (1.0, metal.darker(_SHADE_DARK)),
        ):
            shade.setColorAt(place, tint)
        painter.setBrush(shade)
    else:
        painter.setBrush(metal)
    painter.drawRoundedRect(sheet.zone, _ROUND, _ROUND)


def _draw_forbidden(painter: QPainter, sheet: _Sheet, layout: MarkLayoutSet) -> None:
    ink = QColor(LIGHT.strong)  # metal is light in the dark too, so are the inks on it
    painter.setPen(QPen(ink, 1))
    for box in layout.forbidden:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(sheet.box(box))
        painter.fillRect(sheet.box(box), QBrush(ink, Qt.BrushStyle.BDiagPattern))


def _draw_quiet(painter: QPainter, sheet: _Sheet, layout: MarkLayoutSet, laid: LaidOut) -> None:
    if laid.matrix_box is None:
        return
    painter.setPen(QPen(QColor(LIGHT.strong), 1, Qt.PenStyle.DotLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(sheet.box(quiet_zone(layout, laid.matrix_box)))


def _draw_mark(painter: QPainter, sheet: _Sheet, laid: LaidOut) -> None:
    """Draw each dot as wide as the pin cuts it, each stroke as wide as the pen."""
    ink = QColor(tokens().plate_text)
    half = max(laid.drawing.width_um * sheet.ratio / 2, _LEAST_DOT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for dot in laid.drawing.dots:  # each by itself: one path of hundreds takes thrice as long
        painter.drawEllipse(sheet.point(dot), half, half)
    pen = QPen(ink, 2 * half, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for stroke in laid.drawing.strokes:
        if len(set(stroke)) == 1:
            painter.drawPoint(sheet.point(stroke[0]))
        else:
            painter.drawPolyline(QPolygonF([sheet.point(place) for place in stroke]))


def _draw_problems(painter: QPainter, sheet: _Sheet, laid: LaidOut) -> None:
    """Frame what breaks a limit, in the red of the ground beneath, with a flag at the corner."""
    frames = [sheet.box(one.at) for one in laid.problems if one.at is not None]
    whole = QRectF(painter.viewport())
    beside = QPainterPath()
    beside.addRect(whole)
    metal = QPainterPath()
    metal.addRect(sheet.zone)
    for ground, red in ((metal, LIGHT.bad), (beside.subtracted(metal), tokens().bad)):
        painter.save()
        painter.setClipPath(ground)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(red), _FRAME))
        for frame in frames:
            painter.drawRect(frame)
            corner = QRectF(frame.right() - _FLAG, frame.top() - _FLAG, _FLAG, _FLAG)
            kept = corner.translated(0, max(0.0, whole.top() - corner.top()))
            paint_icon(painter, kept, "flag", red)
        painter.restore()


def _draw_ruler(
    painter: QPainter, sheet: _Sheet, layout: MarkLayoutSet, ink: str, note: str
) -> None:
    """Draw a ruler under the zone, with figures where they have room, and the note at its end."""
    one, top = _MM * sheet.ratio, sheet.zone.bottom() + _PAD / 2
    step = next((mm for mm in (1, 5, 10, 50, 100) if mm * one >= _NEAREST_TICKS), 500)
    letters = style_font(Text.CAPTION)
    named = next(
        (mm for mm in (1, 5, 10, 50, 100) if mm * one >= text_width(letters, "00 mm")), 500
    )
    painter.setPen(QPen(QColor(ink), 1))
    ticks = range(0, layout.width // _MM + 1, step)
    for mm in ticks:
        x = sheet.zone.left() + mm * one
        painter.drawLine(QPointF(x, top), QPointF(x, top + (_TICK if mm % named else _LONG_TICK)))
    for mm in ticks:
        if mm % named:
            continue
        said = f"{mm}" if mm else isolated("0 mm")
        wide = text_width(letters, said) + 2
        x = round(sheet.zone.left() + mm * one - (text_width(letters, f"{mm}") + 2) / 2)
        where = QRect(x, round(top) + _LONG_TICK - 1, wide, _RULER - _LONG_TICK)
        words(painter, where, said, letters, ink, LEADING)
    if note:
        _draw_note(painter, sheet, note)


def _draw_note(painter: QPainter, sheet: _Sheet, note: str) -> None:
    """Say on the metal that the letters are not ours."""
    letters = style_font(Text.CAPTION)
    wide = text_width(letters, note) + 2 * _PAD
    where = QRect(round(sheet.zone.right()) - wide, round(sheet.zone.top()), wide, _RULER)
    painter.fillRect(where.adjusted(0, 2, -2, 0), QColor(LIGHT.warn_soft))
    words(painter, where, note, letters, LIGHT.warn, CENTRE)
