"""Places: open them, find them by what people call them."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain import people, places
from stockpile.domain.errors import PlaceUnknown
from stockpile.domain.facts import PlaceOpened
from stockpile.domain.places import Place
from stockpile.domain.values import PlaceId, new_id, search_key
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Chance, Clock, Recorded


@dataclass(frozen=True, slots=True)
class Places:
    """The places on record."""

    books: Books
    clock: Clock
    chance: Chance

    def all(self) -> tuple[Place, ...]:
        """Return the open places, by name."""
        found = map(places.place_of, self.books.references(PlaceOpened))
        return tuple(sorted((one for one in found if one), key=lambda one: one.name))

    def named(self, text: str) -> Place:
        """Return the place of this name, code or id; raises PlaceUnknown."""
        for place in self.all():
            if place.answers_to(text):
                return place
        raise PlaceUnknown(text)

    def scanned(self, text: str) -> Place | None:
        """Return the place whose card or code a scanner read; a name is never taken for one."""
        key = search_key(text)
        for place in self.all():
            if key and key in (search_key(place.tag), search_key(place.code)):
                return place
        return None

    def open(
        self, name: str, kind: str, within: PlaceId | None, code: str = "", *, by: SignedIn
    ) -> tuple[Recorded, Place]:
        """Open a place within another; opening it again changes nothing."""
        people.authorise(by.officer, "open_place")
        for place in self.all():
            if place.within == within and place.answers_to(name):
                return Recorded((), ()), place
        new = PlaceId(new_id(self.clock.now(), self.chance.bytes(10)))
        draft = places.open_place(new, name, kind, within, code)
        recorded = self.books.record([draft], by=by.id)
        return recorded, self.named(new)
