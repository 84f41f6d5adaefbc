"""How often the key file was written, kept where the file alone does not reach."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from stockpile.adapters.sqlite.store import Connection

Lent = Callable[[], AbstractContextManager[Connection]]


class KeyTurns:
    """The count, in a database that is sealed under the key of the books."""

    def __init__(self, reading: Lent, writing: Lent) -> None:
        self._reading, self._writing = reading, writing

    def read(self) -> int:
        """Return the count; raises DiskTrouble, BooksDamaged."""
        with self._reading() as connection:
            row = connection.execute("SELECT turn FROM key_turn").fetchone()
        return int(row[0]) if row else 0

    def write(self, turn: int) -> None:
        """Keep the count, durably; raises DiskFull, DiskTrouble."""
        with self._writing() as connection:
            connection.execute("UPDATE key_turn SET turn = ?", (turn,))
