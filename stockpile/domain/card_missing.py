"""The card of a weapon that a closed count missed: what the book says, what the count says.

It is settled by the investigation that the count opened, and by nothing else: each fact that
answers it is a choice, and closes it on that evidence. While nothing answers it there is no choice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from stockpile.domain import investigating, references, weapons
from stockpile.domain.card_custody import says
from stockpile.domain.card_parts import Choice, Saying, Side
from stockpile.domain.facts import (
    Draft,
    Fact,
    Horizon,
    InvestigationClosed,
    InvestigationOpened,
    StocktakeClosed,
)
from stockpile.domain.investigating import Before
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest
from stockpile.domain.weapons import Weapon

SideOf = Callable[[Fact, tuple[Saying, ...]], Side]
_MOST: Final = 7
"""Facts that are offered as the answer, the newest ones."""


def missing(
    weapon: Weapon, about: Sequence[str], facts: Sequence[Fact], own: Sequence[Fact], side: SideOf
) -> tuple[list[Side], list[Choice]]:
    """Return the book as the count knew it, the count, and each fact that answers, with its choice.

    ``own`` are the weapon's facts in causal order, ``facts`` also those of the investigation and of
    the count that opened it.
    """
    inquiry = [one for one in facts if one.subject == about[0]]
    opening = next((one for one in inquiry if isinstance(one.body, InvestigationOpened)), None)
    if opening is None:
        return [], []
    known = {one.hash: one for one in own}
    before = Before(opening, _horizon(about[1], facts))
    answers = investigating.fitting("missing", own, before, weapon)[-_MOST:]
    then = before.of(own)
    book = weapons.folded(weapon.id, [one for one in own if one.hash in then]).custody
    sides = [side(known[one.fact], says(one)) for one in book if one.fact in known]
    sides.append(side(opening, _missed(opening)))
    first = len(sides)
    now = {one.fact: says(one) for one in weapon.custody}
    sides += [side(one, now.get(one.hash, ())) for one in answers]
    choices = [
        Choice(
            "answered", "investigate", first + at, investigating.outcome_of(one),
            partial(_close, inquiry, one),
        )
        for at, one in enumerate(answers)
    ]  # fmt: skip
    return sides, choices


def _missed(opening: Fact) -> tuple[Saying, ...]:
    body = opening.body
    assert isinstance(body, InvestigationOpened)
    place: tuple[Saying, ...] = (("place", body.place),) if body.place else ()
    return ("counted", "missing"), *place


def _horizon(count: str, facts: Sequence[Fact]) -> tuple[Horizon, ...]:
    """Return what the count knew when it was closed."""
    closed = (one.body for one in facts if one.subject == count)
    return next((one.horizon for one in closed if isinstance(one, StocktakeClosed)), ())


def _close(inquiry: Sequence[Fact], answer: Fact, reason: str) -> list[Draft]:
    reference = Reference(inquiry[0].subject)
    for fact in inquiry:
        reference = references.after(reference, fact)
    proof: tuple[Digest, ...] = (answer.hash,)
    said = InvestigationClosed(investigating.outcome_of(answer), proof, reason)
    return [investigating.close(reference.subject, reference.heads, said, proving=proof, kept=())]
