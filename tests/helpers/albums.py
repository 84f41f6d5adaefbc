"""Photos as homes keep them, and nodes with real books and a real album, for exchanges."""

from __future__ import annotations

import functools
import hashlib
import io
import random
from pathlib import Path

from PIL import Image

from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.adapters.photos.album import SealedPhotos
from stockpile.adapters.photos.pictures import prepared
from stockpile.domain.facts import Draft, Photo, PhotoAdded, PhotoRemoved
from stockpile.domain.values import Digest, WeaponId
from stockpile.services.exchange import Exchanging
from stockpile.services.photo_exchange import PhotoExchange
from tests.helpers.sites import CountingChance, a_weapon, open_site
from tests.helpers.talks import Talk

ALBUM_KEY = bytes(range(32))


@functools.cache
def a_photo(seed: int, width: int = 320, height: int = 240) -> bytes:
    """Return a photo as a home keeps it, of noise, so that it has some size."""
    noise = random.Random(seed).randbytes(width * height * 3)
    content = io.BytesIO()
    Image.frombytes("RGB", (width, height), noise).save(content, "PNG")
    return prepared(content.getvalue()).content


def digest_of(content: bytes) -> Digest:
    return Digest(hashlib.sha256(content).hexdigest())


def named(content: bytes) -> Photo:
    """Return what a record says of a photo."""
    return Photo(digest_of(content), size=len(content))


def shows(weapon: str, content: bytes) -> Draft:
    """Return the draft that puts a photo on a weapon's record."""
    return Draft(WeaponId(weapon), PhotoAdded(named(content)))


def shows_no_more(weapon: str, content: bytes) -> Draft:
    return Draft(WeaponId(weapon), PhotoRemoved(digest_of(content), "a face"))


class Desk:
    """A node with real books and photos, and its talk with a registry; ``wrap`` bends the line."""

    def __init__(self, folder: Path, wrap=lambda link: link) -> None:
        self.folder = folder
        self.site = open_site(folder)
        self.photos = SealedPhotos(folder, ALBUM_KEY)
        self.wrap = wrap
        links = HttpRegistryLinks(self.site.keys, self.site.clock, CountingChance(), 10.0)

        desk = self

        class Links:
            def open(self, url, key):
                return desk.wrap(links.open(url, key))

        exchange = PhotoExchange(self.site.opened.register, self.photos)
        self.talk = Talk(
            Exchanging(self.site.books, self.site.keys, Links(), self.site.clock, photos=exchange)
        )

    def photograph(self, weapon: str, seed: int, **size: int) -> Digest:
        """Register a weapon and put a photo of it on record, whose file is kept here."""
        self.site.books.record([a_weapon(weapon)], by=None)
        return self.add(weapon, seed, **size)

    def add(self, weapon: str, seed: int, **size: int) -> Digest:
        content = a_photo(seed, **size)
        kept = self.photos.keep(content)
        self.site.books.record([Draft(WeaponId(weapon), PhotoAdded(kept))], by=None)
        return kept.digest

    def has(self, digest: Digest) -> bool:
        return bool(self.photos.held([digest]))
