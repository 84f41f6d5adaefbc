"""Entries kept beside a chain: a node wrote two histories, and only a person says which is its.

The chain that was heard of first goes on. What is kept beside it counts nowhere; the conflict that
it makes is open until two officers said that the other history does not count, or the node was
trusted no longer than up to where both part.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final

from stockpile.adapters.sqlite import verdicts
from stockpile.adapters.sqlite.chains import Chains
from stockpile.adapters.sqlite.store import Connection
from stockpile.domain import conflicts, ledger, wire
from stockpile.domain.conflicts import Conflict
from stockpile.domain.errors import ChainBroken, FactUnreadable, MessageUnreadable
from stockpile.domain.ledger import MOST_FACTS, Entry
from stockpile.domain.values import Digest, Instant, NodeId

MOST: Final = 10_000
"""Entries of one node that are kept; a copy that writes more than that is proved long since."""
_KEEP: Final = "INSERT OR IGNORE INTO fork VALUES (?, ?, ?, ?, ?, ?)"
_FIRST: Final = (
    "SELECT no, hash FROM fork WHERE node = ? AND before NOT IN (SELECT hash FROM fork) "
    "ORDER BY no, hash"
)
_STANDING: Final = "SELECT lower(hex(hash)) FROM cm WHERE node = ? AND no = ?"

Scoped = tuple[str, Conflict]


def keep(connection: Connection, entries: Iterable[Entry], now: Instant) -> list[NodeId]:
    """Keep entries that are not of the chains held; return their nodes."""
    touched = set()
    for entry in entries:
        header = ledger.read_header(entry.header)
        node = NodeId(header.n)
        (held,) = connection.execute(
            "SELECT count(*) FROM fork WHERE node = ?", (node,)
        ).fetchone() or (0,)
        touched.add(node)
        if held < MOST:
            digest = ledger.entry_hash(entry.header)
            connection.execute(_KEEP, (node, header.c, digest, header.p, wire.pack((entry,)), now))
    return sorted(touched)


def kept(connection: Connection, node: NodeId) -> tuple[Entry, ...]:
    """Return what is kept beside a node's chain, by number and hash."""
    held = connection.execute(
        "SELECT entry FROM fork WHERE node = ? ORDER BY no, hash", (node,)
    ).fetchall()
    return tuple(one for (raw,) in held for one in wire.unpack(raw, MOST_FACTS))


def check(connection: Connection, chains: Chains) -> None:
    """Prove what is kept beside chains, and that it is filed as what it is.

    Raises ChainBroken, FactUnreadable.
    """
    filed = connection.execute(
        "SELECT node, no, hash, before, entry FROM fork ORDER BY node, no"
    ).fetchall()
    for node, number, digest, before, raw in filed:
        chain = chains.held.get(NodeId(node))
        entry = _unpacked(raw)
        header = ledger.read_header(entry.header)
        hashed = ledger.entry_hash(entry.header)
        if (header.n, header.c, header.p, hashed) != (node, number, before, digest):
            raise ChainBroken(node, number, "filed wrongly")
        if chain is None or chains.holds(NodeId(node), number, Digest(digest)):
            raise ChainBroken(node, number, "filed wrongly")
        ledger.check_alone(entry, chain.public_key)


def _unpacked(raw: bytes) -> Entry:
    try:
        (entry,) = wire.unpack(raw, MOST_FACTS)
    except (MessageUnreadable, ValueError) as error:
        raise FactUnreadable(str(error)) from error
    return entry


def is_kept(connection: Connection, digest: Digest) -> bool:
    """Say whether the entry of this hash is kept beside a chain."""
    return connection.execute("SELECT 1 FROM fork WHERE hash = ?", (digest,)).fetchone() is not None


def nodes(connection: Connection) -> list[NodeId]:
    """Return the nodes beside whose chains anything is kept."""
    held = connection.execute("SELECT DISTINCT node FROM fork ORDER BY node").fetchall()
    return [NodeId(node) for (node,) in held]


def nodes_of(connection: Connection, entries: Sequence[str]) -> list[NodeId]:
    """Return the nodes beside whose chains one of these entries is kept."""
    held = connection.execute(
        "SELECT DISTINCT node FROM fork WHERE hash IN (SELECT value FROM json_each(?))",
        (json.dumps(list(entries)),),
    ).fetchall()
    return [NodeId(node) for (node,) in held]


def all_open(connection: Connection) -> list[Scoped]:
    """Return the open conflicts of all nodes that wrote two histories."""
    return [one for node in nodes(connection) for one in open_of(connection, node)]


def open_of(connection: Connection, node: NodeId) -> list[Scoped]:
    """Return the open conflicts of one node, one for each number at which its histories part."""
    cut = verdicts.authority_of(connection).cuts.get(node)
    parted: dict[int, list[str]] = {}
    for number, digest in connection.execute(_FIRST, (node,)).fetchall():
        is_settled = verdicts.judgement(connection, Digest(digest)) == "rejected"
        if not is_settled and (cut is None or cut.number >= number):
            parted.setdefault(number, []).append(digest)
    found = []
    for number, others in parted.items():
        standing = connection.execute(_STANDING, (node, number)).fetchone()
        entries = [Digest(one) for one in (*(standing or ()), *others)]
        found.append((f"node:{node}", conflicts.node_fork(node, number, entries)))
    return found
