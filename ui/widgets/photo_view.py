# ruff: noqa: N802 — Qt names what is overridden
"""A weapon's photos one by one, as large as the screen gives: to compare with the metal in hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from stockpile.language import _, isolated, plain
from ui.theme import Ink, Space, Text
from ui.widgets.arrange import Share, column, row
from ui.widgets.button import IconButton
from ui.widgets.photo_canvas import PhotoCanvas
from ui.widgets.photo_tile import Shot
from ui.widgets.text import Label, ShortLabel

_MARGIN: Final = 48
_SMALLEST: Final = QSize(560, 420)
_PUSH: Final = 80
_Key = Qt.Key


class PhotoView(QDialog):
    """One photo large: + and - zoom, 0 shows it whole, 1 its real size, arrows the next one.

    While a part is shown large, Shift and the arrows move it. Esc closes.

    Signals:
        wanted: a whole photo is needed: its digest. Answer with ``show_picture``.
        turned: another photo is looked at: its digest.
    """

    wanted = Signal(str)
    turned = Signal(str)

    def __init__(self, shots: Sequence[Shot], digest: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shots = tuple(shots)
        self._number = _number_of(self._shots, digest)
        self.setModal(True)
        self.setMinimumSize(_SMALLEST)
        self.canvas = PhotoCanvas()
        self._title = ShortLabel("", Text.CARD_TITLE)
        self._caption = ShortLabel("", Text.SECONDARY, Ink.MUTED)
        self._zoom = Label("", Text.SECONDARY, Ink.MUTED)
        self.back = IconButton("chevron-left", _("Photo before"))
        self.forth = IconButton("chevron-right", _("Next photo"))
        self._build()
        self.canvas.zoomed.connect(self._say_zoom)
        self._say()

    @property
    def shot(self) -> Shot:
        """Return the photo that is looked at."""
        return self._shots[self._number]

    def show_picture(self, digest: str, jpeg: bytes) -> None:
        """Show the whole photo that was wanted; one that was turned away from is dropped."""
        if digest == self.shot.digest:
            picture = QPixmap()
            picture.loadFromData(jpeg)
            self.canvas.show_picture(picture)

    def show_missing(self, digest: str) -> None:
        """Say that the photo is on record and not here."""
        if digest == self.shot.digest:
            said = _("This photo is on record but not on this computer yet.")
            self.canvas.say(said, "cloud-off")

    def turn(self, by: int) -> None:
        """Look at another photo, so many further on; at the ends nothing happens."""
        there = self._number + by
        if 0 <= there < len(self._shots):
            self._number = there
            self._say()
            self._ask()
            self.turned.emit(self.shot.digest)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the room that the window behind gives, and ask for the photo."""
        super().showEvent(event)
        behind = self.parentWidget()
        if behind is not None:
            room = behind.window().size()
            self.resize(
                QSize(room.width() - _MARGIN, room.height() - _MARGIN).expandedTo(_SMALLEST)
            )
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, turn, move or close."""
        act = self._acts(event).get(_Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _acts(self, event: QKeyEvent) -> dict[Qt.Key, Callable[[], None]]:
        canvas = self.canvas
        acts: dict[Qt.Key, Callable[[], None]] = {
            _Key.Key_Plus: lambda: canvas.zoom(1), _Key.Key_Equal: lambda: canvas.zoom(1),
            _Key.Key_Minus: lambda: canvas.zoom(-1), _Key.Key_0: canvas.fit,
            _Key.Key_F: canvas.fit, _Key.Key_1: canvas.show_real_size,
            _Key.Key_Home: lambda: self.turn(-self._number),
            _Key.Key_End: lambda: self.turn(len(self._shots) - 1 - self._number),
        }  # fmt: skip
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return acts | self._pushes()
        forward = 1 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else -1
        return acts | {
            _Key.Key_Right: lambda: self.turn(forward), _Key.Key_Left: lambda: self.turn(-forward),
            _Key.Key_PageDown: lambda: self.turn(1), _Key.Key_PageUp: lambda: self.turn(-1),
        }  # fmt: skip

    def _pushes(self) -> dict[Qt.Key, Callable[[], None]]:
        ways = {
            _Key.Key_Left: QPointF(_PUSH, 0), _Key.Key_Right: QPointF(-_PUSH, 0),
            _Key.Key_Up: QPointF(0, _PUSH), _Key.Key_Down: QPointF(0, -_PUSH),
        }  # fmt: skip
        return {key: partial(self.canvas.move_by, by) for key, by in ways.items()}

    def _build(self) -> None:
        smaller = IconButton("minus", _("Smaller (-)"))
        larger = IconButton("plus", _("Larger (+)"))
        whole = IconButton("scan-line", _("Whole photo (0)"))
        close = IconButton("x", _("Close (Esc)"))
        smaller.clicked.connect(lambda: self.canvas.zoom(-1))
        larger.clicked.connect(lambda: self.canvas.zoom(1))
        whole.clicked.connect(self.canvas.fit)
        close.clicked.connect(self.reject)
        self.back.clicked.connect(lambda: self.turn(-1))
        self.forth.clicked.connect(lambda: self.turn(1))
        for button in (smaller, larger, whole, self.back, self.forth):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        said = column(self._title, self._caption, gap=0)
        head = row(
            Share(said), self._zoom, smaller, larger, whole, Space.M, self.back, self.forth,
            Space.M, close, gap=Space.XS,
        )  # fmt: skip
        edges = (Space.L, Space.M, Space.L, Space.L)
        self.setLayout(column(head, Share(self.canvas), gap=Space.M, margins=edges))

    def _ask(self) -> None:
        self.canvas.say(_("Fetching the photo…"))
        self.wanted.emit(self.shot.digest)

    def _say(self) -> None:
        shot, many = self.shot, len(self._shots)
        place = _("{number} of {many}").format(number=self._number + 1, many=many)
        self._title.setText(shot.title)
        self._caption.setText(f"{shot.caption} · {place}" if shot.caption else place)
        self.setWindowTitle(plain(f"{shot.words} — {place}"))
        self.canvas.setAccessibleName(plain(f"{shot.spoken}. {place}"))
        self.back.setEnabled(self._number > 0)
        self.forth.setEnabled(self._number < many - 1)

    def _say_zoom(self) -> None:
        percent = isolated(f"{self.canvas.percent} %")
        self._zoom.setText(percent if self.canvas.has_picture else "")


def _number_of(shots: tuple[Shot, ...], digest: str) -> int:
    found = (number for number, shot in enumerate(shots) if shot.digest == digest)
    return next(found, 0)
