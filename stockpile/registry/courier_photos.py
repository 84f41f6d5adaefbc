"""A photos' courier file at the registry: opened, told in what it would bring, proved, then kept.

1. It is opened by its end and its list alone, and read a part at a time: a file of any length needs
   no more memory than one part of it.
2. All of it is proved before the first photo is kept; each part is proved again as it is kept.
3. A photo is kept where it would be kept if it came over a line: the sender is trusted, and a
   record that it is told of shows the photo. So the record is taken in first.
4. It goes on from any part, in whatever process; done twice, or in another order, it does no harm.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from typing import BinaryIO

from stockpile.domain import photo_courier
from stockpile.domain.courier import tidied_words
from stockpile.domain.errors import (
    CourierBrokenOff,
    CourierForged,
    CourierForOther,
    NodeUnknown,
    PhotoRefused,
    PhotosNowhere,
    PhotoUnknown,
    SenderNotEnrolled,
)
from stockpile.domain.jpegs import demand_photo
from stockpile.domain.photo_courier import MAGIC, Carried, PhotoList, PhotoManifest
from stockpile.domain.values import Digest, Instant, NodeId
from stockpile.locks import age
from stockpile.registry.books import RegistryBooks
from stockpile.registry.courier_steps import State
from stockpile.registry.courier_taking import Heard, unheard
from stockpile.registry.photos import Photos
from stockpile.registry.rows import Known


@dataclass(frozen=True)
class PhotosFile:
    """A photos' file that was opened: its end is its sender's own, and its list was unlocked."""

    stream: BinaryIO = field(repr=False)
    path: str
    manifest: PhotoManifest
    listed: PhotoList = field(repr=False)

    @property
    def parts(self) -> int:
        """How many parts of photos it has; one more holds the list."""
        return len(self.manifest.parts) - 1

    @property
    def digests(self) -> tuple[Digest, ...]:
        """The photos in it."""
        return tuple(one.digest for one in self.listed.photos)

    def carried(self, part: int) -> tuple[Carried, ...]:
        """Return what the list says of a part."""
        return self._by_part.get(part, ())

    def photos(self, part: int) -> Iterator[tuple[Digest, bytes]]:
        """Give the photos of a part, each proved to be the one that the list names.

        Raises CourierForged.
        """
        locked = _locked(self.stream, self.manifest, part, self.path)
        try:
            plain = age.unlock_by(locked, self.listed.key)
        except age.NotLocked as error:
            raise CourierForged(self.path, "lock") from error
        for one, content in photo_courier.cut(plain, self.carried(part), self.path):
            try:
                demand_photo(content, one.digest)
            except PhotoRefused as error:
                raise CourierForged(self.path, "photo") from error
            yield one.digest, content

    @cached_property
    def _by_part(self) -> dict[int, tuple[Carried, ...]]:
        grouped = groupby(self.listed.photos, key=lambda one: one.part)
        return {part: tuple(run) for part, run in grouped}


@dataclass(frozen=True, slots=True)
class PhotosSeen:
    """What a photos' file would bring.

    Of its ``photos`` (``size`` bytes) ``fresh`` would be kept, ``held`` are here already, and the
    others are shown by no record here that the sender is told of. ``stayed`` stayed behind with the
    sender and are not here either.
    """

    sender: NodeId
    name: str
    made: Instant
    parts: int
    photos: int
    size: int
    fresh: int
    fresh_size: int
    held: int
    stayed: int

    @property
    def unshown(self) -> int:
        """How many photos no record here shows."""
        return self.photos - self.fresh - self.held


@dataclass(frozen=True, slots=True)
class PhotosWay:
    """How far a photos' file is: so many of its parts are proved, then so many are gone through.

    ``fresh`` photos were to be kept and ``held`` were here when it was begun; ``kept`` came by it.
    """

    node: NodeId
    name: str
    parts: int
    photos: int
    fresh: int
    held: int
    stayed: int
    proved: int = 0
    gone: int = 0
    kept: int = 0
    unshown: int = 0
    state: State = "going"

    @property
    def part(self) -> int:
        """How far it is in parts of a hundred; proving is half of it."""
        return (self.proved + self.gone) * 100 // max(2 * self.parts, 1)


def is_photos(stream: BinaryIO) -> bool:
    """Say whether a file calls itself one of photos; it is at its start again then."""
    stream.seek(0)
    begins = stream.read(len(MAGIC))
    stream.seek(0)
    return begins == MAGIC


def opened(books: RegistryBooks, stream: BinaryIO, path: str, words: str = "") -> PhotosFile:
    """Open a photos' file: its end and its list are its sender's own, whoever that is.

    Raises CourierTooLarge, CourierForged, CourierForOther, CourierWordsWrong.
    """
    size = stream.seek(0, os.SEEK_END)
    manifest = photo_courier.read_manifest(_reader(stream), size, path)
    if manifest.to and books.key.node not in manifest.to:
        raise CourierForOther(", ".join(manifest.to))
    locked = _locked(stream, manifest, len(manifest.parts) - 1, path)
    plain = books.key.unlock(locked, tidied_words(words), path)
    return PhotosFile(stream, path, manifest, photo_courier.read_list(plain, manifest, path))


def look(books: RegistryBooks, photos: Photos, file: PhotosFile) -> PhotosSeen:
    """Say what a photos' file would bring; its parts are not read yet.

    Raises PhotosNowhere, SenderNotEnrolled, NodeQuarantined.
    """
    sender = _sender(books, photos, file)
    manifest, listed = file.manifest, file.listed
    here = photos.present(file.digests)
    fresh = photos.wanting(sender, file.digests)
    stayed = [one.digest for one in listed.stayed]
    return PhotosSeen(
        sender=sender.node,
        name=sender.name,
        made=manifest.created,
        parts=file.parts,
        photos=manifest.photos,
        size=manifest.size,
        fresh=len(fresh),
        fresh_size=sum(one.size for one in listed.photos if one.digest in fresh),
        held=len(here),
        stayed=max(manifest.left - len(photos.present(stayed)), 0),
    )


def begin(seen: PhotosSeen) -> PhotosWay:
    """Settle what is to be done with a file; nothing of it is kept yet."""
    return PhotosWay(
        seen.sender, seen.name, seen.parts, seen.photos, seen.fresh, seen.held, seen.stayed
    )


def steps(
    books: RegistryBooks, photos: Photos, file: PhotosFile, way: PhotosWay
) -> Iterator[PhotosWay]:
    """Go on from where a file is, and say after each part how far it is; the last one is done.

    Raises CourierForged, CourierBrokenOff, PhotosFull, SenderNotEnrolled, NodeQuarantined; what
    was kept stays.
    """
    for part in range(way.proved, file.parts):
        for _digest, _content in file.photos(part):
            pass
        way = replace(way, proved=part + 1)
        yield way
    for part in range(way.gone, file.parts):
        try:
            kept = _keep(photos, _sender(books, photos, file), file, part)
        except CourierForged as error:  # it was whole when it was proved: the disk says otherwise
            raise CourierBrokenOff(file.path, error.why) from error
        way = replace(way, gone=part + 1, kept=way.kept + kept)
        yield way
    here = len(photos.present(file.digests))
    lacking = len(photos.wanting(_sender(books, photos, file), file.digests))
    yield replace(
        way, kept=max(here - way.held, 0), unshown=way.photos - here - lacking, state="done"
    )


def take(
    books: RegistryBooks, photos: Photos, file: PhotosFile, heard: Heard = unheard
) -> PhotosWay:
    """Take in what a file brings; ``heard`` is told how many steps of how many are done.

    Raises as ``look`` and ``steps``.
    """
    way = begin(look(books, photos, file))
    for one in steps(books, photos, file, way):
        way = one
        heard(way.proved + way.gone, 2 * way.parts)
    return way


def _keep(photos: Photos, sender: Known, file: PhotosFile, part: int) -> int:
    """Keep what is wanted of a part, and return how many photos are new by that."""
    wanted = photos.wanting(sender, [one.digest for one in file.carried(part)])
    kept = 0
    for digest, content in file.photos(part) if wanted else ():
        if digest in wanted:
            kept += _is_kept(photos, sender, digest, content)
    return kept


def _is_kept(photos: Photos, sender: Known, digest: Digest, content: bytes) -> bool:
    try:
        return photos.accept(sender, digest, content)
    except (PhotoUnknown, PhotoRefused):  # off the record meanwhile, or of another size there
        return False


def _sender(books: RegistryBooks, photos: Photos, file: PhotosFile) -> Known:
    """Return who sent a file, where what it sends counts here."""
    if photos.files is None:
        raise PhotosNowhere
    manifest = file.manifest
    try:
        found = books.node(manifest.sender)
    except NodeUnknown as error:
        raise SenderNotEnrolled(manifest.name, manifest.sender) from error
    found.demand_trust()
    return found


def _locked(stream: BinaryIO, manifest: PhotoManifest, part: int, path: str) -> bytes:
    said = manifest.parts[part]
    locked = _reader(stream)(photo_courier.places(manifest)[part], said.size)
    photo_courier.demand_part(locked, said, path)
    return locked


def _reader(stream: BinaryIO) -> photo_courier.Piece:
    def piece(offset: int, size: int) -> bytes:
        stream.seek(offset)
        return stream.read(size)

    return piece
