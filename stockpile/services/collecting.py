"""Hand-ins: a person, what they bring, a decision, a signature; one act and a receipt.

The record is durable when ``receive`` returns: every weapon registered and tagged, every calibre a
lot, the person on the erasable list, the receipt signed or said why not. The paper comes after, in
the language of whoever takes it home, as often as wanted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from stockpile.domain import collecting, people, receiving, tags
from stockpile.domain.collecting import Collected, HandIn, Sign, Tally
from stockpile.domain.errors import HandInUnknown, PhotoDamaged, PhotoMissing
from stockpile.domain.facts import (
    CollectionReceived,
    Draft,
    Fact,
    LotRegistered,
    RoundsIssued,
    RoundsReturned,
    TagBound,
    WeaponCollected,
    WeaponRegistered,
)
from stockpile.domain.holders import Details, Holder
from stockpile.domain.issuing import DATE_LENGTH
from stockpile.domain.receiving import Description
from stockpile.domain.values import Digest, PersonId, WeaponId, is_id, new_id
from stockpile.domain.weapons import Weapon
from stockpile.language import speaking
from stockpile.services.collection_papers import Receipt, collection_receipt
from stockpile.services.documents import Drawn, Press
from stockpile.services.holders import Holders
from stockpile.services.paper_numbers import PaperNumbers
from stockpile.services.people import SignedIn
from stockpile.services.places import known_names
from stockpile.services.ports import Books, Chance, Clock, Photos, Recorded, Register
from stockpile.services.printed import among_papers, printing_now
from stockpile.services.receiving import Coding, no_codes

PREFIX: Final = "CR"
LATEST: Final = 200


@dataclass(frozen=True, slots=True)
class Brought:
    """All of one hand-in: who (on record, or as they say it), what is new, what is on record."""

    who: PersonId | Details
    said: HandIn
    new: tuple[Description, ...] = ()
    known: tuple[WeaponId, ...] = ()


@dataclass(frozen=True, slots=True)
class Collecting:
    """The table at a disarmament site."""

    home: Path
    books: Books
    register: Register
    holders: Holders
    numbers: PaperNumbers
    photos: Photos
    press: Press
    clock: Clock
    chance: Chance
    coding: Coding = no_codes

    # --- taking in ------------------------------------------------------------------------------

    def receive(self, brought: Brought, sign: Sign, *, by: SignedIn) -> tuple[Recorded, Collected]:
        """Write a hand-in down in one act and return it as it stands.

        Who is under 18 by what they say is recorded so. Raises what the rules of ``collecting`` and
        ``receiving`` say, HolderUnknown, CardTaken, CustodyDisputed, WeaponGone.
        """
        people.authorise(by.officer, "collect")
        said = self._said(brought)
        collecting.demand_complete(said, len(brought.new) + len(brought.known))
        collecting.demand_signed(sign)
        receipt, number = self._new_id(), self.numbers.next(PREFIX, CollectionReceived)
        person, recorded = self._person(brought.who)
        drafts = [*recorded]
        weapons: list[WeaponId] = []
        for description in brought.new:
            weapons.append(WeaponId(self._new_id()))
            drafts += self._registered(weapons[-1], description, said, person, receipt)
        for stands in self.books.weapons(tuple(dict.fromkeys(brought.known))):
            weapons.append(stands.id)
            drafts.append(collecting.handed_in(stands, said, person, receipt))
            drafts += [] if stands.tag else [self._tagged(stands.id)]
        ids = [self._new_id() for _one in said.rounds]
        drafts += collecting.lots(said, number, ids)
        drafts.append(collecting.received(receipt, number, said, weapons, person, sign))
        written = self.books.record(drafts, by=by.id, signers=[by.key])
        return written, self.one(receipt)

    def demand_complete(self, brought: Brought) -> HandIn:
        """Return what will be said of a hand-in, before anybody signs; raises as ``receive``."""
        said = self._said(brought)
        collecting.demand_complete(said, len(brought.new) + len(brought.known))
        if isinstance(brought.who, Details):
            self.holders.drafted(None, brought.who, self.holders.cards())
        for at, description in enumerate(brought.new):
            receiving.register(WeaponId(str(at)), _described(description, said), said.place)
        return said

    def take_back(self, text: str, reason: str, *, by: SignedIn) -> tuple[Recorded, Collected]:
        """Take back a hand-in that was recorded in error; its records are withdrawn with it.

        Raises HandInUnknown, HandInWithdrawn, HandInMoved, ReasonMissing.
        """
        people.authorise(by.officer, "collect")
        people.authorise(by.officer, "withdraw")
        stands = self.one(text)
        weapons = self.books.weapons(stands.body.weapons)
        new = [one.id for one in weapons if self._came_by(one, stands.id)]
        drafts = collecting.take_back(stands, weapons, new, tuple(self._lots(stands)), reason)
        return self.books.record(drafts, by=by.id), self.one(stands.id)

    # --- looking --------------------------------------------------------------------------------

    def one(self, text: str) -> Collected:
        """Return the hand-in of this number or id; raises HandInUnknown."""
        reference = self.books.reference(text) if is_id(text) else None
        reference = reference or self.numbers.numbered(text, CollectionReceived)
        found = collecting.collected_of(reference) if reference else None
        if found is None:
            raise HandInUnknown(text)
        return found

    def latest(self, limit: int = LATEST) -> tuple[Collected, ...]:
        """Return the hand-ins recorded last, newest first."""
        found = self.books.references(CollectionReceived, newest=limit)
        return tuple(one for one in map(collecting.collected_of, found) if one)

    def of_day(self, day: str) -> tuple[Collected, ...]:
        """Return the hand-ins of a day (ISO date), newest first, of those recorded last."""
        return tuple(one for one in self.latest() if one.body.on == day)

    def tally(self, day: str) -> Tally:
        """Return what came in on a day."""
        return collecting.tally(self.of_day(day))

    def of_person(self, person: PersonId) -> tuple[Collected, ...]:
        """Return what somebody handed in, newest first: nobody is registered twice unseen."""
        found = self.books.references(CollectionReceived, about=person, newest=LATEST)
        known = (one for one in map(collecting.collected_of, found) if one)
        return tuple(one for one in known if one.body.participant == person)

    def person(self, collected: Collected) -> Holder:
        """Return who handed it in; somebody who was erased has no name."""
        whose = collected.body.participant
        return self.holders.one(whose) if whose else Holder(PersonId(""))

    def today(self) -> str:
        """Return the day at this desk, as an ISO date."""
        return self.numbers.now()[:DATE_LENGTH]

    # --- the paper ------------------------------------------------------------------------------

    def print(
        self, text: str, *, by: SignedIn, language: str = "", to: Path | None = None
    ) -> Drawn:
        """Draw the receipt, two copies, in a language or in that of the person, and say where.

        Raises HandInUnknown, DiskFull, DiskTrouble.
        """
        receipt = self.receipt(text)
        printing = printing_now(self.books, self.clock, by.officer.name)
        if to is None:
            to = among_papers(self.home, receipt.body.number)
        with speaking(language or receipt.person.language):
            return self.press.draw(collection_receipt(receipt, printing), to)

    def receipt(self, text: str) -> Receipt:
        """Return all that the receipt of a hand-in says."""
        stands = self.one(text)
        names = known_names(self.books)
        fact = self._fact(stands)
        return Receipt(
            stands.body,
            fact,
            self.person(stands),
            self.register.rows(list(stands.body.weapons)),
            names.get(stands.body.place, ""),
            names.get(fact.by, "") if fact.by else "",
            self._drawing(stands.body),
        )

    # --- inside ---------------------------------------------------------------------------------

    def _said(self, brought: Brought) -> HandIn:
        said = brought.said
        today = self.today()
        who = brought.who
        born = who.born if isinstance(who, Details) else self.holders.known(who).born
        child = said.under_18 or said.category == "child" or collecting.is_child(born, today)
        return replace(said, on=said.on.strip() or today, under_18=child)

    def _person(self, who: PersonId | Details) -> tuple[PersonId, tuple[Draft, ...]]:
        if not isinstance(who, Details):
            return self.holders.known(who).id, ()
        details = replace(who, kind="participant")
        draft = self.holders.drafted(None, details, self.holders.cards())
        assert draft is not None  # somebody new is always something new
        return PersonId(draft.subject), (draft,)

    def _registered(
        self, weapon: WeaponId, said: Description, hand_in: HandIn, person: PersonId, receipt: str
    ) -> Iterator[Draft]:
        description = _described(said, hand_in)
        yield receiving.register(weapon, description, hand_in.place, self.coding(description))
        yield collecting.handed_in_new(weapon, hand_in, person, receipt)
        yield self._tagged(weapon)

    def _tagged(self, weapon: WeaponId) -> Draft:
        """Bind a tag at once: on the receipt of a weapon without a serial it is all there is."""
        return Draft(weapon, TagBound(tags.new_tag(self.chance.bytes)))

    def _came_by(self, weapon: Weapon, receipt: str) -> bool:
        """Say whether a hand-in put the weapon on record itself: by the fact before its own."""
        history = self.books.history(weapon.id)
        first = history[0]
        return isinstance(first.body, WeaponRegistered) and any(
            isinstance(one.body, WeaponCollected)
            and one.body.receipt == receipt
            and (one.node, one.seq) == (first.node, first.seq + 1)
            for one in history
        )

    def _lots(self, stands: Collected) -> Iterator[tuple[str, Sequence[Digest], bool]]:
        own = f"{stands.body.number}/"
        for one in self.books.references(LotRegistered, about=f'"{own}'):
            body = one.now
            if isinstance(body, LotRegistered) and body.lot.startswith(own):
                moved = self.books.references(RoundsIssued, RoundsReturned, about=one.subject)
                yield one.subject, one.heads, bool(moved)

    def _fact(self, stands: Collected) -> Fact:
        """Return the fact by which it was received; what took it back came later."""
        facts = self.books.history(stands.id)
        return next(one for one in facts if isinstance(one.body, CollectionReceived))

    def _drawing(self, body: CollectionReceived) -> bytes:
        """Return the drawn signature or thumbprint, or nothing where it is on another computer."""
        if body.how not in ("drawn", "thumbprint"):
            return b""
        try:
            return self.photos.read(body.proof)
        except (PhotoMissing, PhotoDamaged):
            return b""

    def _new_id(self) -> str:
        return new_id(self.clock.now(), self.chance.bytes(10))


def _described(said: Description, hand_in: HandIn) -> Description:
    """Return a weapon's description with what the hand-in says of how it came."""
    return replace(
        said,
        mode=said.mode or hand_in.mode,
        on=said.on or hand_in.on,
        custody=said.custody or ("temporary" if hand_in.temporary else "permanent"),
    )
