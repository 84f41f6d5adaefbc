"""Records that share something: which of them a person joined or told apart, and who is left.

A careless list makes thousands of records alike. So nothing here takes longer than there are
records and words of people about them: no record is held against each other one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from stockpile.domain.values import WeaponId
from stockpile.domain.weapons import Weapon

StatesOf = Callable[[Sequence[WeaponId]], Mapping[WeaponId, Weapon]]
"""Gives weapons as they stand, as far as they are on record."""


def joined(records: Iterable[Weapon]) -> list[list[WeaponId]]:
    """Return the records grouped by weapon: a merger of two joins all that either was merged with.

    Equal for whatever order or repetition the records come in.
    """
    by_id = {one.id: one for one in records}
    leads = {one: one for one in by_id}
    for one in by_id.values():
        for other in one.same_as:
            if other in leads:
                leads[_led(leads, one.id)] = _led(leads, other)
    groups: dict[WeaponId, list[WeaponId]] = {}
    for id_ in sorted(by_id):
        groups.setdefault(_led(leads, id_), []).append(id_)
    return list(groups.values())


def unsettled(records: Iterable[Weapon]) -> list[WeaponId]:
    """Return the records, by id, that nobody has joined with or told apart from all others."""
    known = list(records)
    groups = joined(known)
    group_of = {one: at for at, group in enumerate(groups) for one in group}
    apart: list[set[int]] = [set() for _ in groups]
    for one in known:
        for other in one.distinct_from:
            here, there = group_of[one.id], group_of.get(other)
            if there is not None and there != here:
                apart[here].add(there)
                apart[there].add(here)
    others = len(groups) - 1
    return sorted(
        one for group, told in zip(groups, apart, strict=True) if len(told) < others
        for one in group
    )  # fmt: skip


def left_of(sharing: Collection[WeaponId], said: Sequence[Weapon]) -> list[WeaponId]:
    """Return the unsettled of those that share something; ``said`` are those that name others."""
    if len(sharing) > 1 and not named(said).issuperset(sharing):
        return sorted(sharing)
    quiet = set(sharing).difference(one.id for one in said)
    return unsettled((*said, *map(Weapon, quiet)))


def named(records: Iterable[Weapon]) -> set[WeaponId]:
    """Return the records about which somebody said that they are one weapon with others, or not.

    As long as one of those that share something is not among them, none of the others is settled.
    """
    return {
        weapon
        for one in records
        if one.same_as or one.distinct_from
        for weapon in (one.id, *one.same_as, *one.distinct_from)
    }


def first_left(
    unsettled: Sequence[WeaponId], states_of: StatesOf, most: int
) -> tuple[WeaponId, ...]:
    """Return those of many that a person looks at next: the first, and whom it is held against.

    Whoever was joined with the first, or told apart from it, is left out, so that the next ones
    come each time somebody decides. ``states_of`` gives weapons as far as they are on record; it is
    asked for little more of them than were decided about.
    """
    first = unsettled[0]
    lead = states_of([first]).get(first) or Weapon(first)
    found = [first]
    for at in range(1, len(unsettled), most):
        some = unsettled[at : at + most]
        states = states_of(some)
        found += [one for one in some if not _is_decided(lead, states.get(one) or Weapon(one))]
        if len(found) >= most:
            break
    return tuple(found[:most])


def _is_decided(one: Weapon, other: Weapon) -> bool:
    return other.id in (*one.same_as, *one.distinct_from) or one.id in (
        *other.same_as, *other.distinct_from,
    )  # fmt: skip


def _led(leads: dict[WeaponId, WeaponId], one: WeaponId) -> WeaponId:
    """Return the record that leads the group of one; the way there is shorter the next time."""
    while leads[one] != one:
        leads[one] = leads[leads[one]]
        one = leads[one]
    return one
