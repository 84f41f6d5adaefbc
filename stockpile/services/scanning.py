"""What a scanned or typed text means: a place, a person's card, a weapon, or nothing we know."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from stockpile.domain.errors import WeaponAmbiguous, WeaponUnknown
from stockpile.domain.losses import is_lost
from stockpile.domain.places import Place
from stockpile.domain.values import PersonId, PlaceId, WeaponId, tidied
from stockpile.domain.weapons import Weapon
from stockpile.services.hot_list import HotLists
from stockpile.services.ports import Books
from stockpile.services.tracing import Tracing

_log = logging.getLogger(__name__)

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


@dataclass(slots=True)
class Alarms:
    """Who is told at once that something on the hot list was read, whichever desk read it.

    They are told on the lane that read it.
    """

    _told: list[Callable[[Scanned], None]] = field(default_factory=list)

    def listen(self, tell: Callable[[Scanned], None]) -> None:
        """Be told from now on."""
        self._told.append(tell)

    def sound(self, scanned: Scanned) -> None:
        """Tell everybody who listens."""
        for tell in self._told:
            tell(scanned)


@dataclass(frozen=True, slots=True)
class Scanning:
    """The scanner's ear. Everything runs on the books lane; nothing is ever created by a scan."""

    books: Books
    tracing: Tracing
    place_scanned: Callable[[str], Place | None]
    person_scanned: Callable[[str], PersonId | None]
    hot_lists: HotLists | None = None
    alarms: Alarms = field(default_factory=Alarms, repr=False, compare=False)

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
            return self._warned(Scanned("several", said, several=error.numbers))
        except WeaponUnknown:
            return self._warned(Scanned("unknown", said))
        return self._warned(Scanned("weapon", said, weapon))

    def weapon(self, weapon: WeaponId) -> Scanned:
        """Return a weapon that was picked from a list as if it had been scanned."""
        stands = self.books.weapon(weapon)
        return self._warned(Scanned("weapon", stands.serial.text, stands))

    def _warned(self, scanned: Scanned) -> Scanned:
        """Raise the alarm where the weapon is lost by our own record, or by the hot list.

        An alarm is no fact: what is done about it is one. The log tells of it without a serial.
        """
        weapon = scanned.weapon
        if weapon is not None and is_lost(weapon):
            _log.info("scanned a weapon that is lost on record: %s", weapon.id)
            return replace(scanned, alarm="lost")
        if self.hot_lists is None:
            return scanned
        hit = self.hot_lists.check(weapon) if weapon else self.hot_lists.check_text(scanned.text)
        if not hit:
            return scanned
        _log.info("scanned what is on the hot list: %s, %s", weapon.id if weapon else "?", hit)
        warned = replace(scanned, alarm="hot_list", is_certain=hit == "certain")
        self.alarms.sound(warned)
        return warned
