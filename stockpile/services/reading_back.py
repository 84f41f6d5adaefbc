"""Marks and labels read back from a picture: from a camera, a microscope or an image file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stockpile.domain.errors import PhotoUnreadable
from stockpile.domain.facts import Photo
from stockpile.services.photographs import Photographs
from stockpile.services.ports import PictureReader, Reading

__all__ = ["Reading", "ReadingBack", "Seen"]


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture of a mark: the kept photo, and what could be read from it; "" for nothing."""

    photo: Photo
    readings: tuple[Reading, ...]

    @property
    def text(self) -> str:
        """The text of the one symbol in the picture; "" where there is none, or more than one."""
        texts = {one.text for one in self.readings}
        return texts.pop() if len(texts) == 1 else ""


@dataclass(frozen=True, slots=True)
class ReadingBack:
    """The desk for pictures of marks. Takes seconds and touches no books: any lane but theirs."""

    reader: PictureReader
    photographs: Photographs

    def read(self, picture: bytes) -> tuple[Reading, ...]:
        """Return the symbols in a picture, if any can be read; raises PhotoUnreadable."""
        return self.reader.read(picture, ("matrix",))

    def shown(self, file: Path) -> tuple[Reading, ...]:
        """Return all symbols in a picture of a label or a mark; raises PhotoUnreadable.

        The picture is not kept, and nothing is written down.
        """
        return self.reader.read(_content(file))

    def seen(self, file: Path) -> Seen:
        """Read a picture's symbols and keep the picture; raises PhotoUnreadable, DiskFull.

        The symbols are read from the file as it is, which shows more than the smaller kept photo.
        """
        photo = self.photographs.keep(file, "mark")
        return Seen(photo, self.read(_content(file)))


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise PhotoUnreadable(file.name, error.strerror or str(error)) from error
