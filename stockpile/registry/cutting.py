"""After which entry a node may be cut off, and what that would mean for what it wrote.

1. A cut names the last good entry by number and hash, or none: then nothing that the node wrote
   counts. Only an entry that stands in its chain here can be named.
2. What stands after it leaves the register and stays in the log, where two officers may accept
   each entry alone. What stands up to it counts, also where an earlier cut had taken it out.
3. Nothing is decided here: it is told what is to be signed; the authority's rules say who signs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from stockpile.domain.authority_files import MOST_SMALL, statement_bytes
from stockpile.domain.errors import FieldMissing, FieldUnreadable, LastGoodUnknown, NodeUnknown
from stockpile.domain.facts import NodeRevoked
from stockpile.domain.ledger import Tip
from stockpile.domain.values import NodeId
from stockpile.registry import authority, branches
from stockpile.registry.branches import Told
from stockpile.registry.rows import known_node
from stockpile.registry.texts import key_of

MOST: Final = 50
"""Entries after a cut that are told; more are counted."""
_DIGITS: Final = 15
"""Digits of an entry's number that are read at all: no chain is so long."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A cut and what it means.

    ``last`` tells the last good entry, None where nothing of the node would count. ``entries`` and
    ``facts`` count what stands after it, of which ``told`` are the first. ``now`` is after which
    number the node is cut off already, ``back`` how many entries would count again, ``by_keys``
    that officials' offline keys decide.
    """

    at: Tip
    last: Told | None
    entries: int
    facts: int
    told: tuple[Told, ...]
    now: int | None
    back: int
    by_keys: bool

    @property
    def is_as_now(self) -> bool:
        """Say whether the node is cut off just there already."""
        return self.now == self.at.number


def read_number(text: str) -> int:
    """Return the number of an entry as somebody typed it; raises FieldMissing, FieldUnreadable."""
    bare = text.strip()
    if not bare:
        raise FieldMissing("entry")
    if not bare.isdecimal() or len(bare) > _DIGITS:
        raise FieldUnreadable("entry", bare[:40])
    return int(bare)


def cut(connection: Connection, node: NodeId, number: int) -> Cut:
    """Return what a cut after an entry means; 0 stands for one before the first.

    Raises NodeUnknown, also for the registry itself, and LastGoodUnknown where none is held.
    """
    own = authority.own_node(connection)
    if node == own:
        raise NodeUnknown(node)
    known_node(connection, NodeId(key_of(node)))
    last = next(iter(branches.chain_from(connection, node, number, 1)), None) if number else None
    if number and (last is None or last.number != number):
        raise LastGoodUnknown(node, number)
    standing = authority.standing(connection, own)
    before = standing.cuts.get(node)
    now = before.number if before else None
    return Cut(
        Tip() if last is None else Tip(number, 0, last.hash),
        last,
        *branches.counted_after(connection, node, number),
        branches.chain_from(connection, node, number + 1, MOST),
        now,
        max(0, number - now) if now is not None else 0,
        standing.roots is not None,
    )


def statement(node: NodeId, at: Tip, reason: str) -> bytes:
    """Return the statement as a file, for officials to sign with their offline keys.

    Unsigned it says nothing. Raises FieldMissing, FieldUnreadable for a reason without end.
    """
    if not reason.strip():
        raise FieldMissing("reason")
    made = statement_bytes(NodeRevoked(node, at.number, at.hash, reason.strip()))
    if len(made) > MOST_SMALL // 2:  # the signatures are still to come
        raise FieldUnreadable("reason", reason.strip()[:40])
    return made
