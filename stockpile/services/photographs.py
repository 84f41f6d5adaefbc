"""Photographs: kept by their content, put on record by a fact, taken off it by another.

Keeping touches no books and may take a second: it runs on a lane of its own. The content is on the
disk before the fact that names it is written; what a power cut leaves between is a photo that
nobody speaks of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from stockpile.domain import people
from stockpile.domain.errors import FieldUnreadable, PhotoUnreadable, ReasonMissing
from stockpile.domain.facts import Draft, Photo, PhotoAdded, PhotoRemoved, View
from stockpile.domain.receiving import corrected
from stockpile.domain.values import Digest, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.services.deeds import Deed
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Photos, Recorded

_NOTHING = Recorded((), ())


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of several files: the photos kept, and why the others were not."""

    photos: tuple[Photo, ...]
    refused: tuple[PhotoUnreadable, ...] = ()


@dataclass(frozen=True, slots=True)
class Photographs:
    """The photo desk: ``keep``, ``read`` and ``thumbnail`` on any lane, the rest on the books'."""

    books: Books
    photos: Photos

    def keep(self, file: Path | bytes, view: View = "other", caption: str = "") -> Photo:
        """Keep a photo before any record names it: upright, at most 1600 pixels, without remarks.

        Raises PhotoUnreadable, DiskFull, DiskTrouble.
        """
        return self.photos.keep(file, view, caption)

    def keep_all(self, files: Sequence[Path | bytes], view: View, caption: str = "") -> Kept:
        """Keep what can be read of several files; raises DiskFull, DiskTrouble."""
        photos: list[Photo] = []
        refused: list[PhotoUnreadable] = []
        for file in files:
            try:
                photos.append(self.keep(file, view, caption))
            except PhotoUnreadable as error:
                refused.append(error)
        return Kept(tuple(photos), tuple(refused))

    def record(
        self,
        weapon: WeaponId,
        photos: Sequence[Photo],
        mark: int | None = None,
        *,
        by: SignedIn,
    ) -> Recorded:
        """Put kept photos on a weapon's record in one act; what is there already is not repeated.

        With the number of a mark, from 0, its row names the last of them from now on. Raises
        FieldUnreadable for a mark that is not there.
        """
        people.authorise(by.officer, "photograph")
        stands = self.books.weapon(weapon)
        fresh = dict.fromkeys(photo for photo in photos if photo not in stands.photos)
        drafts = [_added(weapon, photo) for photo in fresh]
        if mark is not None and photos:
            drafts += _marked(stands, mark, photos[-1])
        return self.books.record(drafts, by=by.id) if drafts else _NOTHING

    def add(
        self,
        weapon: WeaponId,
        file: Path | bytes,
        view: View = "other",
        caption: str = "",
        mark: int | None = None,
        *,
        by: SignedIn,
    ) -> tuple[Recorded, Photo]:
        """Keep a photo and put it on a weapon's record: both steps in a row."""
        people.authorise(by.officer, "photograph")
        self.books.weapon(weapon)
        photo = self.keep(file, view, caption)
        return self.record(weapon, [photo], mark, by=by), photo

    def adding(
        self,
        weapon: WeaponId,
        files: Sequence[Path | bytes],
        view: View = "other",
        caption: str = "",
        mark: int | None = None,
        *,
        by: SignedIn,
    ) -> Deed[WeaponId, Kept]:
        """Return the steps of adding photos, so that keeping them holds nobody up."""

        def begin() -> tuple[Recorded, WeaponId]:
            people.authorise(by.officer, "photograph")
            return _NOTHING, self.books.weapon(weapon).id

        def finish(_weapon: WeaponId, kept: Kept) -> Recorded:
            return self.record(weapon, kept.photos, mark, by=by)

        keep_all = partial(self.keep_all, files, view, caption)
        return Deed(begin, lambda _weapon: keep_all(), finish)

    def remove(self, weapon: WeaponId, digest: str, reason: str, *, by: SignedIn) -> Recorded:
        """Show a photo no more on a weapon's record; it stays in the weapon's history.

        Raises FieldUnreadable for a photo that the record does not show, ReasonMissing.
        """
        people.authorise(by.officer, "photograph")
        stands = self.books.weapon(weapon)
        if digest not in {photo.digest for photo in stands.photos}:
            raise FieldUnreadable("photo", digest)
        if not reason.strip():
            raise ReasonMissing("photograph")
        body = PhotoRemoved(Digest(digest), reason.strip())
        return self.books.record([Draft(weapon, body)], by=by.id)

    def of(self, weapon: WeaponId) -> tuple[Photo, ...]:
        """Return the photos on a weapon's record; raises WeaponUnknown."""
        return self.books.weapon(weapon).photos

    def read(self, digest: str) -> bytes:
        """Return a kept photo as JPEG; raises PhotoMissing, PhotoDamaged."""
        return self.photos.read(digest)

    def thumbnail(self, digest: str, edge: int) -> bytes:
        """Return it small, its longer side at most so many pixels; raises as ``read``."""
        return self.photos.thumbnail(digest, edge)

    def held(self, digests: Sequence[str]) -> frozenset[str]:
        """Return which of these photos are on this computer."""
        return self.photos.held(digests)


def _added(weapon: WeaponId, photo: Photo) -> Draft:
    return Draft(weapon, PhotoAdded(photo), attachments=(photo.digest,))


def _marked(stands: Weapon, mark: int, photo: Photo) -> list[Draft]:
    """Return the correction that lets a mark's row name its photo, unless it does already."""
    if not 0 <= mark < len(stands.marks):
        raise FieldUnreadable("mark", str(mark))
    row = replace(stands.marks[mark], photo=photo.digest)
    if row == stands.marks[mark]:
        return []
    marks = (*stands.marks[:mark], row, *stands.marks[mark + 1 :])
    return [corrected(stands, photo.caption or photo.view, {"marks": marks})]
