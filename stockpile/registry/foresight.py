"""What a batch will bring, made ready before its transaction, so that nobody waits for it.

While a batch holds the fold lock, every other node's batch waits. So what hangs on the batch alone,
and on weapons that seldom change in the same moment, is reckoned before. Nothing is believed of it
under the lock that is not compared there (see ``steps``). A batch of one fact is looked at too: it
may lie in the middle of a life of thousands, which is then folded again from its beginning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection

from stockpile.registry import packing, register
from stockpile.registry.packing import Tails
from stockpile.registry.rows import Checked, Known
from stockpile.registry.steps import NONE, Foreseen


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was made ready: the steps of weapons, and entries' rows by their numbers."""

    foreseen: Foreseen
    rows: Mapping[int, Tails]


NOTHING: Final = Ahead(NONE, MappingProxyType({}))


def ahead(connection: Connection, known: Known, batch: Sequence[Checked]) -> Ahead:
    """Make ready what can be of a node's batch; no lock is held and nothing is written."""
    new = [one for one in batch if one.header.c > known.tip.number]
    facts = [fact for one in new for fact in one.facts]
    is_copied = connection.dialect.name == "postgresql"
    rows = {one.header.c: packing.tails(known.row, one) for one in new if is_copied}
    return Ahead(register.foreseen(connection, facts), rows)
