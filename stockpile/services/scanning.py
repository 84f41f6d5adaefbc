"""What a scanned or typed text means: a place, a person's card, a weapon, or nothing we know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from stockpile.domain.errors import WeaponAmbiguous, WeaponUnknown
from stockpile.domain.places import Place
from stockpile.domain.values import PersonId, PlaceId, WeaponId, tidied
from stockpile.domain.weapons import Weapon
from stockpile.services.ports import Books
from stockpile.services.tracing import Tracing

ScanKind = Literal["weapon", "place", "person", "several", "unknown"]


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a text named. ``several`` are the numbers of weapons that it names alike.

    ``alarm`` says that the weapon is reported lost or stolen, here or by the hot list, and
    ``is_certain`` whether it is this very weapon or may be another with the same serial.
    """

    kind: ScanKind
    text: str
    weapon: Weapon | None = None
    place: PlaceId | None = None
    person: PersonId | None = None
    several: tuple[str, ...] = ()
    alarm: Literal["", "lost", "hot_list"] = ""
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Scanning:
    """The scanner's ear. Everything runs on the books lane; nothing is ever created by a scan."""

    books: Books
    tracing: Tracing
    place_scanned: Callable[[str], Place | None]
    person_scanned: Callable[[str], PersonId | None]

    def read(self, text: str) -> Scanned:
        """Return what a text names: a place by its code, a person by their card, then a weapon."""
        said = tidied(text)
        place = self.place_scanned(said)
        if place is not None:
            return Scanned("place", said, place=place.id)
        person = self.person_scanned(said)
        if person is not None:
            return Scanned("person", said, person=person)
        try:
            weapon = self.books.weapon(self.tracing.named(said))
        except WeaponAmbiguous as error:
            return Scanned("several", said, several=error.numbers)
        except WeaponUnknown:
            return Scanned("unknown", said)
        return Scanned("weapon", said, weapon, alarm="lost" if _is_lost(weapon) else "")

    def weapon(self, weapon: WeaponId) -> Scanned:
        """Return a weapon that was picked from a list as if it had been scanned."""
        stands = self.books.weapon(weapon)
        return Scanned(
            "weapon", stands.serial.text, stands, alarm="lost" if _is_lost(stands) else ""
        )


def _is_lost(weapon: Weapon) -> bool:
    """Say whether one of the accounts of where it is says that it is lost."""
    return any(one.state == "lost" for one in weapon.custody)
