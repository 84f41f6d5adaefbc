"""What is kept beside a node's chain as a file for a court: it proves itself without this program.

1. The form is that of a ledger's export (``resources/verifier/FORMAT.md``, 6), so that the
   inspector's programs prove it: the registry's chain, which says who the node is and what was
   decided; the node's own; the registry's receipt for its end; and each entry beside it, verbatim.
2. Details of persons stand beside the chains and do not go along.
3. The last line is the registry's signature over all that comes before.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import Connection, select

from stockpile import __version__
from stockpile.domain import ledger, wire
from stockpile.domain.codec import canonical
from stockpile.domain.ledger import Entry, Tip
from stockpile.domain.values import NodeId
from stockpile.registry import evidence
from stockpile.registry.books import RegistryBooks
from stockpile.registry.database import among
from stockpile.registry.rows import Known, known_node
from stockpile.registry.tables import CM, FORK

EXTENSION: Final = ".chains.gz"
MAGIC: Final = b"STOCKPILE-CHAINS-1\n"
_LABEL: Final = b"stockpile-export-v1\x00"
_AT_ONCE: Final = 50
_GZIP: Final = 31
"""Window bits that make zlib write a gzip file."""


@dataclass(frozen=True, slots=True)
class _Chain:
    """A chain that goes along, up to its end as it was when the file began."""

    node: NodeId
    key: bytes
    tip: Tip


def whole(books: RegistryBooks, node: NodeId) -> Iterator[bytes]:
    """Give the file piece by piece, however much is kept; each portion is read by itself.

    What is not there, or is the registry itself, is refused before the first piece: raises
    NodeUnknown.
    """
    with books.reading() as connection:
        known = known_node(connection, node)
        own = known_node(connection, books.key.node)
    chains = [_Chain(one.node, one.public_key, one.tip) for one in (own, known) if one.tip.number]
    return _squeezed(_lines(books, known, chains))


def _squeezed(lines: Iterable[bytes]) -> Iterator[bytes]:
    squeezing = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
    for line in lines:
        piece = squeezing.compress(line)
        if piece:
            yield piece
    yield squeezing.flush()


def _lines(books: RegistryBooks, known: Known, chains: list[_Chain]) -> Iterator[bytes]:
    """Give every line, and the seal over them as the last one."""
    hashed = hashlib.sha256()
    for line in _told(books, known, chains):
        hashed.update(line)
        yield line
    signature = books.key.sign(_LABEL + hashed.digest())
    said = {"key": books.key.public_key.hex(), "signature": signature.hex()}
    yield _line(b"Z", canonical(said))


def _told(books: RegistryBooks, known: Known, chains: list[_Chain]) -> Iterator[bytes]:
    yield MAGIC
    yield _line(b"M", canonical({
        "v": 1, "node": books.key.node, "at": books.now(), "app": __version__,
        "chains": [[one.node, one.tip.number, one.tip.hash] for one in chains],
    }))  # fmt: skip
    for one in chains:
        yield from _chain(books, one)
    yield from _beside(books, known)
    if known.tip.number:
        receipt = books.receipt(known.node, known.tip.number)
        yield _line(b"R", wire.encode({**asdict(receipt), "key": books.key.public_key.hex()}))


def _chain(books: RegistryBooks, chain: _Chain) -> Iterator[bytes]:
    yield _line(b"C", canonical({"key": chain.key.hex(), "n": chain.node}))
    for after in range(0, chain.tip.number, _AT_ONCE):
        for entry in books.entries(chain.node, after, min(_AT_ONCE, chain.tip.number - after)):
            yield _line(b"E", entry.header)
            yield _line(b"S", canonical(_signatures(entry)))
            yield from (_line(b"F", raw) for raw in entry.facts)


def _beside(books: RegistryBooks, known: Known) -> Iterator[bytes]:
    """Give the entries beside the chain, each with the one with which its history begins."""
    begun: dict[str, tuple[str, int]] = {}
    after = ""
    while True:
        with books.reading() as connection:
            found = evidence.listed(connection, known.node, after, _AT_ONCE)
            entries = _read(connection, known, [one.hash for one in found])
            joined = _joined(connection, known, [one.number for one in found])
        for one in found:
            if (one.number, one.hash) not in joined and one.hash in entries:
                yield from _kept(entries[one.hash], known, begun)
        if len(found) < _AT_ONCE:
            return
        after = evidence.key_in_list(found[-1])


def _kept(entry: Entry, known: Known, begun: dict[str, tuple[str, int]]) -> Iterator[bytes]:
    header, digest = ledger.read_header(entry.header), ledger.entry_hash(entry.header)
    first, number = begun[digest] = begun.get(header.p, (digest, header.c))
    yield _line(b"K", canonical({
        "n": known.node, "key": known.public_key.hex(), "b": first, "c": number,
        "h": entry.header.decode(), **_signatures(entry),
    }))  # fmt: skip
    yield from (_line(b"G", raw) for raw in entry.facts)


def _read(connection: Connection, known: Known, hashes: list[str]) -> dict[str, Entry]:
    asked = select(FORK.c.hash, FORK.c.entry).where(FORK.c.node == known.row)
    rows = connection.execute(asked.where(among(connection, FORK.c.hash, hashes)))
    return {row.hash: wire.unpack(bytes(row.entry), ledger.MOST_FACTS)[0] for row in rows}


def _joined(connection: Connection, known: Known, numbers: list[int]) -> set[tuple[int, str]]:
    """Return what stands in the chain under these numbers: trusted again, a node's joined it."""
    asked = select(CM.c.no, CM.c.hash).where(CM.c.node == known.row)
    rows = connection.execute(asked.where(among(connection, CM.c.no, numbers)))
    return {(row.no, bytes(row.hash).hex()) for row in rows}


def _line(letter: bytes, raw: bytes) -> bytes:
    return letter + b" " + raw + b"\n"


def _signatures(entry: Entry) -> dict[str, object]:
    """Return the signatures under an entry as the verifier reads them."""
    signatures: dict[str, object] = {"s": entry.signature.hex()}
    if entry.officer_signatures:
        signatures["o"] = [[one.officer, one.signature.hex()] for one in entry.officer_signatures]
    return signatures
