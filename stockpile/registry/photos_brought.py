"""Photos' courier files that somebody brought to the pages, beside the photos until they are taken.

They are larger than a database should hold for an hour. Each lies locked as it came, under the id
by which its row in the database asks for it; the row comes first, and what has none goes.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from stockpile.domain.errors import CourierGone
from stockpile.registry.photo_files import room

_ID: Final = re.compile(r"[0-9a-f]{1,64}")
_PIECE: Final = 1 << 20


class PhotosBrought:
    """A folder of locked files; every method may be called by any process at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, id_: str, came: BinaryIO) -> None:
        """Keep a file from its start to its end; raises PhotosFull, then nothing of it is left."""
        place = self._place(id_)
        with room():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                came.seek(0)
                with place.open("xb") as out:
                    shutil.copyfileobj(came, out, _PIECE)
            except OSError:
                place.unlink(missing_ok=True)
                raise

    @contextmanager
    def opened(self, id_: str) -> Iterator[BinaryIO]:
        """Open a file to be read; raises CourierGone."""
        try:
            found = self._place(id_).open("rb")
        except OSError as error:
            raise CourierGone from error
        with found:
            yield found

    def drop(self, id_: str) -> None:
        """Let a file go."""
        self._place(id_).unlink(missing_ok=True)

    def sweep(self, waiting: Callable[[], Collection[str]]) -> None:
        """Let go of files that nobody waits for; who waits is asked after the folder was read."""
        if not self._folder.is_dir():
            return
        names = [one.name for one in self._folder.iterdir()]
        wanted = waiting() if names else ()
        for name in names:
            if name not in wanted:
                with suppress(OSError):  # it is read just now, or is no file: the next sweep
                    (self._folder / name).unlink()

    def _place(self, id_: str) -> Path:
        if not _ID.fullmatch(id_):
            raise CourierGone
        return self._folder / id_
