# ruff: noqa: N802 — Qt names what is overridden
"""One photo in a strip, small, with what it shows; and the tile that takes new ones."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimerEvent, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from stockpile.language import _, plain
from ui.theme import Radius, Text, paint_icon, style_font, tokens
from ui.widgets.button import paint_ring
from ui.widgets.drawing import CENTRE, LEADING, rounded, smooth, words
from ui.widgets.ring import KeyRing

WIDTH, PICTURE, LINE = 144, 108, 18
_EDGE = 8
HEIGHT = PICTURE + LINE + 10
_ICON = 24
_TURN, _STEP = 80, 30


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo as a strip shows it: its digest, its view in words, and whether it is not here."""

    digest: str
    title: str
    caption: str = ""
    missing: bool = False

    @property
    def words(self) -> str:
        """What stands under the photo: its caption, else its view."""
        return self.caption or self.title

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        told = [self.title, self.caption] if self.caption else [self.title]
        return plain(". ".join([*told, _("Not on this computer yet")] if self.missing else told))


class Tile(KeyRing, QAbstractButton):
    """What stands in a strip; it passes on the keys that the strip knows.

    Signals:
        keyed: a key was pressed that a button has no use for: the key.
    """

    keyed = Signal(int)
    _KEYS = frozenset(
        {
            Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return,
            Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Insert,
        }
    )  # fmt: skip

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room of a small photo and its line."""
        return QSize(WIDTH, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell the strip of its keys; the rest is the button's or the page's."""
        if event.key() in self._KEYS:
            self.keyed.emit(event.key())
        else:
            super().keyPressEvent(event)


class PhotoTile(Tile):
    """One photo: its picture when it has come, else why there is none.

    Signals:
        opened: it was pressed twice.
    """

    opened = Signal()

    def __init__(self, shot: Shot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shot = shot
        self.asked = False
        self._picture: QPixmap | None = None
        self._missing = shot.missing
        self.setCheckable(True)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(shot.spoken)
        self.setToolTip(plain(shot.words))

    @property
    def has_picture(self) -> bool:
        """Say whether its picture has come."""
        return self._picture is not None

    def show_picture(self, picture: QPixmap) -> None:
        """Show the picture that came."""
        self._picture, self._missing = picture, picture.isNull()
        self.update()

    def show_missing(self) -> None:
        """Show that it is on record and not here."""
        self._missing = True
        missing = Shot(self.shot.digest, self.shot.title, self.shot.caption, missing=True)
        self.setAccessibleName(missing.spoken)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the large view."""
        del event
        self.opened.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the photo, its words and, where the keys are, the ring."""
        del event
        painter, now = smooth(self), tokens()
        frame = QRectF(1, 1, WIDTH - 2, PICTURE)
        rounded(painter, frame, Radius.CONTROL, now.inset)
        self._paint_picture(painter, frame)
        border = now.accent if self.isChecked() else now.strong if self.underMouse() else now.border
        rounded(painter, frame, Radius.CONTROL, None, border, 2 if self.isChecked() else 1)
        if self.ringed:
            rounded(painter, QRectF(self.rect()), Radius.CONTROL + 1, None, now.focus, 2)
        line = QRect(4, PICTURE + 5, WIDTH - 8, LINE)
        ink = now.text if self.isChecked() else now.text2
        words(painter, line, self.shot.words, style_font(Text.SECONDARY), ink, LEADING)

    def _paint_picture(self, painter: QPainter, frame: QRectF) -> None:
        if self._picture is not None and not self._missing:
            paint_photo(painter, frame, self._picture)
            return
        now = tokens()
        icon = frame.adjusted(0, -16, 0, -16) if self._missing else frame
        middle = QRectF(0, 0, _ICON, _ICON)
        middle.moveCenter(icon.center())
        paint_icon(painter, middle, "cloud-off" if self._missing else "image", now.text3)
        if self._missing:
            line = QRect(8, int(middle.bottom()) + 6, WIDTH - 16, LINE)
            words(painter, line, _("Not here yet"), style_font(Text.CAPTION), now.text3, CENTRE)


class AddTile(Tile):
    """Where new photos are dropped, pasted or picked; wide while there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wide, self._angle, self._timer = False, 0, 0
        self._lit = False
        self.setAccessibleName(_("Add photo"))
        self.setAccessibleDescription(plain(_("Drop files here, paste a picture, or press Enter.")))
        self.show_wide(wide=False)

    @property
    def is_busy(self) -> bool:
        """Say whether photos are being kept."""
        return self._timer != 0

    def show_wide(self, *, wide: bool) -> None:
        """Take the whole room and say more, because there is no photo yet."""
        self._wide = wide
        self.setMinimumWidth(WIDTH)
        self.setMaximumWidth(16777215 if wide else WIDTH)
        self.setFixedHeight(PICTURE + 2 if wide else HEIGHT)  # beside photos it has their height
        across = QSizePolicy.Policy.Expanding if wide else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.update()

    def show_busy(self, *, busy: bool) -> None:
        """Show that photos are being kept."""
        if busy != self.is_busy:
            if busy:
                self._timer = self.startTimer(_TURN)
            else:
                self.killTimer(self._timer)
                self._timer = 0
            self.update()

    def show_lit(self, *, lit: bool) -> None:
        """Show that what is dragged here may be dropped."""
        self._lit = lit
        self.update()

    def timerEvent(self, event: QTimerEvent) -> None:
        """Turn the busy ring."""
        del event
        self._angle = (self._angle + _STEP) % 360
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dashed frame, the icon and the words."""
        del event
        painter, now = smooth(self), tokens()
        lit = self._lit or self.underMouse()
        frame = QRectF(1, 1, self.width() - 2, PICTURE)
        pen = QPen(QColor(now.accent if lit else now.strong), 2 if self._lit else 1.2)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(QColor(now.accent_soft if lit else now.inset))
        painter.drawRoundedRect(frame, Radius.CONTROL, Radius.CONTROL)
        middle = QRectF(0, 0, _ICON, _ICON)
        middle.moveCenter(frame.center())
        middle.translate(0, -22 if self._wide else -12)
        if self.is_busy:
            paint_ring(painter, middle, self._angle, now.accent)
        else:
            paint_icon(painter, middle, "camera", now.accent)
        line = QRect(_EDGE, int(middle.bottom()) + 6, self.width() - 2 * _EDGE, 20)
        title = _("Keeping…") if self.is_busy else _("Add photo")
        words(painter, line, title, style_font(Text.STRONG), now.accent, CENTRE)
        if self._wide:
            told = _("Drop files here, paste a picture, or press Enter.")
            more = line.translated(0, 20)
            words(painter, more, told, style_font(Text.SECONDARY), now.text2, CENTRE)
        if self.ringed:
            rounded(painter, frame.adjusted(-1, -1, 1, 1), Radius.CONTROL + 1, None, now.focus, 2)


def paint_photo(painter: QPainter, frame: QRectF, picture: QPixmap) -> None:
    """Draw a whole photo in the middle of a rounded frame: a mark at its edge is never cut off."""
    room = QSize(int(frame.width()), int(frame.height()))
    shown = picture.deviceIndependentSize().toSize()
    if shown.width() > room.width() or shown.height() > room.height():
        shown.scale(room, Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(0, 0, shown.width(), shown.height())
    place.moveCenter(frame.center())
    shape = QPainterPath()
    shape.addRoundedRect(frame, Radius.CONTROL, Radius.CONTROL)
    painter.save()
    painter.setClipPath(shape)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(place, picture, QRectF(picture.rect()))
    painter.restore()
