"""Entries that continue a chain, written in one transaction: facts, register, log, feeds.

The node's row is locked by whoever calls. Facts are laid down first: other batches may do so at the
same time. From the fold lock on one batch at a time goes on; the log's head is locked last.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from stockpile.domain.values import Instant
from stockpile.registry import (
    authority,
    causes,
    feeds,
    folding,
    foresight,
    hot_list,
    log,
    sightings,
    successions,
    urgent,
    verdicts,
)
from stockpile.registry.database import fill_in, lock_fold
from stockpile.registry.foresight import Ahead
from stockpile.registry.packing import keep_facts, places
from stockpile.registry.rows import (
    ENTRY_COLUMNS,
    Checked,
    Known,
    entry_row,
    keep_head,
    log_head,
    move_tip,
)
from stockpile.registry.tables import CM, LEAF, TREE
from stockpile.registry.verdicts import Rolls


def write(
    connection: Connection, own: Known, known: Known, new: Sequence[Checked], at: Instant,
    ready: Ahead = foresight.NOTHING, *, was_told: bool = False,
) -> log.Head:  # fmt: skip
    """Write entries that continue a node's chain, and return the end of the log.

    ``own`` is the registry itself, ``ready`` what was made ready of them. ``was_told``: some were
    told ahead of their chain, and need not wait for it any more.
    """
    lacks = Rolls().shortfalls(connection, known, new)
    laid = [*zip(places(connection, len(new)), new, strict=True)]
    keep_facts(connection, known.row, laid, ready.rows)
    counter = causes.heard_in(new)
    lock_fold(connection)
    short = {one.pos: one for one in verdicts.keep(connection, known, laid, lacks)}
    heard = folding.fold(connection, own.node, known, laid, short, ready.foreseen)
    heard += folding.decide(connection, own.node, [fact for one in heard for fact in one.facts])
    successions.follow(connection, known, new)
    authority.follow(connection, known, new)
    if was_told:
        urgent.reached(connection, known, new[-1].header.c)
    hot_list.follow(connection, [fact for one in new for fact in one.facts])
    sightings.follow(connection, own.node, known, new, at)
    grown = _into_the_log(connection, known, laid, at, counter)
    move_tip(connection, known, new[-1])
    feeds.tell(connection, own.row, known, laid, heard)
    return grown


def _into_the_log(
    connection: Connection, known: Known, laid: Sequence[tuple[int, Checked]], at: Instant,
    counter: int,
) -> log.Head:  # fmt: skip
    head = log_head(connection, locked=True)
    grown, subtrees = log.append(head, (bytes.fromhex(one.hash) for _pos, one in laid))
    leaves = range(head.size + 1, grown.size + 1)
    fill_in(connection, CM, ENTRY_COLUMNS, [
        entry_row(known.row, pos, leaf, at, one)
        for leaf, (pos, one) in zip(leaves, laid, strict=True)
    ])  # fmt: skip
    fill_in(connection, LEAF, ("pos", "node", "no"), [
        (leaf, known.row, one.header.c) for leaf, (_pos, one) in zip(leaves, laid, strict=True)
    ])  # fmt: skip
    fill_in(connection, TREE, ("level", "idx", "hash"), [
        (one.level, one.index, one.hash) for one in subtrees
    ])  # fmt: skip
    keep_head(connection, grown, counter)
    return grown
