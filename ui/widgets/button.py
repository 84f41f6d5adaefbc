# ruff: noqa: N802 — Qt names what is overridden
"""Buttons: one primary a page, the rest quiet; busy ones turn and cannot be pressed twice."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimerEvent
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QPushButton, QSizePolicy, QWidget

from stockpile.language import plain
from ui.theme import Height, Ink, Radius, Tokens, colour, font, paint_icon, tokens
from ui.widgets.drawing import rounded, smooth
from ui.widgets.enter import ENTER, Hand
from ui.widgets.ring import KeyRing

_ICON = 16
_GAP = 8
_PAD = 14
_TURN = 80  # milliseconds between two positions of the busy ring
_STEP = 30
_FLAGS = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextShowMnemonic


class Kind(StrEnum):
    """How loud a button is."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    GHOST = "ghost"
    DANGER = "danger"


class Button(KeyRing, QPushButton):
    """A button with a word, an icon, or both."""

    def __init__(
        self,
        text: str = "",
        kind: Kind = Kind.SECONDARY,
        icon: str = "",
        *,
        hint: str = "",
        height: int = Height.CONTROL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind, self._icon = kind, icon
        self._icon_ink: Ink | None = None
        self._angle, self._timer, self._busy = 0, 0, False
        self._hand = Hand()
        self.setFont(_font(kind))
        self.setFixedHeight(height)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setToolTip(hint)
        self.setAutoDefault(False)  # a scanner's Enter must never press what has no focus
        self._name()

    @property
    def kind(self) -> Kind:
        """Return how loud the button is."""
        return self._kind

    @property
    def is_busy(self) -> bool:
        """Return whether its work is under way."""
        return self._busy

    def set_busy(self, busy: bool) -> None:
        """Show that the work is under way; while it is, the button cannot be pressed."""
        if busy == self._busy:
            return
        self._busy = busy
        self.setEnabled(not busy)
        if busy:
            self._timer = self.startTimer(_TURN)
        else:
            self.killTimer(self._timer)
        self.updateGeometry()
        self.update()

    def setText(self, text: str) -> None:
        """Show another word, and say it to whoever hears the screen."""
        super().setText(text)
        self._name()

    def show_icon(self, icon: str, ink: Ink | None = None) -> None:
        """Show another icon, in an ink of its own when one is given."""
        self._icon, self._icon_ink = icon, ink
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """In a dialog, let Enter press the button that has the focus, and no other in its place.

        A dialog would press its usual button, also while the cursor is on the one that cancels.
        """
        presses = self._hand.presses(event)
        if event.key() in ENTER and isinstance(self.window(), QDialog):
            if presses:
                self.click()
            return
        super().keyPressEvent(event)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Turn the busy ring."""
        del event
        self._angle = (self._angle + _STEP) % 360
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for icon and word; without a word it is square."""
        if not self.text():
            return QSize(self.height(), self.height())
        pad = _PAD if self._kind is not Kind.GHOST else _PAD - 4
        return QSize(self._content_width() + 2 * pad, self.height())

    def minimumSizeHint(self) -> QSize:
        """Return the same: a word on a button is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button."""
        del event
        painter = smooth(self)
        self._paint_ground(painter)
        ink = _ink(tokens(), self._kind, enabled=self.isEnabled() or self._busy)
        word = self._word_place()
        if self._icon or self._busy:
            self._paint_icon(painter, word, ink)
        painter.setFont(self.font())
        painter.setPen(QColor(ink))
        painter.drawText(word, _FLAGS, self.text())

    def _name(self) -> None:
        self.setAccessibleName(plain(self.text() or self.toolTip()).replace("&", ""))

    def _content_width(self) -> int:
        flags = Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextShowMnemonic
        width = self.fontMetrics().size(flags, self.text()).width()
        return width + (_ICON + _GAP if self._icon or self._busy else 0)

    def _word_place(self) -> QRect:
        if not (self._icon or self._busy) or not self.text():
            return self.rect()
        start = (self.width() - self._content_width()) // 2 + _ICON + _GAP
        width = self._content_width() - _ICON - _GAP
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            start = self.width() - start - width
        return QRect(start, 0, width, self.height())

    def _paint_icon(self, painter: QPainter, word: QRect, ink: str) -> None:
        top = (self.height() - _ICON) / 2
        if not self.text():
            left = (self.width() - _ICON) / 2
        elif self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = word.right() + 1 + _GAP
        else:
            left = word.left() - _GAP - _ICON
        place = QRectF(left, top, _ICON, _ICON)
        if self._busy:
            paint_ring(painter, place, self._angle, ink)
        else:
            own = self._icon_ink
            paint_icon(painter, place, self._icon, colour(own).name() if own else ink)

    def _paint_ground(self, painter: QPainter) -> None:
        fill, border = _ground(
            tokens(),
            self._kind,
            lit=self.isEnabled() and (self.underMouse() or self.isDown()),
            enabled=self.isEnabled() or self._busy,
        )
        place = QRectF(self.rect())
        rounded(painter, place, Radius.CONTROL, fill, border)
        if self.ringed:
            on_accent = self._kind is Kind.PRIMARY
            rounded(painter, place, Radius.CONTROL, None, tokens().focus, 2)
            if on_accent:
                inner = place.adjusted(2, 2, -2, -2)
                rounded(painter, inner, Radius.CONTROL - 2, None, tokens().on_accent, 1.5)


class IconButton(Button):
    """A square button with an icon only; what it does stands in its hint and for the reader."""

    def __init__(
        self,
        icon: str,
        hint: str,
        *,
        kind: Kind = Kind.GHOST,
        size: int = Height.CONTROL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", kind, icon, hint=hint, height=size, parent=parent)
        self.setFixedWidth(size)


def paint_ring(painter: QPainter, place: QRectF, angle: int, ink: str) -> None:
    """Draw three quarters of a ring, turned by the angle in degrees: work is under way."""
    pen = QPen(QColor(ink), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(place.adjusted(2, 2, -2, -2), -angle * 16, 270 * 16)


def _font(kind: Kind) -> QFont:
    return font(13, 600 if kind is Kind.PRIMARY else 500)


def _ink(tokens: Tokens, kind: Kind, *, enabled: bool) -> str:
    if not enabled:
        return tokens.text3
    inks = {Kind.PRIMARY: tokens.on_accent, Kind.DANGER: tokens.bad}
    return inks.get(kind, tokens.text)


def _ground(
    tokens: Tokens, kind: Kind, *, lit: bool, enabled: bool
) -> tuple[str | None, str | None]:
    if not enabled:
        return (None if kind is Kind.GHOST else tokens.inset, tokens.border)
    match kind:
        case Kind.PRIMARY:
            return (tokens.accent_hover if lit else tokens.accent, None)
        case Kind.GHOST:
            return (tokens.hover if lit else None, None)
        case Kind.DANGER:
            return (tokens.bad_soft if lit else tokens.raised, tokens.bad if lit else tokens.border)
        case Kind.SECONDARY:
            return (
                tokens.hover if lit else tokens.raised,
                tokens.strong if lit else tokens.border,
            )
