"""Gives the books of a home another key, in a process that is killed at a named point."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from stockpile.adapters.keys.ring import KeyRing
from stockpile.adapters.sqlite.journal import SqliteMarkJournal
from stockpile.adapters.sqlite.store import Store
from stockpile.app import open_home
from stockpile.services.ports import silent


def die(*_said: object) -> None:
    """End as in a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(home: Path, passphrase: str, point: str) -> None:
    """Renew, up to the point."""
    if point == "announced":
        Store.rekey = die
    elif point == "in the books":
        Store.checkpoint = _second_time(Store.checkpoint)
    elif point == "between":
        SqliteMarkJournal.rekey = die
    else:
        KeyRing.finish_renewal = die
    open_home(home, passphrase).key_desk.room.renew(passphrase, silent)


def _second_time(real):
    """Let a checkpoint pass once: the second one comes when the pages are sealed in the log."""
    passed = []

    def checkpoint(store):
        if passed:
            die()
        passed.append(store)
        real(store)

    return checkpoint
