# ruff: noqa: N802 — Qt names what is overridden
"""A weapon's photos in a row: looked at, added and taken off, by hand or by keys alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
    QPixmap,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QWidget

from stockpile.language import _, isolated, plain
from ui.theme import Ink, Space, Text
from ui.widgets.arrange import boxed, column, row, scrolled
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.photo_tile import HEIGHT, PICTURE, WIDTH, AddTile, PhotoTile, Shot, Tile
from ui.widgets.text import Label

__all__ = ["PhotoStrip", "Shot", "Taken"]

Taken: TypeAlias = Path | bytes
"""A file, or a picture from the clipboard as PNG."""
_BAR: Final = 14
_REMOVING: Final = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
_OPENING: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class PhotoStrip(QWidget):
    """Small photos in a row, and the tile that takes new ones.

    One stop of the Tab key: arrows go from photo to photo, Enter opens one, Delete takes one off
    the record after asking why, Insert picks files, Ctrl+V pastes.

    Signals:
        opened: a photo is to be shown large: its digest.
        chosen: another photo has the cursor: its digest.
        added: files were dropped, pasted or picked: a tuple of them.
        removed: a photo is to be shown no more: its digest and the reason.
        wanted: a small picture is needed: the digest and how long its longer side may be, in pixels
            of the screen.
    """

    opened = Signal(str)
    chosen = Signal(str)
    added = Signal(object)
    removed = Signal(str, str)
    wanted = Signal(str, int)

    def __init__(
        self, shots: Sequence[Shot] = (), *, editable: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._editable, self._current = editable, 0
        self._shots: tuple[Shot, ...] = ()
        self._photos: list[PhotoTile] = []
        self._add = AddTile()
        self._none = Label(_("No photos yet."), Text.BODY, Ink.MUTED)
        self._row: QHBoxLayout = row(gap=Space.M, margins=(2, 2, 2, 2))
        self._area = scrolled(boxed(self._row), sideways=True)
        self.setLayout(column(self._area))
        self.setAcceptDrops(editable)
        self._wire(self._add)
        self._add.clicked.connect(self.pick)
        self._row.addWidget(self._none)
        self._row.addWidget(self._add)
        self._row.addStretch(1)
        self.setAccessibleName(plain(_("Photos")))
        self._settle(had_focus=False)
        self.show_shots(shots)

    @property
    def current(self) -> str:
        """Return the digest of the photo that has the cursor; empty on the tile for new ones."""
        return self._photos[self._current].shot.digest if self._current < len(self._photos) else ""

    def tiles(self) -> tuple[Tile, ...]:
        """Return what stands in the row, from where reading starts."""
        return (*self._photos, self._add) if self._editable else tuple(self._photos)

    def show_shots(self, shots: Sequence[Shot]) -> None:
        """Show these photos; pictures that have come for them already stay."""
        if tuple(shots) == self._shots:
            return
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        old = {tile.shot: tile for tile in self._photos}
        self._shots = tuple(shots)
        self._photos = [old.pop(shot) if shot in old else self._made(shot) for shot in self._shots]
        for gone in old.values():
            self._row.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for number, tile in enumerate(self._photos):
            self._row.insertWidget(number, tile)
        self._settle(had_focus=had_focus)

    def show_picture(self, digest: str, jpeg: bytes) -> None:
        """Show a small picture that was wanted."""
        picture = QPixmap()
        picture.loadFromData(jpeg)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        for tile in self._of(digest):
            tile.show_picture(picture)

    def show_missing(self, digest: str) -> None:
        """Show that a photo is on record and not here."""
        for tile in self._of(digest):
            tile.show_missing()

    def show_adding(self, busy: bool) -> None:
        """Show that new photos are being kept, or that they are."""
        self._add.show_busy(busy=busy)

    def pick(self) -> None:
        """Let the person pick files."""
        dialog = QFileDialog(self, _("Add photos"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        pictures = _("Photos (*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff)")
        dialog.setNameFilters([pictures, _("All files (*)")])
        dialog.filesSelected.connect(self._picked)
        dialog.open()

    def _picked(self, files: list[str]) -> None:
        self.added.emit(tuple(map(Path, files)))

    def take(self, offered: QMimeData) -> bool:
        """Take files or a picture from a paste or a drop; return whether there were any."""
        taken = taken_from(offered) if self._editable else ()
        if taken:
            self.added.emit(taken)
        return bool(taken)

    def remove_current(self) -> None:
        """Ask why the photo with the cursor is to be shown no more, and say so."""
        if not self._editable or not self.current:
            return
        tile = self._photos[self._current]
        sentence = _(
            "“{photo}” is no longer shown on this record. The weapon's history still names it."
        )
        dialog = _RemoveDialog(sentence.format(photo=isolated(tile.shot.words)), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.decided.connect(partial(self.removed.emit, tile.shot.digest))
        dialog.open()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the pictures that have not come: now it is known on which screen they stand."""
        super().showEvent(event)
        self._want()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste; every other key is the page's."""
        pasting = event.matches(QKeySequence.StandardKey.Paste)
        if not (pasting and self.take(QGuiApplication.clipboard().mimeData())):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus: the tile that has it has the cursor and is in sight."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, Tile):
            self._choose(self.tiles().index(watched))
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what is a file or a picture."""
        if taken_from(event.mimeData()):
            self._add.show_lit(lit=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Put out the light."""
        super().dragLeaveEvent(event)
        self._add.show_lit(lit=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        self._add.show_lit(lit=False)
        if self.take(event.mimeData()):
            event.acceptProposedAction()

    # --- the row ----------------------------------------------------------------------------

    def _made(self, shot: Shot) -> PhotoTile:
        tile = PhotoTile(shot)
        self._wire(tile)
        tile.opened.connect(partial(self.opened.emit, shot.digest))
        return tile

    def _wire(self, tile: Tile) -> None:
        tile.keyed.connect(self._keyed)
        tile.installEventFilter(self)
        tile.clicked.connect(lambda: tile.setFocus(Qt.FocusReason.MouseFocusReason))

    def _settle(self, *, had_focus: bool) -> None:
        self._add.setVisible(self._editable)
        wide = self._editable and not self._photos
        self._add.show_wide(wide=wide)
        self._row.setStretchFactor(self._add, int(wide))
        self._row.setStretch(self._row.count() - 1, int(not wide))
        self._none.setVisible(not self._editable and not self._photos)
        tall = HEIGHT + _BAR if self._photos else self._add.height()
        self.setFixedHeight(tall + 4)
        self._current = min(self._current, max(len(self.tiles()) - 1, 0))
        self._show_cursor()
        if had_focus and self.tiles():
            self.tiles()[self._current].setFocus(Qt.FocusReason.OtherFocusReason)
        if self.isVisible():
            self._want()

    def _want(self) -> None:
        edge = round(max(WIDTH, PICTURE) * self.devicePixelRatioF())
        for tile in self._photos:
            if not tile.asked:
                tile.asked = True
                self.wanted.emit(tile.shot.digest, edge)

    def _of(self, digest: str) -> list[PhotoTile]:
        return [tile for tile in self._photos if tile.shot.digest == digest]

    def _keyed(self, key: int) -> None:
        if key in _OPENING:
            self._open()
        elif key in _REMOVING:
            self.remove_current()
        elif key == Qt.Key.Key_Insert:
            self._pick_new()
        else:
            self._step(key)

    def _pick_new(self) -> None:
        if self._editable:
            self.pick()

    def _open(self) -> None:
        if self.current:
            self.opened.emit(self.current)
        else:
            self._pick_new()

    def _step(self, key: int) -> None:
        last = len(self.tiles()) - 1
        forward = Qt.Key.Key_Right
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            forward = Qt.Key.Key_Left
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        step = self._current + (1 if key == forward else -1)
        there = ends.get(Qt.Key(key), min(max(step, 0), last))
        self.tiles()[there].setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, number: int) -> None:
        moved = number != self._current
        self._current = number
        self._show_cursor()
        self._area.ensureWidgetVisible(self.tiles()[number], Space.L, 0)
        if moved and self.current:
            self.chosen.emit(self.current)

    def _show_cursor(self) -> None:
        for number, tile in enumerate(self.tiles()):
            here = number == self._current
            stop = Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus
            tile.setFocusPolicy(stop)
            if isinstance(tile, PhotoTile):
                tile.setChecked(here)


class _RemoveDialog(ConfirmDialog):
    """Why is a photo to be shown no more?

    Signals:
        decided: the reason.
    """

    decided = Signal(str)

    def __init__(self, sentence: str, parent: QWidget) -> None:
        super().__init__(
            _("Remove this photo?"),
            sentence,
            _("Remove photo"),
            reason=_("Reason"),
            parent=parent,
        )
        self.accepted.connect(self._decide)

    def _decide(self) -> None:
        self.decided.emit(self.reason())


def taken_from(offered: QMimeData) -> tuple[Taken, ...]:
    """Return the files that are offered, or else the picture, as PNG; folders are left alone."""
    files = [Path(url.toLocalFile()) for url in offered.urls() if url.isLocalFile()]
    chosen = tuple(file for file in files if file.is_file())
    if chosen or not offered.hasImage():
        return chosen
    picture = offered.imageData()
    if not isinstance(picture, QImage) or picture.isNull():
        return ()
    content = QBuffer()
    content.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(content, QByteArray(b"png")).write(picture)
    return (bytes(content.data().data()),)
