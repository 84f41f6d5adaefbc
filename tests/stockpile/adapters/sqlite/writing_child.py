"""A child for the tests that kill: on each line it is told, it forks a writer that writes for ever.

A writer says its own process number first; each line after that is the number of an entry that had
been acknowledged before the line was written. When somebody has killed it, the child says "dead".
Run with the home's folder.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.keys.anchor import AnchorFile
from stockpile.adapters.keys.ring import open_keys
from stockpile.adapters.sqlite.opening import open_books
from stockpile.domain.facts import Draft, WeaponRelocated
from stockpile.domain.values import WeaponId, new_id
from tests.helpers.books import PASSPHRASE, registration


def write_for_ever(home: Path) -> None:
    """Write weapons and moves, in acts of several sizes, until somebody kills us."""
    clock, chance = SystemClock(), SystemChance()
    keys = open_keys(home, PASSPHRASE, clock=clock, chance=chance)
    books = open_books(
        home, keys.database_key, keys=keys, clock=clock, chance=chance, anchor=AnchorFile(home)
    ).books
    while True:
        weapon, *others = (WeaponId(new_id(clock.now(), chance.bytes(10))) for _ in range(8))
        books.record([registration(weapon, weapon[-6:])], by=None)
        held = books.weapon(weapon)
        drafts = [Draft(weapon, WeaponRelocated(weapon), held.heads.custody)]
        books.record([*drafts, *(registration(one, one[-6:]) for one in others)], by=None)
        say(books.tip().number)


def say(what: object) -> None:
    """Write one line at once, past every buffer."""
    os.write(1, b"%s\n" % str(what).encode())


def main(home: Path) -> None:
    """Fork a writer for each line on the input."""
    for _ in sys.stdin:
        writer = os.fork()
        if writer == 0:
            say(os.getpid())
            write_for_ever(home)
        os.waitpid(writer, 0)
        say("dead")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
