"""The registry answers a node that found what is lost: the weapon's record follows by the feed.

Only what is on the hot list can be asked for, only by who shows that a text of it was read, and
only so often in a day. The audit log names the node and the weapons by their registry numbers.
"""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Response

from stockpile.domain import wire
from stockpile.domain.errors import NodeUnknown
from stockpile.domain.finds import FindsAsked, FindsHeard, demand_asked
from stockpile.domain.numbers import registry_number
from stockpile.domain.values import NodeId, WeaponId
from stockpile.registry import audit, find_rows
from stockpile.registry.answers import PROTOCOL, said
from stockpile.registry.asking import IN_TURN, Asker, Books, Heard, Node
from stockpile.registry.books import RegistryBooks
from stockpile.registry.database import lock_fold
from stockpile.registry.describing import answers, body

router = APIRouter(prefix=PROTOCOL, default_response_class=Response)

_NOBODY: Final = ""
"""No officer of the registry: a node asked."""


@router.post(
    "/nodes/{node}/finds",
    dependencies=IN_TURN,
    openapi_extra=body(FindsAsked),
    responses=answers(FindsHeard, "What was looked at; the records follow.", 403, signed=True),
)
def finds(node: Node, books: Books, asker: Asker, heard: Heard) -> Response:
    """Tell the asker from now on of the lost weapons that it read."""
    if NodeId(node) != asker.node:
        raise NodeUnknown(node)
    asker.demand_trust()
    return said(answer(books, asker.node, wire.decode(heard.body, FindsAsked)))


def answer(books: RegistryBooks, node: NodeId, asked: FindsAsked) -> FindsHeard:
    """Let the weapons on the hot list that these proofs name matter to the node's site.

    Asked again it is the same as once. Raises MessageUnreadable, NodeUnknown, NodeQuarantined.
    """
    demand_asked(asked)
    with books.reading() as connection:
        hits = find_rows.named(connection, asked.proofs)
    with books.writing() as connection:
        asker = books.locked(connection, node)
        asker.demand_trust()
        own = books.locked(connection, books.key.node)  # before the audit log's head, as always
        now = books.now()
        heard = find_rows.allowed(connection, asker, asked.proofs, now)
        weapons = sorted({weapon for proof in heard for weapon in hits.get(proof, ())})
        find_rows.keep(connection, asker, heard, hits, now)
        for weapon in weapons:
            about = f"{node} {registry_number(WeaponId(weapon))}"
            audit.note(connection, now, _NOBODY, "", "find_told", about)
        unknown = sum(proof not in hits for proof in heard)
        if unknown:
            audit.note(connection, now, _NOBODY, "", "find_unknown", f"{node} {unknown}")
        if weapons and asker.scope:
            lock_fold(connection)
            find_rows.tell(connection, own.row, asker, weapons)
    return FindsHeard(tuple(heard), len(weapons))
