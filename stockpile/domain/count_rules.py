"""When a place is to be counted again, by rules that are data: basis, how much of it, how often.

What ships follows IDDRS 4.10, 7.3.1: each week by number and type with the serials of no less than
10 per cent, each six months all by quantity, type and serial. The count at every change of
custodian is the practice of unit armouries. A site sets, adds or stops rules of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from stockpile.domain.counting import Ground
from stockpile.domain.errors import FieldMissing, FieldUnreadable
from stockpile.domain.facts import CountRuleSet, Draft
from stockpile.domain.opening_counts import BASES, Request, Stocktake
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, PlaceId, tidied

_INSTRUMENT: Final = "IDDRS 4.10, 7.3.1"
_HALF_YEAR: Final = 182
_WHOLE: Final = 100
SEED_RULES: Final = (
    CountRuleSet("weekly-type", "type", 7, source=_INSTRUMENT),
    CountRuleSet("weekly-serials", "serial", 7, percent=10, source=_INSTRUMENT),
    CountRuleSet("six-monthly", "serial", _HALF_YEAR, source=_INSTRUMENT),
    CountRuleSet("handover", "serial", 0, handover=True, source="unit armoury practice"),
)
"""The rules that stand where nobody said otherwise. Half a year is never more than six months."""


@dataclass(frozen=True, slots=True)
class Due:
    """A count that a rule asks for: where, by when (an ISO date), and the last one that was."""

    rule: CountRuleSet
    place: PlaceId
    by: str
    last: str = ""

    def is_overdue(self, today: str) -> bool:
        """Say whether the day is past."""
        return self.by < today

    def is_due(self, today: str) -> bool:
        """Say whether the day has come."""
        return self.by <= today

    @property
    def request(self) -> Request:
        """What is to be counted; who counts is still to be said."""
        rule = self.rule
        return Request(self.place, rule.basis, percent=rule.percent, rule=rule.name)


def rule_subject(name: str) -> str:
    """Return the subject under which a rule stands."""
    return f"countrule:{name.casefold()}"


def standing(set_: Iterable[Reference]) -> tuple[CountRuleSet, ...]:
    """Return the rules that hold: those that ship, as far as nobody set or stopped them."""
    rules = {rule_subject(one.name): one for one in SEED_RULES}
    for reference in set_:
        if isinstance(reference.now, CountRuleSet):
            rules[reference.subject] = reference.now
    return tuple(one for one in rules.values() if not one.stopped)


def set_rule(said: CountRuleSet, heads: tuple[Digest, ...]) -> Draft:
    """Set a rule; raises FieldMissing without a name, FieldUnreadable for no interval or share."""
    name = tidied(said.name)
    if not name:
        raise FieldMissing("name")
    if said.basis not in BASES:
        raise FieldUnreadable("basis", said.basis)
    if not 0 < said.percent <= _WHOLE:
        raise FieldUnreadable("percent", str(said.percent))
    if said.days < 0 or not (said.days or said.handover):
        raise FieldUnreadable("days", str(said.days))
    return Draft(rule_subject(name), replace(said, name=name), heads)


def answers(rule: CountRuleSet, place: PlaceId, count: Stocktake, ground: Ground) -> bool:
    """Say whether a closed count was what a rule asks for at a place, or more."""
    opened = count.opened
    if count.closed is None or opened.types or opened.percent < rule.percent:
        return False
    if BASES.index(opened.basis) < BASES.index(rule.basis):
        return False
    return opened.place is None or ground.lies_in(place, opened.place)


def due_by(rule: CountRuleSet, last: str, today: str) -> str:
    """Return by when the next count is due, after the day of the last one; today if there is none.

    All three are ISO dates.
    """
    if not last:
        return today
    return (date.fromisoformat(last) + timedelta(days=rule.days)).isoformat()
