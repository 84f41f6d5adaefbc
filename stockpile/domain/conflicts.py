"""Where facts contradict each other: found by rule, shown to people, never settled by a clock.

A conflict is derived from the register and raised again identically on every node and at the
registry; it vanishes when a fact settles it. Its id is made of its class and its subjects, so that
all speak of the same conflict.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from stockpile.domain.codec import digest
from stockpile.domain.values import Digest, WeaponId
from stockpile.domain.weapons import Aspect, Weapon, duplicate_key

ConflictClass = Literal[
    "custody_fork", "marking_fork", "identity_fork", "condition_fork", "count_mismatch",
    "act_after_end", "marked_twice", "possible_duplicate", "mark_doubled",
]  # fmt: skip

_FORKS: tuple[tuple[Aspect, ConflictClass], ...] = (
    ("custody", "custody_fork"), ("marking", "marking_fork"), ("identity", "identity_fork"),
    ("condition", "condition_fork"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Conflict:
    """One contradiction: its class, the weapons and the facts (or the shared key) concerned."""

    id: Digest
    kind: ConflictClass
    weapons: tuple[WeaponId, ...]
    about: tuple[str, ...]


def within(weapon: Weapon) -> tuple[Conflict, ...]:
    """Return the conflicts that one weapon's own facts make."""
    found = [
        _conflict(kind, (weapon.id,), weapon.heads.of(aspect))
        for aspect, kind in _FORKS
        if len(weapon.heads.of(aspect)) > 1
    ]
    mismatched = _count_mismatch(weapon)
    if mismatched:
        found.append(_conflict("count_mismatch", (weapon.id,), mismatched))
    ended = tuple(one.fact for one in weapon.custody if one.after_end)
    if ended:
        found.append(_conflict("act_after_end", (weapon.id,), ended))
    found.extend(_marked_twice(weapon))
    return tuple(found)


def possible_duplicate(key: str, sharing: Iterable[Weapon]) -> Conflict | None:
    """Return the conflict of the weapons sharing one duplicate key, or None where all is settled.

    Weapons that a person merged or told apart drop out; it takes two unsettled ones to remain.
    """
    weapons = {weapon.id: weapon for weapon in sharing if duplicate_key(weapon) == key}
    unsettled = [
        one.id
        for one in weapons.values()
        if any(other.id != one.id and not _settled(one, other) for other in weapons.values())
    ]
    return _conflict("possible_duplicate", sorted(unsettled), (key,)) if unsettled else None


def mark_doubled(text: str, bearing: Iterable[Weapon]) -> Conflict | None:
    """Return the conflict of one applied text standing on several weapons, or None."""
    weapons = [
        weapon.id for weapon in bearing if any(one.text == text for one in weapon.standing_marks)
    ]
    return _conflict("mark_doubled", sorted(weapons), (text,)) if len(weapons) > 1 else None


def _conflict(kind: ConflictClass, weapons: Iterable[WeaponId], about: Iterable[str]) -> Conflict:
    subjects, reasons = tuple(weapons), tuple(about)
    named = "\n".join((kind, *reasons)) if len(subjects) != 1 else "\n".join((kind, *subjects))
    return Conflict(digest(named.encode()), kind, subjects, reasons)


def _count_mismatch(weapon: Weapon) -> tuple[Digest, ...]:
    """Return the last sighting's hash where it and undisputed custody name different places."""
    if len(weapon.custody) != 1 or not weapon.sightings:
        return ()
    last = weapon.sightings[-1]
    return () if last.place == weapon.custody[0].place else (last.fact,)


def _marked_twice(weapon: Weapon) -> list[Conflict]:
    standing = [one for one in weapon.standing_marks if one.state in ("marked", "verified")]
    schemes = sorted({one.scheme for one in standing})
    return [
        _conflict("marked_twice", (weapon.id,), (scheme, *sorted(jobs)))
        for scheme in schemes
        if len(jobs := [one.job for one in standing if one.scheme == scheme]) > 1
    ]


def _settled(one: Weapon, other: Weapon) -> bool:
    related = (*one.same_as, *one.distinct_from), (*other.same_as, *other.distinct_from)
    return other.id in related[0] or one.id in related[1]
