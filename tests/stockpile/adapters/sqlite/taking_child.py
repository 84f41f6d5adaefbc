"""A child for the tests that kill: on each line it is told, it forks a taker of single facts.

A taker says its own process number first; each line after that is how many excerpts of the file
had been taken in before the line was written. When somebody has killed it, the child says "dead".
Run with the home's folder and the file of excerpts.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.keys.anchor import AnchorFile
from stockpile.adapters.keys.ring import open_keys
from stockpile.adapters.sqlite.opening import open_books
from stockpile.domain import wire
from tests.helpers.books import PASSPHRASE

AT_ONCE = 4


def take_all(home: Path, file: Path) -> None:
    """Take in every excerpt of the file, a few at a time, saying how far we are."""
    clock, chance = SystemClock(), SystemChance()
    keys = open_keys(home, PASSPHRASE, clock=clock, chance=chance)
    books = open_books(
        home, keys.database_key, keys=keys, clock=clock, chance=chance, anchor=AnchorFile(home)
    ).books
    lines, found = wire.Lines(file.read_bytes()), []
    while not lines.at_end:
        found.append(wire.read_any(lines))
    for first in range(0, len(found), AT_ONCE):
        books.receive_excerpts(found[first : first + AT_ONCE])
        say(min(first + AT_ONCE, len(found)))
    while True:
        signal.pause()


def say(what: object) -> None:
    """Write one line at once, past every buffer."""
    os.write(1, b"%s\n" % str(what).encode())


def main(home: Path, file: Path) -> None:
    """Fork a taker for each line on the input."""
    for _ in sys.stdin:
        taker = os.fork()
        if taker == 0:
            say(os.getpid())
            take_all(home, file)
        os.waitpid(taker, 0)
        say("dead")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
