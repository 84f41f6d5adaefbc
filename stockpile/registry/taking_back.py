"""After a restore: the registry's own chain comes back from a node that kept it.

Nodes send their own chains again by themselves. What the registry wrote in its own since the moment
that was restored, only they still have: enrolments, revocations, grants, decisions. It must come
back before the registry writes anything new, or its chain would have two histories. Every entry
proves itself by the registry's own signature; whose hands the file went through means nothing.
"""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Literal, TypeVar

import msgspec
from sqlalchemy import Connection, func, insert, select

from stockpile.domain import authority, ledger
from stockpile.domain.errors import DiskTrouble, FactUnreadable, MessageUnreadable
from stockpile.domain.facts import BlockGranted, Fact, NodeCertified
from stockpile.domain.ledger import Entry, OfficerSignature
from stockpile.domain.values import NodeId, OfficerId
from stockpile.registry import register, scopes
from stockpile.registry.books import RegistryBooks
from stockpile.registry.intake import checked
from stockpile.registry.rows import Checked, continuing
from stockpile.registry.tables import BLOCK, NODE

MAGIC: Final = b"STOCKPILE-CHAINS-1\n"
_AT_ONCE: Final = 200
"""Entries that are written in one transaction."""
_LONGEST: Final = 1 << 20
"""Bytes of one line: no fact is as long."""
_GZIP: Final = b"\x1f\x8b"

Shape = TypeVar("Shape")


class _Chain(msgspec.Struct):
    n: str


class _Signatures(msgspec.Struct):
    s: str
    o: tuple[tuple[str, str], ...] = ()


def taking_back(books: RegistryBooks, file: Path) -> int:
    """Take the registry's own entries that it no longer holds from a node's export of all chains.

    Returns how many came back. Raises DiskTrouble, MessageUnreadable for a file that is no export,
    ChainForked where the registry wrote anew already, ChainGap, ChainBroken.
    """
    own = books.node(books.key.node)
    taken = 0
    kept = (one for one in kept_entries(file, own.node) if _number(one) > own.tip.number)
    while portion := tuple(itertools.islice(kept, _AT_ONCE)):
        proved = tuple(checked(portion, own.node, own.public_key))
        with books.writing() as connection:
            continuing(connection, books.locked(connection, own.node), proved)
            _prepare(books, connection, proved)
            books.take_back(connection, proved)
        taken += len(portion)
    return taken


def kept_entries(file: Path, node: NodeId) -> Iterator[Entry]:
    """Give the entries of one chain that an export holds, in order and not yet verified.

    Raises DiskTrouble, MessageUnreadable.
    """
    lines = _records(file)
    is_wanted = False
    header = b""
    for letter, raw in lines:
        if letter == b"C":
            is_wanted = _read(raw, _Chain).n == node
        elif letter == b"E" and is_wanted:
            header = raw
        elif letter == b"S" and is_wanted:
            yield _entry(header, raw, lines)


def _records(file: Path) -> Iterator[tuple[bytes, bytes]]:
    """Give a file's lines, each as its letter and its record."""
    try:
        with file.open("rb") as plain:
            mode: Literal["rb"] = "rb"
            is_squeezed = plain.read(len(_GZIP)) == _GZIP
        with gzip.open(file, mode) if is_squeezed else file.open(mode) as stream:
            if stream.readline(_LONGEST) != MAGIC:
                raise MessageUnreadable("no export of chains")
            while line := stream.readline(_LONGEST):
                if line[1:2] != b" " or not line.endswith(b"\n"):
                    raise MessageUnreadable("line")
                yield line[:1], line[2:-1]
    except (OSError, EOFError) as error:
        raise DiskTrouble(str(file), str(error)) from error


def _entry(header: bytes, signatures: bytes, lines: Iterator[tuple[bytes, bytes]]) -> Entry:
    said = _read(signatures, _Signatures)
    try:
        count = ledger.read_header(header).k
        officers = tuple(OfficerSignature(OfficerId(who), bytes.fromhex(o)) for who, o in said.o)
        node = bytes.fromhex(said.s)
    except (FactUnreadable, ValueError) as error:
        raise MessageUnreadable("entry") from error
    facts = tuple(raw for _letter, raw in itertools.islice(lines, count))
    return Entry(header, node, facts, officers)


def _read(raw: bytes, shape: type[Shape]) -> Shape:
    try:
        return msgspec.json.decode(raw, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MessageUnreadable("record") from error


def _number(entry: Entry) -> int:
    try:
        return ledger.read_header(entry.header).c
    except FactUnreadable as error:
        raise MessageUnreadable("entry") from error


def _prepare(books: RegistryBooks, connection: Connection, batch: Sequence[Checked]) -> None:
    """Put in place what the registry's own entries said of nodes and numbers, but do not fold."""
    for fact in (fact for one in batch for fact in one.facts):
        match fact.body:
            case NodeCertified():
                _know(books, connection, fact.body)
            case BlockGranted():
                _grant(books, connection, fact, fact.body)
            case _:
                pass


def _know(books: RegistryBooks, connection: Connection, said: NodeCertified) -> None:
    held = connection.execute(select(NODE.c.id).where(NODE.c.node == said.node)).scalar()
    key = authority.read_key(said.public_key)
    if held is None and key is not None:
        books.add_node(connection, said.node, key, said.name, said.site, said.scope)
    elif held is not None:  # it was told of other sites later
        scopes.add_sites(connection, said.scope)
        scopes.set_scope(connection, held, said.scope)


def _grant(books: RegistryBooks, connection: Connection, fact: Fact, said: BlockGranted) -> None:
    """Put a granted block in its place, so that its numbers are granted to nobody else."""
    row = books.locked(connection, said.node).row
    scheme = register.key_of(said.scheme)
    blocks = select(func.max(BLOCK.c.hi), func.count()).where(BLOCK.c.scheme == scheme)
    last = connection.execute(blocks).one()[0]
    before = connection.execute(blocks.where(BLOCK.c.node == row)).one()[1]
    connection.execute(insert(BLOCK), {
        "scheme": scheme, "lo": said.lo, "hi": said.hi, "follows": last, "node": row,
        "nth": before, "until": said.until, "granted": fact.at,
    })  # fmt: skip
