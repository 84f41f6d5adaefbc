"""What can be wrong with a photo."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Damaged, Refused, Unavailable


@dataclass(eq=False)
class PhotoUnreadable(Refused):
    """A file is no photo that can be read, or one too large to be opened safely."""

    path: str
    why: str


@dataclass(eq=False)
class PhotoMissing(Unavailable):
    """A photo is on record and its file is not here: not sent yet, or lost."""

    digest: str


@dataclass(eq=False)
class PhotoDamaged(Damaged):
    """A kept photo is not what its digest says."""

    digest: str


@dataclass(eq=False)
class PhotoRefused(Refused):
    """Bytes that came from elsewhere are not the photo that they were to be; none is kept."""

    digest: str
    why: str


@dataclass(eq=False)
class PhotoUnknown(Refused):
    """No record that the asker is told of shows this photo."""

    digest: str


@dataclass(eq=False)
class PhotosNowhere(Refused):
    """A registry keeps no photos: whoever runs it named no folder for them."""


@dataclass(eq=False)
class PhotosFull(Unavailable):
    """There is no room for more photos; ``why`` is a disk, or what one node may bring."""

    why: str
