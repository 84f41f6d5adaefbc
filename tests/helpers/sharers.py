"""Who is left of those that share something, as the rule says it: each record held against each.

The program comes to the same without doing so; of thousands of records this would take minutes.
"""

from __future__ import annotations

from collections.abc import Iterable

from stockpile.domain.conflicts import Conflict
from stockpile.domain.values import WeaponId
from stockpile.domain.weapons import Weapon, duplicate_key

Left = tuple[str, str, tuple[WeaponId, ...]]


def left_of(standing: Iterable[Weapon]) -> set[Left]:
    """Return the class, the shared thing and the weapons of what weapons contradict together."""
    known = list(standing)
    keys = {duplicate_key(one) for one in known} - {""}
    texts = {text for one in known for text in one.own_texts}
    found: set[Left] = set()
    for key in keys:
        alike = [one for one in known if duplicate_key(one) == key]
        found.add(("possible_duplicate", key, unsettled(alike)))
    for text in texts:
        groups = joined([one for one in known if text in one.own_texts])
        all_ = tuple(sorted(one.id for group in groups for one in group))
        found.add(("mark_doubled", text, all_ if len(groups) > 1 else ()))
    return {one for one in found if one[2]}


def told(raised: Iterable[Conflict]) -> set[Left]:
    """Return the same of what the program raises."""
    shared = [one for one in raised if one.kind in ("possible_duplicate", "mark_doubled")]
    assert len({one.id for one in shared}) == len(shared)
    return {(one.kind, one.about[0], one.weapons) for one in shared}


def unsettled(alike: list[Weapon]) -> tuple[WeaponId, ...]:
    """Return those that are neither one weapon with all others nor told apart from them."""
    groups = joined(alike)
    return tuple(sorted(
        one.id for group in groups for one in group
        if any(other is not group and not _apart(group, other) for other in groups)
    ))  # fmt: skip


def joined(alike: list[Weapon]) -> list[list[Weapon]]:
    """Return the records grouped by weapon."""
    groups: list[list[Weapon]] = []
    for one in {each.id: each for each in alike}.values():
        near = [group for group in groups if any(_same(one, each) for each in group)]
        far = [group for group in groups if group not in near]
        groups = [*far, [one, *(each for group in near for each in group)]]
    return groups


def _same(one: Weapon, other: Weapon) -> bool:
    return other.id in one.same_as or one.id in other.same_as


def _apart(group: list[Weapon], other: list[Weapon]) -> bool:
    return any(
        two.id in one.distinct_from or one.id in two.distinct_from for one in group for two in other
    )
