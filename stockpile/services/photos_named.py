"""Which photos a record names, and which of them are not here: what couriers ask and are asked.

Only what a weapon's record shows counts: no photo of a person, a signature or a paper.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from stockpile.domain import codec
from stockpile.domain.courier import MOST_LACKED, Lacked
from stockpile.domain.errors import WeaponUnknown
from stockpile.domain.facts import Photo
from stockpile.domain.values import NodeId, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.services.ports import Books, Photos

_DIGEST: Final = re.compile(rb"[0-9a-f]{64}")

_AT_ONCE: Final = 200

Shown = tuple[WeaponId, Photo]
"""A photo, and a weapon whose record shows it."""


@dataclass(frozen=True, slots=True)
class PhotosNamed:
    """Photos by the records that show them. Everything runs on the books lane."""

    books: Books
    photos: Photos

    def shown(self, weapons: Iterable[WeaponId]) -> Iterator[Shown]:
        """Give the photos that the records of these weapons show now."""
        every = iter(weapons)
        while some := tuple(islice(every, _AT_ONCE)):
            for weapon in self._on_record(some):
                for photo in weapon.photos:
                    yield weapon.id, photo

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

    def _on_record(self, weapons: tuple[WeaponId, ...]) -> Iterator[Weapon]:
        """Give those that are weapons on record: a fact about a paper may name photos too."""
        try:
            yield from self.books.weapons(weapons)
        except WeaponUnknown:
            for one in weapons:
                with contextlib.suppress(WeaponUnknown):
                    yield self.books.weapon(one)

    def awaited(self, before: Sequence[Lacked], facts: Iterable[bytes]) -> tuple[Lacked, ...]:
        """Return which photos have not come, of those awaited before and those that facts name."""
        fresh = (Lacked(weapon, photo.digest) for weapon, photo in self.named_in(facts))
        return self.missed((*fresh, *before))

    def missed(self, wanted: Iterable[Lacked]) -> tuple[Lacked, ...]:
        """Return which of these photos are not here and are on record still."""
        lacked = self.lacking(wanted)
        weapons = dict.fromkeys(one.weapon for one in lacked)
        shown = {photo.digest for _weapon, photo in self.shown(weapons)}
        return tuple(one for one in lacked if one.digest in shown)

    def note_lacked(self, registry: NodeId, lacked: Iterable[Lacked]) -> None:
        """Note how many of the photos that a registry lacks are here, and so wait for it."""
        here = self.photos.held([one.digest for one in lacked])
        self.photos.note_waiting(registry, len(here))

    def lacking(self, wanted: Iterable[Lacked]) -> tuple[Lacked, ...]:
        """Return which of these photos are not here, each once, and no more than are asked for."""
        once = {one.digest: one for one in wanted}
        here = self.photos.held(tuple(once))
        return tuple(one for digest, one in once.items() if digest not in here)[:MOST_LACKED]
