"""Cards about our own marks: which of them stand on the metal, and on which weapon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from stockpile.domain import merging
from stockpile.domain.card_custody import SideOf
from stockpile.domain.card_parts import Choice, Saying, Side
from stockpile.domain.card_records import lines_of
from stockpile.domain.facts import (
    BlockGranted,
    BlockReturned,
    Draft,
    Fact,
    MarkingBegun,
    MarksSettled,
)
from stockpile.domain.settling import settle_marks
from stockpile.domain.values import JobId, WeaponId
from stockpile.domain.weapons import Applied, Weapon

MOST_CHOICES = 9
"""A choice is one of the keys 1 to 9."""


def fork(weapon: Weapon, known: Sequence[Fact], side: SideOf) -> tuple[list[Side], list[Choice]]:
    """Return each account of a weapon's marks; any of them may stand, or all, or none."""
    told = lines_of(weapon, "marking", known)
    sides = [side(fact, _states(state)) for fact, state in told]
    states = [state for _fact, state in told]
    standing = [
        one
        for one in weapon.applied
        if any(_stands(one.job, state) for state in states) or _stands(one.job, weapon)
    ]
    at = {
        one.job: next((n for n, state in enumerate(states) if _stands(one.job, state)), -1)
        for one in standing
    }
    choices = [_only(weapon, one, at[one.job]) for one in standing]
    schemes = [one.scheme for one in standing]
    if len(set(schemes)) == len(schemes) > 1:  # two of one scheme can never both be right
        jobs = tuple(one.job for one in standing)
        choices.append(
            Choice("all_marks_stand", "resolve_mark", make=partial(_settle, weapon, jobs))
        )
    return sides, _with_none(weapon, choices)


def twice(
    weapon: Weapon, jobs: Sequence[str], known: Sequence[Fact], side: SideOf
) -> tuple[list[Side], list[Choice]]:
    """Return the marks of one scheme on a weapon, of which one stands or none.

    Its marks of other schemes stand as they are.
    """
    told = [
        (one, fact)
        for one in weapon.applied
        if one.job in jobs and (fact := _begin(one, known)) is not None
    ]
    sides = [side(fact, _says(one)) for one, fact in told]
    others = tuple(one.job for one in weapon.standing_marks if one.job not in jobs)
    choices = [_only(weapon, one, at, others) for at, (one, _fact) in enumerate(told)]
    return sides, _with_none(weapon, choices, others)


def outside(
    weapon: Weapon, about: Sequence[str], known: Sequence[Fact], side: SideOf
) -> tuple[list[Side], list[Choice]]:
    """Return a mark whose number lies outside its block, and what is on record of that block.

    The number is accepted, or the mark is void, its number for good; other marks stand as they are.
    """
    job, block = about
    told = [one for one in weapon.applied if one.job == job]
    marks = [(one, fact) for one in told if (fact := _begin(one, known)) is not None]
    sides = [side(fact, _drawn(one, fact)) for one, fact in marks]
    sides += [
        replace(side(fact, _granted(fact.body)), weapon=None)
        for fact in known
        if fact.subject == block and isinstance(fact.body, BlockGranted | BlockReturned)
    ]
    return sides, [choice for one in told for choice in _accept_or_void(weapon, one)]


def _accept_or_void(weapon: Weapon, one: Applied) -> tuple[Choice, Choice]:
    jobs = tuple(each.job for each in weapon.standing_marks)
    others = tuple(job for job in jobs if job != one.job)
    accept = partial(_settle, weapon, jobs, accepted=(one.job,))
    void = partial(_settle, weapon, others)
    return (
        Choice("number_accepted", "resolve_mark", 0, one.text, accept),
        Choice("mark_void", "resolve_mark", about=one.text, make=void),
    )


def _drawn(one: Applied, fact: Fact) -> tuple[Saying, ...]:
    said: tuple[Saying, ...] = (
        ("scheme", one.scheme), ("drawn", str(one.number)), ("numbers_of", fact.node),
    )  # fmt: skip
    is_unnamed = one.drawn is not None and not one.drawn.block
    return (*said, ("block", "unnamed")) if is_unnamed else said


def _granted(body: BlockGranted | BlockReturned) -> tuple[Saying, ...]:
    return (
        ("scheme", body.scheme),
        ("drawn", f"{body.lo}\u2013{body.hi}"),
        ("numbers_of", body.node),
    )


def on_several(
    text: str, states: Sequence[Weapon], sides: Sequence[Side]
) -> tuple[list[Side], list[Choice]]:
    """Return who may bear a mark that stands on several weapons: one of them, or none.

    Two records may be one weapon as well. The number itself is never drawn again.
    """
    choices = [
        Choice("mark_on", "resolve_mark", at, text, partial(_keep_on, text, states, one.id))
        for at, one in enumerate(states)
    ]
    if len(states) == 2:  # noqa: PLR2004 - more records than two are joined on their own pages
        make = partial(merging.merge, states[0], states[1])
        choices.append(Choice("same_weapon", "merge", 0, make=make))
    none = Choice(
        "mark_on_none", "resolve_mark", about=text, make=partial(_keep_on, text, states, None)
    )
    return list(sides), [*choices[: MOST_CHOICES - 1], none]


def _only(weapon: Weapon, one: Applied, side: int, others: tuple[JobId, ...] = ()) -> Choice:
    make = partial(_settle, weapon, (one.job, *others))
    return Choice("mark_stands", "resolve_mark", side, one.text, make)


def _with_none(
    weapon: Weapon, choices: Sequence[Choice], others: tuple[JobId, ...] = ()
) -> list[Choice]:
    none = Choice("no_mark_stands", "resolve_mark", make=partial(_settle, weapon, others))
    return [*choices[: MOST_CHOICES - 1], none]


def _stands(job: JobId, state: Weapon) -> bool:
    return any(one.job == job for one in state.standing_marks)


def _states(state: Weapon) -> tuple[Saying, ...]:
    return tuple((f"mark:{one.text}", one.state) for one in state.applied)


def _settle(
    weapon: Weapon, jobs: tuple[JobId, ...], reason: str, accepted: tuple[JobId, ...] = ()
) -> list[Draft]:
    return [settle_marks(weapon, jobs, reason, accepted)]


def _keep_on(
    text: str, states: Sequence[Weapon], bearer: WeaponId | None, reason: str
) -> list[Draft]:
    """Void the mark on every weapon but its bearer; their other marks stand as they are."""
    found = []
    for weapon in states:
        borne = [one for one in weapon.standing_marks if one.number and one.text == text]
        if weapon.id == bearer or not borne:
            continue
        kept = tuple(one.job for one in weapon.standing_marks if one not in borne)
        found.append(Draft(weapon.id, MarksSettled(kept, reason), weapon.heads.marking))
    return found


def _begin(one: Applied, known: Sequence[Fact]) -> Fact | None:
    return next(
        (
            fact
            for fact in known
            if isinstance(fact.body, MarkingBegun) and fact.body.job == one.job
        ),
        None,
    )


def _says(one: Applied) -> tuple[Saying, ...]:
    said: list[Saying] = [("mark", one.text), ("mark_state", one.state)]
    for name, value in (("component", one.component), ("position", one.position)):
        if value:
            said.append((name, value))
    return tuple(said)
