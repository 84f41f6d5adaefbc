"""A node that goes on under a new key: the old one is closed once its own officers say so.

The first entry of the new chain names the old one and is signed by two officers who are in office
there. From then on what the old key signs is kept as evidence, and no more: whoever still has an
old copy of that computer cannot begin a second history.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, update

from stockpile.domain import ledger
from stockpile.domain.errors import NodeUnknown
from stockpile.domain.facts import NodeSucceeded
from stockpile.domain.mandates import Roll
from stockpile.domain.values import NodeId, OfficerId
from stockpile.registry import verdicts
from stockpile.registry.rows import Checked, Known, known_node
from stockpile.registry.tables import NODE

ENOUGH: Final = 2
"""Officers of the old node who must sign that it goes on elsewhere."""


def follow(connection: Connection, known: Known, new: Sequence[Checked]) -> None:
    """Close the nodes that the beginning of a chain succeeds; under the fold lock."""
    for one in new:
        if one.header.c != 1:
            return
        for fact in one.facts:
            if isinstance(fact.body, NodeSucceeded) and fact.body.node != known.node:
                _close(connection, fact.body.node, one)


def _close(connection: Connection, node: NodeId, first: Checked) -> None:
    try:
        old = known_node(connection, node)
    except NodeUnknown:
        return
    roll = verdicts.roll_of(connection, old.row)
    if old.status == "enrolled" and len(_signers(roll, first)) >= ENOUGH:
        connection.execute(update(NODE).where(NODE.c.id == old.row).values(status="succeeded"))


def _signers(roll: Roll, first: Checked) -> set[OfficerId]:
    """Return who of the old node's officers in office signed; as many keys as officers."""
    message = ledger.officer_message(first.entry.header)
    keys = {
        officer.public_key: officer.id
        for one in first.entry.officer_signatures
        if (officer := roll.officers.get(one.officer)) is not None
        and ledger.signed_by(officer.public_key, message, one.signature)
    }
    return set(keys.values())
