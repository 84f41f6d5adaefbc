"""Holders: who weapons are handed to; on record, found, able to sign, and erased.

1. What is recorded of a person is read here and nowhere else; facts and lists know them by an id.
2. A card names one person.
3. Who holds weapons is not erased.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stockpile.domain import holders, issuing, people, persons
from stockpile.domain.errors import (
    CardTaken,
    HolderAmbiguous,
    HolderUnknown,
    HolderWithoutPin,
    WrongPin,
)
from stockpile.domain.facts import Draft, PersonErased, PersonRecorded, ReceiptSigned, Withheld
from stockpile.domain.holders import Details, Holder, Sought
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, PersonId, WeaponId, new_id
from stockpile.language import _
from stockpile.services.ammunition import Ammunition, RoundsHeld
from stockpile.services.people import SignedIn
from stockpile.services.ports import (
    Books,
    Chance,
    Clock,
    Keys,
    Recorded,
    Register,
    RegisterFilter,
    RegisterRow,
)

FEW = 8
"""So many people are offered while somebody types."""
LATEST = 20
"""So many receipts are shown of a person: the latest."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a person answers for: weapons, rounds, which of them are overdue; their last receipts.

    ``overdue`` are ids of weapons; ``receipts`` the latest first.
    """

    holder: Holder
    weapons: tuple[RegisterRow, ...] = ()
    rounds: tuple[RoundsHeld, ...] = ()
    overdue: frozenset[WeaponId] = frozenset()
    receipts: tuple[Reference, ...] = ()


@dataclass(slots=True)
class _Index:
    """The holders as they were read last, with what they were read from."""

    of: tuple[Reference, ...] | None = None
    read: Mapping[str, tuple[Reference, Sought | None]] = field(default_factory=dict)
    all: tuple[Holder, ...] = ()
    sought: tuple[Sought, ...] = ()
    by_id: Mapping[PersonId, Holder] = field(default_factory=dict)
    by_card: Mapping[str, Holder] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Holders:
    """The desk for people who hold weapons."""

    books: Books
    register: Register
    keys: Keys
    ammunition: Ammunition
    clock: Clock
    chance: Chance
    _held: _Index = field(default_factory=_Index, repr=False, compare=False)

    def all(self) -> tuple[Holder, ...]:
        """Return everybody on record here, by name."""
        return self._index().all

    def find(self, text: str, limit: int = FEW) -> tuple[Holder, ...]:
        """Return people by the beginning of names, by number, rank, unit or card; best first."""
        return holders.found(self._index().sought, text, limit)

    def by_card(self, text: str) -> PersonId | None:
        """Return whose card a scanner read; a name or a number is never taken for a card."""
        holder = self._index().by_card.get(holders.card_key(text))
        return holder.id if holder else None

    def named(self, text: str) -> Holder:
        """Return the one person that a text names: id, card, number, or words of their name.

        Raises HolderUnknown, HolderAmbiguous.
        """
        known, key = self._index(), holders.card_key(text)
        if text in known.by_id:
            return known.by_id[PersonId(text)]
        if key in known.by_card:
            return known.by_card[key]
        found = self.find(text)
        exact = [one for one in found if key in map(holders.card_key, (one.reference, one.name))]
        if len(exact or found) > 1:
            raise HolderAmbiguous(text, tuple(one.name for one in exact or found))
        if not found:
            raise HolderUnknown(text)
        return (exact or list(found))[0]

    def one(self, person: PersonId) -> Holder:
        """Return a person; one who was erased, or is of another depot, has no name.

        Raises HolderUnknown for an id that no fact speaks of.
        """
        known = self._index().by_id.get(person)
        if known is not None:
            return known
        if any(_is_about_a_person(fact.body) for fact in self.books.history(person)):
            return Holder(person)
        raise HolderUnknown(person)

    def record(self, details: Details, *, by: SignedIn, pin: str = "") -> tuple[Recorded, Holder]:
        """Put a person on record, with a PIN to sign by where one is given.

        Raises FieldMissing, FieldUnreadable, CardTaken, PinTooShort.
        """
        people.authorise(by.officer, "hold")
        draft = self.drafted(None, details, self.cards())
        assert draft is not None  # somebody new is always something new
        person = PersonId(draft.subject)
        if pin:  # only now: nobody who is refused leaves a key behind
            draft = holders.recorded(person, details, self._new_key(person, pin))
        return self.books.record([draft], by=by.id), self.one(person)

    def cards(self) -> dict[str, Holder]:
        """Return whose the cards are that are on record, by their keys."""
        return dict(self._index().by_card)

    def drafted(
        self, stands: Holder | None, details: Details, cards: dict[str, Holder]
    ) -> Draft | None:
        """Return what puts somebody on record or says them anew; None where it says the same.

        ``cards`` learns whose the card is now. Raises FieldMissing, FieldUnreadable, CardTaken.
        """
        person = stands.id if stands else self._new_person()
        key = holders.card_key(details.card)
        other = cards.get(key) if key else None
        if other is not None and other.id != person:
            raise CardTaken(details.card, other.name)
        public_key = stands.public_key if stands else ""
        draft = holders.recorded(person, details, public_key, self._heads(person))
        if stands is not None and _says_the_same(draft, stands):
            return None
        if key:
            cards[key] = Holder(person, details.name)
        return draft

    def change(
        self, person: PersonId, details: Details, *, by: SignedIn
    ) -> tuple[Recorded, Holder]:
        """Say anew all that is recorded of a person; what is the same is not written again.

        Raises HolderUnknown, FieldMissing, FieldUnreadable, CardTaken.
        """
        people.authorise(by.officer, "hold")
        stands = self.known(person)
        draft = self.drafted(stands, details, self.cards())
        if draft is None:
            return Recorded((), ()), stands
        return self.books.record([draft], by=by.id), self.one(person)

    def set_pin(self, person: PersonId, pin: str, *, by: SignedIn) -> tuple[Recorded, Holder]:
        """Give a person a new PIN, and with it a new key; what the old one signed stays signed.

        Raises HolderUnknown, PinTooShort.
        """
        people.authorise(by.officer, "hold")
        stands = self.known(person)
        public_key = self._new_key(person, pin)
        draft = holders.recorded(person, stands.details, public_key, self._heads(person))
        return self.books.record([draft], by=by.id), self.one(person)

    def erase(
        self, person: PersonId, reason: str, *, by: SignedIn, by_rule: bool = False
    ) -> Recorded:
        """Erase what is recorded of a person, on every node that learns of it; for good.

        Their photo and their PIN go with it. What they held and signed stays, under an id that
        names nobody; a signature that they drew is proof of a receipt and stays too. A reason that
        names them is written without it. Copies of the
        books made before still hold the name. ``by_rule`` where the site's rule erases and not
        whoever closes the day. Raises HolderUnknown, HolderStillHolds, ReasonMissing.
        """
        if not by_rule:
            people.authorise(by.officer, "erase_person")
        stands = self.known(person)
        draft = holders.erased(
            stands,
            persons.unnamed(reason, self.names_of(person), _("the person")),
            weapons=self.register.count(RegisterFilter(holder=person)),
            rounds=sum(one.quantity for one in self.ammunition.held(person)),
            replaces=self._heads(person),
        )
        recorded = self.books.record([draft], by=by.id)
        self.keys.forget_holder(person)
        return recorded

    def names_of(self, person: str) -> tuple[str, ...]:
        """Return what names a person who is on record here: their name, number and card."""
        known = self._index().by_id.get(PersonId(person))
        return (known.name, known.reference, known.card) if known else ()

    def account(self, person: PersonId) -> Account:
        """Return for what a person answers, what of it is overdue, and what they signed for.

        Raises HolderUnknown.
        """
        holder, now = self.one(person), self.clock.now()
        among = RegisterFilter(holder=person)
        rows = self.register.page("recorded", 0, self.register.count(among), among)
        minute = issuing.local_minute(now, self.clock.zone())
        receipts = self.books.references(ReceiptSigned, about=person, newest=LATEST)
        return Account(
            holder,
            rows,
            self.ammunition.held(person),
            frozenset(row.id for row in rows if issuing.is_overdue(row.due, minute)),
            tuple(one for one in receipts if _is_theirs(one, person)),
        )

    def sign(self, person: PersonId, pin: str, message: bytes) -> tuple[str, str]:
        """Return the person's public key and their signature over a message, in hexadecimal.

        Raises HolderUnknown, HolderWithoutPin, WrongPin, PinTooSoon.
        """
        stands = self.known(person)
        try:
            signature = self.keys.open_holder(person, pin)(message)
        except (HolderWithoutPin, WrongPin) as error:
            error.name = stands.name  # the keys know people by their ids only
            raise
        return stands.public_key, signature.hex()

    def known(self, person: PersonId) -> Holder:
        """Return a person of whom it is on record here who they are; raises HolderUnknown."""
        holder = self._index().by_id.get(person)
        if holder is None:
            raise HolderUnknown(person)
        return holder

    def _heads(self, person: PersonId) -> tuple[Digest, ...]:
        reference = self.books.reference(person)
        return reference.heads if reference else ()

    def _new_person(self) -> PersonId:
        return PersonId(new_id(self.clock.now(), self.chance.bytes(10)))

    def _new_key(self, person: PersonId, pin: str) -> str:
        people.demand_pin(pin)
        return self.keys.add_holder(person, pin).hex()

    def _index(self) -> _Index:
        """Return the holders, read anew only where what is recorded of one has changed."""
        held, references = self._held, self.books.references(PersonRecorded)
        if held.of is not references:
            held.read = {one.subject: _read(held, one) for one in references}
            found = [one for _, one in held.read.values() if one is not None]
            held.sought = tuple(sorted(found, key=lambda one: (one.by_name, one.holder.id)))
            held.all = tuple(one.holder for one in held.sought)
            held.by_id = {one.id: one for one in held.all}
            held.by_card = {holders.card_key(one.card): one for one in held.all if one.card}
            held.of = references
        return held


def _read(held: _Index, reference: Reference) -> tuple[Reference, Sought | None]:
    """Return the person that a reference stands for, as read before where nothing has changed."""
    known = held.read.get(reference.subject)
    if known is not None and known[0] is reference:
        return known
    holder = holders.holder_of(reference)
    return reference, holders.sought(holder) if holder else None


def _says_the_same(draft: Draft, stands: Holder) -> bool:
    said = holders.recorded(stands.id, stands.details, stands.public_key)
    return said.body == draft.body


def _is_theirs(receipt: Reference, person: PersonId) -> bool:
    body = receipt.now
    return isinstance(body, ReceiptSigned) and person in (body.holder, body.signer)


def _is_about_a_person(body: object) -> bool:
    """Say whether a body is what is recorded of a person, be it withheld, or their erasing."""
    if isinstance(body, Withheld):
        return body.kind == "person.recorded"
    return isinstance(body, PersonRecorded | PersonErased)
