"""Simulated power cuts: a file system that records, and the disk that a cut would leave behind.

Every write, truncation, synchronisation and deletion of SQLite is logged by a VFS. The disk at a
cut is then built from the log: what a file's own sync covered is there; of the rest each sector of
512 bytes survives by chance or not at all; a directory change is on the disk once anything was
synced after it, as on a journalling file system.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import apsw

SECTOR = 512


@dataclass(frozen=True)
class Happened:
    """One thing that SQLite did to a file, or an acknowledgement between two of them."""

    what: str
    file: str = ""
    at: int = 0
    content: bytes = b""


class RecordedFile(apsw.VFSFile):
    """A file that logs what is done to it, and does it."""

    def __init__(self, log: list[Happened], name: object, flags: list[int]) -> None:
        self._log = log
        self._name = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        super().__init__("", name, flags)
        log.append(Happened("open", self._name))

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        self._log.append(Happened("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - SQLite's name
        self._log.append(Happened("truncate", self._name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        self._log.append(Happened("sync", self._name))
        super().xSync(flags)


class RecordingDisk(apsw.VFS):
    """The ordinary file system with a log; open databases on it by ``vfs="recording"``."""

    def __init__(self) -> None:
        self.log: list[Happened] = []
        super().__init__("recording", "")

    def xOpen(self, name: object, flags: list[int]) -> RecordedFile:  # noqa: N802 - SQLite's name
        return RecordedFile(self.log, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 - SQLite's name
        self.log.append(Happened("delete", filename))
        super().xDelete(filename, syncdir)

    def note(self, what: str, number: int = 0) -> None:
        """Put a remark of the test into the log: "installed", or "acknowledged" and a number."""
        self.log.append(Happened(what, at=number))


@dataclass
class _File:
    durable: bytearray = field(default_factory=bytearray)
    waiting: list[Happened] = field(default_factory=list)
    known: bool = False


def disk_after_cut(
    log: Sequence[Happened], cut: int, chance: random.Random, *, torn: bool
) -> tuple[dict[str, bytes], int]:
    """Return the files that a cut at this moment leaves, and the last act acknowledged by then."""
    files: dict[str, _File] = {}
    acknowledged = 0
    for one in log[:cut]:
        if one.what == "acknowledged":
            acknowledged = one.at
        elif one.what == "installed":
            for file in files.values():
                _settle(file)
        elif one.what == "delete":
            files.pop(one.file, None)
        else:
            _happen(files, one)
    return {
        name: _after_cut(file, chance, torn=torn)
        for name, file in files.items()
        if file.known or (torn and chance.random() < 0.5)
    }, acknowledged


def _happen(files: dict[str, _File], one: Happened) -> None:
    file = files.setdefault(one.file, _File())
    if one.what in ("write", "truncate"):
        file.waiting.append(one)
    elif one.what == "sync":
        _settle(file)
        for other in files.values():
            other.known = True


def _settle(file: _File) -> None:
    for one in file.waiting:
        _do(file.durable, one)
    file.waiting.clear()
    file.known = True


def _after_cut(file: _File, chance: random.Random, *, torn: bool) -> bytes:
    left = bytearray(file.durable)
    for one in file.waiting if torn else ():
        if one.what == "truncate":
            if chance.random() < 0.5:
                _do(left, one)
            continue
        for sector in _sectors(one):
            if chance.random() < 0.5:
                _do(left, sector)
    return bytes(left)


def _sectors(one: Happened) -> list[Happened]:
    """Cut a write at the borders of sectors."""
    pieces, start = [], 0
    while start < len(one.content):
        end = min(len(one.content), start + SECTOR - (one.at + start) % SECTOR)
        pieces.append(Happened("write", one.file, one.at + start, one.content[start:end]))
        start = end
    return pieces


def _do(content: bytearray, one: Happened) -> None:
    if one.what == "truncate":
        del content[one.at :]
        return
    if len(content) < one.at:
        content.extend(bytes(one.at - len(content)))
    content[one.at : one.at + len(one.content)] = one.content


def put_down(files: dict[str, bytes], folder: Path) -> Path:
    """Write the files of a disk into an empty folder; the shared memory of SQLite is never kept."""
    folder.mkdir()
    for name, content in files.items():
        if not name.endswith("-shm"):
            (folder / Path(name).name).write_bytes(content)
    return folder
