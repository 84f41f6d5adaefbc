"""The index of likeness kept in the books: read back in a moment, not learnt from every mark.

1. It is sealed with all that it depends on; one that is torn, or was made of another register or
   by another program, is not read, and the index is learnt from the marks.
2. It knows the weapons up to a row. Those among them that are written after are noted in the same
   transaction, and learnt anew; those that came after are learnt as ever.
3. It is written where nobody waits, and goes with the register when that is derived anew.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from stockpile.adapters.sqlite.likeness import ROOM_AHEAD, Likeness
from stockpile.adapters.sqlite.likeness_codes import WIDTH, spread
from stockpile.adapters.sqlite.likeness_columns import Fresh, Writings
from stockpile.adapters.sqlite.store import Connection
from stockpile.domain.matching.symbols import ALPHABET

_FORM: Final = f"2 {WIDTH} {ALPHABET}"
"""What the bytes mean: raised by one whenever they mean something else."""
_A_PART: Final = 1 << 20
_SMALLEST: Final = 1
_MOST_CHANGED: Final = 4
"""Where more than a fourth was written since, all is learnt from the marks."""
_KEEP: Final = "INSERT INTO likeness_part VALUES (?, ?)"
_NOTE: Final = (
    "INSERT OR IGNORE INTO likeness_changed SELECT value FROM json_each(?) "
    "WHERE value <= (SELECT last FROM likeness_kept)"
)


class _Packed(msgspec.Struct, array_like=True):
    makes: list[str]
    calibres: list[str]
    models: list[str]
    columns: tuple[bytes, bytes, bytes, bytes, bytes, bytes]


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept index, the last row that it knows, and the rows that were written since."""

    likeness: Likeness
    last: int
    changed: tuple[int, ...]


def keep(connection: Connection, likeness: Likeness, last: int) -> None:
    """Write the index, which knows the weapons up to a row, in the place of one kept before.

    In a transaction of the caller's.
    """
    drop(connection)
    packed = _packed(likeness)
    for number, start in enumerate(range(0, len(packed), _A_PART)):
        connection.execute(_KEEP, (number, packed[start : start + _A_PART]))
    sealed = _seal(connection, last, packed)
    connection.execute("INSERT INTO likeness_kept VALUES (?, ?)", (last, sealed))


def drop(connection: Connection) -> None:
    """Keep no index any more."""
    connection.execute("DELETE FROM likeness_part")
    connection.execute("DELETE FROM likeness_kept")
    connection.execute("DELETE FROM likeness_changed")


def read(connection: Connection) -> Kept | None:
    """Return the index that was kept; None where there is none that fits the register."""
    row = connection.execute("SELECT last, seal FROM likeness_kept").fetchone()
    if row is None:
        return None
    last, seal = row
    changed = connection.execute("SELECT row FROM likeness_changed ORDER BY row").fetchall()
    if len(changed) * _MOST_CHANGED > last:
        return None
    parts = connection.execute("SELECT packed FROM likeness_part ORDER BY part").fetchall()
    packed = b"".join([part for (part,) in parts])
    if seal != _seal(connection, last, packed):
        return None
    return Kept(_unpacked(packed), last, tuple(changed_row for (changed_row,) in changed))


def agree(one: Likeness, other: Likeness) -> bool:
    """Say whether two indexes know the same marks of the same weapons, in whatever order."""
    pairs = zip(_in_order(one, one), _in_order(other, one), strict=True)
    return all(np.array_equal(mine, others) for mine, others in pairs)


def note(connection: Connection, rows: Sequence[int]) -> None:
    """Note, in the transaction that writes them, weapons that a kept index knows as before."""
    connection.execute(_NOTE, (json.dumps(list(rows)),))


def _seal(connection: Connection, last: int, packed: bytes) -> bytes:
    """Return a digest of the index, its form and the register that it was made of."""
    row = connection.execute("SELECT id FROM weapon WHERE row = ?", (last,)).fetchone()
    digest = hashlib.blake2b(f"{_FORM} {last} {row}".encode(), digest_size=32)
    digest.update(packed)
    return digest.digest()


def _packed(likeness: Likeness) -> bytes:
    columns = likeness.columns
    held = np.flatnonzero(columns.weapons[: likeness.count] >= 0)
    codes = columns.codes[held]
    used = codes != 0
    steps = np.diff(columns.weapons[held], prepend=np.int32(0))
    arrays = (
        codes[used], used.sum(axis=1, dtype=np.uint8), steps.astype(np.int32),
        columns.makes[held], columns.calibres[held], columns.models[held],
    )  # fmt: skip
    texts = [one.texts[1:] for one in (likeness.makes, likeness.calibres, likeness.models)]
    squeezed = [zlib.compress(array.tobytes(), _SMALLEST) for array in arrays]
    return msgspec.msgpack.encode((*texts, squeezed))


def _unpacked(packed: bytes) -> Likeness:
    stored = msgspec.msgpack.decode(packed, type=_Packed)
    flat, widths, steps, *ids = map(zlib.decompress, stored.columns)
    lengths = np.frombuffer(widths, np.uint8).astype(np.int64)
    weapons = np.cumsum(np.frombuffer(steps, np.int32), dtype=np.int32)
    likeness = Likeness()
    likeness.makes, likeness.calibres = Writings(stored.makes), Writings(stored.calibres)
    likeness.models = Writings(stored.models)
    fresh = Fresh(weapons, "", *[np.frombuffer(one, np.uint16) for one in ids])
    codes = spread(np.frombuffer(flat, np.uint8), np.cumsum(lengths) - lengths, lengths)
    likeness.reserve(len(codes), ROOM_AHEAD)
    likeness.put(codes, fresh, np.arange(len(codes)))
    return likeness


def _in_order(index: Likeness, other: Likeness) -> list[npt.NDArray[np.generic]]:
    """Return the columns sorted by all that is in them, writings as another numbers them."""
    columns = index.columns
    held = np.flatnonzero(columns.weapons[: index.count] >= 0)
    found: list[npt.NDArray[np.generic]] = [
        *np.ascontiguousarray(columns.codes[held]).view(np.uint64).T,
        columns.weapons[held],
        _numbered(index.makes, other.makes)[columns.makes[held]],
        _numbered(index.calibres, other.calibres)[columns.calibres[held]],
        _numbered(index.models, other.models)[columns.models[held]],
    ]
    order = np.lexsort(found)
    return [column[order] for column in found]


def _numbered(writings: Writings, other: Writings) -> npt.NDArray[np.int32]:
    """Return the number that another has for each writing; -1 for one that it does not know."""
    numbers = [other.number(text) or (-1 if text else 0) for text in writings.texts]
    return np.array(numbers, np.int32)
