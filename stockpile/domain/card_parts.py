"""What a card of the conflict room is made of: sides that say different things, and choices.

A side is one account: a fact, or a whole record, with who said it, when, where and what. A choice
is one way to settle, and writes facts; it deletes nothing, and another choice can be made later.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

from stockpile.domain.codec import digest
from stockpile.domain.conflicts import Conflict, ConflictClass
from stockpile.domain.errors import ReasonMissing
from stockpile.domain.facts import Draft, Fact, Photo
from stockpile.domain.people import Act
from stockpile.domain.values import Digest, Instant, NodeId, WeaponId
from stockpile.domain.views import Value

ChoiceKind = Literal[
    "stands", "combined", "seen_there", "same_weapon", "different_weapons", "mark_stands",
    "all_marks_stand", "no_mark_stands", "mark_on", "mark_on_none", "accept", "refuse",
    "lot_held", "number_accepted", "mark_void", "history_stands",
    "answered",
]  # fmt: skip
"""What a choice does: let a side stand, take both changes, believe the count, and so on."""
Saying = tuple[str, Value]
"""A field and what a side says of it; ``mark:`` and a text is how that mark of ours stands."""
Make = Callable[[str], Sequence[Draft]]

_DAY: Final[Instant] = 86_400_000
_SOON: Final = 7
_LATER: Final = 30
_DAYS: Final = MappingProxyType[ConflictClass, int](
    {
        "custody_fork": _SOON,
        "act_after_end": _SOON,
        "count_mismatch": _SOON,
        "count_missing": _SOON,
        "authority": _SOON,
        "mark_doubled": _SOON,
        "node_fork": _SOON,
    }
)
"""Days in which a conflict should be settled: where a weapon may be gone, a week; else a month.

Our own rule; no instrument sets a time.
"""


@dataclass(frozen=True, slots=True)
class Side:
    """One account of a conflict.

    ``fact`` is what says so, none where a whole record does; ``entries`` are all facts behind it,
    the newest last. ``clock_doubted`` says that the time shown is contradicted by something else;
    ``written`` is then when it was written by a sound clock, as far as anybody knows.
    """

    says: tuple[Saying, ...]
    fact: Fact | None = None
    weapon: WeaponId | None = None
    entries: tuple[Fact, ...] = ()
    photos: tuple[Photo, ...] = ()
    clock_doubted: bool = False
    written: Instant | None = None

    @property
    def last(self) -> Fact | None:
        """The fact that speaks for the side: its own, else the newest behind it."""
        return self.fact or (self.entries[-1] if self.entries else None)

    @property
    def since(self) -> Instant:
        """When the side was written: by its author's clock, or by one that speaks against it.

        0 where nothing speaks for the side.
        """
        if self.last is None:
            return 0
        return self.last.at if self.written is None else self.written


@dataclass(frozen=True, slots=True)
class History:
    """What a node wrote from some number on: its first entry, the last number, all its facts.

    ``stands`` is the one in its chain here; ``judged`` are the decisions about the first entry;
    ``shared`` is the code of the last entry that it shares with the others, empty for none.
    """

    entry: Digest
    first: int
    last: int
    facts: tuple[Fact, ...]
    stands: bool = False
    judged: tuple[Fact, ...] = ()
    shared: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to settle, the act that it is (its right, and whether two sign), and the side kept.

    ``side`` is the place of that side on the card, -1 for none of them; ``about`` is the text of
    the mark that stands.
    """

    kind: ChoiceKind
    act: Act
    side: int = -1
    about: str = ""
    make: Make = field(default=lambda _reason: (), repr=False, compare=False)

    def drafts(self, reason: str) -> list[Draft]:
        """Return the facts that settle it so.

        Raises ReasonMissing, CustodyDisputed (settle first where the weapon is), WeaponGone.
        """
        if not reason.strip():
            raise ReasonMissing("settle")
        return list(self.make(reason.strip()))


@dataclass(frozen=True, slots=True)
class Card:
    """A conflict with its sides and the choices that settle it; no choice is made by the program.

    Choices are numbered from 1 in their order; there are at most nine. ``more`` is how many records
    share what the sides share, and come when something is decided about these.
    """

    conflict: Conflict
    sides: tuple[Side, ...]
    choices: tuple[Choice, ...]
    more: int = 0

    @property
    def differs(self) -> frozenset[str]:
        """The fields of which the sides do not say the same."""
        said: dict[str, set[Value]] = {}
        count: dict[str, int] = {}
        for side in self.sides:
            for name, value in side.says:
                said.setdefault(name, set()).add(value)
                count[name] = count.get(name, 0) + 1
        return frozenset(
            name for name in said if len(said[name]) > 1 or count[name] < len(self.sides)
        )

    @property
    def version(self) -> Digest:
        """What the card was made of: another version was made of other facts."""
        behind = sorted({one.hash for side in self.sides for one in _all_of(side)})
        shown = [side.weapon or "" for side in self.sides] if self.more else self.conflict.weapons
        parts = (self.conflict.id, *shown, *self.conflict.about, *behind)
        return digest("\n".join(parts).encode())

    @property
    def nodes(self) -> tuple[NodeId, ...]:
        """The nodes that wrote the sides: who owns the conflict follows from their sites."""
        found = {side.last.node for side in self.sides if side.last is not None}
        return tuple(sorted(found))

    @property
    def since(self) -> Instant:
        """When the newest side was written, by its author's clock unless another speaks against it.

        A clock that is years ahead would else put off by years what it should be settled by.
        """
        return max((side.since for side in self.sides), default=0)

    @property
    def due(self) -> Instant:
        """By when it should be settled: a week where a weapon may be gone, else thirty days."""
        return self.since + _DAYS.get(self.conflict.kind, _LATER) * _DAY


def _all_of(side: Side) -> tuple[Fact, ...]:
    return (*side.entries, side.fact) if side.fact is not None else side.entries
