"""What new entries of a courier file say, proved as they are read, none of them kept.

A long file is not proved whole before somebody sees what is in it: the first facts are, and of the
rest every loss, recovery and transfer and the newest entries, each by its own signature. All of it
is proved when it is taken in, before any of it counts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from stockpile.domain.facts import Fact, WaybillOpened, WeaponLost, WeaponRecovered
from stockpile.domain.ledger import Entry
from stockpile.domain.values import Instant, NodeId
from stockpile.registry import intake, urgent
from stockpile.registry.rows import Checked

MOST_PROVED: Final = 20_000
"""Facts of a file that are proved before it is shown: about a second of work."""
MOST_TOLD: Final = 20
"""New entries that are told one by one, the newest."""
MOST_LOSSES: Final = 200
_TOLD_FIRST: Final = (b"weapon.lost", b"weapon.recovered", b"waybill.opened")


@dataclass(frozen=True, slots=True)
class Told:
    """A new entry as it is told: its number, when it was written, how many facts, the first one."""

    number: int
    at: Instant
    count: int
    fact: Fact


@dataclass(slots=True)
class Reading:
    """What is gathered; ``unproved`` facts of it are proved only as they are taken in."""

    losses: list[Fact] = field(default_factory=list)
    waybills: list[WaybillOpened] = field(default_factory=list)
    told: deque[Told] = field(default_factory=lambda: deque(maxlen=MOST_TOLD))
    lost: int = 0
    proved: int = 0
    unproved: int = 0

    def read(self, fresh: Sequence[Entry], node: NodeId, key: bytes) -> None:
        """Read what is new of a chain; raise ChainBroken, FactUnreadable."""
        room = self._room(fresh)
        for one in intake.checked(fresh[:room], node, key):
            self._keep(one)
        rest = fresh[room:]
        self.unproved += sum(len(one.facts) for one in rest)
        newest = len(rest) - MOST_TOLD
        some = [one for at, one in enumerate(rest) if at >= newest or _is_told_first(one)]
        for one in urgent.checked(some, node, key):
            self._keep(one)

    def _room(self, fresh: Sequence[Entry]) -> int:
        """Return how many of these entries are proved now."""
        for at, one in enumerate(fresh):
            if self.proved + len(one.facts) > MOST_PROVED:
                return at
            self.proved += len(one.facts)
        return len(fresh)

    def _keep(self, one: Checked) -> None:
        self.told.append(Told(one.header.c, one.header.t, len(one.facts), one.facts[0]))
        for fact in one.facts:
            if isinstance(fact.body, WeaponLost | WeaponRecovered):
                self.lost += 1
                if len(self.losses) < MOST_LOSSES:
                    self.losses.append(fact)
            elif isinstance(fact.body, WaybillOpened) and len(self.waybills) < MOST_LOSSES:
                self.waybills.append(fact.body)


def _is_told_first(entry: Entry) -> bool:
    """Say whether an entry tells of a loss, a recovery or a transfer, by its bytes alone."""
    return any(kind in raw for raw in entry.facts for kind in _TOLD_FIRST)
