"""Stocktakes, plugged in, and what became of what they missed."""

from __future__ import annotations

from stockpile.app.plugging.ground import Ground
from stockpile.services.count_papers import CountPapers
from stockpile.services.count_rules import CountRules
from stockpile.services.counted_cases import CountedCases
from stockpile.services.counting import Counting
from stockpile.services.investigations import Investigations
from stockpile.services.stockpile import CountingRoom, Keepers, WeaponBook


def counting_room_of(ground: Ground, keepers: Keepers, weapons: WeaponBook) -> CountingRoom:
    """Return the services of stocktakes."""
    books, register, clock = ground.books, ground.register, ground.clock
    people, places = keepers.people, keepers.places
    cases = CountedCases(books, register)
    counting = Counting(books, cases, people, places, weapons.scanning, clock, ground.chance)
    printing = weapons.dossiers.printing
    return CountingRoom(
        counting=counting,
        count_rules=CountRules(books, counting, people, clock),
        count_papers=CountPapers(
            books, register, places, counting, ground.names, printing, ground.press
        ),
        investigations=Investigations(books, counting, weapons.tracing, clock, ground.photos.held),
    )
