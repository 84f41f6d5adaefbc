"""The rows of excerpts: single facts of chains that are not held whole, beside the chains.

1. An excerpt is believed for what its node signed; a fact that is held already is passed over.
2. Two entries of one node under one number, or facts whose numbers contradict each other, are no
   history: they are refused, whichever came first.
3. This node knows its own chain whole: what its key signed beyond that was signed elsewhere.
4. When the whole entry comes by its chain, the excerpt gives way to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Final

from stockpile.adapters.sqlite.chains import Chains, read_signatures, signatures
from stockpile.adapters.sqlite.store import Connection, Row
from stockpile.domain import codec, excerpts, ledger
from stockpile.domain.errors import ChainBroken, ChainForked, FactUnreadable
from stockpile.domain.excerpts import Excerpt, Part
from stockpile.domain.facts import Fact, OfficerAppointed, PlaceOpened
from stockpile.domain.ledger import Entry, Header
from stockpile.domain.values import Digest, NodeId

_HASH_LENGTH: Final = 32
_INSERT_EXCERPT: Final = "INSERT OR IGNORE INTO excerpt VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_FACT: Final = "INSERT INTO excerpted VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_IDS: Final = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SAID_BESIDE: Final = (
    codec.kind_of(PlaceOpened("")), codec.kind_of(OfficerAppointed("", (), "")),
)  # fmt: skip
_NAMED: Final = (
    "SELECT subject FROM reference WHERE subject IN (SELECT value FROM json_each(?)) "
    "AND kind IN (?, ?) ORDER BY subject"
)
_FACTS: Final = (
    "SELECT seq, kind, subj, cno, payload, hash, path FROM excerpted WHERE node = ? "
    "AND seq BETWEEN ? AND ? ORDER BY seq"
)


@dataclass(frozen=True, slots=True)
class Cutting:
    """What an excerpt brought that was not held: where it belongs, and the facts."""

    node: NodeId
    number: int
    hash: Digest
    facts: tuple[Fact, ...]


def take(connection: Connection, chains: Chains, excerpt: Excerpt) -> Cutting | None:
    """Keep what an excerpt proves and is not held yet; None where all of it is.

    Raises ChainBroken (also for a node that is not trusted), ChainForked, FactUnreadable; then
    nothing of it was written.
    """
    header = ledger.read_header(excerpt.header)
    node = NodeId(header.n)
    chain = chains.held.get(node)
    if chain is None:
        raise ChainBroken(node, header.c, "key")
    known = excerpts.check(excerpt, chain.public_key)
    digest = ledger.entry_hash(excerpt.header)
    if header.c <= chain.tip.number:
        if not chains.holds(node, header.c, digest):
            raise ChainForked(node, header.c)
        return None
    if node == chains.own:
        raise ChainForked(node, header.c)
    demand_fits(connection, header, digest, chain.tip.seq)
    known_already = {seq for (seq, *_rest) in _rows(connection, header)}
    fresh = [
        (part, fact)
        for part, fact in zip(excerpt.parts, known, strict=True)
        if fact.seq not in known_already
    ]
    if not fresh:
        return None
    _insert(connection, excerpt, header, digest, fresh)
    chains.note_excerpt(connection, node, known)
    return Cutting(node, header.c, digest, tuple(fact for _part, fact in fresh))


def demand_fits(connection: Connection, header: Header, digest: Digest, after: int) -> None:
    """Demand that an entry and the excerpts that are held can stand in one chain.

    ``after`` is the last number of a fact that is held whole. Raises ChainForked where an excerpt
    of another entry bears its number, ChainBroken where the numbers of facts overlap.
    """
    node, number = header.n, header.c
    row = connection.execute(
        "SELECT hash FROM excerpt WHERE node = ? AND no = ?", (node, number)
    ).fetchone()
    if row is not None and row[0] != bytes.fromhex(digest):
        raise ChainForked(node, number)
    before = connection.execute(
        "SELECT first + n - 1 FROM excerpt WHERE node = ? AND no < ? ORDER BY no DESC LIMIT 1",
        (node, number),
    ).fetchone() or (0,)
    following = connection.execute(
        "SELECT first FROM excerpt WHERE node = ? AND no > ? ORDER BY no LIMIT 1", (node, number)
    ).fetchone() or (header.f + header.k,)
    if not max(after, before[0]) < header.f <= following[0] - header.k:
        raise ChainBroken(node, number, "sequence")


def facts_held(connection: Connection, node: NodeId, number: int) -> list[Fact]:
    """Return the facts of an entry that are held in an excerpt."""
    one = held(connection, node, number)
    return [codec.decode(part.raw) for part in one.parts] if one else []


def give_way(connection: Connection, node: NodeId, number: int, known: Sequence[Fact]) -> None:
    """Let go of an excerpt whose entry, with these facts, stands in its chain now."""
    connection.executemany(
        "DELETE FROM excerpted WHERE node = ? AND seq = ?", [(node, fact.seq) for fact in known]
    )
    connection.execute("DELETE FROM excerpt WHERE node = ? AND no = ?", (node, number))


def walk(connection: Connection) -> Iterator[tuple[Excerpt, Row, list[Row]]]:
    """Walk every excerpt that is held, with the columns that it and its facts are filed by."""
    with closing(
        connection.execute(
            "SELECT header, sig, usig, node, no, first, n, hash FROM excerpt ORDER BY node, no"
        )
    ) as heads:
        for header, signature, officers, *filed in heads:
            node, _no, first, count, _hash = filed
            rows = connection.execute(_FACTS, (node, first, first + count - 1)).fetchall()
            parts = tuple(Part(row[0] - first, row[4], _steps(row[6])) for row in rows)
            yield Excerpt(header, signature, parts, read_signatures(officers)), tuple(filed), rows


def check(connection: Connection, chains: Chains) -> None:
    """Prove every excerpt that is held, and that it is filed as what it is.

    Raises ChainBroken, ChainForked, FactUnreadable.
    """
    count = 0
    for excerpt, filed, rows in walk(connection):
        node, number, first, facts, digest = filed
        chain = chains.held.get(NodeId(node))
        if chain is None:
            raise ChainBroken(node, number, "key")
        known = excerpts.check(excerpt, chain.public_key)
        header = ledger.read_header(excerpt.header)
        hashed = ledger.entry_hash(excerpt.header)
        if (header.n, header.c, header.f, header.k, hashed) != (
            node, number, first, facts, digest.hex(),
        ):  # fmt: skip
            raise ChainBroken(node, number, "filed wrongly")
        for fact, row in zip(known, rows, strict=True):
            said = (fact.seq, codec.kind_of(fact.body), fact.subject, number, fact.hash)
            if said != (row[0], row[1], row[2], row[3], row[5].hex()):
                raise FactUnreadable(f"filed wrongly: {node} {row[0]}")
        demand_fits(connection, header, hashed, chain.tip.seq)
        if number <= chain.tip.number:
            raise ChainForked(node, number)
        count += len(rows)
    if connection.execute("SELECT count(*) FROM excerpted").fetchone() != (count,):
        raise FactUnreadable("facts outside the excerpts")


def cut(connection: Connection, chains: Chains, subjects: Iterable[str]) -> Iterator[Excerpt]:
    """Cut the heeded facts about subjects out of what is held, an excerpt for each entry.

    In the order of chains; of a chain that is held in excerpts alone, what is held of it.
    """
    wanted: dict[tuple[NodeId, int], set[int]] = {}
    for subject in dict.fromkeys(subjects):
        for node, number, seq in connection.execute(
            "SELECT node, cno, seq FROM held_fact WHERE subj = ?", (subject,)
        ).fetchall():
            if not chains.is_aside(node, number):
                wanted.setdefault((NodeId(node), number), set()).add(seq)
    for (node, number), seqs in sorted(wanted.items()):
        if number <= chains.tip(node).number:
            entry = chains.entry(node, number)
            first = ledger.read_header(entry.header).f
            yield excerpts.excerpt_of(entry, [seq - first for seq in seqs])
        elif (whole := held(connection, node, number)) is not None:
            first = ledger.read_header(whole.header).f
            parts = tuple(part for part in whole.parts if first + part.index in seqs)
            yield replace(whole, parts=parts)


def named_by(connection: Connection, subjects: Iterable[str]) -> list[str]:
    """Return the places and officers that facts about subjects name, and what those are within.

    Without them a record says who acted, and where, in numbers alone.
    """
    found = list(dict.fromkeys(subjects))
    known = set(found)
    for subject in found:  # grows while it is walked
        for (raw,) in connection.execute(
            "SELECT payload FROM held_fact WHERE subj = ?", (subject,)
        ).fetchall():
            ids = {one.decode() for one in _IDS.findall(raw)} - known
            named = connection.execute(_NAMED, (json.dumps(sorted(ids)), *_SAID_BESIDE)).fetchall()
            found += [one for (one,) in named]
            known |= {one for (one,) in named}
    return found


def held(connection: Connection, node: NodeId, number: int) -> Excerpt | None:
    """Return what is held of an entry in an excerpt; None for nothing."""
    row = connection.execute(
        "SELECT header, sig, usig, first, n FROM excerpt WHERE node = ? AND no = ?", (node, number)
    ).fetchone()
    if row is None:
        return None
    header, signature, officers, first, count = row
    rows = connection.execute(_FACTS, (node, first, first + count - 1)).fetchall()
    parts = tuple(Part(one[0] - first, one[4], _steps(one[6])) for one in rows)
    return Excerpt(header, signature, parts, read_signatures(officers))


def _rows(connection: Connection, header: Header) -> list[Row]:
    last = header.f + header.k - 1
    return connection.execute(_FACTS, (header.n, header.f, last)).fetchall()


def _insert(
    connection: Connection,
    excerpt: Excerpt,
    header: Header,
    digest: Digest,
    fresh: Sequence[tuple[Part, Fact]],
) -> None:
    entry = Entry(excerpt.header, excerpt.signature, (), excerpt.officer_signatures)
    connection.execute(
        _INSERT_EXCERPT,
        (header.n, header.c, header.f, header.k, excerpt.header, bytes.fromhex(digest),
         excerpt.signature, signatures(entry)),
    )  # fmt: skip
    connection.executemany(
        _INSERT_FACT,
        [
            (header.n, fact.seq, codec.kind_of(fact.body), fact.subject, header.c, part.raw,
             bytes.fromhex(fact.hash), b"".join(part.path))
            for part, fact in fresh
        ],
    )  # fmt: skip


def _steps(path: bytes) -> tuple[bytes, ...]:
    return tuple(path[at : at + _HASH_LENGTH] for at in range(0, len(path), _HASH_LENGTH))
