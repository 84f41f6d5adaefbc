"""What the services of a home all stand on: its books, its keys, the clock, photos and paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.keys.ring import KeyRing
from stockpile.adapters.photos.album import SealedPhotos
from stockpile.adapters.sqlite.books import SqliteBooks
from stockpile.adapters.sqlite.queries import SqliteRegister
from stockpile.app.books_room import HomeBooks, open_home_books
from stockpile.app.paper_room import press_of
from stockpile.services.clocks import Clocks
from stockpile.services.doubted_papers import DoubtingPress
from stockpile.services.places import known_names
from stockpile.terms import term
from stockpile.wording import Names


@dataclass(frozen=True, slots=True)
class Ground:
    """An open home before any service stands on it."""

    home: Path
    keys: KeyRing
    opened: HomeBooks
    photos: SealedPhotos
    press: DoubtingPress
    clock: SystemClock
    chance: SystemChance
    clocks: Clocks

    @property
    def books(self) -> SqliteBooks:
        """The books."""
        return self.opened.books

    @property
    def register(self) -> SqliteRegister:
        """The register's lists."""
        return self.opened.register

    def names(self) -> Names:
        """Return what people call this home's places and officers, and components, as of now."""
        return Names(known_names(self.books), partial(term, "component"))


def ground_of(home: Path, keys: KeyRing) -> Ground:
    """Open the books of a home whose keys are open; on the lane they stay on.

    Raises what opening the books and the journal raises.
    """
    photos = SealedPhotos(home, keys.mac(b"photos"))
    opened = open_home_books(home, keys, photos)
    clock = SystemClock()
    clocks = Clocks(opened.books, keys, clock)
    clocks.doubt()  # papers are drawn on other lanes, by what is known by then
    press = DoubtingPress(press_of(home, keys), clocks)
    return Ground(home, keys, opened, photos, press, clock, SystemChance(), clocks)
