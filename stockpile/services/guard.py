"""How this site is guarded: which acts want two here, when a screen locks, how long details stay.

The rules are a fact of this node's own chain, signed by whoever sets them, so that every node and
the registry judge this chain by them; one that others wrote about our site changes nothing here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from stockpile.domain import people
from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.facts import Draft, Fact, GuardSet
from stockpile.domain.people import MAY_NEED_TWO, NEEDS_TWO, Act
from stockpile.domain.values import PlaceId
from stockpile.services.people import People, SignedIn
from stockpile.services.ports import Books, Recorded
from stockpile.services.signing import Second, sign

LONGEST_LOCK: Final = 480
"""Minutes after which a screen that nobody touches locks itself, at most: a working day."""
LONGEST_KEPT: Final = 1200
"""Months for which the details of a person are kept, at most."""


def any_recipient(_recovery: str) -> None:
    """Take every recovery key."""


@dataclass(frozen=True, slots=True)
class Guard:
    """The site's rules; ``check_recovery`` raises FieldUnreadable for what is no recovery key."""

    books: Books
    people: People
    check_recovery: Callable[[str], None] = any_recipient

    def rules(self) -> GuardSet:
        """Return the site's rules, or what holds where nobody set any."""
        standing = self.books.reference(guard_subject(self.people.site()))
        own = [one for one in standing.standing if self._is_ours(one.order)] if standing else []
        body = own[-1].body if own else None
        return body if isinstance(body, GuardSet) else GuardSet()

    def history(self) -> tuple[Fact, ...]:
        """Return every time the rules were set, in order."""
        known = self.books.history(guard_subject(self.people.site()))
        return tuple(one for one in known if isinstance(one.body, GuardSet))

    def wants_two(self, act: Act) -> bool:
        """Say whether the act wants a second officer here: always, or by the site's rule."""
        return act in NEEDS_TWO or act in self.rules().two_officers

    def authorise(self, by: SignedIn, act: Act, witness: SignedIn | None = None) -> None:
        """Raise OfficerNotAuthorised or SecondOfficerMissing unless they may do this here."""
        second = witness.officer if witness else None
        people.authorise(by.officer, act, second, by_rule=self.rules().two_officers)

    def set(self, rules: GuardSet, *, by: SignedIn, witness: Second | None = None) -> Recorded:
        """Put the site's rules on record, whole; the same again changes nothing.

        The setting officer signs; a second one too where the rules of until now ask for it. Raises
        OfficerNotAuthorised, SecondOfficerMissing, FieldUnreadable.
        """
        people.authorise(by.officer, "set_guard")
        tidy = self._tidy(rules)
        if tidy == self.rules():
            return Recorded((), ())
        subject = guard_subject(self.people.site())
        standing = self.books.reference(subject)
        draft = Draft(subject, tidy, standing.heads if standing else ())
        return sign(self.books, "set_guard", [draft], by=by, second=witness)

    def _tidy(self, rules: GuardSet) -> GuardSet:
        strange = next((one for one in rules.two_officers if one not in MAY_NEED_TWO), None)
        if strange is not None:
            raise FieldUnreadable("act", strange)
        if not 0 <= rules.lock_after <= LONGEST_LOCK:
            raise FieldUnreadable("lock_after", str(rules.lock_after))
        if not 0 <= rules.retain_persons <= LONGEST_KEPT:
            raise FieldUnreadable("retain_persons", str(rules.retain_persons))
        recovery = rules.recovery.strip()
        if recovery:
            self.check_recovery(recovery)
        acts = tuple(sorted(set(rules.two_officers)))
        return replace(rules, two_officers=acts, recovery=recovery)

    def _is_ours(self, order: tuple[int, str, int]) -> bool:
        return order[1] == self.people.keys.node


def guard_subject(site: PlaceId) -> str:
    """Return the subject under which a site's rules stand: the site itself is a place."""
    return f"guard:{site}"
