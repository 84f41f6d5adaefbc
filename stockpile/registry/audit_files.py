"""Rows of the audit log in a file that proves itself: its last line says of what it is the whole.

The last line counts the rows, holds the SHA-256 of every byte before it, names the officer and act
that were asked for and the row and hash at which the log stood, all under the registry's signature.
A file that was cut, changed or put together from two is none of the registry's. Lines end with a
line feed, so that ``head -n -1 FILE | sha256sum`` gives the same digest without our program.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, Literal

import msgspec

from stockpile.domain import codec
from stockpile.domain.errors import AuditExportWrong
from stockpile.domain.ledger import node_id, signed_by
from stockpile.registry.keys import RegistryKey
from stockpile.whole_files import disk_errors

Form = Literal["csv", "jsonl"]
_LABEL: Final = b"stockpile audit export\n"
_LONGEST_LINE: Final = 64 << 10
_END: Final = "end"


class End(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last line: what the file is the whole of, and the registry's word for it.

    ``number`` and ``hash`` are the log's last row as the export began; ``officer`` and ``act`` are
    empty where those of everybody, or everything, were asked for.
    """

    registry: str
    key: str
    at: int
    officer: str
    act: str
    number: int
    hash: str
    rows: int = 0
    sha256: str = ""
    signature: str = ""

    @property
    def message(self) -> bytes:
        """What the registry's key signs."""
        bare = msgspec.structs.replace(self, signature="")
        return _LABEL + codec.canonical(msgspec.to_builtins(bare))


class _JsonEnd(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    end: End


Head = list[bytes]
Portions = Iterable[list[bytes]]
"""Lines of rows, some at a time; each line with its line feed."""


def read_form(text: str) -> Form:
    """Return the form that was asked for; a table for a word that is none."""
    return "jsonl" if text == "jsonl" else "csv"


def whole(
    form: Form, head: Head, portions: Portions, end: End, key: RegistryKey
) -> Iterator[bytes]:
    """Give the file piece by piece, however long it is: head, rows, and the line that proves it."""
    hashed, rows = hashlib.sha256(), 0
    for lines, counted in _counted(head, portions):
        piece = b"".join(lines)
        hashed.update(piece)
        rows += counted
        yield piece
    told = msgspec.structs.replace(end, rows=rows, sha256=hashed.hexdigest())
    signed = msgspec.structs.replace(told, signature=key.sign(told.message).hex())
    yield _LINES[form](signed)


def checked(file: Path) -> End:
    """Return what a file is the whole of, once its last line and the signature are proved.

    Whose registry it is, its id says: compare it with the one you know. Raises AuditExportWrong,
    DiskTrouble.
    """
    hashed, held, lines = hashlib.sha256(), b"", 0
    with disk_errors(file), file.open("rb") as stream:
        while line := stream.readline(_LONGEST_LINE):
            hashed.update(held)
            held, lines = line, lines + 1
    end = _read(held)
    if end is None or end.sha256 != hashed.hexdigest() or not _is_signed(end):
        raise AuditExportWrong(str(file))
    return end


def begun(key: RegistryKey, at: int, officer: str, act: str, log: tuple[int, str]) -> End:
    """Return what the last line is to say of a file that begins now."""
    return End(key.node, key.public_key.hex(), at, officer, act, *log)


def cells(values: Iterable[str]) -> bytes:
    """Return a line of a table (RFC 4180, but a bare line feed at its end)."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(values)
    return written.getvalue().encode()


def _counted(head: Head, portions: Portions) -> Iterator[tuple[list[bytes], int]]:
    yield head, 0
    for lines in portions:
        yield lines, len(lines)


def _as_json(end: End) -> bytes:
    return msgspec.json.encode(_JsonEnd(end)) + b"\n"


def _as_cells(end: End) -> bytes:
    told = msgspec.to_builtins(end)
    return cells([_END, *(f"{name}={told[name]}" for name in End.__struct_fields__)])


_LINES: Final[dict[Form, Callable[[End], bytes]]] = {"csv": _as_cells, "jsonl": _as_json}


def _read(line: bytes) -> End | None:
    try:
        if line.startswith(b"{"):
            return msgspec.json.decode(line, type=_JsonEnd).end
        (told,) = csv.reader([line.decode()])
        if not told or told[0] != _END:
            return None
        values = dict(one.split("=", 1) for one in told[1:])
        return msgspec.convert(values, End, strict=False)
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError, csv.Error):
        return None


def _is_signed(end: End) -> bool:
    try:
        key, signature = bytes.fromhex(end.key), bytes.fromhex(end.signature)
    except ValueError:
        return False
    return node_id(key) == end.registry and signed_by(key, end.message, signature)
