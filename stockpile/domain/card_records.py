"""Cards about what is written: descriptions that part, look-alikes, entries without right.

Each side is what one line of writing says by itself: the fold of all that its author knew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import combinations

from msgspec.structs import replace

from stockpile.domain import merging, views, weapons
from stockpile.domain.card_custody import SideOf
from stockpile.domain.card_parts import Card, Choice, Saying, Side
from stockpile.domain.facts import (
    Draft,
    EntryJudged,
    Fact,
    KitSet,
    WeaponCorrected,
    WeaponInspected,
)
from stockpile.domain.values import Digest, NodeId
from stockpile.domain.views import FIELDS
from stockpile.domain.weapons import CORRECTED, Aspect, Weapon

_ROW = ("serial", "type", "make", "model", "calibre", "country", "year")
"""What tells two records apart at a glance."""
_KIT = "kit"


def identity(
    weapon: Weapon, known: Sequence[Fact], side: SideOf
) -> tuple[list[Side], list[Choice]]:
    """Return each description, and what both changed where neither touched the other's fields."""
    told = lines_of(weapon, "identity", known)
    states = [state for _fact, state in told]
    fields = [one for one in FIELDS if len({FIELDS[one](state) for state in states}) > 1]
    sides = [
        side(fact, (*((one, FIELDS[one](state)) for one in fields), *_kit(states, state)))
        for fact, state in told
    ]
    choices = [
        Choice("stands", "correct", at, make=partial(_describe, weapon, states, state))
        for at, state in enumerate(states)
    ]
    both = _combined(weapon, told, known)
    if both is not None:
        choices.append(Choice("combined", "correct", make=partial(_describe, weapon, states, both)))
    return sides, choices


def condition(
    weapon: Weapon, known: Sequence[Fact], side: SideOf
) -> tuple[list[Side], list[Choice]]:
    """Return each account of the weapon's condition."""
    told = lines_of(weapon, "condition", known)
    sides = [side(fact, _condition(state)) for fact, state in told]
    choices = [
        Choice("stands", "inspect", at, make=partial(_find, weapon, state))
        for at, (_fact, state) in enumerate(told)
    ]
    return sides, choices


def record_says(weapon: Weapon) -> tuple[Saying, ...]:
    """Return what a whole record says, as far as it helps to tell it from its look-alike."""
    said: list[Saying] = [
        (name, value) for name in _ROW if (value := FIELDS[name](weapon)) not in ("", None)
    ]
    said.append(("status", weapon.status))
    if weapon.place is not None:
        said.append(("place", weapon.place))
    marks = tuple(one.text for one in weapon.standing_marks)
    return (*said, ("mark", marks)) if marks else tuple(said)


def look_alikes(states: Sequence[Weapon]) -> list[Choice]:
    """Return what two or more records may be: one weapon, or one each."""
    apart = Choice("different_weapons", "merge", make=partial(_tell_apart, states))
    joined = [
        Choice("same_weapon", "merge", at, make=partial(_join, states, one))
        for at, one in enumerate(states)
    ]
    return [*joined[:8], apart]


def lacking(about: Sequence[str]) -> tuple[Saying, ...]:
    """Return what an entry without right lacks, for which act, and under which number it stands.

    Written after its node was revoked it lacks that whatever it says: no act is named then.
    """
    _entry, _node, number, act, lack = about[:5]
    wanted: tuple[Saying, ...] = () if lack in ("revoked", "rejected") else (("wants", act),)
    return ("lacks", lack), *wanted, ("entries", number)


def without_right(about: Sequence[str], known: Sequence[Fact]) -> list[Choice]:
    """Return what may become of an entry without right; ``known`` holds earlier decisions on it.

    A decision names one entry, by its hash and number, so that what counts is equal on every node.
    """
    entry, node, number = about[0], NodeId(about[1]), int(about[2])
    decided = [one for one in known if one.subject == entry]
    replaced = {cause for one in decided for cause in one.replaces}
    heads = tuple(sorted(one.hash for one in decided if one.hash not in replaced))
    judge = partial(_judge, entry, node, number, heads)
    return [
        Choice("accept", "judge_entry", 0, make=partial(judge, accepted=True)),
        Choice("refuse", "judge_entry", make=partial(judge, accepted=False)),
    ]


def together(made: Sequence[Card], more: int = 0) -> Card:
    """Return the cards of several entries as one: what is chosen is decided about each of them.

    Its conflict is the first one's; ``more`` is how many others come when these are decided. Each
    entry is decided about by a fact of its own.
    """
    first = made[0]
    if len(made) == 1 and not more:
        return first
    choices = tuple(
        Choice(one.kind, one.act, make=partial(_of_each, [each.choices[at] for each in made]))
        for at, one in enumerate(first.choices)
    )
    return Card(first.conflict, tuple(side for one in made for side in one.sides), choices, more)


def judged_last(drafts: Iterable[Draft]) -> EntryJudged:
    """Return the decision about the last entry, among those about several of one node."""
    judged = (one.body for one in drafts if isinstance(one.body, EntryJudged))
    return max(judged, key=lambda one: one.number)


def lines_of(weapon: Weapon, aspect: Aspect, known: Sequence[Fact]) -> list[tuple[Fact, Weapon]]:
    """Return each head of an aspect with the weapon as its author knew it."""
    ordered = weapons.in_causal_order(known)
    before = views.pasts(ordered)
    return [
        (fact, weapons.folded(weapon.id, [o for o in ordered if o.hash in {*before[head], head}]))
        for head in weapon.heads.of(aspect)
        for fact in ordered
        if fact.hash == head
    ]


def _kit(states: Sequence[Weapon], state: Weapon) -> tuple[Saying, ...]:
    if len({one.kit for one in states}) == 1:
        return ()
    return ((_KIT, tuple(f"{one.count} {one.kind} {one.mark}".strip() for one in state.kit)),)


def _combined(
    weapon: Weapon, told: Sequence[tuple[Fact, Weapon]], known: Sequence[Fact]
) -> Weapon | None:
    """Return the description with what either of two sides changed, where they do not meet."""
    if len(told) != 2:  # noqa: PLR2004 - of three accounts somebody must say which is right
        return None
    ordered = weapons.in_causal_order(known)
    before = views.pasts(ordered)
    shared = before[told[0][0].hash] & before[told[1][0].hash]
    base = weapons.folded(weapon.id, [one for one in ordered if one.hash in shared])
    changed = [
        {name for name in _DESCRIBED if getattr(state, name) != getattr(base, name)}
        for _fact, state in told
    ]
    if not base.registered or changed[0] & changed[1] or not (changed[0] and changed[1]):
        return None
    given = {
        name: getattr(state, name)
        for (_fact, state), names in zip(told, changed, strict=True)
        for name in names
    }
    return replace(base, **given)


_DESCRIBED = (*CORRECTED, "custody_type", _KIT)


def _describe(weapon: Weapon, states: Sequence[Weapon], right: Weapon, reason: str) -> list[Draft]:
    """Say anew all fields in which the sides, or the record now, differ from what is right."""
    others = (*states, weapon)
    given = {
        name: getattr(right, name)
        for name in CORRECTED
        if any(getattr(one, name) != getattr(right, name) for one in others)
    }
    if any(one.custody_type != right.custody_type for one in others):
        given["custody"] = right.custody_type
    found = [Draft(weapon.id, WeaponCorrected(reason, **given), weapon.heads.identity)]
    if any(one.kit != right.kit for one in others):
        found.append(Draft(weapon.id, KitSet(right.kit, reason), follows=True))
    return found


def _condition(state: Weapon) -> tuple[Saying, ...]:
    said: list[Saying] = [("condition", state.condition)]
    if state.unfit:
        said.append(("unfit", "yes"))
    if state.inspect_by:
        said.append(("inspect_by", state.inspect_by))
    return tuple(said)


def _find(weapon: Weapon, right: Weapon, reason: str) -> list[Draft]:
    body = WeaponInspected(right.condition, reason, right.inspect_by, right.unfit)
    return [Draft(weapon.id, body, weapon.heads.condition)]


def _join(states: Sequence[Weapon], stays: Weapon, reason: str) -> list[Draft]:
    return [
        draft for one in states if one.id != stays.id for draft in merging.merge(stays, one, reason)
    ]


def _tell_apart(states: Sequence[Weapon], reason: str) -> list[Draft]:
    return [
        draft
        for one, other in combinations(states, 2)
        for draft in merging.tell_apart(one, other, reason)
    ]


def _of_each(choices: Sequence[Choice], reason: str) -> list[Draft]:
    return [draft for one in choices for draft in one.drafts(reason)]


def _judge(
    entry: str, node: NodeId, number: int, heads: tuple[Digest, ...], reason: str, *, accepted: bool
) -> list[Draft]:
    return [Draft(entry, EntryJudged(node, number, accepted, reason), heads)]
