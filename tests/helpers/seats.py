"""An officer before the desktop: a desk, a session, and an open home on the books lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import pytest

from stockpile.domain.facts import Draft, Role
from stockpile.domain.places import Place
from stockpile.domain.receiving import Description
from stockpile.domain.values import WeaponId
from stockpile.services.people import SignedIn
from stockpile.services.ports import Recorded
from stockpile.services.stockpile import Stockpile
from stockpile.settings import Settings
from tests.helpers.house import PIN, copied_house, second_officer
from tests.helpers.officers import by_both
from ui.desk import Desk
from ui.notices import Notice, Notices
from ui.session import Session

T = TypeVar("T")


@dataclass
class Seat:
    """What a page is made with, and a straight way to the core for the test itself."""

    desk: Desk
    session: Session
    notices: Notices
    said: list[Notice] = field(default_factory=list)

    @property
    def made_with(self) -> tuple[Desk, Session, Notices]:
        """What every page's constructor takes."""
        return self.desk, self.session, self.notices

    @property
    def stockpile(self) -> Stockpile:
        """The open home; its services belong to the books lane: reach them with ``on_books``."""
        return self.session.stockpile

    def on_books(self, work: Callable[[], T]) -> T:
        """Do something on the books lane and wait for it; the screens are not told."""
        return self.desk.on_books(_Call(work)).do()

    def write(self, work: Callable[[], tuple[Recorded, T]]) -> T:
        """Write something and tell the screens, as another page would."""
        recorded, rest = self.on_books(work)
        self.desk.recorded.emit(recorded)
        return rest

    def by_two(self, drafts: Sequence[Draft]) -> Recorded:
        """Record, on the books lane, what the officer here does and a second one confirms."""
        first = self.session.officer
        second = second_officer(self.stockpile, first)
        return by_both(self.stockpile.books, first, second, drafts)

    def register(self, serial: str, place: Place | None = None, **said: str) -> WeaponId:
        """Put a weapon on record and tell the screens."""
        described = {"type": "ASR", "make": "Izhmash", "model": "AKM", "calibre": "7.62x39 mm"}
        description = Description(serial=serial, **(described | said))
        receiving, by = self.stockpile.receiving, self.session.officer
        where = place.id if place else self.on_books(self.stockpile.people.site)
        return self.write(partial(receiving.register, description, where, by=by))

    def open_place(self, name: str) -> Place:
        """Open a rack in the site and tell the screens."""
        site = self.on_books(self.stockpile.people.site)
        places, by = self.stockpile.places, self.session.officer
        return self.write(partial(places.open, name, "rack", site, by=by))

    def sit_down(self, name: str, *roles: Role) -> None:
        """Let another officer with these roles sit down."""
        people, by = self.stockpile.people, self.session.officer
        self.on_books(partial(people.appoint, name, roles, PIN, by=by))
        self.session.begin(self.stockpile, self.on_books(partial(people.sign_in, name, PIN)))


@dataclass
class _Call:
    do: Callable[[], object]


@pytest.fixture
def seat(light, qtbot, tmp_path):
    """A new home with its first officer before the desktop; closed on its own lane."""
    notices = Notices()
    taken = Seat(Desk(notices), Session(Settings()), notices)
    notices.said.connect(taken.said.append)
    notices.listen()

    def founded() -> tuple[Stockpile, SignedIn]:
        made = copied_house(tmp_path / "home")
        return made.stockpile, made.officer

    taken.session.begin(*taken.on_books(founded))
    yield taken
    taken.desk.wait()
    taken.desk.on_books(taken.stockpile).close()
    taken.desk.close()
