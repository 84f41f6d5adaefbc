"""People, and weapons in their hands, for tests of screens."""

from __future__ import annotations

from stockpile.domain.facts import Draft, LotRegistered, ReceiptSigned, RoundsIssued, WeaponIssued
from stockpile.domain.holders import Details
from stockpile.domain.values import new_id


def put(seat, name="Ilunga Paul", *, pin="", **said):
    """Put a person on record and tell the screens."""
    holders, officer = seat.stockpile.holders, seat.session.officer
    details = Details(name, **said)
    return seat.write(lambda: holders.record(details, by=officer, pin=pin))


def hand(seat, person, serial, due=""):
    """Hand a weapon out, past the counter's own questions, and tell the screens."""
    weapon = seat.register(serial)
    books, officer = seat.stockpile.books, seat.session.officer

    def act():
        heads = books.weapon(weapon).heads.custody
        return books.record([Draft(weapon, WeaponIssued(person.id, due=due), heads)], by=officer.id)

    seat.write(lambda: (act(), weapon))
    return weapon


def more(seat, person):
    """Give a person 120 rounds, and a receipt of two weapons."""
    holders, books, officer = seat.stockpile.holders, seat.stockpile.books, seat.session.officer

    def act():
        lot, *others = (new_id(holders.clock.now(), holders.chance.bytes(10)) for _ in range(3))
        bodies = (
            LotRegistered("cartridge", lot="L-1", quantity=500),
            RoundsIssued(lot, 120, person.id),
            ReceiptSigned("HR-1", "return", ("w1", "w2"), person.id),
        )
        drafts = [Draft(id_, body) for id_, body in zip((lot, *others), bodies, strict=True)]
        return books.record(drafts, by=officer.id), None

    seat.write(act)
