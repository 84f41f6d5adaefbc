# ruff: noqa: N802 — Qt names what is overridden
"""A label as it will be printed, to scale, with rulers in mm; its elements are dragged about.

The picture is the print itself, rendered; over it lie the boxes of the elements. With the keyboard
the arrows move the chosen one by half a millimetre, with Shift they change its size, and Page Up
and Page Down choose another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from stockpile import wording
from stockpile.domain.facts import Box, LabelElement, LabelLayoutSet
from stockpile.domain.label_layouts import in_mm
from stockpile.language import _, isolated, plain
from stockpile.services.ports import GreyPicture
from ui.theme import LIGHT, Radius, Text, style_font, tokens
from ui.widgets.drawing import LEADING, rounded, smooth, text_width, words
from ui.widgets.ring import KeyRing

STEP: Final = 500
_SMALLEST, _USUAL = QSize(220, 140), QSize(520, 230)
_PAD: Final = 8
_RULER: Final = 22
_TICK, _LONG_TICK = 3, 6
_NEAREST_TICKS: Final = 4
_MM: Final = 1000
_HANDLE: Final = 10
_STEPS: Final = (1, 5, 10, 50, 100)
_PER_MM: Final = 12
"""A label is shown at most so many pixels a millimetre: larger tells nothing."""
_WAYS: Final = {
    Qt.Key.Key_Left: (-STEP, 0),
    Qt.Key.Key_Right: (STEP, 0),
    Qt.Key.Key_Up: (0, -STEP),
    Qt.Key.Key_Down: (0, STEP),
}
_PAGES: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class LabelPreview(KeyRing, QWidget):
    """The label. It is never mirrored: paper has one left side everywhere.

    Signals:
        picked: an element was chosen: its place in the list.
        moved: the chosen element goes so many micrometres right and down.
        resized: it becomes so much wider and higher.
    """

    picked = Signal(int)
    moved = Signal(int, int)
    resized = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout: LabelLayoutSet | None = None
        self._image: QImage | None = None
        self._bad: frozenset[int] = frozenset()
        self._free: tuple[Box, ...] = ()
        self._chosen = -1
        self._grip: tuple[QPointF, bool] | None = None
        self.setMinimumSize(_SMALLEST)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        how = _(
            "Drag an element, or its corner. The arrows move it, with Shift they change its size;"
            " Page Up and Page Down choose another."
        )
        self.setToolTip(plain(how))
        self._tell()

    @property
    def chosen(self) -> int:
        """Return which element is chosen; -1 for none."""
        return self._chosen

    @property
    def has_picture(self) -> bool:
        """Say whether the print is in sight."""
        return self._image is not None

    def show_layout(self, layout: LabelLayoutSet, chosen: int) -> None:
        """Show where the elements stand, at once; the print of it follows."""
        if self._layout is not None and (layout.width, layout.height) != (
            self._layout.width,
            self._layout.height,
        ):
            self._image = None
        self._layout, self._chosen = layout, chosen
        self._tell()

    def show_print(
        self, picture: GreyPicture | None, bad: Sequence[int], free: Sequence[Box]
    ) -> None:
        """Show the print, which elements have a problem, and where nothing is printed."""
        self._bad, self._free = frozenset(bad), tuple(free)
        self._image = None
        if picture is not None:
            form = QImage.Format.Format_Grayscale8
            raw = QImage(picture.pixels, picture.width, picture.height, picture.width, form)
            self._image = raw.copy()  # the bytes of the picture go with it
        self._tell()

    def sizeHint(self) -> QSize:
        """Return the room in which a label shows well."""
        return _USUAL

    # --- hand and keys --------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what lies there, the smallest where several do, and take hold of it."""
        if self._layout is None or event.button() != Qt.MouseButton.LeftButton:
            return
        place = event.position()
        if self._handle().contains(place):
            self._grip = (place, True)
            return
        at = self._element_at(place)
        if at >= 0:
            self._chosen = at
            self._grip = (place, False)
            self.picked.emit(at)
            self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held, on a grid of half a millimetre."""
        place = event.position()
        if self._grip is None or self._layout is None:
            self._show_cursor(place)
            return
        start, is_size = self._grip
        ratio = self._sheet().ratio
        across, down = (
            round(way / ratio / STEP) * STEP
            for way in (place.x() - start.x(), place.y() - start.y())
        )
        if not (across or down):
            return
        self._grip = (QPointF(start.x() + across * ratio, start.y() + down * ratio), is_size)
        (self.resized if is_size else self.moved).emit(across, down)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        del event
        self._grip = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the chosen element, change its size, or choose another."""
        key = Qt.Key(event.key())
        count = len(self._layout.elements) if self._layout is not None else 0
        if key in _WAYS and 0 <= self._chosen < count:
            is_size = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.resized if is_size else self.moved).emit(*_WAYS[key])
        elif key in _PAGES and count:
            self._chosen = (self._chosen + _PAGES[key]) % count
            self.picked.emit(self._chosen)
            self._tell()
        else:
            super().keyPressEvent(event)

    def _show_cursor(self, place: QPointF) -> None:
        if self._layout is not None and self._handle().contains(place):
            self.setCursor(Qt.CursorShape.SizeFDiagCursor)
        elif self._layout is not None and self._element_at(place) >= 0:
            self.setCursor(Qt.CursorShape.SizeAllCursor)
        else:
            self.unsetCursor()

    def _element_at(self, place: QPointF) -> int:
        if self._layout is None:
            return -1
        sheet = self._sheet()
        found = [
            (one.width * one.height, number)
            for number, one in enumerate(self._layout.elements)
            if sheet.box(one).contains(place)
        ]
        return min(found)[1] if found else -1

    def _handle(self) -> QRectF:
        """Return the corner by which the chosen element is made larger."""
        chosen = self._chosen_element()
        if chosen is None:
            return QRectF()
        corner = self._sheet().box(chosen).bottomRight()
        return QRectF(corner.x() - _HANDLE / 2, corner.y() - _HANDLE / 2, _HANDLE, _HANDLE)

    def _chosen_element(self) -> LabelElement | None:
        if self._layout is None or not 0 <= self._chosen < len(self._layout.elements):
            return None
        return self._layout.elements[self._chosen]

    # --- what is seen and heard -----------------------------------------------------------------

    def _tell(self) -> None:
        """Say aloud what is shown, and draw it anew."""
        if self._layout is None:
            self.setAccessibleName(plain(_("Drawing of the label: nothing to show yet")))
        else:
            width, height = in_mm(self._layout.width), in_mm(self._layout.height)
            size = isolated(f"{width.removesuffix(' mm')} x {height}")
            self.setAccessibleName(plain(_("Drawing of the label, {size}").format(size=size)))
        chosen = self._chosen_element()
        said = ""
        if chosen is not None:
            said = _("{element} at {left}, {top}").format(
                element=wording.label_element(chosen.what),
                left=in_mm(chosen.left),
                top=in_mm(chosen.top),
            )
        self.setAccessibleDescription(plain(said))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the paper, the print, the boxes and the rulers."""
        del event
        if self._layout is None:
            return
        painter = smooth(self)
        sheet = self._sheet()
        # Paper stays white in the dark: it is what comes out of the printer.
        painter.setPen(QPen(QColor(tokens().strong), 1))
        painter.setBrush(QColor(LIGHT.surface))
        painter.drawRect(sheet.paper)
        if self.ringed:
            rounded(painter, QRectF(self.rect()), Radius.CONTROL, None, tokens().focus, 2)
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            inner = sheet.paper.adjusted(1, 1, -1, -1)
            painter.drawImage(inner, self._image)
        for area in self._free:
            self._draw_free(painter, sheet, area)
        for number, element in enumerate(self._layout.elements):
            self._draw_box(painter, sheet.box(element), number)
        _draw_rulers(painter, sheet, self._layout)
        painter.end()

    def _draw_free(self, painter: QPainter, sheet: _Sheet, area: Box) -> None:
        box = sheet.area(area.x, area.y, area.width, area.height)
        painter.fillRect(box, QBrush(QColor(LIGHT.strong), Qt.BrushStyle.BDiagPattern))

    def _draw_box(self, painter: QPainter, box: QRectF, number: int) -> None:
        bad, chosen = number in self._bad, number == self._chosen
        ink = LIGHT.bad if bad else LIGHT.accent if chosen else LIGHT.text3
        line = Qt.PenStyle.SolidLine if chosen or bad else Qt.PenStyle.DotLine
        painter.setPen(QPen(QColor(ink), 2 if chosen and (self.ringed or bad) else 1.2, line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        if chosen:
            painter.setPen(QPen(QColor(LIGHT.surface), 1))
            painter.setBrush(QColor(ink))
            painter.drawRect(self._handle())

    def _sheet(self) -> _Sheet:
        if self._layout is None:
            return _Sheet(self.rect(), 1, 1)
        return _Sheet(self.rect(), self._layout.width, self._layout.height)


class _Sheet:
    """Where the label lies in the widget, and how many pixels a micrometre has."""

    def __init__(self, room: QRect, width: int, height: int) -> None:
        inner = QRectF(room).adjusted(_PAD + _RULER, _PAD, -_PAD - _RULER, -_PAD - _RULER)
        fits = min(inner.width() / max(width, 1), inner.height() / max(height, 1))
        self.ratio = max(min(fits, _PER_MM / _MM), 1e-6)
        across, down = width * self.ratio, height * self.ratio
        left = inner.center().x() - across / 2
        self.paper = QRectF(left, inner.center().y() - down / 2, across, down)

    def area(self, left: int, top: int, width: int, height: int) -> QRectF:
        """Return a box of the label in pixels."""
        x, y = self.paper.left() + left * self.ratio, self.paper.top() + top * self.ratio
        return QRectF(x, y, width * self.ratio, height * self.ratio)

    def box(self, element: LabelElement) -> QRectF:
        """Return an element's box in pixels."""
        return self.area(element.left, element.top, element.width, element.height)


def _draw_rulers(painter: QPainter, sheet: _Sheet, layout: LabelLayoutSet) -> None:
    """Draw a ruler under the label and one at its left, with figures where they have room."""
    one = _MM * sheet.ratio
    letters = style_font(Text.CAPTION)
    step = next((mm for mm in _STEPS if mm * one >= _NEAREST_TICKS), 500)
    named = next((mm for mm in _STEPS if mm * one >= text_width(letters, "00 mm")), 500)
    ink = tokens().text3
    painter.setPen(QPen(QColor(ink), 1))
    low, left = sheet.paper.bottom() + 3, sheet.paper.left() - 3
    for mm in range(0, layout.width // _MM + 1, step):
        x = sheet.paper.left() + mm * one
        painter.drawLine(QPointF(x, low), QPointF(x, low + (_TICK if mm % named else _LONG_TICK)))
    for mm in range(0, layout.height // _MM + 1, step):
        y = sheet.paper.top() + mm * one
        painter.drawLine(QPointF(left, y), QPointF(left - (_TICK if mm % named else _LONG_TICK), y))
    for mm in range(0, layout.width // _MM + 1, named):
        said = f"{mm}" if mm else isolated("0 mm")
        x = round(sheet.paper.left() + mm * one - (text_width(letters, f"{mm}") + 2) / 2)
        where = QRect(x, round(low) + _LONG_TICK - 1, text_width(letters, said) + 2, 15)
        words(painter, where, said, letters, ink, LEADING)
    for mm in range(named, layout.height // _MM + 1, named):
        said, y = f"{mm}", round(sheet.paper.top() + mm * one)
        wide = text_width(letters, said) + 2
        where = QRect(round(left) - _LONG_TICK - 2 - wide, y - 7, wide, 15)
        words(painter, where, said, letters, ink, LEADING)
