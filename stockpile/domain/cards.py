"""The card of a conflict: what each side says, who said it, when and where, and how it may end.

Made of the conflict, the facts and the weapons alone, so that a desk and the registry show the
same card. The program prefers no side: it names them in the order of the ledger's ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from stockpile.domain import (
    card_custody,
    card_forks,
    card_lots,
    card_marks,
    card_missing,
    card_records,
    clocks,
    views,
    weapons,
)
from stockpile.domain.card_parts import Card, Choice, ChoiceKind, History, Saying, Side
from stockpile.domain.conflicts import Conflict
from stockpile.domain.crowds import StatesOf, first_left
from stockpile.domain.facts import ClockObserved, Fact, PhotoAdded, PhotoRemoved, WeaponRegistered
from stockpile.domain.values import Digest, NodeId, WeaponId
from stockpile.domain.weapons import Weapon

__all__ = [
    "Card", "Choice", "ChoiceKind", "History", "Saying", "Side", "card_of", "clock_is_doubted",
    "weapons_on",
]  # fmt: skip


MOST_SIDES: Final = 20
"""Records that a card puts side by side: nobody looks at more of them at a time."""


def weapons_on(conflict: Conflict, states_of: StatesOf) -> tuple[WeaponId, ...]:
    """Return the weapons of a conflict that its card shows: of very many the first few.

    When something is decided about these, the next ones come. Equal on every node and here.
    """
    weapons = conflict.weapons
    if conflict.kind not in _OF_SEVERAL or len(weapons) <= MOST_SIDES:
        return weapons
    if conflict.kind == "mark_doubled":  # a mark that is void leaves the conflict
        return weapons[:MOST_SIDES]
    return first_left(weapons, states_of, MOST_SIDES)


def card_of(
    conflict: Conflict,
    facts: Sequence[Fact],
    states: Sequence[Weapon],
    histories: Sequence[History] = (),
) -> Card:
    """Return the card of a conflict; ``histories`` are what a node wrote that wrote two of them.

    ``facts`` are all that is known of its weapons, of the block that a mark names, of a count and
    its investigation; of an entry
    without right what it says and what was decided on it; and any clock observations. ``states``
    are its weapons as they stand, those that ``weapons_on`` gives.
    """
    if conflict.kind == "node_fork":
        known = [*facts, *(fact for one in histories for fact in one.facts)]
        is_doubted = partial(clock_is_doubted, known=known)
        sides, choices = card_forks.forked(NodeId(conflict.about[0]), histories, is_doubted)
    else:
        sides, choices = _parts(conflict, facts, states)
    more = len(conflict.weapons) - len(states) if conflict.kind in _OF_SEVERAL else 0
    return Card(conflict, tuple(sides), tuple(choices), more)


def clock_is_doubted(fact: Fact, known: Sequence[Fact]) -> bool:
    """Say whether something on record contradicts the time that a fact shows.

    The same node's nearest comparison with another clock, or its own chain: a fact before it that
    shows a later time.
    """
    own = [one for one in known if one.node == fact.node and one.hash != fact.hash]
    compared = [one for one in own if isinstance(one.body, ClockObserved)]
    nearest = min(compared, key=lambda one: abs(one.seq - fact.seq), default=None)
    if nearest is not None and abs(getattr(nearest.body, "offset", 0)) > clocks.JITTER:
        return True
    return any(one.seq < fact.seq and one.at > fact.at + clocks.JITTER for one in own)


def _parts(
    conflict: Conflict, facts: Sequence[Fact], states: Sequence[Weapon]
) -> tuple[list[Side], list[Choice]]:
    if conflict.kind == "authority":
        entry = [one for one in facts if _is_of(one, conflict)]
        said = [_side(facts, (), (), one, ()) for one in entry]
        return said, card_records.without_right(conflict.about, facts)
    if conflict.kind == "lot_overdrawn":
        return card_lots.overdrawn(conflict.about[0], facts, partial(clock_is_doubted, known=facts))
    if conflict.kind in _OF_SEVERAL:
        sides = [_whole(facts, one) for one in states]
        if conflict.kind == "mark_doubled":
            return card_marks.on_several(conflict.about[0], states, sides)
        return sides, card_records.look_alikes(states)
    return _of_one(conflict, facts, states[0])


_OF_SEVERAL: Final = ("possible_duplicate", "mark_doubled")


def _of_one(  # noqa: PLR0911 - flat: one case a class
    conflict: Conflict, facts: Sequence[Fact], weapon: Weapon
) -> tuple[list[Side], list[Choice]]:
    own = [one for one in facts if one.subject == weapon.id]
    known = {one.hash: one for one in own}
    ordered = weapons.in_causal_order(own)
    side = partial(_side, facts, ordered, _photos(ordered))
    kind, about = conflict.kind, conflict.about
    if kind == "custody_fork":
        return card_custody.fork(weapon, known, side)
    if kind == "count_mismatch":
        return card_custody.mismatch(weapon, about, known, side)
    if kind == "act_after_end":
        return card_custody.after_end(weapon, about, known, side)
    if kind == "identity_fork":
        return card_records.identity(weapon, ordered, side)
    if kind == "condition_fork":
        return card_records.condition(weapon, ordered, side)
    if kind == "count_missing":
        return card_missing.missing(weapon, about, facts, ordered, side)
    return _of_marks(conflict, facts, weapon, ordered, side)


def _of_marks(
    conflict: Conflict,
    facts: Sequence[Fact],
    weapon: Weapon,
    ordered: Sequence[Fact],
    side: card_custody.SideOf,
) -> tuple[list[Side], list[Choice]]:
    about = conflict.about
    if conflict.kind == "marking_fork":
        return card_marks.fork(weapon, ordered, side)
    if conflict.kind == "mark_outside":
        block = [one for one in facts if one.subject == about[1]]
        return card_marks.outside(weapon, about, [*ordered, *_in_order(block)], side)
    return card_marks.twice(weapon, about[1:], ordered, side)


def _in_order(facts: Sequence[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda one: one.order)


def _is_of(fact: Fact, conflict: Conflict) -> bool:
    """Say whether a fact stands in the entry that is judged; its weapons' other facts do not."""
    return fact.node == conflict.about[1] and fact.subject != conflict.about[0]


def _side(
    facts: Sequence[Fact],
    ordered: Sequence[Fact],
    photos: Sequence[tuple[Fact, Digest]],
    fact: Fact,
    says: tuple[Saying, ...],
) -> Side:
    """Return the account of one fact: what it says, and the photos that its author knew or took."""
    before = views.pasts(ordered).get(fact.hash, frozenset())
    shown = tuple(digest for one, digest in photos if one.hash in before or one.node == fact.node)
    return Side(says, fact, WeaponId(fact.subject), (fact,), shown, clock_is_doubted(fact, facts))


def _whole(facts: Sequence[Fact], weapon: Weapon) -> Side:
    """Return the account of a whole record."""
    own = weapons.in_causal_order([one for one in facts if one.subject == weapon.id])
    first = next((one for one in own if isinstance(one.body, WeaponRegistered)), None)
    photos = tuple(one.digest for one in weapon.photos)
    doubted = first is not None and clock_is_doubted(first, facts)
    return Side(card_records.record_says(weapon), first, weapon.id, tuple(own), photos, doubted)


def _photos(ordered: Sequence[Fact]) -> list[tuple[Fact, Digest]]:
    """Return the photos that are still shown, each with the fact that brought it."""
    gone = {one.body.digest for one in ordered if isinstance(one.body, PhotoRemoved)}
    found = []
    for one in ordered:
        if isinstance(one.body, PhotoAdded):
            found.append((one, one.body.photo.digest))
        elif isinstance(one.body, WeaponRegistered):
            found += [(one, photo.digest) for photo in one.body.photos]
    return [(fact, digest) for fact, digest in found if digest not in gone]
