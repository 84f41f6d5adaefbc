"""Which photos came by hand: a note beside them, so that they are passed on to a registry.

A note that is lost or damaged costs only that: the photos stay, and are passed on by who took them.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from stockpile.domain.courier import MOST_LACKED, Lacked
from stockpile.whole_files import beside

_FILE: Final = "brought.json"
_read = msgspec.json.Decoder(tuple[Lacked, ...]).decode


class Brought:
    """The note, oldest photo first, written whole or not at all; on any thread.

    A stick is read on one lane while another passes on what came by the last one.
    """

    def __init__(self, photos: Path) -> None:
        self._file = photos / _FILE
        self._changing = threading.Lock()

    def all(self) -> tuple[Lacked, ...]:
        """Return the photos that are noted."""
        try:
            return _read(self._file.read_bytes())
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return ()

    def add(self, photos: Sequence[Lacked]) -> None:
        """Note photos, each once and last; raises DiskFull, DiskTrouble."""
        fresh = {one.digest for one in photos}
        if not fresh:
            return
        with self._changing:
            before = (one for one in self.all() if one.digest not in fresh)
            self._write((*before, *photos))

    def drop(self, digests: Collection[str]) -> None:
        """Forget photos; raises DiskFull, DiskTrouble."""
        with self._changing:
            noted = self.all()
            left = [one for one in noted if one.digest not in digests]
            if len(left) < len(noted):
                self._write(left)

    def _write(self, photos: Iterable[Lacked]) -> None:
        with beside(self._file) as draft:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.write_bytes(msgspec.json.encode(tuple(photos)[-MOST_LACKED:]))
            draft.replace(self._file)
