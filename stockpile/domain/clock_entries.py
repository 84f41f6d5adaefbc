"""What a revoked computer wrote of its clock and nothing else: one card a computer, not one each.

A computer writes down each time that its clock went wrong or right; cut off at an earlier entry,
each of them is an entry without right. The first that nobody decided about stands for all of them:
its card shows them, so many at most, and when these are decided the next ones come. Each is decided
about by itself, as any entry; one that says anything beside has its own card.

Which entries these are is what a store knows: a desk and the registry make the same cards of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from stockpile.domain import codec
from stockpile.domain.cards import MOST_SIDES
from stockpile.domain.conflicts import Conflict
from stockpile.domain.facts import ClockObserved
from stockpile.domain.mandates import REVOKED

CLOCK_KIND: Final = codec.kind_of(ClockObserved(0, ""))
"""The kind of fact beside which such an entry says nothing."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Conflicts that are one card, the first of them first; ``more`` is how many come later."""

    conflicts: tuple[Conflict, ...]
    more: int = 0

    @property
    def leading(self) -> Conflict:
        """The conflict that the card is known by."""
        return self.conflicts[0]


FirstOf = Callable[[str], Gathered]
"""Returns, of a node, the first entries that speak of its clock alone."""


def may_be(conflict: Conflict) -> bool:
    """Say whether a conflict may be about such an entry: its facts are to be looked at."""
    return (
        conflict.kind == "authority" and not conflict.weapons and conflict.about[4] == REVOKED.lack
    )


def among(found: Iterable[Conflict], entries: Collection[str]) -> dict[str, Gathered]:
    """Return, of each node, its first among all that are open; ``entries`` are such entries."""
    by_node: dict[str, list[Conflict]] = {}
    for one in found:
        if _is_of(one, entries):
            by_node.setdefault(one.about[1], []).append(one)
    return {node: _first(own) for node, own in by_node.items()}


def gathered(
    found: Sequence[Conflict], entries: Collection[str], first_of: FirstOf
) -> list[Gathered]:
    """Return what is a card each; of a node's clock entries all where the first is among these."""
    groups = [standing_for(one, entries, first_of) for one in found]
    return [group for one, group in zip(found, groups, strict=True) if group.leading.id == one.id]


def standing_for(conflict: Conflict, entries: Collection[str], first_of: FirstOf) -> Gathered:
    """Return what is on the card that shows a conflict: it alone, or its node's first ones."""
    group = first_of(conflict.about[1]) if _is_of(conflict, entries) else None
    return group if group and group.conflicts else Gathered((conflict,))


def _is_of(conflict: Conflict, entries: Collection[str]) -> bool:
    return may_be(conflict) and conflict.about[0] in entries


def _first(own: Iterable[Conflict]) -> Gathered:
    in_order = sorted(own, key=lambda one: int(one.about[2]))
    shown = tuple(in_order[:MOST_SIDES])
    return Gathered(shown, len(in_order) - len(shown))
