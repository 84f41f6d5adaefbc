"""A node that continues another: how its chain begins.

1. A home that was restored must never go on with the chain it was copied from: another copy may
   have gone on already, and one number would stand for two entries. It takes a new key, so it is a
   new node, and its first fact after its founding names the old one and the last entry of it that
   it has.
2. Its first entry carries the officers in office, with the keys they had, and the site's rules: a
   chain's officers are what the same chain said.
3. What the old node wrote after that entry is taken in, where it comes, as the old node's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from stockpile.domain.facts import Draft, GuardSet, NodeFounded, NodeSucceeded, OfficerAppointed
from stockpile.domain.ledger import Tip, node_id
from stockpile.domain.references import Reference
from stockpile.domain.values import NodeId


def founding(
    public_key: bytes,
    old: Reference,
    tip: Tip,
    offices: Iterable[Reference],
    rules: Reference | None,
) -> list[Draft]:
    """Return the first act of a chain that continues the one of ``old``, which ends at ``tip``."""
    node, before = node_id(public_key), NodeId(old.subject)
    body = old.opened
    said = body if isinstance(body, NodeFounded) else NodeFounded("", old.subject)
    drafts = [
        Draft(node, NodeFounded(public_key.hex(), said.name, said.country, said.site)),
        Draft(node, NodeSucceeded(before, tip.number, tip.hash), follows=True),
    ]
    drafts += [
        Draft(one.subject, one.now, one.heads)
        for one in offices
        if isinstance(one.now, OfficerAppointed)
    ]
    if rules is not None and isinstance(rules.now, GuardSet):
        drafts.append(Draft(rules.subject, rules.now, rules.heads))
    return drafts


def lineage(node: NodeId, known: Callable[[str], Reference | None]) -> tuple[NodeId, ...]:
    """Return the node and those it continues, the newest first; ``known`` looks a node up."""
    found: list[NodeId] = []
    next_: NodeId | None = node
    while next_ is not None and next_ not in found:
        found.append(next_)
        next_ = _before(known(next_))
    return tuple(found)


def _before(reference: Reference | None) -> NodeId | None:
    """Return the node that one continues, by its own word; a registry's certificate is none."""
    if reference is None:
        return None
    for head in reference.standing:
        if isinstance(head.body, NodeSucceeded) and head.order[1] == reference.subject:
            return head.body.node
    return None
