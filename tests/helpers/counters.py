"""A counter with people, weapons with kit, and a lot of ammunition, as tests find it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from stockpile.domain.facts import Authorisation, Draft, KitItem, KitSet, LotRegistered
from stockpile.domain.holders import Details, Holder
from stockpile.domain.places import Place
from stockpile.domain.receiving import Description
from stockpile.domain.values import WeaponId, new_id
from stockpile.services.people import SignedIn
from stockpile.services.stockpile import Stockpile
from tests.helpers.house import House, second_officer
from tests.helpers.officers import by_both

HOLDER_PIN = "7391"
KIT = (KitItem("magazine", 3), KitItem("sling"))
LOT = "17-539-88"
ROUNDS = 5_000


@dataclass
class Counter:
    """A home with a rack, rifles with their kit, people cleared for them, and one lot."""

    stockpile: Stockpile
    officer: SignedIn
    rack: Place
    weapons: tuple[WeaponId, ...] = ()
    people: list[Holder] = field(default_factory=list)
    lot: str = ""

    def by_two(self, drafts):
        """Record what the officer does and a second one confirms."""
        second = second_officer(self.stockpile, self.officer)
        return by_both(self.stockpile.books, self.officer, second, drafts)

    @property
    def issuing(self):
        return self.stockpile.issuing

    def person(self, name: str, card: str = "", *cleared: Authorisation, pin: str = "") -> Holder:
        """Put somebody on record; cleared for everything, unless it is said for what."""
        details = Details(
            name, rank="Sgt", unit="2 Coy", card=card or f"CARD-{len(self.people) + 1:03}",
            reference=f"{70_000 + len(self.people)}",
            authorisations=cleared or (Authorisation("*"),),
        )  # fmt: skip
        holder = self.stockpile.holders.record(details, by=self.officer, pin=pin)[1]
        self.people.append(holder)
        return holder

    def weapon(self, at: int = 0):
        return self.stockpile.books.weapon(self.weapons[at])


def set_counter(stockpile: Stockpile, officer: SignedIn, weapons: int = 3) -> Counter:
    """Put a rack, rifles with kit and a lot on record."""
    site = stockpile.people.site()
    rack = stockpile.places.open("Rack 01", "rack", site, by=officer)[1]
    said = [
        Description(serial=f"KB447{n:04}", type="ASR", make="Izhmash", model="AKM",
                    calibre="7.62x39 mm")
        for n in range(weapons)
    ]  # fmt: skip
    ids = stockpile.receiving.register_several(said, rack.id, by=officer)[1]
    heads = {one.id: one.heads.identity for one in stockpile.books.weapons(ids)}
    lot = new_id(1_790_000_000_000, b"l" * 10)
    drafts = [Draft(one, KitSet(KIT), heads[one]) for one in ids]
    shelf = LotRegistered("Ball", "7.62x39 mm", LOT, ROUNDS, place=rack.id)
    stockpile.books.record([*drafts, Draft(lot, shelf)], by=officer.id)
    return Counter(stockpile, officer, rack, ids, lot=lot)


@pytest.fixture
def counter(house: House) -> Counter:
    """A counter in a new home."""
    return set_counter(house.stockpile, house.officer)
