"""A child for the test that kills: it writes weapons, corrects them and keeps the index, for ever.

It says "done" after each act. Run with the home's folder.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.keys.anchor import AnchorFile
from stockpile.adapters.keys.ring import open_keys
from stockpile.adapters.sqlite.likeness_reading import LikenessOnRecord
from stockpile.adapters.sqlite.opening import open_books
from stockpile.domain.facts import Draft, WeaponCorrected
from stockpile.domain.values import WeaponId, new_id
from tests.helpers.books import PASSPHRASE, registration


def write_for_ever(home: Path) -> None:
    """Write, correct and keep, in an order that chance gives, until somebody kills us."""
    clock, chance = SystemClock(), SystemChance()
    keys = open_keys(home, PASSPHRASE, clock=clock, chance=chance)
    opened = open_books(
        home, keys.database_key, keys=keys, clock=clock, chance=chance, anchor=AnchorFile(home)
    )
    index, books = LikenessOnRecord(), opened.books
    books.when_written(index.forget)
    while True:
        some = [WeaponId(new_id(clock.now(), chance.bytes(10))) for _ in range(8)]
        books.record([registration(one, one[-7:]) for one in some], by=None)
        wrong = books.weapons(some[:2])
        said = WeaponCorrected("misread", make=f"Maker {random.randrange(9)}")
        books.record([Draft(one.id, said, one.heads.identity) for one in wrong], by=None)
        if random.random() < 0.5:
            with opened.store.writing() as connection:
                index.keep(connection)
        os.write(1, b"done\n")


if __name__ == "__main__":
    write_for_ever(Path(sys.argv[1]))
