"""Each registry's hot list as one sealed file of the home, whole or not there; what was found too.

It is sealed (XSalsa20 and Poly1305, a random nonce in front) under a key of the site's own: a list
resists reading but not guessing, so a stolen disk must not even show that there is one to guess at.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from stockpile.domain.values import NodeId
from stockpile.whole_files import disk_errors

_FOLDER: Final = "hot-lists"
_ENDING: Final = ".sealed"
_FINDS: Final = "finds.waiting"


class SealedHotLists:
    """The port `HotListFiles`; the folder is made when the first list is kept."""

    def __init__(self, home: Path, key: bytes) -> None:
        self._folder = home / _FOLDER
        self._box = SecretBox(key)

    def keep(self, registry: NodeId, raw: bytes) -> None:
        """Put a list in the place of the one before, whole; raises DiskFull, DiskTrouble."""
        self._keep(self._folder / (registry + _ENDING), raw)

    def read(self) -> tuple[bytes, ...]:
        """Return every list that is kept; one that does not open any more is left out.

        The registry is asked for it again at the next exchange. Raises DiskTrouble.
        """
        with disk_errors(self._folder):
            sealed = [file.read_bytes() for file in sorted(self._folder.glob("*" + _ENDING))]
        return tuple(self._opened(sealed))

    def keep_finds(self, raw: bytes) -> None:
        """Keep what waits to be asked, in the place of what did; raises DiskFull, DiskTrouble."""
        self._keep(self._folder / _FINDS, raw)

    def finds(self) -> bytes:
        """Return what waits to be asked; nothing where it does not open any more.

        Raises DiskTrouble.
        """
        file = self._folder / _FINDS
        with disk_errors(file):
            sealed = [file.read_bytes()] if file.exists() else []
        return next(self._opened(sealed), b"")

    def _keep(self, file: Path, raw: bytes) -> None:
        fresh = file.with_suffix(".new")
        with disk_errors(file):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                _write_through(fresh, bytes(self._box.encrypt(raw)))
                fresh.replace(file)
            except OSError:
                fresh.unlink(missing_ok=True)
                raise

    def _opened(self, sealed: list[bytes]) -> Iterator[bytes]:
        for one in sealed:
            with contextlib.suppress(CryptoError, ValueError):
                yield self._box.decrypt(one)


def _write_through(file: Path, content: bytes) -> None:
    with file.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
