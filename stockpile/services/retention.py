"""Details of persons are kept as long as the site's rule says, and no longer.

1. Due is whoever has nothing in hand and whose last act lies so many months back.
2. What is due is erased by the rule at the close of a day, or by an officer before.
3. Without a rule nothing is due.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stockpile.domain import people, persons
from stockpile.domain.facts import GuardSet
from stockpile.domain.holders import Holder
from stockpile.domain.values import Instant
from stockpile.language import ngettext
from stockpile.services.ammunition import Ammunition
from stockpile.services.holders import Holders
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Clock, Recorded, Register, RegisterFilter

_NOTHING = Recorded((), ())


@dataclass(frozen=True, slots=True)
class DuePerson:
    """Somebody whose details are kept too long: who, and when their last act was."""

    holder: Holder
    last: Instant


@dataclass(frozen=True, slots=True)
class Retention:
    """The rule that nothing about a person is kept for ever."""

    books: Books
    register: Register
    holders: Holders
    ammunition: Ammunition
    rules: Callable[[], GuardSet]
    clock: Clock

    @property
    def months(self) -> int:
        """For how many months details are kept after a last act; 0 where no rule is set."""
        return self.rules().retain_persons

    def due(self) -> tuple[DuePerson, ...]:
        """Return whose details are to be erased, the longest silent first."""
        months = self.months
        known = self.holders.all()
        if not months or not known:
            return ()
        now, zone = self.clock.now(), self.clock.zone()
        last = persons.last_acts(self.books.since((), persons.ACTS))
        old = (DuePerson(one, last.get(one.id, 0)) for one in known)
        due = [one for one in old if persons.is_due(one.last, now, zone, months)]
        disputed = self._disputed() if due else frozenset()
        empty = [
            one for one in due if one.holder.id not in disputed and not self._holds(one.holder)
        ]
        return tuple(sorted(empty, key=lambda one: (one.last, one.holder.id)))

    def erase_due(self, *, by: SignedIn) -> Recorded:
        """Erase what is due, as an officer's own act; raises OfficerNotAuthorised."""
        people.authorise(by.officer, "erase_person")
        return self.erase_by_rule(by=by)

    def erase_by_rule(self, *, by: SignedIn) -> Recorded:
        """Erase what is due because the rule says so, whoever closes the day."""
        reason, made = _reason(self.months), _NOTHING
        for one in self.due():
            more = self.holders.erase(one.holder.id, reason, by=by, by_rule=True)
            made = Recorded((*made.entries, *more.entries), (*made.facts, *more.facts))
        return made

    def _disputed(self) -> frozenset[str]:
        """Return who may hold a weapon of which two records say different things."""
        found: set[str] = set()
        for weapon in {one for conflict in self.books.conflicts() for one in conflict.weapons}:
            found |= {one.holder for one in self.books.weapon(weapon).custody if one.holder}
        return frozenset(found)

    def _holds(self, holder: Holder) -> bool:
        if self.register.count(RegisterFilter(holder=holder.id)):
            return True
        return any(one.quantity for one in self.ammunition.held(holder.id))


def _reason(months: int) -> str:
    said = ngettext(
        "by rule, {count} month after the last act", "by rule, {count} months after the last act",
        months,
    )  # fmt: skip
    return said.format(count=months)
