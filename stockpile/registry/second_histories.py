"""What nodes show of computers that wrote two histories: kept as evidence, once it proves itself.

1. Each entry is proved alone: its computer signed it, and its facts are those that were sealed.
2. They are kept only where they show a fork, with what is held or with each other: two entries
   under one number, or one that parts from the end of the chain. Whoever merely passes a chain on
   is not listened to here.
3. The computer is in quarantine from then on, and people decide. Nothing of it comes to count.
   What grows from a history that two officers rejected already is kept, and shuts nobody out again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from fastapi import APIRouter, Response
from sqlalchemy import Connection, select, update

from stockpile.domain import ledger, wire
from stockpile.domain.errors import ChainBroken, FactUnreadable, MessageUnreadable, NodeUnknown
from stockpile.domain.exchange import MOST_FACTS_A_BATCH
from stockpile.domain.history_messages import (
    EntryNamed,
    HistoriesAsked,
    HistoriesHeard,
    HistoriesWanted,
    demand_asked,
)
from stockpile.domain.ledger import Entry
from stockpile.domain.values import Digest, NodeId
from stockpile.registry import branches
from stockpile.registry.answers import PROTOCOL, said
from stockpile.registry.asking import IN_TURN, Asker, Books, Heard
from stockpile.registry.books import RegistryBooks
from stockpile.registry.database import among, fill
from stockpile.registry.describing import LINES, answers, body
from stockpile.registry.rows import MOST_KEPT, Checked, Known, known_node
from stockpile.registry.tables import CM, FORK, NODE

_AT_ONCE: Final = 200
"""Entries of a courier file that are kept in one transaction: the two that part first are among
the first of them."""
_ENTRIES: Final = (CM.c.no, CM.c.hash)

router = APIRouter(prefix=PROTOCOL, default_response_class=Response)


@router.post(
    "/histories/wanted",
    openapi_extra=body(HistoriesAsked),
    responses=answers(HistoriesWanted, "What is lacking of it here.", 403, signed=True),
)
def histories_wanted(books: Books, asker: Asker, heard: Heard) -> Response:
    """Say which entries of a computer with two histories are held neither here nor beside.

    Of its own a node is told that also where it is trusted no more: the rest comes as evidence.
    """
    asked = wire.decode(heard.body, HistoriesAsked)
    if asked.node != asker.node:
        asker.demand_trust()
    demand_asked(asked)
    return said(HistoriesWanted(wanted(books, asked)))


@router.post(
    "/histories",
    dependencies=IN_TURN,
    openapi_extra=body(LINES),
    responses=answers(HistoriesHeard, "What of it is kept.", 403, 422, signed=True),
)
def histories(books: Books, asker: Asker, heard: Heard) -> Response:
    """Keep what shows that a computer wrote two histories."""
    asker.demand_trust()
    entries = wire.unpack(wire.unfold(heard.body), MOST_FACTS_A_BATCH)
    return said(HistoriesHeard(take(books, entries)))


def wanted(books: RegistryBooks, asked: HistoriesAsked) -> tuple[Digest, ...]:
    """Return which of these entries are held nowhere; of a computer unknown here, none.

    None either where as much is kept of it as ever is.
    """
    try:
        node = _other(books, asked.node)
    except NodeUnknown:
        return ()
    with books.reading() as connection:
        known = known_node(connection, node)
        if len(_kept(connection, known)) >= MOST_KEPT:
            return ()
        held = _held(connection, known, asked.entries)
    return tuple(one.hash for one in asked.entries if one.hash not in held.get(one.number, ()))


def take(books: RegistryBooks, entries: Sequence[Entry]) -> int:
    """Keep entries of one computer where they show its fork, and trust it no more; how many.

    Raises NodeUnknown (also for the registry itself), ChainBroken, MessageUnreadable where they are
    of several.
    """
    nodes = {ledger.read_header(one.header).n for one in entries}
    if len(nodes) != 1:
        raise MessageUnreadable("entries of several")
    node = _other(books, NodeId(nodes.pop()))
    key = books.public_key(node)
    batch = {ledger.entry_hash(one.header): _checked(one, key) for one in entries}
    with books.writing() as connection:
        known = known_node(connection, node, locked=True)
        named = [EntryNamed(one.header.c, one.hash) for one in batch.values()]
        held = _held(connection, known, named)
        new = [one for one in batch.values() if one.hash not in held[one.header.c]]
        forked = _forked(known, held, batch.values())
        room = MOST_KEPT - len(_kept(connection, known))
        if not forked or not new or room <= 0:
            return 0
        for one in batch.values():
            held[one.header.c].add(one.hash)
        if known.status == "enrolled" and not _is_decided(connection, held[min(forked)]):
            shut = update(NODE).where(NODE.c.id == known.row).values(status="quarantined")
            connection.execute(shut)
        _keep(books, connection, known, sorted(new, key=_place)[:room], forked)
    return min(len(new), room)


def heed(books: RegistryBooks, sender: NodeId, shown: Sequence[Entry]) -> int:
    """Keep what a courier file shows of computers with two histories; return how many entries.

    As over a line: from a sender that is trusted, and of each computer what proves itself.
    """
    if books.node(sender).status != "enrolled":
        return 0
    kept = 0
    for _node, run in groupby(shown, key=_node_of):
        entries = tuple(run)
        for at in range(0, len(entries), _AT_ONCE):
            try:
                kept += take(books, entries[at : at + _AT_ONCE])
            except (ChainBroken, FactUnreadable, NodeUnknown):
                break
    return kept


def _node_of(entry: Entry) -> str:
    return ledger.read_header(entry.header).n


def _other(books: RegistryBooks, node: NodeId) -> NodeId:
    """Return the node; raises NodeUnknown for the registry itself, whose log witnesses watch."""
    if node == books.key.node:
        raise NodeUnknown(node)
    return books.node(node).node


def _checked(entry: Entry, key: bytes) -> Checked:
    header = ledger.read_header(entry.header)
    return Checked(entry, header, ledger.check_alone(entry, key), ledger.entry_hash(entry.header))


def _place(one: Checked) -> tuple[int, str]:
    return one.header.c, one.hash


def _held(
    connection: Connection, known: Known, named: Sequence[EntryNamed]
) -> defaultdict[int, set[str]]:
    """Return the hashes that are held under these numbers, in the chain and beside it."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    kept = _kept(connection, known)
    asked_of = {*(one.number for one in named), *(number for number, _hash in kept)}
    numbers = sorted(one for one in asked_of if one <= known.tip.number)
    if numbers:
        asked = select(*_ENTRIES).where(CM.c.node == known.row, among(connection, CM.c.no, numbers))
        for number, digest in connection.execute(asked):
            found[number].add(bytes(digest).hex())
    for number, hashed in kept:
        found[number].add(hashed)
    return found


def _is_decided(connection: Connection, parted: set[str]) -> bool:
    """Say whether of the entries at which histories part all but one were rejected by two."""
    left = [one for one in parted if not branches.is_rejected(connection, Digest(one))]
    return len(left) < len(parted) and len(left) <= 1


def _kept(connection: Connection, known: Known) -> list[tuple[int, str]]:
    rows = connection.execute(select(FORK.c.no, FORK.c.hash).where(FORK.c.node == known.row))
    return [(row.no, row.hash) for row in rows]


def _forked(
    known: Known, held: defaultdict[int, set[str]], batch: Iterable[Checked]
) -> frozenset[int]:
    """Return the numbers at which the computer signed two entries, as far as this shows it."""
    signed: defaultdict[int, set[str]] = defaultdict(set)
    for number, hashes in held.items():
        signed[number] |= hashes
    parted = set()
    for one in batch:
        signed[one.header.c].add(one.hash)
        if one.header.c == known.tip.number + 1 and one.header.p != known.tip.hash:
            parted.add(one.header.c)
    return frozenset(parted | {number for number, hashes in signed.items() if len(hashes) > 1})


def _keep(
    books: RegistryBooks, connection: Connection, known: Known, new: Sequence[Checked],
    forked: frozenset[int],
) -> None:  # fmt: skip
    at = books.now()
    fill(connection, FORK, [
        {"node": known.row, "hash": one.hash, "no": one.header.c,
         "why": "fork" if one.header.c in forked else "quarantined", "received": at,
         "entry": wire.pack((one.entry,))}
        for one in new
    ])  # fmt: skip
