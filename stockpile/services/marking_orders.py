"""Marking orders: opened for many weapons at once, gone on with after any interruption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stockpile.domain import orders, people
from stockpile.domain.errors import (
    OrderUnknown,
    WeaponAmbiguous,
    WeaponUnknown,
)
from stockpile.domain.facts import MarkingOrderChanged, MarkingOrdered, MarkingReason, SchemeWord
from stockpile.domain.orders import Order, OrderLine, OrderState, SortedOut, Standing
from stockpile.domain.places import order as in_plan
from stockpile.domain.places import path
from stockpile.domain.values import PlaceId, SchemeId, WeaponId, new_id, search_key, tidied
from stockpile.domain.weapons import Weapon
from stockpile.services.people import People, SignedIn
from stockpile.services.places import Places
from stockpile.services.ports import (
    Books,
    Chance,
    Clock,
    Keys,
    Recorded,
    Register,
    RegisterFilter,
)
from stockpile.services.tracing import Tracing

_PAGE: Final = 500
_NOTHING: Final = Recorded((), ())
_DIGITS: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Named:
    """What scanned or typed texts name: weapons, and the texts that name none or several."""

    weapons: tuple[WeaponId, ...]
    unnamed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkingOrders:
    """The orders of this node's marking stations. Everything runs on the books lane."""

    books: Books
    register: Register
    people: People
    places: Places
    tracing: Tracing
    keys: Keys
    clock: Clock
    chance: Chance

    # --- opening --------------------------------------------------------------------------------

    def opened(
        self,
        name: str,
        weapons: Sequence[WeaponId],
        scheme: SchemeId,
        *,
        reason: MarkingReason = "import",
        machine: str = "",
        words: Sequence[SchemeWord] = (),
        by: SignedIn,
    ) -> tuple[Recorded, Order]:
        """Open an order as ``open`` does, and return it too, without how its weapons stand."""
        recorded = self.open(
            name, weapons, scheme, reason=reason, machine=machine, words=words, by=by
        )
        return recorded, self._one(recorded.facts[0].subject)

    def open(
        self,
        name: str,
        weapons: Sequence[WeaponId],
        scheme: SchemeId,
        *,
        reason: MarkingReason = "import",
        machine: str = "",
        words: Sequence[SchemeWord] = (),
        by: SignedIn,
    ) -> Recorded:
        """Open an order, its weapons in the order of their racks; without a name it is numbered.

        What bears the scheme's mark, or may bear it, or is gone, is left out: ``sort_out`` tells
        which beforehand. The subject of the one fact is the order's id. Raises NothingToMark.
        """
        people.authorise(by.officer, "order_marking")
        sorted_out = self.sort_out(weapons, scheme)
        said = MarkingOrdered(
            tidied(name) or self.next_name(), scheme, (), reason, machine, tuple(words)
        )
        order = new_id(self.clock.now(), self.chance.bytes(10))
        return self.books.record([orders.open_order(order, said, sorted_out)], by=by.id)

    def sort_out(self, weapons: Sequence[WeaponId], scheme: SchemeId) -> SortedOut:
        """Tell which weapons an order may have, in the order of their racks, and which not."""
        stands = self.books.weapons(list(dict.fromkeys(weapons)))
        return orders.sort_out(self._by_rack(stands), scheme)

    def standing_in(self, place: PlaceId) -> tuple[WeaponId, ...]:
        """Return the weapons that stand in a place and in all within it."""
        among = RegisterFilter(place=place)
        found: list[WeaponId] = []
        while True:
            page = self.register.page("recorded", len(found), _PAGE, among)
            found += [row.id for row in page]
            if len(page) < _PAGE:
                return tuple(found)

    def named(self, texts: Sequence[str]) -> Named:
        """Return the weapons that scanned or typed texts name, each once."""
        weapons: dict[WeaponId, None] = {}
        unnamed = []
        for text in filter(None, map(tidied, texts)):
            try:
                weapons[self.tracing.named(text)] = None
            except (WeaponUnknown, WeaponAmbiguous):
                unnamed.append(text)
        return Named(tuple(weapons), tuple(unnamed))

    def next_name(self) -> str:
        """Return the number that the next order without a name is called by."""
        site = self.places.named(self.people.site())
        code = site.code or self.keys.node[:4].upper()
        return orders.number(code, self.clock.now(), (one.name for one in self._all()))

    # --- looking --------------------------------------------------------------------------------

    def orders(self, *, closed: bool = False) -> tuple[Order, ...]:
        """Return the orders that go on or rest, the newest first; the closed ones too if wanted."""
        found = (one for one in self._all() if closed or one.state != "closed")
        return tuple(sorted(found, key=lambda one: one.id, reverse=True))

    def order(self, text: str) -> OrderState:
        """Return an order by its id or name with all its weapons; raises OrderUnknown."""
        one = self._one(text)
        stands = self.books.weapons(one.opened.weapons)
        return OrderState(one, tuple(orders.line_of(weapon, one) for weapon in stands))

    def line(self, order: Order, weapon: WeaponId) -> OrderLine:
        """Return how one weapon of an order stands now."""
        return orders.line_of(self.books.weapon(weapon), order)

    def next_weapon(self, order: str) -> WeaponId | None:
        """Return the first weapon that waits to be marked; None when none does."""
        return self.order(order).next_weapon()

    # --- going on -------------------------------------------------------------------------------

    def set_aside(
        self, order: str, weapon: WeaponId, why: str, problem: bool = False, *, by: SignedIn
    ) -> Recorded:
        """Set a weapon aside: skipped, or because something is wrong with it.

        Raises OrderIsClosed, OrderLacks, ReasonMissing.
        """
        people.authorise(by.officer, "order_marking")
        draft = orders.set_aside(self._one(order), weapon, why, problem=problem)
        return self.books.record([draft], by=by.id)

    def bring_back(self, order: str, weapon: WeaponId, *, by: SignedIn) -> Recorded:
        """Let a weapon wait again that was set aside; raises OrderIsClosed, OrderLacks."""
        people.authorise(by.officer, "order_marking")
        one = self._one(order)
        if all(aside.weapon != weapon for aside in one.changed.aside):
            return _NOTHING
        return self.books.record([orders.bring_back(one, weapon)], by=by.id)

    def pause(self, order: str, reason: str = "", *, by: SignedIn) -> Recorded:
        """Let an order rest; raises OrderIsClosed."""
        return self._put(order, "paused", reason, by)

    def resume(self, order: str, *, by: SignedIn) -> Recorded:
        """Go on with an order that rested; raises OrderIsClosed."""
        return self._put(order, "open", "", by)

    def close(self, order: str, reason: str, *, by: SignedIn) -> Recorded:
        """End an order, done or not; raises OrderIsClosed, ReasonMissing."""
        return self._put(order, "closed", reason, by)

    # --- inside ---------------------------------------------------------------------------------

    def _put(self, order: str, state: Standing, reason: str, by: SignedIn) -> Recorded:
        people.authorise(by.officer, "order_marking")
        one = self._one(order)
        if one.state == state and state != "closed":
            return _NOTHING
        return self.books.record([orders.put(one, state, reason)], by=by.id)

    def _all(self) -> tuple[Order, ...]:
        # A change may arrive before what it changes: both kinds may have opened the reference.
        found = self.books.references(MarkingOrdered, MarkingOrderChanged)
        return tuple(one for one in map(orders.order_of, found) if one is not None)

    def _one(self, text: str) -> Order:
        reference = self.books.reference(text)
        found = orders.order_of(reference) if reference else None
        if found is not None:
            return found
        key = search_key(text)
        for one in self._all():
            if key and search_key(one.name) == key:
                return one
        raise OrderUnknown(text)

    def _by_rack(self, weapons: Sequence[Weapon]) -> list[Weapon]:
        """Return the weapons rack by rack, as the plan has them, and by serial within a rack."""
        known: dict[PlaceId | None, tuple[object, ...]] = {None: ()}
        for place in {weapon.place for weapon in weapons} - {None}:
            known[place] = self._rank(place)
        return sorted(weapons, key=lambda one: (known[one.place], _natural(one.serial.text)))

    def _rank(self, place: PlaceId | None) -> tuple[object, ...]:
        assert place is not None
        index = {one.id: one for one in self.places.all()}
        if place not in index:
            return ()
        return tuple(in_plan(one) for one in path(index[place], index))


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return the key that sorts KB9 before KB10."""
    parts = _DIGITS.split(search_key(text))
    bare = ((part.isdecimal(), part.lstrip("0")) for part in parts)
    return tuple((len(part) if is_number else -1, part) for is_number, part in bare)
