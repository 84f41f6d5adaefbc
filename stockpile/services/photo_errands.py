"""The photos' part of an exchange by courier file: seen before, carried after the record.

1. Before the record is taken in, or written, a look says how many photos there are and how large.
2. Afterwards an errand names what is wanted of the files that came, and what goes beside those that
   were written. Carrying it takes its time and may be stopped: what was kept stays.
3. A file of photos that is refused holds up neither the record nor the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stockpile.domain import people
from stockpile.domain.errors import Cancelled, StockpileError
from stockpile.domain.photo_courier import EXTENSION, photos_file
from stockpile.domain.values import NodeId, WeaponId
from stockpile.services.courier_meetings import MOST_FILES, Refused
from stockpile.services.courier_photos import (
    CourierPhotos,
    PhotosFound,
    PhotosTaken,
    PhotosWanted,
    read_manifest,
)
from stockpile.services.couriers import Packed
from stockpile.services.people import SignedIn
from stockpile.services.photo_packing import USUAL_MOST, PhotoLoad, PhotoPacking, PhotosPacked
from stockpile.services.ports import Progress, silent

_STEPS = 1_000
"""Steps of progress for each file."""


@dataclass(frozen=True, slots=True)
class PhotosSeen:
    """What files of photos would bring, before anything is taken in; and those that are refused."""

    found: tuple[PhotosFound, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def fresh(self) -> int:
        """How many photos in them are not here."""
        return len({digest for one in self.found for digest in one.fresh})

    @property
    def size(self) -> int:
        """How many bytes these are."""
        return sum(one.size for one in self.found)

    @property
    def stayed(self) -> int:
        """How many photos stayed behind that are not here either."""
        return sum(one.stayed for one in self.found)


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be carried: photos to take in, photos to write, and what was refused already."""

    take: tuple[PhotosWanted, ...] = ()
    pack: tuple[tuple[Packed, PhotoLoad], ...] = ()
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """What came of an errand."""

    taken: tuple[PhotosTaken, ...] = ()
    packed: tuple[PhotosPacked, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def kept(self) -> int:
        """How many photos came."""
        return sum(one.kept for one in self.taken)

    @property
    def unshown(self) -> int:
        """How many photos were left in their files, for no record here shows them."""
        return sum(one.unshown for one in self.taken)

    @property
    def written(self) -> int:
        """How many photos go along."""
        return sum(one.photos for one in self.packed)

    @property
    def size(self) -> int:
        """How many bytes of photos go along."""
        return sum(one.size for one in self.packed)

    @property
    def left(self) -> int:
        """How many photos stayed behind here."""
        return sum(one.left for one in self.packed)


@dataclass(frozen=True, slots=True)
class PhotoErrands:
    """The photos' messenger. ``carry`` runs on any lane, the rest on the books lane."""

    photos: CourierPhotos
    packing: PhotoPacking

    # --- before -----------------------------------------------------------------------------

    def look(self, file: Path, words: str = "") -> PhotosSeen:
        """Say what the photos beside a courier file would bring; or the photos' file itself."""
        is_photos = file.suffix == EXTENSION
        open_ = self.photos.open if is_photos else self.photos.beside
        try:
            found = open_(file, words)
        except StockpileError as error:
            return PhotosSeen((), (Refused(file if is_photos else photos_file(file), error),))
        return PhotosSeen((found,) if found else ())

    def look_in(self, folder: Path) -> PhotosSeen:
        """Say what the photos in a folder between two computers would bring.

        Raises FileUnreadable where the folder cannot be read.
        """
        seen = [self.look(file) for file in self._for_us(folder)]
        return PhotosSeen(
            tuple(found for one in seen for found in one.found),
            tuple(refused for one in seen for refused in one.refused),
        )

    def loads(self, receivers: Iterable[NodeId], about: Sequence[WeaponId] = ()) -> PhotoLoad:
        """Return all photos that would go to these nodes, for their number and size."""
        loads = [self.packing.load(one, about) for one in receivers]
        return PhotoLoad(None, tuple(photo for one in loads for photo in one.photos))

    # --- after the record -------------------------------------------------------------------

    def of_file(self, file: Path, words: str = "") -> Errand:
        """Return what is wanted of the photos beside a courier file that was taken in."""
        return self._wanted(self.look(file, words))

    def of_packed(
        self, packed: Sequence[Packed], about: Sequence[WeaponId] = (), *, along: bool = True
    ) -> Errand:
        """Return what goes beside courier files that were written; nothing where none shall."""
        return Errand(pack=tuple((one, self._load(one, about, along=along)) for one in packed))

    def of_meeting(self, folder: Path, packed: Sequence[Packed], *, along: bool = True) -> Errand:
        """Return what is to be carried after an exchange through a folder.

        Raises FileUnreadable where the folder cannot be read any more.
        """
        came, going = self._wanted(self.look_in(folder)), self.of_packed(packed, along=along)
        return Errand(came.take, going.pack, came.refused)

    def carry(
        self, errand: Errand, most: int = USUAL_MOST, progress: Progress = silent, *, by: SignedIn
    ) -> Carried:
        """Take in and write photos; what is refused is named and the rest goes on.

        ``most`` is how many bytes of photos go beside each file. Raises OfficerNotAuthorised,
        Cancelled; what was kept until then stays.
        """
        people.authorise(by.officer, "sync")
        files = len(errand.take) + len(errand.pack)
        steps = (_steps(progress, at, files) for at in range(files))
        taken: list[PhotosTaken] = []
        packed: list[PhotosPacked] = []
        refused = list(errand.refused)
        for wanted in errand.take:
            try:
                taken.append(self.photos.take(wanted, next(steps), by=by))
            except Cancelled:
                raise
            except StockpileError as error:
                refused.append(Refused(wanted.found.file, error))
        for written, load in errand.pack:
            try:
                packed.append(self.packing.pack(written, load, most, next(steps), by=by))
            except Cancelled:
                raise
            except StockpileError as error:
                refused.append(Refused(photos_file(written.file), error))
        return Carried(tuple(taken), tuple(packed), tuple(refused))

    def _wanted(self, seen: PhotosSeen) -> Errand:
        take, refused = [], list(seen.refused)
        for found in seen.found:
            try:
                take.append(self.photos.wanted(found))
            except StockpileError as error:
                refused.append(Refused(found.file, error))
        return Errand(tuple(take), refused=tuple(refused))

    def _load(self, packed: Packed, about: Sequence[WeaponId], *, along: bool) -> PhotoLoad:
        if not along:
            return PhotoLoad(packed.to, ())
        return self.packing.load(packed.to.id if packed.to else None, about)

    def _for_us(self, folder: Path) -> Iterator[Path]:
        """Give the photos in a folder that another node locked for this one, and spoilt ones."""
        files, own = self.photos.couriers.files, self.photos.couriers.keys.node
        for courier in files.listed(folder)[:MOST_FILES]:
            place = photos_file(courier)
            if not files.is_there(place):
                continue
            try:
                manifest = read_manifest(files, place)
            except StockpileError:
                yield place
                continue
            if own in manifest.to and manifest.sender != own:
                yield place


def _steps(progress: Progress, at: int, files: int) -> Progress:
    """Return the progress of one file among several."""

    def step(done: int, total: int) -> None:
        progress(at * _STEPS + done * _STEPS // max(total, 1), files * _STEPS)

    return step
