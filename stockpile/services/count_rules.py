"""The rules for counts, and what is due by them."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain import count_rules, opening_counts, people
from stockpile.domain.count_rules import Due
from stockpile.domain.facts import CountRuleSet, CustodyHandedOver
from stockpile.domain.opening_counts import Stocktake
from stockpile.domain.values import PlaceId
from stockpile.services.counting import Counting
from stockpile.services.people import People, SignedIn
from stockpile.services.ports import Books, Clock, Recorded


@dataclass(frozen=True, slots=True)
class CountRules:
    """The calendar of the stocktake desk."""

    books: Books
    counting: Counting
    people: People
    clock: Clock

    def all(self) -> tuple[CountRuleSet, ...]:
        """Return the rules that hold."""
        return count_rules.standing(self.books.references(CountRuleSet))

    def set(self, said: CountRuleSet, *, by: SignedIn) -> Recorded:
        """Set a rule, or stop one; saying what holds already changes nothing."""
        people.authorise(by.officer, "set_rule")
        reference = self.books.reference(count_rules.rule_subject(said.name))
        draft = count_rules.set_rule(said, reference.heads if reference else ())
        if reference is not None and reference.now == draft.body:
            return Recorded((), ())
        return self.books.record([draft], by=by.id)

    def due(self, today: str = "") -> tuple[Due, ...]:
        """Return what the rules ask for next, overdue first; ``today`` is an ISO date."""
        day = today or opening_counts.day(self.clock.now(), self.clock.zone())
        closed = [one for one in self.counting.all() if one.closed is not None]
        site = self.people.site()
        found = [
            self._next(rule, rule.place or site, closed, day) for rule in self.all() if rule.days
        ]
        found += [
            one for rule in self.all() if rule.handover for one in self._handovers(rule, closed)
        ]
        return tuple(sorted(found, key=lambda one: (one.by, one.rule.name)))

    def _next(self, rule: CountRuleSet, place: PlaceId, closed: list[Stocktake], day: str) -> Due:
        ground = self.counting.cases.ground()
        done = [one for one in closed if count_rules.answers(rule, place, one, ground)]
        days = sorted((self._closed_on(one), one.id) for one in done)
        last, stocktake = days[-1] if days else ("", "")
        return Due(rule, place, count_rules.due_by(rule, last, day), stocktake)

    def _handovers(self, rule: CountRuleSet, closed: list[Stocktake]) -> list[Due]:
        """Return the places that changed hands without a count that answers the rule."""
        ground = self.counting.cases.ground()
        found = []
        for reference in self.books.references(CustodyHandedOver):
            now = reference.now
            if not isinstance(now, CustodyHandedOver) or rule.place not in (None, now.place):
                continue
            done = [one for one in closed if count_rules.answers(rule, now.place, one, ground)]
            on = self._day_of(reference.subject)
            if not now.stocktake and not any(self._closed_on(one) >= on for one in done):
                found.append(Due(rule, now.place, on))
        return found

    def _closed_on(self, one: Stocktake) -> str:
        return self._day_of(one.id)

    def _day_of(self, subject: str) -> str:
        """Return the day of the last fact about a subject."""
        last = self.books.history(subject)[-1]
        return opening_counts.day(last.at, last.zone)
