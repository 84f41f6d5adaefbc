"""Marks that draw a number and name no block: an older program's, or a changed one's.

1. Such a number is held against what its node held of the scheme by then. Its own chain tells
   before and after; of others' grants those do not count that it cannot have known of, for their
   counter is not below the mark's. No clock tells anything.
2. It lies outside where none of that holds it, be it another's or nobody's; where it had come home
   before; and where its node had cut it out for another one.
3. Of a node of which no block of the scheme is heard nothing is said: it may have founded its
   numbers before blocks were written down, or its grant may still be on its way.
"""

from __future__ import annotations

from collections.abc import Iterable

from stockpile.domain.blocks import Grant, came_home, grant_of
from stockpile.domain.facts import BlockGranted, BlockReturned
from stockpile.domain.references import Reference
from stockpile.domain.weapons import Applied, Drawn


def numbers_key(scheme: str, node: str) -> str:
    """Return what stands for all that a node holds of a scheme's numbers."""
    return f"{scheme}/{node}"


def keys_named(block: Reference) -> frozenset[str]:
    """Return of whose numbers of a scheme a block says something: who granted it, and to whom."""
    bodies = [block.opened, *(one.body for one in block.standing)]
    said = [one for one in bodies if isinstance(one, BlockGranted | BlockReturned)]
    granter = {block.opening.order[1]} if block.opening is not None else set()
    return frozenset(numbers_key(one.scheme, node) for one in said for node in {one.node, *granter})


def is_of_none(mark: Applied, known: Iterable[Reference]) -> bool:
    """Say whether a number that is drawn from no named block was its node's by none of its blocks.

    ``known`` are blocks that may be the node's, or cut out of them (rules above).
    """
    drawn = mark.drawn
    if drawn is None or drawn.block or not mark.number or drawn.accepted:
        return False
    of_scheme = [
        (block, grant)
        for block in known
        if (grant := grant_of(block)) is not None and grant.body.scheme == mark.scheme
    ]
    own = [(block, grant) for block, grant in of_scheme if grant.body.node == drawn.node]
    if any(_was_given_away(mark, drawn, grant) for _block, grant in of_scheme):
        return True
    if any(_is_good(mark, drawn, block, grant) for block, grant in own):
        return False
    return any(_was_known(drawn, grant) for _block, grant in own)


def _is_good(mark: Applied, drawn: Drawn, block: Reference, grant: Grant) -> bool:
    """Say whether the number lies in a block of its node; one granted by others may come late."""
    later = grant.granter == drawn.node and not _was_known(drawn, grant)
    holds = grant.holds(mark.number, mark.number)
    return holds and not later and not came_home(mark, drawn, block)


def _was_given_away(mark: Applied, drawn: Drawn, grant: Grant) -> bool:
    """Say whether the mark's node had cut its number out of an own block for another one."""
    given = grant.granter == drawn.node != grant.body.node and _was_known(drawn, grant)
    return given and grant.holds(mark.number, mark.number)


def _was_known(drawn: Drawn, grant: Grant) -> bool:
    """Say whether the mark's writer may have known of a grant."""
    lamport, node, seq = grant.order
    return seq < drawn.seq if node == drawn.node else lamport < drawn.lamport
