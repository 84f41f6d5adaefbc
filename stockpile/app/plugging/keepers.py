"""Officers, holders and places, plugged in."""

from __future__ import annotations

from stockpile.adapters.keys.system_safe import SystemSafe
from stockpile.adapters.sheets.reader import FileListings
from stockpile.app.key_room import HomeKeys, demand_recipient
from stockpile.app.plugging.ground import Ground
from stockpile.services.ammunition import Ammunition
from stockpile.services.custodians import Custodians
from stockpile.services.guard import Guard
from stockpile.services.holder_lists import HolderLists
from stockpile.services.holders import Holders
from stockpile.services.keys import KeyDesk
from stockpile.services.offices import Offices
from stockpile.services.paper_numbers import PaperNumbers
from stockpile.services.people import People
from stockpile.services.persons_held import PersonsHeld
from stockpile.services.places import Places
from stockpile.services.retention import Retention
from stockpile.services.stockpile import Keepers


def keepers_of(ground: Ground) -> Keepers:
    """Return the services of those who keep weapons, and of where they keep them."""
    books, register, keys = ground.books, ground.register, ground.keys
    clock, chance, press = ground.clock, ground.chance, ground.press
    people = People(books, keys, clock, chance)
    guard = Guard(books, people, demand_recipient)
    places = Places(books, register, clock, chance)
    ammunition = Ammunition(books)
    holders = Holders(books, register, keys, ammunition, clock, chance)
    home_keys = HomeKeys(ground.home, keys, ground.opened.rekeys, SystemSafe())
    return Keepers(
        people=people,
        guard=guard,
        offices=Offices(books, keys, people, guard, chance),
        custodians=Custodians(books, register, people, places, clock, press),
        places=places,
        key_desk=KeyDesk(ground.home, books, people, home_keys, press, clock, chance, guard.rules),
        holders=holders,
        holder_lists=HolderLists(books, holders, FileListings()),
        persons_held=PersonsHeld(
            books, register, holders, ground.photos.read, ground.names, press, clock
        ),
        retention=Retention(books, register, holders, ammunition, guard.rules, clock),
        ammunition=ammunition,
    )


def paper_numbers_of(ground: Ground, keepers: Keepers) -> PaperNumbers:
    """Return the book of the numbers of papers."""
    return PaperNumbers(ground.books, keepers.people, keepers.places, ground.clock)
