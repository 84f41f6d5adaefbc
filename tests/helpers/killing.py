"""Programs that end in the middle of what they do: the disk is kept as it lay at that moment.

The moment is one of the statements that a database is told, before it or right after it. What went
on in the ended program is undone by nobody: the files are copied first, and it goes on from those.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from random import Random

from sqlalchemy import event

from stockpile.adapters.sqlite.store import Store
from stockpile.registry.database import Database


class Killed(BaseException):
    """The program is no more: nothing of it may answer this."""


class Moment:
    """The moment at which a program ends: so many statements from now."""

    def __init__(self, chance: Random, most: int, keep: Callable[[], None]) -> None:
        self.left = chance.randrange(most)
        self.is_after = chance.random() < 0.5
        self.has_come = False
        self._keep = keep

    def passes(self) -> bool:
        """Say whether the next statement is the last one."""
        self.left -= 1
        return self.left < 0

    def end(self) -> None:
        """Keep the disk as it lies there, once, and end the program."""
        if not self.has_come:
            self.has_come = True
            self._keep()
        raise Killed


class _Dying:
    """A connection whose program ends at a moment."""

    def __init__(self, real, moment: Moment) -> None:
        self._real = real
        self._moment = moment

    def __getattr__(self, name):
        return getattr(self._real, name)

    def execute(self, *said):
        return self._told(self._real.execute, said)

    def executemany(self, *said):
        return self._told(self._real.executemany, said)

    def _told(self, do, said):
        if not self._moment.passes():
            return do(*said)
        if self._moment.is_after and not self._moment.has_come:
            do(*said)
        self._moment.end()
        return None


@contextmanager
def dying(store: Store, moment: Moment):
    """Let a desk's program end at a moment, if it comes to it."""
    real = store.connection
    store._connection = _Dying(real, moment)
    try:
        yield
    except Killed:
        pass
    finally:
        store._connection = real


@contextmanager
def dying_registry(database: Database, moment: Moment):
    """Let a registry's program end at a moment, if it comes to it."""

    def told(*_said) -> None:
        if moment.passes():
            moment.end()

    heard = ("after_cursor_execute" if moment.is_after else "before_cursor_execute", "commit")
    for what in heard:
        event.listen(database.engine, what, told)
    try:
        yield
    except Killed:
        pass
    finally:
        for what in heard:
            event.remove(database.engine, what, told)


def disk_of(file: Path, folder: Path) -> Path:
    """Copy a registry's files into a new folder, as they lie there; return the database's."""
    folder.mkdir()
    for one in sorted(file.parent.glob(f"{file.name}*")):
        if not one.name.endswith("-shm"):
            shutil.copy(one, folder / one.name)
    return folder / file.name
