"""What a restored backup brings and what it loses, told by what the depot keeps account of.

1. What was written after a backup is not in it. What of that a registry confirmed comes back from
   there, as the old node's entries; the rest is lost with the old disk.
2. Facts are told by matter, as people count them: weapons, marks, counts, issues, transfers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, get_args

from stockpile.domain.values import NodeId

Matter = Literal[
    "weapons", "marks", "counts", "issues", "transfers", "photos", "people", "officers", "other"
]
MATTERS: Final[tuple[Matter, ...]] = get_args(Matter)

_KINDS: Final = MappingProxyType(
    {
        "weapon.registered": "weapons",
        "lot.registered": "weapons",
        "mark.verified": "marks",
        "marking.resolved": "marks",
        "mark.voided": "marks",
        "weapon.counted": "counts",
        "quantity.counted": "counts",
        "stranger.counted": "counts",
        "stocktake.closed": "counts",
        "weapon.issued": "issues",
        "weapon.returned": "issues",
        "rounds.issued": "issues",
        "rounds.returned": "issues",
        "weapon.dispatched": "transfers",
        "weapon.received": "transfers",
        "weapon.relocated": "transfers",
        "photo.added": "photos",
        "person.recorded": "people",
        "officer.appointed": "officers",
        "officer.suspended": "officers",
        "officer.retired": "officers",
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """How much of one matter a backup holds, and how much was written after it.

    ``confirmed`` is what of the latter a registry holds.
    """

    matter: Matter
    held: int = 0
    later: int = 0
    confirmed: int = 0

    @property
    def lost(self) -> int:
        """How much neither the backup nor a registry holds."""
        return self.later - self.confirmed


def matter_of(kind: str) -> Matter:
    """Return under which matter a kind of fact is told."""
    known = _KINDS.get(kind, "other")
    return next(one for one in MATTERS if one == known)


def told(
    whole: Iterable[tuple[str, int]],
    later: Iterable[tuple[str, int]],
    unconfirmed: Iterable[tuple[str, int]],
) -> tuple[Told, ...]:
    """Return what is told of each matter that has anything to tell, in their order.

    Given how many facts of each kind there are in the whole chain, after the backup, and after
    what a registry confirmed.
    """
    all_, after, open_ = (_by_matter(tally) for tally in (whole, later, unconfirmed))
    found = []
    for matter in MATTERS:
        count, new = all_[matter], after[matter]
        lost = min(new, open_[matter])
        if count or new:
            found.append(Told(matter, count - new, new, new - lost))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Entries:
    """How a backup stands to the chain of its node, in entries.

    ``held`` up to which entry it reaches, ``reached`` up to which the home does, ``confirmed`` up
    to which a registry does; ``is_ours`` where the home's chain has the entry that it ends with.
    """

    node: NodeId
    held: int
    reached: int = 0
    confirmed: int = 0
    is_ours: bool = True

    @property
    def later(self) -> int:
        """How many entries the home has after it."""
        return max(0, self.reached - self.held)

    @property
    def comes_back(self) -> int:
        """How many of those a registry gives back."""
        return max(0, min(self.confirmed, self.reached) - self.held)

    @property
    def lost(self) -> int:
        """How many of those nobody else holds."""
        return self.later - self.comes_back


def _by_matter(tally: Iterable[tuple[str, int]]) -> Counter[Matter]:
    found: Counter[Matter] = Counter()
    for kind, count in tally:
        found[matter_of(kind)] += count
    return found
