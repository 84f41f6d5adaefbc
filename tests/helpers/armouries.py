"""An armoury that can be counted: racks with weapons in them, and a second officer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from stockpile.domain.facts import Draft, WeaponIssued
from stockpile.domain.places import Place
from stockpile.domain.receiving import Description
from stockpile.domain.values import OfficerId, PersonId, WeaponId
from tests.helpers.house import PIN

SECOND = "P. Ilunga"


@dataclass
class Armoury:
    """Racks, the weapons in each by their serials, and who counts along."""

    racks: list[Place]
    weapons: dict[str, WeaponId]
    second: OfficerId

    def serials(self, rack: int) -> list[str]:
        return [one for one in self.weapons if one.startswith(f"KB{rack:02d}")]


def armoury(seat, racks=2, each=3) -> Armoury:
    """Fill a room with racks A01, A02, … with weapons KB01001, KB01002, … in them."""
    people, places, by = seat.stockpile.people, seat.stockpile.places, seat.session.officer
    site = seat.on_books(people.site)
    seat.on_books(partial(people.appoint, SECOND, ("commander",), PIN, by=by))
    officers = seat.on_books(people.officers)
    second = next(one.id for one in officers if one.name == SECOND)
    room = seat.on_books(partial(places.open, "Armoury 1", "room", site, "ARM1", by=by))[1]
    opened, weapons = [], {}
    for number in range(1, racks + 1):
        name = f"A{number:02d}"
        rack = seat.on_books(partial(places.open, name, "rack", room.id, name, by=by))[1]
        opened.append(rack)
        serials = [f"KB{number:02d}{at:03d}" for at in range(1, each + 1)]
        said = [
            Description(serial=one, type="ASR", make="Izhmash", model="AKM", calibre="7.62x39 mm")
            for one in serials
        ]
        receive = partial(seat.stockpile.receiving.register_several, said, rack.id, by=by)
        weapons |= dict(zip(serials, seat.on_books(receive)[1], strict=True))
    return Armoury(opened, weapons, second)


def second_officer(seat):
    """Let the second counter sign in beside the first."""
    return seat.on_books(partial(seat.stockpile.people.sign_in, SECOND, PIN))


def issue(seat, weapon: WeaponId, holder: str = "holder-1"):
    """Let a weapon be issued at another counter, and tell the screens."""

    def act():
        stands = seat.stockpile.books.weapon(weapon)
        body = WeaponIssued(PersonId(holder), "checkout")
        draft = Draft(weapon, body, stands.heads.custody)
        return seat.stockpile.books.record([draft], by=seat.session.officer.id), None

    return seat.write(act)
