"""The services of an open home: its matters, plugged in as one needs another."""

from __future__ import annotations

from pathlib import Path

from stockpile.adapters.keys.ring import KeyRing
from stockpile.adapters.notes.sealed import SealedNotes
from stockpile.app.plugging.correspondence import correspondence_of
from stockpile.app.plugging.counter import counter_of
from stockpile.app.plugging.counting_room import counting_room_of
from stockpile.app.plugging.ground import ground_of
from stockpile.app.plugging.keepers import keepers_of
from stockpile.app.plugging.marking_bench import marking_bench_of
from stockpile.app.plugging.practice import practice_depot_of
from stockpile.app.plugging.upkeep import upkeep_of
from stockpile.app.plugging.weapon_book import weapon_book_of
from stockpile.app.practice_room import LocalPracticeRoom
from stockpile.services.stockpile import Stockpile


def services_of(home: Path, keys: KeyRing) -> Stockpile:
    """Open a home whose keys are open, and hand out its services; on the lane they stay on.

    Raises what opening the books and the journal raises.
    """
    ground, practice_room = ground_of(home, keys), LocalPracticeRoom(home)
    keepers = keepers_of(ground)
    weapons = weapon_book_of(ground, keepers)
    bench = marking_bench_of(ground, keepers, weapons)
    counts = counting_room_of(ground, keepers, weapons)
    correspondence = correspondence_of(ground, keepers, weapons, bench)
    practice = practice_depot_of(ground, keepers, weapons, bench, correspondence, practice_room)

    def close() -> None:
        practice_room.close()
        ground.opened.close()

    # each record is a part of an open home and has its fields' names: none is written twice
    return Stockpile(
        home=home,
        keys=keys,
        books=ground.books,
        register=ground.register,
        notes=SealedNotes(home, keys.mac(b"notes")),
        close=close,
        **vars(keepers),
        **vars(weapons),
        **vars(bench),
        **vars(counts),
        **vars(counter_of(ground, keepers, weapons)),
        **vars(correspondence),
        **vars(upkeep_of(ground, keepers, weapons, bench, counts)),
        **vars(practice),
    )
