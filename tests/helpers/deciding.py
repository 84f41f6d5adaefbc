"""Settling conflicts in a world of depots by their cards, as a person does with one key."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from stockpile.domain import facts
from stockpile.domain.cards import Card, Choice, card_of, weapons_on
from stockpile.domain.conflicts import Conflict
from stockpile.domain.facts import Draft, Fact, Mark, Photo
from stockpile.domain.values import Digest, JobId, PlaceId, SchemeId
from stockpile.domain.weapons import Weapon
from tests.helpers.depots import START, Depot
from tests.helpers.strategies import WEAPON
from tests.stockpile.domain.test_convergence import conflicts_of

REASON = "looked at the metal and at the papers"


def card_at(depot: Depot, conflict: Conflict, more: Iterable[Fact] = ()) -> Card:
    """The card that a depot makes of a conflict from what it knows."""
    shown = weapons_on(conflict, lambda some: {one: depot.weapon(one) for one in some})
    known = [fact for one in shown for fact in depot.known.get(one, {}).values()]
    states: list[Weapon] = [depot.weapon(one) for one in shown]
    return card_of(conflict, [*known, *more], states)


def settle(depot: Depot, choice: Choice, *, now: int = START) -> list[Fact]:
    """Write what a choice writes, as one act."""
    return write(depot, choice.drafts(REASON), now=now)


def write(depot: Depot, drafts: Iterable[Draft], *, now: int = START) -> list[Fact]:
    """Write drafts as one act: one that follows replaces also the one before it."""
    written: list[Fact] = []
    last: dict[str, Digest] = {}
    for one in drafts:
        before = [last[one.subject]] if one.follows else []
        fact = depot.write(
            one.subject, one.body, now=now, replaces=[*one.replaces, *before], saw=one.saw
        )
        last[one.subject] = fact.hash
        written.append(fact)
    return written


NORTH, SOUTH = PlaceId("north"), PlaceId("south")
REGISTERED = facts.WeaponRegistered(
    model="M",
    calibre="9 mm",
    marks=(Mark("serial", "AB 1", is_identity=True),),
    place=NORTH,
    photos=(Photo(Digest("1" * 64), "left"),),
)


def two() -> tuple[Depot, Depot]:
    """Two depots that both know of the registered weapon."""
    here, there = Depot("aa"), Depot("bb")
    there.learn([here.write(WEAPON, REGISTERED)])
    return here, there


def meet(*depots: Depot) -> Weapon:
    """Let all of them learn all; the weapon as the first one then holds it."""
    for one, other in itertools.permutations(depots, 2):
        one.learn(other.all_facts())
    return depots[0].weapon(WEAPON)


def the(kind: str, depot: Depot) -> Conflict:
    """The conflict of a class that a depot holds."""
    return next(one for one in conflicts_of(depot.held) if one.kind == kind)


def kinds(depot: Depot) -> set[str]:
    """The classes of conflict that a depot holds."""
    return {one.kind for one in conflicts_of(depot.held)}


def begun(job: str, text: str, number: int, scheme: str = "s") -> facts.MarkingBegun:
    return facts.MarkingBegun(JobId(job), SchemeId(scheme), text, number, "machine")


def marked(depot: Depot, job: str, text: str, number: int, scheme: str = "s") -> None:
    """Mark the weapon, and leave it unread."""
    depot.write(WEAPON, begun(job, text, number, scheme))
    depot.write(WEAPON, facts.MarkingEnded(JobId(job), "marked"))
