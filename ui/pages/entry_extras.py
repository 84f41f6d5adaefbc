"""What belongs to one weapon beside its serial: further marks, numbered parts, photos."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.receiving import Description
from stockpile.language import _
from stockpile.terms import term
from ui.theme import Ink, Space, Text
from ui.view_models.entry_photos import EntryPhotos
from ui.view_models.photos import Photos
from ui.widgets.arrange import STRETCH, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card, Ground
from ui.widgets.marks_editor import MarksEditor
from ui.widgets.photo_strip import PhotoStrip, Shot
from ui.widgets.text import Label, card_title


class EntryExtras(QWidget):
    """Two buttons until they are wanted; then the marks and the photos of this weapon.

    Signals:
        done: the cursor belongs in the serial again.
        settled: the last photo that was being kept is kept.
    """

    done = Signal()
    settled = Signal()

    def __init__(
        self, photos: EntryPhotos, pictures: Photos, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._photos, self._for_mark = photos, False
        self.marks = MarksEditor()
        self.strip = PhotoStrip()
        self._more_marks = Button(_("More marks"), Kind.SECONDARY, "plus", hint="F4")
        self._add_photo = Button(_("Add photo"), Kind.SECONDARY, "camera", hint="F6")
        self._said = Label("", Text.SECONDARY, Ink.BAD, wrap=True)
        self._marks_card = Card(
            column(card_title(_("Further marks of this weapon")), self.marks, gap=Space.M),
            Ground.INSET,
        )
        self._photo_box = boxed(column(self._said, self.strip, gap=Space.XS))
        bar = row(self._more_marks, self._add_photo, STRETCH, gap=Space.S)
        self.setLayout(column(bar, self._photo_box, self._marks_card, gap=Space.M))
        self._marks_card.hide()
        self._photo_box.hide()
        self._listen(pictures)

    @property
    def is_busy(self) -> bool:
        """Whether a photo is still being kept: the weapon has to wait for it."""
        return self._photos.is_busy

    def described(self, said: Description) -> Description:
        """Return the description with the marks, parts and photos of this weapon."""
        return replace(
            said,
            marks=self.marks.marks(),
            components=self.marks.components(),
            photos=self._photos.photos,
        )

    def clear(self) -> None:
        """Begin with the next weapon."""
        self.marks.set_marks(())
        self._photos.clear()
        self._marks_card.hide()
        self._photo_box.hide()
        self._said.setText("")

    def show_marks(self) -> None:
        """Write a further mark, the cursor in its text."""
        self._marks_card.show()
        self.marks.add_mark()

    def add_photo(self) -> None:
        """Take the camera's newest photo; where there is none, let files be picked."""
        self._said.setText("")
        self._photos.take_newest()

    def fit(self, width: int) -> None:
        """Stand in as many columns as have room."""
        self.marks.fit(width - 2 * Space.L)

    def _listen(self, pictures: Photos) -> None:
        self._more_marks.clicked.connect(self.show_marks)
        self._add_photo.clicked.connect(self.add_photo)
        self.marks.done.connect(self.done)
        self.marks.photo_wanted.connect(self._photo_of_mark)
        self.strip.added.connect(self._photos.take)
        self.strip.removed.connect(lambda digest, _reason: self._photos.drop(digest))
        self.strip.wanted.connect(pictures.want_thumbnail)
        pictures.thumbnail.connect(self.strip.show_picture)
        pictures.missing.connect(self.strip.show_missing)
        self._photos.changed.connect(self._show_photos)
        self._photos.none_new.connect(self._pick)
        self._photos.refused.connect(self._refuse)

    def _photo_of_mark(self) -> None:
        self._for_mark = True
        self.add_photo()

    def _show_photos(self) -> None:
        photos = self._photos.photos
        if self._for_mark and photos and not self.is_busy:
            self._for_mark = False
            self.marks.show_photo(photos[-1].digest)
        self.strip.show_shots([Shot(one.digest, term("view", one.view)) for one in photos])
        self.strip.show_adding(self.is_busy)
        if photos or self.is_busy:
            self._photo_box.show()
        if not self.is_busy:
            self.settled.emit()

    def _pick(self) -> None:
        self._photo_box.show()
        self.strip.pick()

    def _refuse(self, error: StockpileError) -> None:
        self._photo_box.show()
        self._said.setText(wording.error_sentence(error))
