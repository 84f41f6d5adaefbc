"""The photos' part of the courier commands at the registry: what is seen, taken in, and told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from stockpile.domain.errors import FileUnreadable, StockpileError
from stockpile.domain.photo_courier import photos_file
from stockpile.language import _, ngettext
from stockpile.registry import courier_photos
from stockpile.registry.books import RegistryBooks
from stockpile.registry.courier_photos import PhotosFile, PhotosSeen, PhotosWay
from stockpile.registry.courier_taking import Heard
from stockpile.registry.photo_files import PhotoFiles
from stockpile.registry.photos import Photos, folder_of
from stockpile.wording import error_sentence, instant

Told = tuple[dict[str, object], list[str]]
"""What is told of a file: for a program, and in words."""


def desk(books: RegistryBooks, told: Path | None) -> Photos:
    """Return where photos are kept: in the folder that was named, else beside the database."""
    folder = folder_of(books, told)
    return Photos(books, PhotoFiles(folder) if folder else None)


def is_photos(file: Path) -> bool:
    """Say whether a file calls itself one of photos; raises FileUnreadable."""
    with _stream(file) as stream:
        return courier_photos.is_photos(stream)


@dataclass(frozen=True, slots=True)
class AtTheRegistry:
    """A registry's books and photos, and the words that open what was brought."""

    books: RegistryBooks
    photos: Photos
    words: str = ""

    def preview(self, file: Path, *, alone: bool = True) -> Told:
        """Say what a file of photos would bring; if not alone, the record beside it comes first.

        Raises FileUnreadable, CourierForged and what else stands against it.
        """
        with self._opened(file) as opened:
            seen = courier_photos.look(self.books, self.photos, opened)
        return _value(seen), _shown(seen) if alone else _beside(seen)

    def take(self, file: Path, heard: Heard) -> tuple[Told, PhotosWay]:
        """Take in a file of photos; raises as ``preview``, and PhotosFull."""
        with self._opened(file) as opened:
            seen = courier_photos.look(self.books, self.photos, opened)
            way = courier_photos.take(self.books, self.photos, opened, heard)
        value = _value(seen) | {"kept": way.kept, "unshown": way.unshown}
        return (value, [_from(seen), *_taken(way)]), way

    @contextmanager
    def _opened(self, file: Path) -> Iterator[PhotosFile]:
        with _stream(file) as stream:
            yield courier_photos.opened(self.books, stream, str(file), self.words)


def beside(file: Path) -> Path | None:
    """Return the photos that lie beside a courier file; None where there are none."""
    place = photos_file(file)
    return place if place.is_file() else None


def refused(error: StockpileError) -> Told:
    """Return what is told of photos that were refused while the record beside them was not."""
    return {"refused": type(error).__name__}, [error_sentence(error)]


@contextmanager
def _stream(file: Path) -> Iterator[BinaryIO]:
    if file.exists() and not file.is_file():
        raise FileUnreadable(str(file), "no file")  # a pipe would be waited for without end
    try:
        opened = file.open("rb")
    except OSError as error:
        raise FileUnreadable(str(file), error.strerror or str(error)) from error
    with opened:
        yield opened


def _value(seen: PhotosSeen) -> dict[str, object]:
    return {
        "from": seen.sender, "name": seen.name, "created": seen.made, "photos": seen.photos,
        "size": seen.size, "fresh": seen.fresh, "held": seen.held, "unshown": seen.unshown,
        "stayed": seen.stayed,
    }  # fmt: skip


def _from(seen: PhotosSeen) -> str:
    return _("Photos from {name} ({node}), written {at}.").format(
        name=seen.name, node=seen.sender, at=instant(seen.made)
    )


def _shown(seen: PhotosSeen) -> list[str]:
    words = ngettext("{count} photo in it, {fresh} new.", "{count} photos in it, {fresh} new.",
                     seen.photos)  # fmt: skip
    lines = [_from(seen), words.format(count=seen.photos, fresh=seen.fresh)]
    return lines + _unshown(seen.unshown) + _stayed(seen.stayed)


def _beside(seen: PhotosSeen) -> list[str]:
    words = ngettext(
        "{count} photo lies beside it, {held} here already.",
        "{count} photos lie beside it, {held} here already.",
        seen.photos,
    )
    return [words.format(count=seen.photos, held=seen.held), *_stayed(seen.stayed)]


def _taken(way: PhotosWay) -> list[str]:
    words = ngettext("{count} photo was kept.", "{count} photos were kept.", way.kept)
    return [words.format(count=way.kept), *_unshown(way.unshown), *_stayed(way.stayed)]


def _unshown(count: int) -> list[str]:
    if not count:
        return []
    words = ngettext(
        "No record here shows {count} photo of it, so that it is not kept. Bring the courier file"
        " that it lies beside first, then this one again.",
        "No record here shows {count} photos of it, so that they are not kept. Bring the courier"
        " file that they lie beside first, then this one again.",
        count,
    )
    return [words.format(count=count)]


def _stayed(count: int) -> list[str]:
    if not count:
        return []
    words = ngettext(
        "{count} photo stayed behind there, for want of room.",
        "{count} photos stayed behind there, for want of room.",
        count,
    )
    return [words.format(count=count)]
