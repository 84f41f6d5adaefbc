"""Courier files that take long, and a door in the middle of taking one in."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

PATIENCE = 20


@dataclass
class Door:
    """Where a batch waits on its way into the books: others come first, or it is stopped there."""

    reached: threading.Event = field(default_factory=threading.Event)
    _open: threading.Event = field(default_factory=threading.Event)

    def open(self) -> None:
        """Let it go on."""
        self._open.set()

    def pass_through(self) -> None:
        """Come to the door and wait until it opens."""
        self.reached.set()
        assert self._open.wait(PATIENCE)


def door_before(books, batch, monkeypatch):
    """Put a door before that batch of whole entries, counted from one; later ones pass."""
    door, real, came = Door(), books.receive, []

    def receive(entries, progress):
        came.append(len(entries))
        if len(came) == batch:
            door.pass_through()
        return real(entries, progress)

    monkeypatch.setattr(books, "receive", receive)
    return door


def long_file(depot, to, file, acts=6):
    """Write a courier file with so many acts of two weapons each."""
    for number in range(acts):
        depot.stock(2, f"ACT {number}")
    return depot.pack(file, to).file
