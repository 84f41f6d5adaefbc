"""Offices: who holds one here, with which roles, badge and PIN; suspended, given back, ended.

Each change bears the own signature of the officer who decided it, and of a second one where the
site's rule asks for two. A new PIN is a new key: what the old one signed stays signed, and the
appointment with the new key stands on record for everybody to see.
"""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain import badges, offices, people
from stockpile.domain.errors import BadgeUnknown, OfficerUnknown, OwnOffice
from stockpile.domain.facts import Draft, OfficerAppointed, Role
from stockpile.domain.offices import Office
from stockpile.domain.people import Act, Officer, appointed
from stockpile.domain.references import Reference
from stockpile.domain.values import OfficerId, tidied
from stockpile.services.guard import Guard
from stockpile.services.lineage import own_nodes
from stockpile.services.people import People, SignedIn
from stockpile.services.ports import Books, Chance, Keys, Recorded
from stockpile.services.signing import Later, Second, demand_proposable, sign


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices of this node."""

    books: Books
    keys: Keys
    people: People
    guard: Guard
    chance: Chance

    def all(self) -> tuple[Office, ...]:
        """Return every office there ever was here: those in force first, each by name."""
        nodes = own_nodes(self.books, self.keys.node)
        own = (
            self._office(one)
            for one in self.books.references(OfficerAppointed)
            if one.opening is not None and one.opening.order[1] in nodes
        )
        order = ("in_office", "suspended", "left")
        return tuple(sorted(own, key=lambda one: (order.index(one.state), one.body.name)))

    def named(self, text: str) -> Office:
        """Return the office of an id or a name; one in force first; raises OfficerUnknown."""
        wanted = tidied(text).casefold()
        for one in self.all():
            if wanted in (one.id.casefold(), one.body.name.casefold()):
                return one
        raise OfficerUnknown(text)

    def appoint(
        self,
        name: str,
        roles: tuple[Role, ...],
        pin: str,
        *,
        by: SignedIn,
        witness: Second | None = None,
    ) -> Recorded:
        """Appoint an officer; raises what ``People.appoint`` does, and SecondOfficerMissing.

        Where a second one confirms it later, the PIN opens nothing before.
        """
        self._authorise(by, "appoint", witness)
        return self._sign("appoint", self.people.appointment(name, roles, pin), by, witness)

    def set_roles(
        self,
        officer: OfficerId,
        roles: tuple[Role, ...],
        reason: str,
        *,
        by: SignedIn,
        witness: Second | None = None,
    ) -> Recorded:
        """Give an officer other roles; the same roles again change nothing.

        Raises OfficerNotAuthorised, SecondOfficerMissing, OwnOffice, NotInOffice, FieldMissing,
        NobodyAppoints, ReasonMissing.
        """
        self._authorise(by, "appoint", witness)
        office = self._of(officer)
        if frozenset(roles) == frozenset(office.body.roles):
            return Recorded((), ())
        draft = offices.set_roles(office, roles, reason, by.officer, self.all())
        return self._sign("appoint", draft, by, witness)

    def new_pin(
        self,
        officer: OfficerId,
        pin: str,
        reason: str,
        *,
        by: SignedIn,
        witness: Second | None = None,
    ) -> Recorded:
        """Give an officer who forgot the PIN a new one, and with it a new key.

        Until a second officer confirms it, where that is left for later, the PIN of before is good.
        Raises OfficerNotAuthorised, SecondOfficerMissing, OwnOffice, NotInOffice, PinTooShort,
        ReasonMissing.
        """
        self._authorise(by, "appoint", witness)
        people.demand_pin(pin)
        office = self._of(officer)
        offices.renew_key(office, b"", reason, by.officer)  # no key is made for what is refused
        public_key = self.keys.add_officer(officer, pin, bytes.fromhex(office.body.public_key))
        draft = offices.renew_key(office, public_key, reason, by.officer)
        return self._sign("appoint", draft, by, witness)

    def give_badge(
        self,
        officer: OfficerId,
        reason: str = "",
        *,
        by: SignedIn,
        witness: Second | None = None,
    ) -> tuple[Recorded, str]:
        """Give an officer a badge and return its text, to be printed now: nobody keeps it.

        Raises OfficerNotAuthorised, SecondOfficerMissing, NotInOffice, ReasonMissing (for one that
        replaces another).
        """
        self._authorise(by, "appoint", witness)
        badge = badges.new_badge(self.chance.bytes(badges.RANDOM_BYTES))
        draft = offices.give_badge(self._of(officer), badges.badge_digest(badge), reason)
        return self._sign("appoint", draft, by, witness), badge

    def suspend(
        self, officer: OfficerId, reason: str, *, by: SignedIn, witness: Second | None = None
    ) -> Recorded:
        """Suspend an officer, until they are put back.

        Raises OfficerNotAuthorised, OwnOffice, NotInOffice, NobodyAppoints, ReasonMissing.
        """
        self._authorise(by, "suspend", witness)
        draft = offices.suspend(self._of(officer), reason, by.officer, self.all())
        return self._sign("suspend", draft, by, witness)

    def retire(
        self, officer: OfficerId, reason: str, *, by: SignedIn, witness: Second | None = None
    ) -> Recorded:
        """End an office; raises what ``suspend`` raises."""
        self._authorise(by, "suspend", witness)
        draft = offices.retire(self._of(officer), reason, by.officer, self.all())
        return self._sign("suspend", draft, by, witness)

    def reinstate(
        self, officer: OfficerId, reason: str, *, by: SignedIn, witness: Second | None = None
    ) -> Recorded:
        """Put an officer back into office, with the roles, key and badge of before.

        Raises OfficerNotAuthorised, SecondOfficerMissing, InOfficeAlready, ReasonMissing, and
        FieldUnreadable where another holds an office under the same name by now.
        """
        self._authorise(by, "appoint", witness)
        office = self._of(officer)
        draft = offices.reinstate(office, reason)
        self.people.demand_free_name(office.body.name)
        return self._sign("appoint", draft, by, witness)

    def wait(self, officer: OfficerId) -> int:
        """Return for how many seconds no PIN of the officer is looked at, after wrong ones."""
        try:
            return self.keys.pin_wait(officer)
        except OfficerUnknown:  # restored without the keys of those who left
            return 0

    def unlock(self, officer: OfficerId, *, by: SignedIn) -> None:
        """Let an officer try the PIN at once; after one more wrong one the wait is as long again.

        Raises OfficerNotAuthorised, OwnOffice, OfficerUnknown.
        """
        people.authorise(by.officer, "appoint")
        if officer == by.id:
            raise OwnOffice("appoint")
        self.keys.lift_wait(self._of(officer).id)

    def of_badge(self, text: str) -> Officer:
        """Return the officer in office whose badge was scanned; raises BadgeUnknown."""
        badge = badges.read_badge(text)
        digest = badges.badge_digest(badge) if badge else ""
        for one in self.people.officers():
            if digest and one.badge == digest:
                return one
        raise BadgeUnknown

    def is_outdated(self, draft: Draft) -> bool:
        """Say whether an appointment that waits would give a name that somebody bears by now.

        Or roles that leave nobody who appoints, or a key that is gone from here since.
        """
        body = draft.body
        if not isinstance(body, OfficerAppointed):
            return False
        officer = appointed(OfficerId(draft.subject), body)
        others = [one for one in self.people.officers() if one.id != officer.id]
        if any(one.name.casefold() == officer.name.casefold() for one in others):
            return True
        if not any(one.may("appoint") for one in (officer, *others)):
            return True
        is_new = self._last_key(officer.id) != body.public_key
        return is_new and not self.keys.holds_officer(officer.id, officer.public_key)

    # --- inside -----------------------------------------------------------------------------

    def _authorise(self, by: SignedIn, act: Act, witness: Second | None) -> None:
        """Judge by what the officer may now, not by what they might when they sat down."""
        current = self.people.current(by)
        if isinstance(witness, Later):
            demand_proposable(current, act)
        else:
            self.guard.authorise(current, act, self.people.current(witness) if witness else None)

    def _sign(self, act: Act, draft: Draft, by: SignedIn, witness: Second | None) -> Recorded:
        return sign(self.books, act, [draft], by=by, second=witness)

    def _last_key(self, officer: OfficerId) -> str:
        """Return the public key that was appointed last for an officer, where there is one."""
        reference = self.books.reference(officer)
        return self._office(reference).body.public_key if reference else ""

    def _of(self, officer: OfficerId) -> Office:
        reference = self.books.reference(officer)
        if reference is None or not isinstance(reference.opened, OfficerAppointed):
            raise OfficerUnknown(officer)
        return self._office(reference)

    def _office(self, reference: Reference) -> Office:
        known = self.books.history(reference.subject)
        last = next(one.body for one in reversed(known) if isinstance(one.body, OfficerAppointed))
        return offices.office_of(reference, last, known[-1].at)
