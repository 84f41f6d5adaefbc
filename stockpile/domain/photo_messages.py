"""What a node and a registry say about photos: after the record, in pieces, proved at the end.

A photo is named by the weapon's record that shows it: its digest, its size. The registry stores
none that no record shows. It says which it lacks of those that the asker's site named; the node
sends them piece by piece, each from the byte after the last one that arrived, over as many talks as
it takes. What the registry has, whoever is told of the weapon may fetch the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from stockpile.domain.values import Digest, WeaponId

MOST_ASKED: Final = 200
"""Photos that one question is about."""
MOST_PIECE: Final = 256 << 10
"""Bytes of one piece."""
DIGEST: Final = "^[0-9a-f]{64}$"
_DIGEST: Final = re.compile(DIGEST)

PhotoState = Literal["declared", "present", "missing", "forgotten"]
"""Declared: a record shows it and it never arrived whole. Missing: it was there and is no more, and
is asked for anew. Forgotten: no record shows it any more."""


@dataclass(frozen=True, slots=True)
class PhotoWanted:
    """A photo that the registry lacks: a weapon that shows it, its size, what arrived yet."""

    digest: Digest
    weapon: WeaponId
    size: int
    have: int = 0


@dataclass(frozen=True, slots=True)
class PhotosWanted:
    """What the registry lacks of what the asker's site named, newest first; ``more`` beyond it."""

    photos: tuple[PhotoWanted, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class PhotosAsked:
    """A node asks which of these photos the registry has."""

    digests: tuple[Digest, ...]


@dataclass(frozen=True, slots=True)
class PhotosHeld:
    """Those of the photos asked for that the registry has and gives to the asker."""

    digests: tuple[Digest, ...]


@dataclass(frozen=True, slots=True)
class PhotoHave:
    """How a photo stands at the registry: so many bytes arrived; ``present`` once it is proved."""

    digest: Digest
    state: PhotoState
    have: int


def is_digest(text: str) -> bool:
    """Say whether a text names a photo as its digest does: 64 letters of hexadecimal."""
    return _DIGEST.fullmatch(text) is not None and not text.endswith("\n")
