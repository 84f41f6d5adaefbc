"""The card of a conflict: what each side says, who said it, when and where, and how it may end.

Made of the conflict, the facts and the weapons alone, so that a desk and the registry show the
same card. The program prefers no side: it names them in the order of the ledger's ids.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
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
from stockpile.domain.clock_doubts import ClockRecord
from stockpile.domain.conflicts import Conflict
from stockpile.domain.crowds import StatesOf, first_left
from stockpile.domain.facts import (
    Fact,
    Photo,
    PhotoAdded,
    PhotoRemoved,
    WeaponRegistered,
)
from stockpile.domain.values import Instant, NodeId, WeaponId
from stockpile.domain.weapons import Weapon

__all__ = [
    "Card", "Choice", "ChoiceKind", "History", "Saying", "Side", "card_of", "weapons_on",
]  # fmt: skip


Doubts = Callable[[Fact], bool]
"""Says whether something on record contradicts the time that a fact shows."""
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
    clocks: Sequence[Fact] = (),
) -> Card:
    """Return the card of a conflict; ``histories`` are what a node wrote that wrote two of them.

    ``facts`` are all that is known of its weapons, of the block that a mark names, of a count and
    its investigation; of an entry
    without right what it says and what was decided on it. ``states`` are its weapons as they stand,
    those that ``weapons_on`` gives. ``clocks`` are what the authors' nodes wrote of their clocks:
    no side is made of them.
    """
    told = [*facts, *(fact for one in histories for fact in one.facts)]
    record = ClockRecord.of([*told, *clocks])
    if conflict.kind == "node_fork":
        sides, choices = card_forks.forked(NodeId(conflict.about[0]), histories, record.doubts)
    else:
        sides, choices = _parts(conflict, facts, states, record.doubts)
    more = len(conflict.weapons) - len(states) if conflict.kind in _OF_SEVERAL else 0
    return Card(conflict, tuple(_timed(one, record) for one in sides), tuple(choices), more)


def _timed(side: Side, record: ClockRecord) -> Side:
    """Return a side whose author's clock is doubted with the time by the other clock."""
    offset = record.offset(side.last) if side.clock_doubted and side.last else 0
    if side.last is None or not clocks.is_off(offset):
        return side
    return replace(side, written=min(max(side.last.at + offset, 0), _LATEST))


_LATEST: Final[Instant] = 253_000_000_000_000
"""In the year 9987: a comparison may say anything, and what follows it must still be a date."""


def _parts(
    conflict: Conflict, facts: Sequence[Fact], states: Sequence[Weapon], is_doubted: Doubts
) -> tuple[list[Side], list[Choice]]:
    if conflict.kind == "authority":
        says = card_records.lacking(conflict.about)
        entry = [one for one in facts if _is_of(one, conflict)]
        said = [_side(is_doubted, (), (), one, says) for one in entry]
        return said, card_records.without_right(conflict.about, facts)
    if conflict.kind == "lot_overdrawn":
        return card_lots.overdrawn(conflict.about[0], facts, is_doubted)
    if conflict.kind in _OF_SEVERAL:
        sides = [_whole(facts, one, is_doubted) for one in states]
        if conflict.kind == "mark_doubled":
            return card_marks.on_several(conflict.about[0], states, sides)
        return sides, card_records.look_alikes(states)
    return _of_one(conflict, facts, states[0], is_doubted)


_OF_SEVERAL: Final = ("possible_duplicate", "mark_doubled")


def _of_one(  # noqa: PLR0911 - flat: one case a class
    conflict: Conflict, facts: Sequence[Fact], weapon: Weapon, is_doubted: Doubts
) -> tuple[list[Side], list[Choice]]:
    own = [one for one in facts if one.subject == weapon.id]
    known = {one.hash: one for one in own}
    ordered = weapons.in_causal_order(own)
    side = partial(_side, is_doubted, ordered, _photos(ordered))
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
    is_doubted: Doubts,
    ordered: Sequence[Fact],
    photos: Sequence[tuple[Fact, Photo]],
    fact: Fact,
    says: tuple[Saying, ...],
) -> Side:
    """Return the account of one fact: what it says, and the photos that its author knew or took."""
    before = views.pasts(ordered).get(fact.hash, frozenset())
    shown = tuple(photo for one, photo in photos if one.hash in before or one.node == fact.node)
    return Side(says, fact, WeaponId(fact.subject), (fact,), shown, is_doubted(fact))


def _whole(facts: Sequence[Fact], weapon: Weapon, is_doubted: Doubts) -> Side:
    """Return the account of a whole record."""
    own = weapons.in_causal_order([one for one in facts if one.subject == weapon.id])
    first = next((one for one in own if isinstance(one.body, WeaponRegistered)), None)
    doubted = first is not None and is_doubted(first)
    says, photos = card_records.record_says(weapon), tuple(weapon.photos)
    return Side(says, first, weapon.id, tuple(own), photos, doubted)


def _photos(ordered: Sequence[Fact]) -> list[tuple[Fact, Photo]]:
    """Return the photos that are still shown, each with the fact that brought it."""
    gone = {one.body.digest for one in ordered if isinstance(one.body, PhotoRemoved)}
    found = []
    for one in ordered:
        if isinstance(one.body, PhotoAdded):
            found.append((one, one.body.photo))
        elif isinstance(one.body, WeaponRegistered):
            found += [(one, photo) for photo in one.body.photos]
    return [(fact, photo) for fact, photo in found if photo.digest not in gone]
