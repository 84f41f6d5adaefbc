"""Proofs about registries' logs as one file of the home, whole or not there.

It holds hashes, signatures and the ids of nodes, all of which travel in the open; whoever reads it
proves it, so that a changed file says nothing false.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import msgspec

from stockpile.domain.log_proofs import LogMemory
from stockpile.whole_files import beside, disk_errors, settle

_FILE: Final = "log-proofs.json"
_MOST_BYTES: Final = 4 << 20

_decode = msgspec.json.Decoder(LogMemory).decode


class LogMemoryFile:
    """The port `LogMemories`."""

    def __init__(self, home: Path) -> None:
        self._file = home / _FILE
        self._kept: LogMemory | None = None

    def read(self) -> LogMemory:
        """Return what is kept; nothing where the file is none: it is fetched again."""
        if self._kept is None:
            self._kept = self._read()
        return self._kept

    def keep(self, memory: LogMemory) -> None:
        """Put the memory in the place of the one before; raises DiskFull, DiskTrouble."""
        if memory == self.read():
            return
        with beside(self._file) as draft:
            with draft.open("xb") as opened:
                opened.write(msgspec.json.encode(memory) + b"\n")
                opened.flush()
                os.fsync(opened.fileno())
            draft.replace(self._file)
            settle(self._file.parent)
        self._kept = memory

    def _read(self) -> LogMemory:
        with disk_errors(self._file):
            if not self._file.exists():
                return LogMemory()
            with self._file.open("rb") as opened:
                raw = opened.read(_MOST_BYTES)
        try:
            return _decode(raw)
        except msgspec.DecodeError:
            return LogMemory()
