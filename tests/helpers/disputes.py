"""A desk that has heard of another depot which did not know what was written here."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from stockpile.domain.errors import ChainForked
from stockpile.domain.facts import (
    BlockGranted,
    Body,
    Draft,
    InvestigationOpened,
    MarkingBegun,
    WeaponCorrected,
    WeaponCounted,
    WeaponRelocated,
)
from stockpile.domain.marking import MOSAIC_IMPORT as SCHEME
from stockpile.domain.values import PlaceId, WeaponId
from stockpile.domain.weapons import aspects_of
from stockpile.services.ports import Books, Recorded
from tests.helpers.books import Desk
from tests.helpers.officers import by_one
from tests.helpers.seats import Seat
from tests.helpers.sites import Site, a_weapon
from tests.helpers.stolen_laptops import stolen_laptop
from tests.helpers.three_nodes import node, site_of


@dataclass
class Dispute:
    """The desk here and the depot that works beside it."""

    seat: Seat
    other: Desk

    def told_here(self) -> None:
        """The other depot hears of all that was written here."""
        entries, key = self.seat.on_books(lambda: _own(self.seat))
        self.other.books.trust(self.seat.stockpile.keys.node, key)
        known = dict(self.other.books.tips()).get(self.seat.stockpile.keys.node)
        self.other.books.receive(entries[known.number if known else 0 :])

    def heard_here(self) -> None:
        """This desk hears of all that the other depot wrote, and the screens are told."""

        entries = self.other.books.entries(self.other.node, 0, 1000)

        def hear() -> tuple:
            books = self.seat.stockpile.books
            books.trust(self.other.node, self.other.keys.public_key)
            known = dict(books.tips()).get(self.other.node)
            return books.receive(entries[known.number if known else 0 :]), None

        self.seat.write(hear)

    def both(self, weapon: WeaponId, here: Body, there: Body) -> None:
        """Both write of a weapon without knowing of each other, and this desk hears of it."""
        self.told_here()
        books = self.seat.stockpile.books
        self.seat.on_books(lambda: books.record([_draft(books, weapon, here)], by=None))
        self.other.books.record([_draft(self.other.books, weapon, there)], by=None)
        self.heard_here()

    def fork(self, serial: str = "KB4471902") -> WeaponId:
        """A weapon that stands in two places."""
        weapon = self.seat.register(serial)
        own = self.seat.on_books(self.seat.stockpile.people.site)
        self.both(weapon, WeaponRelocated(own), WeaponRelocated(site_of(self.other)))
        return weapon

    def described_twice(self, serial: str = "KB4471903") -> WeaponId:
        """A weapon that is described in two ways."""
        weapon = self.seat.register(serial)
        one, two = WeaponCorrected("seen", year="1974"), WeaponCorrected("seen", year="1975")
        self.both(weapon, one, two)
        return weapon

    def counted_elsewhere(self, serial: str = "KB4471904") -> WeaponId:
        """A weapon that a count saw where it is not on record."""
        weapon = self.seat.register(serial)
        self.heard_here()
        place: PlaceId = site_of(self.other)
        books = self.seat.stockpile.books
        seen = WeaponCounted("t", place)

        def count() -> tuple:
            heads = books.weapon(weapon).heads.custody
            return books.record([Draft(weapon, seen, saw=heads)], by=None), None

        self.seat.write(count)
        return weapon

    def marked_outside(self, serial: str = "KB4471905") -> WeaponId:
        """A weapon that was marked here with a number of the other depot's block."""
        weapon = self.seat.register(serial)
        block = BlockGranted(self.other.node, SCHEME, 100, 199)
        by_one(self.other.books, [Draft("gulu-block", block)])
        begun = MarkingBegun("job-1", SCHEME, "UG 26 000150", 150, "bench", block="gulu-block")
        self.seat.on_books(lambda: self._written(weapon, begun))
        self.heard_here()
        return weapon

    def missed(self, serial: str = "KB4471906") -> WeaponId:
        """A weapon that a count which was closed here did not find."""
        weapon = self.seat.register(serial)
        site = self.seat.on_books(self.seat.stockpile.people.site)
        said = InvestigationOpened("missing", "count-1", weapon, site, due="2026-12-24")
        self.seat.on_books(lambda: self.seat.by_two([Draft(f"inquiry-{serial}", said)]))
        return weapon

    def moved_here(self, weapon: WeaponId) -> None:
        """A weapon is moved within this desk's site, and the screens are told."""
        site = self.seat.on_books(self.seat.stockpile.people.site)
        self.seat.write(lambda: (self._written(weapon, WeaponRelocated(site)), None))

    def cloned(self) -> None:
        """A copy of the other depot's computer wrote on beside it, and both are heard of here."""
        copy = Site(self.other.keys, self.other.books.tip())
        self.other.books.record([a_weapon("gulu-1"), a_weapon("gulu-2")], by=None)
        self.heard_here()
        copy.write(a_weapon("copy-1"), a_weapon("copy-2"))
        copy.write(a_weapon("copy-3"))

        def hear() -> None:
            with contextlib.suppress(ChainForked):
                self.seat.stockpile.books.receive(copy.entries)

        self.seat.on_books(hear)

    def stolen(self, count: int = 5) -> None:
        """A laptop was stolen, and what it wrote later of its clock alone is heard of here."""

        def hear() -> None:
            found = stolen_laptop(self.seat.stockpile.books)
            found.compared(count)
            found.heard()

        self.seat.on_books(hear)

    def _written(self, weapon: WeaponId, body: Body) -> Recorded:
        books = self.seat.stockpile.books
        return books.record([_draft(books, weapon, body)], by=None)


def disputing(seat: Seat, folder) -> Dispute:
    """Found the other depot, which both have heard of."""
    dispute = Dispute(seat, node(folder, "gulu"))
    dispute.told_here()
    dispute.heard_here()
    return dispute


def _own(seat: Seat) -> tuple:
    keys = seat.stockpile.keys
    return seat.stockpile.books.entries(keys.node, 0, 1000), keys.public_key


def _draft(books: Books, weapon: WeaponId, body: Body) -> Draft:
    stands = books.weapon(weapon)
    heads = {head for one in aspects_of(body) for head in stands.heads.of(one)}
    return Draft(weapon, body, tuple(sorted(heads)))
