"""Officers: founding a home, appointing, signing in."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain import people
from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    KeysUnreadable,
    OfficerUnknown,
    WrongPin,
)
from stockpile.domain.facts import (
    BlockGranted,
    Draft,
    NodeFounded,
    OfficerAppointed,
    PlaceOpened,
    Role,
)
from stockpile.domain.ledger import signed_by
from stockpile.domain.people import Act, Officer
from stockpile.domain.schemes import draws_number
from stockpile.domain.seed_schemes import SEED_SCHEMES
from stockpile.domain.values import OfficerId, PlaceId, new_id, tidied
from stockpile.services.lineage import own_nodes
from stockpile.services.ports import Books, Chance, Clock, Keys, OfficerKey, Recorded

_COUNTRY_LENGTHS = (2, 3)
_PROOF = b"stockpile: this key is the officer's\n"
"""What an opened key signs to show whose it is; no entry and no receipt begins so."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An officer who proved who they are, with their opened key."""

    officer: Officer
    key: OfficerKey

    @property
    def id(self) -> OfficerId:
        """The officer's id."""
        return self.officer.id


@dataclass(frozen=True, slots=True)
class Founding:
    """What a new home is told: country (ISO code), site code, its name, its first officer."""

    country: str
    site: str
    name: str
    officer: str
    pin: str
    first_number: int = 1
    last_number: int = 10_000


@dataclass(frozen=True, slots=True)
class People:
    """The officers of this node."""

    books: Books
    keys: Keys
    clock: Clock
    chance: Chance

    def found(self, told: Founding) -> Recorded:
        """Write the first act of a chain: node, site, first officer, schemes, first numbers."""
        people.demand_pin(told.pin)
        country = _country(told.country)
        site, officer = PlaceId(self._new_id()), OfficerId(self._new_id())
        public_key = self.keys.add_officer(officer, told.pin)
        name = tidied(told.name) or tidied(told.site)
        if not name:
            raise FieldMissing("name")
        node = self.keys.node
        drafts = [
            Draft(
                node,
                NodeFounded(self.keys.public_key.hex(), name, country, tidied(told.site)),
            ),
            Draft(site, PlaceOpened(name, "site", country=country, code=tidied(told.site))),
            people.appoint(officer, told.officer, ("commander",), public_key, site),
        ]
        for scheme, body in SEED_SCHEMES:
            drafts.append(Draft(scheme, body))
            if draws_number(body):
                block = BlockGranted(node, scheme, told.first_number, told.last_number)
                drafts.append(Draft(self._new_id(), block))
        return self.books.record(drafts, by=officer)

    def appoint(
        self,
        name: str,
        roles: tuple[Role, ...],
        pin: str,
        *,
        by: SignedIn,
    ) -> Recorded:
        """Appoint an officer; the appointing officer's own signature stands under it.

        Raises OfficerNotAuthorised, SecondOfficerMissing where the site asks for two, PinTooShort,
        FieldMissing, and FieldUnreadable for a name that somebody bears already.
        """
        people.authorise(by.officer, "appoint")
        draft = self.appointment(name, roles, pin)
        return self.books.record([draft], by=by.id, signers=[by.key])

    def appointment(self, name: str, roles: tuple[Role, ...], pin: str) -> Draft:
        """Make a key for a new officer and return the appointment that makes it good.

        Raises PinTooShort, FieldMissing, FieldUnreadable.
        """
        people.demand_pin(pin)
        self.demand_free_name(name)
        officer = OfficerId(self._new_id())
        people.appoint(officer, name, roles, b"", None)  # no key is made for what is refused
        public_key = self.keys.add_officer(officer, pin)
        return people.appoint(officer, name, roles, public_key, self.site())

    def demand_free_name(self, name: str) -> None:
        """Raise FieldUnreadable for a name under which somebody is in office."""
        wanted = tidied(name).casefold()
        if any(one.name.casefold() == wanted for one in self.officers()):
            raise FieldUnreadable("name", name)

    def officers(self) -> tuple[Officer, ...]:
        """Return the officers in office at this node, by name.

        Those of other nodes are on record too, and their keys are not here: they sign there.
        """
        nodes = own_nodes(self.books, self.keys.node)
        own = (
            one
            for one in self.books.references(OfficerAppointed)
            if one.opening is not None and one.opening.order[1] in nodes
        )
        found = map(people.officer_of, own)
        return tuple(sorted((one for one in found if one), key=lambda one: one.name))

    def sign_in(self, name: str, pin: str) -> SignedIn:
        """Open an officer's key; raises OfficerUnknown, WrongPin."""
        wanted = tidied(name).casefold()
        for officer in self.officers():
            if officer.name.casefold() == wanted:
                return self.prove(officer, pin)
        raise OfficerUnknown(name)

    def prove(self, officer: Officer, pin: str) -> SignedIn:
        """Open the key of an officer in office; raises WrongPin, KeysUnreadable for another's."""
        return SignedIn(officer, self._opened(officer, pin))

    def change_pin(self, officer: Officer, old: str, new: str) -> None:
        """Let an officer choose another PIN: the key, and the record, stay as they are.

        Raises PinTooShort, WrongPin, PinTooSoon.
        """
        people.demand_pin(new)
        try:
            self.keys.change_pin(officer.id, old, new)
        except WrongPin as error:
            error.name = officer.name
            raise

    def current(self, officer: SignedIn) -> SignedIn:
        """Return the officer as they stand now, with the key they opened.

        Raises OfficerUnknown where they left office since, or were suspended, or another key signs
        for them.
        """
        for one in self.officers():
            if one.id == officer.id and one.public_key == officer.officer.public_key:
                return SignedIn(one, officer.key)
        raise OfficerUnknown(officer.officer.name)

    def site(self) -> PlaceId:
        """Return the place that stands for this site."""
        nodes = own_nodes(self.books, self.keys.node)
        own = (
            PlaceId(one.subject)
            for one in self.books.references(PlaceOpened)
            if isinstance(one.opened, PlaceOpened)
            and one.opened.kind == "site"
            and one.opening is not None
            and one.opening.order[1] in nodes
        )
        return next(own)

    def demand(self, by: SignedIn, act: Act) -> None:
        """Raise OfficerNotAuthorised unless the officer may do this."""
        people.authorise(by.officer, act)

    def _opened(self, officer: Officer, pin: str) -> OfficerKey:
        try:
            key = self.keys.open_officer(officer.id, pin, officer.public_key)
        except WrongPin as error:
            error.name = officer.name  # the keys know officers by their ids only
            raise
        if not signed_by(officer.public_key, _PROOF, key.sign(_PROOF)):
            raise KeysUnreadable("keys.json")  # somebody put another one's key in its place
        return key

    def _new_id(self) -> str:
        return new_id(self.clock.now(), self.chance.bytes(10))


def _country(text: str) -> str:
    code = text.strip().upper()
    if len(code) not in _COUNTRY_LENGTHS or not code.isascii() or not code.isalpha():
        raise FieldUnreadable("country", text)
    return code
