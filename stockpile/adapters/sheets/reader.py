"""The reader of lists: decides by what a file holds, never by what its name ends in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from stockpile.adapters.sheets import limits
from stockpile.adapters.sheets.delimited import read_delimited
from stockpile.adapters.sheets.grid import Grid
from stockpile.adapters.sheets.headers import listing
from stockpile.adapters.sheets.plain_tables import write_table
from stockpile.adapters.sheets.workbook import read_workbook
from stockpile.domain.errors import FileHostile, FileUnreadable
from stockpile.domain.values import Digest
from stockpile.services.ports import Listing, Progress, silent

_ZIP: Final = b"PK"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


class FileListings:
    """Reads CSV and XLSX, in bounded time and memory, whatever is in them; writes plain tables.

    The reasons in FileUnreadable: missing, empty, binary, markup, encoding, truncated, damaged,
    encrypted, old_workbook, binary_workbook, open_document, not_a_workbook, compression,
    no_such_sheet; in FileHostile: file_size, unpacked_size, parts, rows, columns, cells, cell,
    entities.
    """

    def read(self, file: Path, *, sheet: str = "", progress: Progress = silent) -> Listing:
        """Read a CSV or XLSX; raises FileUnreadable, FileHostile, Cancelled."""
        path = str(file)
        raw = _bytes_of(file, path)
        return listing(_grid(raw, path, sheet, progress), file.name, _digest(raw))

    def digest(self, file: Path) -> Digest:
        """Return the digest by which the list in a file is known; raises as ``read`` does."""
        return _digest(_bytes_of(file, str(file)))

    def write(self, file: Path, rows: Iterable[Sequence[str]]) -> None:
        """Write a table as CSV for a spreadsheet program; raises DiskFull, DiskTrouble."""
        write_table(file, rows)


def _digest(raw: bytes) -> Digest:
    return Digest(hashlib.sha256(raw).hexdigest())


def _bytes_of(file: Path, path: str) -> bytes:
    try:
        if file.stat().st_size > limits.LARGEST_FILE:
            raise FileHostile(path, "file_size")
        raw = file.read_bytes()
    except FileNotFoundError as error:
        raise FileUnreadable(path, "missing") from error
    except OSError as error:
        raise FileUnreadable(path, error.strerror or "unreadable") from error
    if not raw.strip():
        raise FileUnreadable(path, "empty")
    return raw


def _grid(raw: bytes, path: str, sheet: str, progress: Progress) -> Grid:
    if raw.startswith(_ZIP):
        return read_workbook(raw, path, sheet, progress)
    if raw.startswith(_COMPOUND):
        raise FileUnreadable(path, "encrypted" if _ENCRYPTED in raw else "old_workbook")
    if sheet:
        raise FileUnreadable(path, "no_such_sheet")
    return read_delimited(raw, path, progress)
