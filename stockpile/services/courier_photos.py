"""Photos out of courier files: proved whole, and kept where a record here shows them.

1. What comes is kept only where a weapon's record here shows it: so the record is loaded first.
2. Every part and every photo in it is proved before the first one is kept. A file that is not all
   what its sender signed gives nothing.
3. Loaded again, or in another order, it does no harm.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from stockpile.domain import people, photo_courier
from stockpile.domain.courier import Lacked, tidied_words
from stockpile.domain.errors import CourierForged, CourierForOther, PhotoRefused, SenderUnknown
from stockpile.domain.jpegs import demand_photo
from stockpile.domain.photo_courier import Carried, PhotoList, PhotoManifest
from stockpile.domain.values import Digest, Instant, NodeId
from stockpile.services.couriers import Couriers
from stockpile.services.people import SignedIn
from stockpile.services.photos_named import PhotosNamed
from stockpile.services.ports import CourierFiles, Progress, silent
from stockpile.services.vouching import Vouching


@dataclass(frozen=True, slots=True)
class PhotosFound:
    """A photos' file that was opened and proved to be its sender's own; nothing was taken in.

    ``fresh`` are its photos that are not here; ``stayed`` counts those that stayed behind and are
    not here either.
    """

    file: Path
    manifest: PhotoManifest
    listed: PhotoList = field(repr=False)
    fresh: frozenset[Digest] = frozenset()
    stayed: int = 0

    @property
    def sender(self) -> str:
        """What the sender calls itself."""
        return self.manifest.name

    @property
    def created(self) -> Instant:
        """When it was made, by the sender's clock."""
        return self.manifest.created

    @property
    def size(self) -> int:
        """How many bytes the photos are that are not here."""
        return sum(one.size for one in self.listed.photos if one.digest in self.fresh)


@dataclass(frozen=True, slots=True)
class PhotosWanted:
    """What of a photos' file is taken: what a record here shows, and is not here."""

    found: PhotosFound
    wanted: frozenset[Digest]
    held: int
    unshown: int

    def by_part(self) -> Iterator[tuple[int, tuple[Carried, ...]]]:
        """Give what lies in each part that holds something wanted."""
        listed = self.found.listed.photos
        for part, group in itertools.groupby(listed, key=lambda one: one.part):
            carried = tuple(group)
            if not self.wanted.isdisjoint(one.digest for one in carried):
                yield part, carried


@dataclass(frozen=True, slots=True)
class PhotosTaken:
    """What came of a photos' file: how many were kept, held before, and shown by no record here."""

    file: Path
    sender: str
    kept: int
    held: int = 0
    unshown: int = 0
    stayed: int = 0


@dataclass(frozen=True, slots=True)
class CourierPhotos:
    """Where photos are taken in. ``take`` runs on any lane, the rest on the books lane."""

    couriers: Couriers
    named: PhotosNamed

    def beside(self, file: Path, words: str = "") -> PhotosFound | None:
        """Open the photos beside a courier file; None where there are none.

        Raises as ``open``.
        """
        place = photo_courier.photos_file(file)
        return self.open(place, words) if self.couriers.files.is_there(place) else None

    def open(self, file: Path, words: str = "") -> PhotosFound:
        """Open a photos' file and say how much is in it; nothing is taken in.

        Raises FileUnreadable, CourierForged, CourierForOther, CourierWordsWrong, CourierTooLarge.
        """
        manifest = read_manifest(self.couriers.files, file)
        if manifest.to and self.couriers.keys.node not in manifest.to:
            raise CourierForOther(", ".join(self.couriers.name(one) for one in manifest.to))
        locked = self._locked(file, manifest, len(manifest.parts) - 1)
        plain = self.couriers.files.unlock(locked, tidied_words(words), str(file))
        listed = photo_courier.read_list(plain, manifest, str(file))
        digests = [one.digest for one in listed.photos]
        here = self.named.photos.held(digests)
        fresh = frozenset(one for one in digests if one not in here)
        stayed = manifest.left - len(listed.stayed) + len(self.named.lacking(listed.stayed))
        return PhotosFound(file, manifest, listed, fresh, max(stayed, 0))

    def wanted(self, found: PhotosFound) -> PhotosWanted:
        """Say what of it is wanted here, once the record was taken in; raises SenderUnknown."""
        manifest, listed = found.manifest, found.listed.photos
        if manifest.sender not in self._believed():
            raise SenderUnknown(manifest.name, manifest.sender)
        weapons = dict.fromkeys(one.weapon for one in listed)
        shown = {photo.digest for _weapon, photo in self.named.shown(weapons)}
        digests = {one.digest for one in listed}
        held = self.named.photos.held(tuple(digests))
        return PhotosWanted(
            found, frozenset(digests & shown - held), len(held), len(digests - shown - held)
        )

    def take(
        self, wanted: PhotosWanted, progress: Progress = silent, *, by: SignedIn
    ) -> PhotosTaken:
        """Keep what is wanted; each photo whole or not at all, and only the one that is named.

        Every part and every photo in it is proved before the first is kept. Raises
        OfficerNotAuthorised, FileUnreadable, CourierForged, Cancelled, DiskFull, DiskTrouble; what
        was kept until then stays, and loaded again it goes on there.
        """
        people.authorise(by.officer, "sync")
        found, parts = wanted.found, tuple(wanted.by_part())
        steps = 2 * len(parts)
        for step, part in enumerate(parts, 1):
            for _carried, _content in self._proved(wanted, *part):
                pass
            progress(step, steps)
        kept = 0
        for step, part in enumerate(parts, len(parts) + 1):
            came = []
            for one, content in self._proved(wanted, *part):
                self.named.photos.accept(one.digest, content)
                came.append(Lacked(one.weapon, one.digest))
            self.named.photos.note_brought(came)
            kept += len(came)
            progress(step, steps)
        return PhotosTaken(
            found.file, found.sender, kept, wanted.held, wanted.unshown, found.stayed
        )

    def _proved(
        self, wanted: PhotosWanted, part: int, carried: Sequence[Carried]
    ) -> Iterator[tuple[Carried, bytes]]:
        """Give the wanted photos of a part, each the one that its digest names."""
        found, path = wanted.found, str(wanted.found.file)
        locked = self._locked(found.file, found.manifest, part)
        plain = self.couriers.files.unlock_part(locked, found.listed.key, path)
        for one, content in photo_courier.cut(plain, carried, path):
            if one.digest in wanted.wanted:
                try:
                    demand_photo(content, one.digest)
                except PhotoRefused as error:
                    raise CourierForged(path, "photo") from error
                yield one, content

    def _locked(self, file: Path, manifest: PhotoManifest, part: int) -> bytes:
        said = manifest.parts[part]
        locked = self.couriers.files.piece(file, photo_courier.places(manifest)[part], said.size)
        photo_courier.demand_part(locked, said, str(file))
        return locked

    def _believed(self) -> set[NodeId]:
        books = self.couriers.books
        certified = Vouching(books, self.couriers.keys).certified()
        return {body.node for body in certified} | {node for node, _tip in books.tips()}


def read_manifest(files: CourierFiles, file: Path) -> PhotoManifest:
    """Return what a photos' file says of itself, signed by its sender, whoever that is.

    Raises FileUnreadable, CourierForged, CourierTooLarge.
    """
    return photo_courier.read_manifest(partial(files.piece, file), files.size(file), str(file))
