"""A whole stockpile in a temporary folder, and what tests share."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from tempfile import mkdtemp

import pytest

from stockpile.adapters.keys.strength import LIGHT
from stockpile.app import found_home, open_home
from stockpile.domain.facts import Draft
from stockpile.domain.receiving import Description
from stockpile.domain.values import WeaponId
from stockpile.services.people import Founding, SignedIn
from stockpile.services.ports import Recorded
from stockpile.services.stockpile import Stockpile
from tests.helpers.officers import by_both

PASSPHRASE = "correct horse battery staple"
PIN = "2580"
TOLD = Founding("UG", "KLA", "Kampala Central", "A. Mbuyi", PIN)
SECOND = "S. Second"


@dataclass
class House:
    """An open home and the officer who founded it."""

    home: Path
    stockpile: Stockpile
    officer: SignedIn

    @cached_property
    def second(self) -> SignedIn:
        """Appoint and sign in a second officer, a commander: for acts that want two."""
        return second_officer(self.stockpile, self.officer)

    def by_two(self, drafts: Iterable[Draft]) -> Recorded:
        """Record what the first officer does and the second confirms."""
        return by_both(self.stockpile.books, self.officer, self.second, drafts)

    def register(self, serial: str = "KB4471902", **said) -> WeaponId:
        """Put a weapon on record as the clerk does."""
        described = {"type": "ASR", "make": "Izhmash", "model": "AKM", "calibre": "7.62x39"} | said
        receiving = self.stockpile.receiving
        site = self.stockpile.people.site()
        return receiving.register(Description(serial=serial, **described), site, by=self.officer)[1]


def second_officer(stockpile: Stockpile, by: SignedIn) -> SignedIn:
    """Sign the second officer in, who is appointed where nobody is yet."""
    if all(one.name != SECOND for one in stockpile.people.officers()):
        stockpile.people.appoint(SECOND, ("commander",), PIN, by=by)
    return stockpile.people.sign_in(SECOND, PIN)


def build_house(home: Path, told: Founding = TOLD) -> House:
    """Found a home and sign its first officer in."""
    stockpile = found_home(home, PASSPHRASE, told, strength=LIGHT)
    return House(home, stockpile, stockpile.people.sign_in(told.officer, told.pin))


@cache
def _pattern() -> Path:
    """A home that nothing happened in since it was founded, to be copied: half the work."""
    folder = Path(mkdtemp(prefix="stockpile-pattern-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    build_house(folder / "home").stockpile.close()
    return folder / "home"


def copied_house(home: Path) -> House:
    """Open a copy of the one new home of this run, with its first officer: its node is the same."""
    shutil.copytree(_pattern(), home)
    stockpile = open_home(home, PASSPHRASE)
    return House(home, stockpile, stockpile.people.sign_in(TOLD.officer, TOLD.pin))


@pytest.fixture
def house(tmp_path):
    """A new stockpile of its own for each test, closed afterwards."""
    built = copied_house(tmp_path / "home")
    yield built
    built.stockpile.close()
