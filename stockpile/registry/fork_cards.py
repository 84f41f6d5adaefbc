"""The cards of computers that wrote two histories: told among the others, settled on their page.

Made of what is kept beside the chains: such a conflict stands in no row, for it lasts as long as
its computer is set apart. Its id is the desk's own, so that both speak of the same conflict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from stockpile.domain import cards, conflicts, ledger
from stockpile.domain.card_parts import Card, History
from stockpile.domain.values import NodeId
from stockpile.registry import branches, register
from stockpile.registry.branches import Branch
from stockpile.registry.card_times import dated
from stockpile.registry.naming import node_sites
from stockpile.registry.nodes_heard import comparisons

MOST: Final = 50
"""Computers that are told of as cards: the fiftieth wants other help than a list."""


def count(connection: Connection) -> int:
    """Return how many computers are set apart because they wrote two histories."""
    return len(branches.forked(connection))


def forks(connection: Connection, site: str = "") -> list[Card]:
    """Return the cards of these computers, so many at most; ``site`` leaves those of that site.

    They offer no choice: what counts is said on the computer's own page, entry by entry.
    """
    found = []
    sites = node_sites(connection) if site else {}
    for node, _name in branches.forked(connection)[:MOST]:
        if site and sites[node][1] != site:
            continue
        told = branches.branches(connection, node)
        if told:
            found.append(_card(connection, node, told))
    return found


def _card(connection: Connection, node: NodeId, told: Sequence[Branch]) -> Card:
    number = min(one.first for one in told if not one.stands)
    shared = branches.shared(connection, told, node)
    code = ledger.head_code(shared) if shared else ""
    histories = [
        History(
            one.entries[0].hash, one.first, one.last,
            tuple(fact for each in one.entries for fact in each.facts), one.stands,
            register.facts_of(connection, one.entries[0].hash), code,
        )
        for one in told
    ]  # fmt: skip
    conflict = conflicts.node_fork(node, number, (one.entry for one in histories))
    made = cards.card_of(conflict, (), (), histories, comparisons(connection, node))
    came = {fact.hash: each.received for one in told for each in one.entries for fact in each.facts}
    return dated(connection, [replace(made, choices=())], came)[0]
