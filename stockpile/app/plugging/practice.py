"""Practice, plugged in: what fills a practice depot and what runs its simulated machines."""

from __future__ import annotations

from stockpile.app.plugging.ground import Ground
from stockpile.app.practice_room import PRACTICE_PIN
from stockpile.services.ports import PracticeRoom
from stockpile.services.practice import Practice
from stockpile.services.practice_people import PracticePeople
from stockpile.services.stockpile import (
    Correspondence,
    Keepers,
    MarkingBench,
    PracticeDepot,
    WeaponBook,
)


def practice_depot_of(
    ground: Ground,
    keepers: Keepers,
    weapons: WeaponBook,
    bench: MarkingBench,
    correspondence: Correspondence,
    room: PracticeRoom,
) -> PracticeDepot:
    """Return the services of practice; they do nothing where nobody practises."""
    practice = Practice(
        ground.books,
        ground.register,
        keepers.places,
        bench.marking,
        correspondence.exchange,
        ground.clock,
        room,
        weapons.receiving.coding,
    )
    return PracticeDepot(practice, PracticePeople(keepers.people, keepers.holders, PRACTICE_PIN))
