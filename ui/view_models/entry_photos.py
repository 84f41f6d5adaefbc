"""Photos of the weapon being entered: kept at once, on record with its Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import Photo
from ui.desk import PHOTOS, Desk
from ui.session import Session
from ui.view_models.photos import Photos

PICTURES: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"})
"""How the names of photos end that a camera leaves in its folder."""


@dataclass(frozen=True, slots=True)
class _Newest:
    """The newest photo of a folder, and when it was written."""

    file: Path | None = None
    at: int = 0


class EntryPhotos(QObject):
    """The photos that wait for their weapon.

    Signals:
        changed: a photo came, or the photos went with their weapon.
        none_new: the camera's folder holds no photo that was not taken yet, or is not known.
        refused: a file was not taken: the error.
    """

    changed = Signal()
    none_new = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, photos: Photos) -> None:
        super().__init__()
        self._desk, self._session, self._kept = desk, session, photos
        self._photos: tuple[Photo, ...] = ()
        self._waiting, self._last = 0, 0

    @property
    def photos(self) -> tuple[Photo, ...]:
        """Return the photos of the weapon that is being entered."""
        return self._photos

    @property
    def is_busy(self) -> bool:
        """Whether a photo is still being kept: its weapon has to wait for it."""
        return self._waiting > 0

    def take(self, taken: Sequence[Path | bytes]) -> None:
        """Keep photos; the folder of a file is where the camera's next photos are looked for."""
        files = [one for one in taken if isinstance(one, Path)]
        if files and str(files[-1].parent) != self._session.settings.photos:
            self._session.remember(photos=str(files[-1].parent))
        for one in taken:
            self._waiting += 1
            self._kept.keep(one, "other", "", self._came, self._refuse)
        self.changed.emit()

    def take_newest(self) -> None:
        """Take the newest photo of the camera's folder, once."""
        folder = self._session.settings.photos
        if not folder:
            self.none_new.emit()
            return
        self._desk.ask(self, partial(_newest, Path(folder), self._last), self._found, lane=PHOTOS)

    def drop(self, digest: str) -> None:
        """Leave a photo out again."""
        self._photos = tuple(one for one in self._photos if one.digest != digest)
        self.changed.emit()

    def clear(self) -> None:
        """Forget the photos: they went on record with their weapon."""
        self._photos = ()
        self.changed.emit()

    def _found(self, newest: _Newest) -> None:
        if newest.file is None:
            self.none_new.emit()
        else:
            self._last = newest.at
            self.take((newest.file,))

    def _came(self, photo: Photo) -> None:
        self._waiting -= 1
        others = tuple(one for one in self._photos if one.digest != photo.digest)
        self._photos = (*others, photo)
        self.changed.emit()

    def _refuse(self, error: StockpileError) -> None:
        self._waiting -= 1
        self.refused.emit(error)
        self.changed.emit()


def _newest(folder: Path, after: int) -> _Newest:
    """Return the photo written last in a folder, if it is newer than the one taken before."""
    try:
        found = [
            _Newest(one, one.stat().st_mtime_ns)
            for one in folder.iterdir()
            if one.suffix.lower() in PICTURES
        ]
    except OSError:  # the stick is not there: the same as no photo
        return _Newest()
    newest = max(found, key=lambda one: one.at, default=_Newest())
    return newest if newest.at > after else _Newest()
