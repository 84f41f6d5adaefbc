"""The registry's log before witnesses: heads signed, offered, and handed on with what was cosigned.

A head is signed at most once a second, and every process shows the one that was signed last. A
cosignature counts only by a witness that stands named, and only under a head that this log had.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from stockpile.domain import tlog, witnessing
from stockpile.domain.authority import SUBJECT
from stockpile.domain.errors import HeadNeverWas, QuantityUnreadable, WitnessUnknown
from stockpile.domain.facts import Draft, KeyNamed
from stockpile.domain.ledger import Sign
from stockpile.domain.tlog import Note, NoteSignature
from stockpile.domain.values import Instant, OfficerId
from stockpile.domain.witnessing import CosignedHeads, InclusionProof, Offer, Witness
from stockpile.registry import log, register
from stockpile.registry.books import RegistryBooks
from stockpile.registry.keys import RegistryKey
from stockpile.registry.log_rows import COSIGNATURE, SIGNED_HEAD, root_at
from stockpile.registry.rows import log_head, subtree

SIGNED_EVERY: Final[Instant] = 1000
"""Milliseconds for which a signed head stands, however much is written meanwhile."""
_SECOND_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A standing witness, and the newest head they cosigned: its size, the second (0 for never)."""

    witness: Witness
    size: int = 0
    second: int = 0


def signed_head(books: RegistryBooks) -> Note:
    """Return the newest head that was signed, with every cosignature that stands under it.

    It is signed anew where the log grew, and not within a second of the last time.
    """
    now = books.now()
    with books.reading() as connection:
        note = _fresh(connection, now)
        if note is not None:
            return _with_cosignatures(connection, note)
    with books.writing() as connection:
        size = log_head(connection, locked=True).size
        note = _fresh(connection, now)  # another process may have signed meanwhile
        return _with_cosignatures(connection, note or _sign(connection, books.key, size, now))


def offer(books: RegistryBooks, old: int) -> Offer:
    """Return the newest signed head with the proof that it grew out of the head of this size.

    Raises QuantityUnreadable where the log that was signed never was so long.
    """
    note = signed_head(books)
    size = tlog.read_checkpoint(note.text).size
    if not 0 <= old <= size:
        raise QuantityUnreadable(str(old))
    with books.reading() as connection:
        steps = log.consistency(partial(subtree, connection), old, size)
    return Offer(old, steps, note)


def inclusion(books: RegistryBooks, position: int, size: int) -> InclusionProof:
    """Return the proof that the entry at a position (from 1) stands in the log of a size.

    Raises QuantityUnreadable where the log never was so long, or the position is beyond it.
    """
    with books.reading() as connection:
        if not 0 < position <= size <= log_head(connection).size:
            raise QuantityUnreadable(f"{position}-{size}")
        steps = log.inclusion(partial(subtree, connection), position - 1, size)
    return InclusionProof(position, size, steps)


def take(books: RegistryBooks, raw: bytes) -> tuple[Witness, ...]:
    """Take in a checkpoint that witnesses cosigned; return those whose word is new or stood.

    An older word of a witness changes nothing of a newer one. Raises NoteUnreadable, HeadNeverWas
    for a head that this log never had, WitnessUnknown where nobody who stands named signed it.
    """
    note = tlog.read_note(raw)
    head = tlog.read_checkpoint(note.text)
    if head.origin != tlog.origin_of(books.key.node) or head.extensions:
        raise HeadNeverWas(head.size)
    with books.writing() as connection:
        if head.size > log_head(connection).size or root_at(connection, head.size) != head.root:
            raise HeadNeverWas(head.size)
        heard = tuple(
            one for one in witnesses(connection, books) if _kept(connection, note, head.size, one)
        )
    if not heard:
        raise WitnessUnknown(", ".join(one.name for one in note.signatures))
    return heard


def cosigned_heads(books: RegistryBooks) -> CosignedHeads:
    """Return the newest head that each standing witness cosigned, largest first."""
    with books.reading() as connection:
        words = [_last_word(connection, one) for one in witnesses(connection, books)]
        sizes = {one.size for one in words if one.second}
        notes = [_note_at(connection, books.key, size) for size in sorted(sizes, reverse=True)]
        whole = [_with_cosignatures(connection, note) for note in notes]
    return CosignedHeads(tuple(one.to_bytes().decode() for one in whole))


def witnessed(books: RegistryBooks) -> tuple[Witnessed, ...]:
    """Return every standing witness with the newest head that they cosigned."""
    with books.reading() as connection:
        return witnessed_within(connection, books)


def witnessed_within(connection: Connection, books: RegistryBooks) -> tuple[Witnessed, ...]:
    """Return what ``witnessed`` does, inside a transaction."""
    return tuple(_last_word(connection, one) for one in witnesses(connection, books))


def witnesses(connection: Connection, books: RegistryBooks) -> tuple[Witness, ...]:
    """Return the witnesses that stand named in the registry's own chain."""
    return witnessing.standing(register.facts_of(connection, SUBJECT), (books.key.node,))


def name_witness(
    books: RegistryBooks,
    name: str,
    key: bytes,
    *,
    withdrawn: bool = False,
    signers: Iterable[tuple[OfficerId, Sign]] = (),
) -> None:
    """Name a witness by the registry's own word, or withdraw it.

    Where the authority has offline keys this changes nothing until they attested it.
    """
    body = KeyNamed("witness", name, key.hex(), withdrawn)
    with books.writing() as connection:
        books.record(connection, [Draft(SUBJECT, body)], tuple(signers))


def _fresh(connection: Connection, now: Instant) -> Note | None:
    """Return the head signed last where the log did not grow since, or it was signed just now."""
    row = connection.execute(select(SIGNED_HEAD)).one_or_none()
    if row is None:
        return None
    is_newest = row.size == log_head(connection).size
    if is_newest or 0 <= now - row.at < SIGNED_EVERY:
        return tlog.read_note(bytes(row.note))
    return None


def _sign(connection: Connection, key: RegistryKey, size: int, now: Instant) -> Note:
    note = _note_at(connection, key, size)
    connection.execute(delete(SIGNED_HEAD))
    row = {"one": 1, "size": size, "at": now, "note": note.to_bytes()}
    connection.execute(insert(SIGNED_HEAD), row)
    return note


def _note_at(connection: Connection, key: RegistryKey, size: int) -> Note:
    """Return the head of a size as it was signed: the same text has the same signature."""
    head = size, root_at(connection, size)
    return tlog.signed_head(key.node, key.public_key, head, key.sign)


def _kept(connection: Connection, note: Note, size: int, witness: Witness) -> bool:
    """Keep a witness's line under a head, the later one of two; say whether there is one."""
    lines = [line for key in witness.keys for line in tlog.cosignatures(note, key)]
    if not lines:
        return False
    newest = max(lines, key=_second)
    place = (COSIGNATURE.c.key == witness.key) & (COSIGNATURE.c.size == size)
    held = connection.execute(select(COSIGNATURE.c.second).where(place)).scalar()
    if held is None or held < _second(newest):
        connection.execute(delete(COSIGNATURE).where(place))
        row = {"key": witness.key, "size": size, "second": _second(newest), "line": newest.line}
        connection.execute(insert(COSIGNATURE), row)
    return True


def _with_cosignatures(connection: Connection, note: Note) -> Note:
    """Return the note with what stands kept under the head of its size."""
    size = tlog.read_checkpoint(note.text).size
    asked = select(COSIGNATURE.c.line).where(COSIGNATURE.c.size == size)
    lines = connection.execute(asked.order_by(COSIGNATURE.c.key)).scalars()
    return note.with_signatures(one for line in lines for one in tlog.read_signatures(line))


def _second(line: NoteSignature) -> int:
    return int.from_bytes(line.raw[:_SECOND_BYTES])


def _last_word(connection: Connection, witness: Witness) -> Witnessed:
    asked = select(COSIGNATURE.c.size, COSIGNATURE.c.second).where(COSIGNATURE.c.key == witness.key)
    row = connection.execute(asked.order_by(COSIGNATURE.c.size.desc()).limit(1)).one_or_none()
    return Witnessed(witness, row.size, row.second) if row else Witnessed(witness)
