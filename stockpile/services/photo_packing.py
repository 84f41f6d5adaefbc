"""Photos into courier files: after the record, in a file of their own beside it, as far as asked.

1. Those go along that a record shows and the receiver is not known to hold: named by what goes
   along of the record, or missed by the receiver's own last file. Of what another depot wrote only
   those of weapons of which the receiver is told.
2. First what is sent now, then what is missed, then the newest. What is too much stays behind: the
   file says which, and the receiver's next file asks for it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stockpile.domain import people, photo_courier
from stockpile.domain.courier import Lacked, tidied_words
from stockpile.domain.errors import PhotoDamaged, PhotoMissing, PhotoRefused, StockpileError
from stockpile.domain.facts import Photo, PhotoAdded, WeaponRegistered
from stockpile.domain.jpegs import demand_photo
from stockpile.domain.photo_courier import Carried, Part, PhotoList, PhotoManifest
from stockpile.domain.values import Digest, NodeId, WeaponId
from stockpile.services.courier_loads import CourierLoads
from stockpile.services.courier_photos import read_manifest
from stockpile.services.courier_previews import Node
from stockpile.services.couriers import Couriers, Packed
from stockpile.services.people import SignedIn
from stockpile.services.photos_named import PhotosNamed, Shown
from stockpile.services.ports import Correspondent, Progress, silent

MEGABYTE: Final = 1_000_000
USUAL_MOST: Final = 256 * MEGABYTE
"""Bytes of photos that go along unless it is said otherwise."""


@dataclass(frozen=True, slots=True)
class PhotoLoad:
    """The photos that are to go along: each with the weapon that shows it, most wanted first."""

    to: Node | None
    photos: tuple[Shown, ...]
    sender: str = ""

    @property
    def size(self) -> int:
        """How many bytes they are, as their records say."""
        return sum(photo.size for _weapon, photo in self.photos)

    def fitting(self, most: int) -> tuple[int, int]:
        """Return how many of them go along within so many bytes, and how many bytes these are."""
        count = size = 0
        for _weapon, photo in self.photos:
            if size + photo.size <= most:
                count, size = count + 1, size + photo.size
        return count, size


@dataclass(frozen=True, slots=True)
class PhotosPacked:
    """A photos' file that was written: how many are in it, their bytes; how many stayed behind."""

    file: Path
    photos: int
    size: int
    left: int = 0


@dataclass(frozen=True, slots=True)
class PhotoPacking:
    """Where photos are packed. ``load`` runs on the books lane, the rest on any.

    ``part`` is how many bytes of photos are locked together.
    """

    couriers: Couriers
    named: PhotosNamed
    part: int = photo_courier.PART

    def load(self, to: NodeId | None = None, about: Sequence[WeaponId] = ()) -> PhotoLoad:
        """Say which photos would go along, before the courier file is written.

        Raises NodeUnknown.
        """
        known, receiver = Correspondent(), None
        if to is not None:
            receiver, known = self.couriers.receiver(to), self.couriers.files.correspondent(to)
        wanted = [*self._missed(to, known, about), *self._in_the_record(to, known, about)]
        sent = set(about)
        wanted.sort(key=lambda one: one[0] not in sent)
        once: dict[Digest, Shown] = {}
        for one in wanted:
            once.setdefault(one[1].digest, one)
        here = self.named.photos.held(tuple(once))
        photos = tuple(one for digest, one in once.items() if digest in here)
        return PhotoLoad(receiver, photos, self.couriers.name(self.couriers.keys.node))

    def pack(
        self, packed: Packed, load: PhotoLoad, most: int = USUAL_MOST,
        progress: Progress = silent, *, by: SignedIn,
    ) -> PhotosPacked:  # fmt: skip
        """Write the photos beside a courier file, locked as it is, or none where none go along.

        ``most`` is how many bytes of photos go along. Photos of an earlier file of that name are
        put away. Raises OfficerNotAuthorised, Cancelled, DiskFull, DiskTrouble; photos that were
        there stay until the new ones are whole.
        """
        people.authorise(by.officer, "sync")
        place = photo_courier.photos_file(packed.file)
        if not load.photos:
            self.put_away(packed)
            return PhotosPacked(place, 0, 0)
        writing = _Writing(self, load, tidied_words(packed.words), most, progress)
        self.couriers.files.write_pieces(place, writing.pieces())
        size = sum(one.size for one in writing.listed)
        return PhotosPacked(place, len(writing.listed), size, writing.left)

    def put_away(self, packed: Packed) -> None:
        """Remove photos of an earlier file of the same name: they are not of this one.

        Only what this computer wrote is removed. Raises DiskTrouble.
        """
        files, place = self.couriers.files, photo_courier.photos_file(packed.file)
        if files.is_there(place) and self._is_ours(place):
            files.remove(place)

    def _is_ours(self, place: Path) -> bool:
        try:
            return read_manifest(self.couriers.files, place).sender == self.couriers.keys.node
        except StockpileError:
            return False

    def _missed(
        self, to: NodeId | None, known: Correspondent, about: Sequence[WeaponId]
    ) -> Iterator[Shown]:
        """Give the photos that the receiver said it lacks, where its records show them.

        Whoever asks is told of no other weapons than before.
        """
        asked = {one.weapon: {one.digest} for one in known.lacks}
        for one in known.lacks:
            asked[one.weapon].add(one.digest)
        loads = CourierLoads(self.couriers.books, self.couriers.keys)
        told = set(loads.subjects(to, about)) if asked else set()
        whole = set(loads.whole())
        for weapon, photo in self.named.shown(asked):
            if photo.digest in asked[weapon] and (
                weapon in told or self._is_told(weapon, photo, whole)
            ):
                yield weapon, photo

    def _is_told(self, weapon: WeaponId, photo: Photo, whole: set[NodeId]) -> bool:
        """Say whether a chain that everybody is given names the photo."""
        history = self.couriers.books.history(weapon)
        return any(one.node in whole and photo.digest in _named_by(one.body) for one in history)

    def _in_the_record(
        self, to: NodeId | None, known: Correspondent, about: Sequence[WeaponId]
    ) -> Iterator[Shown]:
        """Give the photos that facts name which the receiver is not known to hold, newest first."""
        loads = CourierLoads(self.couriers.books, self.couriers.keys)
        held = self._heard(to) | dict(known.holds)
        whole = (raw for entry in loads.entries(to, held) for raw in entry.facts)
        if self.couriers.registries.is_one(to):  # it hears each chain from its own node
            return self.named.named_in(whole)
        single = (one.raw for each in loads.excerpts(to, held, about) for one in each.parts)
        return self.named.named_in(itertools.chain(single, whole))

    def _heard(self, to: NodeId | None) -> dict[NodeId, int]:
        """Return how far a registry heard our chain with its photos, also over a line.

        Where it lacked photos when it was asked last, it is not known which: all may go along.
        """
        if to is None or self.named.photos.waiting(to):
            return {}
        return self.couriers.registries.held(to, self.couriers.keys.node)


class _Writing:
    """Gives a photos' file piece by piece, one part in memory at a time."""

    def __init__(
        self, counter: PhotoPacking, load: PhotoLoad, words: str, most: int, progress: Progress
    ) -> None:
        self._counter, self._couriers, self._load = counter, counter.couriers, load
        self._words, self._progress = words, progress
        self._most = min(most, photo_courier.MOST_BYTES - photo_courier.MOST_PART)
        self._key = counter.couriers.files.new_key()
        self._parts: list[Part] = []
        self._stayed: list[Lacked] = []
        self.listed: list[Carried] = []

    @property
    def left(self) -> int:
        """How many photos stayed behind."""
        return len(self._stayed)

    def pieces(self) -> Iterator[bytes]:
        """Give magic word, locked parts, list and signed end."""
        files = self._couriers.files
        yield photo_courier.MAGIC
        for plain in self._plain_parts():
            yield self._part(files.lock_part(plain, self._key))
        listed = self._list()
        keys = [self._load.to.key] if self._load.to else []
        yield self._part(files.lock(photo_courier.pack_list(listed), keys, self._words))
        yield photo_courier.sealed_end(self._manifest(listed), self._couriers.keys.sign)

    def _part(self, locked: bytes) -> bytes:
        self._parts.append(photo_courier.part_of(locked))
        return locked

    def _plain_parts(self) -> Iterator[bytes]:
        """Give the photos in parts, and note where each lies; what is too much stays behind."""
        part, total = bytearray(), 0
        for done, (weapon, photo) in enumerate(self._load.photos, 1):
            content = self._content(photo)
            if content and not self._has_room(total, content):
                self._stayed.append(Lacked(weapon, photo.digest))
            elif content:
                if part and len(part) + len(content) > self._counter.part:
                    yield bytes(part)
                    part.clear()
                at = len(self._parts)
                self.listed.append(Carried(weapon, photo.digest, at, len(content)))
                part += content
                total += len(content)
            self._progress(done, len(self._load.photos))
        if part:
            yield bytes(part)

    def _has_room(self, total: int, content: bytes) -> bool:
        has_place = len(self.listed) < photo_courier.MOST_PHOTOS
        return has_place and total + len(content) <= self._most

    def _content(self, photo: Photo) -> bytes:
        """Return a photo; nothing of one that is gone or damaged: the check tells of it."""
        try:
            content = self._counter.named.photos.read(photo.digest)
            demand_photo(content, photo.digest)
        except (PhotoMissing, PhotoDamaged, PhotoRefused):
            return b""
        return content

    def _list(self) -> PhotoList:
        return PhotoList(
            self._couriers.keys.node,
            (self._load.to.id,) if self._load.to else (),
            self._couriers.clock.now(),
            self._key,
            tuple(self.listed),
            tuple(self._stayed[: photo_courier.MOST_STAYED]),
        )

    def _manifest(self, listed: PhotoList) -> PhotoManifest:
        keys = self._couriers.keys
        return PhotoManifest(
            v=photo_courier.VERSION,
            sender=keys.node,
            key=keys.public_key.hex(),
            name=self._load.sender,
            to=listed.to,
            created=listed.created,
            parts=tuple(self._parts),
            photos=len(listed.photos),
            size=sum(one.size for one in listed.photos),
            left=self.left,
        )


def _named_by(body: object) -> tuple[Digest, ...]:
    """Return the photos that a fact puts on a weapon's record."""
    if isinstance(body, PhotoAdded):
        return (body.photo.digest,)
    return tuple(one.digest for one in body.photos) if isinstance(body, WeaponRegistered) else ()
