"""Courier files on a stick, and what is known of each receiver, kept beside the books.

A file is written under a temporary name, brought to the disk, read back and compared, and only then
given its name: a stick that is pulled out too early holds the old file or none.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from stockpile.domain.courier import EXTENSION, MOST_BYTES
from stockpile.domain.errors import (
    CourierForged,
    CourierTooLarge,
    CourierWordsWrong,
    DiskTrouble,
    FileUnreadable,
)
from stockpile.domain.values import NodeId
from stockpile.locks import age
from stockpile.services.ports import Correspondent, Keys
from stockpile.whole_files import beside, disk_errors, settle

_SHELF: Final = "couriers"


class CourierCase:
    """The port `CourierFiles`: locks, unlocks, writes and reads courier files."""

    def __init__(self, home: Path, keys: Keys) -> None:
        self._shelf = home / _SHELF
        self._keys = keys

    def lock(self, plain: bytes, receivers: Sequence[bytes], words: str) -> bytes:
        """Return the content locked for these nodes' public keys, or with words where none."""
        if words:
            return age.lock_with(plain, words)
        return age.lock_for(plain, receivers)

    def unlock(self, locked: bytes, words: str, path: str) -> bytes:
        """Return the content; raises CourierForOther, CourierWordsWrong, CourierForged."""
        if not age.is_for_words(locked):
            return self._keys.unlock(locked, path)
        if not words:
            raise CourierWordsWrong
        try:
            return age.unlock_with(locked, words)
        except age.NotLocked as error:
            raise CourierForged(path, "lock") from error
        except age.WordsWrong as error:
            raise CourierWordsWrong from error

    def new_key(self) -> str:
        """Return a key for the parts of one file alone."""
        return age.new_key()

    def lock_part(self, plain: bytes, key: str) -> bytes:
        """Return a part locked with such a key."""
        return age.lock_by(plain, key)

    def unlock_part(self, locked: bytes, key: str, path: str) -> bytes:
        """Return a part's content; raises CourierForged."""
        try:
            return age.unlock_by(locked, key)
        except age.NotLocked as error:
            raise CourierForged(path, "lock") from error

    def write(self, file: Path, whole: bytes) -> None:
        """Put the file in place, whole and read back; raises DiskFull, DiskTrouble."""
        with beside(file) as draft:
            _write(draft, whole)
            if draft.read_bytes() != whole:
                raise DiskTrouble(str(file), "reads back otherwise")
            draft.replace(file)
            with contextlib.suppress(OSError):  # some sticks settle a name with the file itself
                settle(file.parent)

    def read(self, file: Path) -> bytes:
        """Return a file's bytes; raises FileUnreadable, CourierTooLarge before it is read."""
        try:
            size = file.stat().st_size
            if size > MOST_BYTES:
                raise CourierTooLarge(size, MOST_BYTES)
            with file.open("rb") as opened:
                return opened.read(MOST_BYTES)
        except OSError as error:
            raise FileUnreadable(str(file), error.strerror or str(error)) from error

    def write_pieces(self, file: Path, pieces: Iterable[bytes]) -> None:
        """Put a file in place piece by piece, whole and read back; raises DiskFull, DiskTrouble."""
        with beside(file) as draft:
            written = _write_pieces(draft, pieces)
            with draft.open("rb") as back:
                if hashlib.file_digest(back, "sha256").digest() != written:
                    raise DiskTrouble(str(file), "reads back otherwise")
            draft.replace(file)
            with contextlib.suppress(OSError):  # some sticks settle a name with the file itself
                settle(file.parent)

    def is_there(self, file: Path) -> bool:
        """Say whether a file lies there."""
        return file.is_file()

    def size(self, file: Path) -> int:
        """Return how many bytes a file has; raises FileUnreadable."""
        with _unreadable(file):
            said = file.stat()
        if not stat.S_ISREG(said.st_mode):
            raise FileUnreadable(str(file), "no file")  # a pipe would be waited for without end
        return said.st_size

    def piece(self, file: Path, offset: int, size: int) -> bytes:
        """Return so many bytes of a file from there, fewer at its end; raises FileUnreadable."""
        with _unreadable(file), file.open("rb") as opened:
            opened.seek(offset)
            return opened.read(size)

    def remove(self, file: Path) -> None:
        """Remove a file of ours; raises DiskTrouble."""
        with disk_errors(file):
            file.unlink(missing_ok=True)

    def listed(self, folder: Path) -> tuple[Path, ...]:
        """Return the courier files in a folder, by name; raises FileUnreadable."""
        try:
            return tuple(sorted(one for one in folder.iterdir() if one.suffix == EXTENSION))
        except OSError as error:
            raise FileUnreadable(str(folder), error.strerror or str(error)) from error

    def correspondent(self, node: NodeId) -> Correspondent:
        """Return what is known of another node's share in the exchange by courier.

        A note that is gone or damaged costs only that entries are sent again.
        """
        try:
            raw = self._note(node).read_bytes()
            return msgspec.json.decode(raw, type=Correspondent)
        except (OSError, msgspec.DecodeError):
            return Correspondent()

    def keep(self, node: NodeId, known: Correspondent) -> None:
        """Remember it; raises DiskFull, DiskTrouble."""
        with disk_errors(self._shelf):
            self._shelf.mkdir(mode=0o700, exist_ok=True)
        self.write(self._note(node), msgspec.json.encode(known))

    def _note(self, node: NodeId) -> Path:
        return self._shelf / f"{''.join(one for one in node if one.isalnum())}.json"


@contextlib.contextmanager
def _unreadable(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileUnreadable(str(file), error.strerror or str(error)) from error


def _write(path: Path, content: bytes) -> None:
    _write_pieces(path, (content,))


def _write_pieces(path: Path, pieces: Iterable[bytes]) -> bytes:
    """Write pieces to the disk and return the SHA-256 of them all."""
    digest = hashlib.sha256()
    with path.open("xb") as out:
        for piece in pieces:
            out.write(piece)
            digest.update(piece)
        out.flush()
        os.fsync(out.fileno())
    return digest.digest()
