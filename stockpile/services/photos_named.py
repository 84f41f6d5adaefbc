"""Which photos a record names, and which of them are not here: what couriers ask and are asked.

Only what a weapon's record shows counts: no photo of a person, a signature or a paper.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from stockpile.domain import codec
from stockpile.domain.courier import MOST_LACKED, Lacked
from stockpile.domain.errors import WeaponUnknown
from stockpile.domain.facts import Photo
from stockpile.domain.values import WeaponId
from stockpile.services.ports import Books, Photos

_DIGEST: Final = re.compile(rb"[0-9a-f]{64}")

Shown = tuple[WeaponId, Photo]
"""A photo, and a weapon whose record shows it."""


@dataclass(frozen=True, slots=True)
class PhotosNamed:
    """Photos by the records that show them. Everything runs on the books lane."""

    books: Books
    photos: Photos

    def shown(self, weapons: Iterable[WeaponId]) -> Iterator[Shown]:
        """Give the photos that the records of these weapons show now."""
        for weapon in weapons:
            with contextlib.suppress(WeaponUnknown):
                for photo in self.books.weapon(weapon).photos:
                    yield weapon, photo

    def named_in(self, facts: Iterable[bytes]) -> Iterator[Shown]:
        """Give the photos that these facts name and their weapons still show, the last one first.

        Facts without the word are not decoded: of a chain of a million most say nothing of photos.
        """
        named: dict[WeaponId, set[bytes]] = {}
        for raw in facts:
            if b"photo" in raw and (digests := _DIGEST.findall(raw)):
                weapon = WeaponId(codec.decode(raw).subject)
                named.setdefault(weapon, set()).update(digests)
        for weapon, photo in self.shown(reversed(named)):
            if photo.digest.encode() in named[weapon]:
                yield weapon, photo

    def awaited(self, before: Sequence[Lacked], facts: Iterable[bytes]) -> tuple[Lacked, ...]:
        """Return which photos have not come, of those awaited before and those that facts name."""
        fresh = (Lacked(weapon, photo.digest) for weapon, photo in self.named_in(facts))
        return self.lacking((*fresh, *before))

    def lacking(self, wanted: Iterable[Lacked]) -> tuple[Lacked, ...]:
        """Return which of these photos are not here, each once, and no more than are asked for."""
        once = {one.digest: one for one in wanted}
        here = self.photos.held(tuple(once))
        return tuple(one for digest, one in once.items() if digest not in here)[:MOST_LACKED]
