"""Who works at a practice depot: a second officer, a patrol with cards and PINs, its ammunition.

Nobody of them exists: their names are the letters of the spelling alphabet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from stockpile.domain.facts import Authorisation, Draft, LotRegistered, Role
from stockpile.domain.holders import Details
from stockpile.domain.values import new_id
from stockpile.services.holders import Holders
from stockpile.services.people import People, SignedIn

SECOND_OFFICER: Final = "Second officer"
PATROL: Final = (
    "Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett",
    "Kilo", "Lima",
)  # fmt: skip
LOT: Final = "PRACTICE-762-01"
ROUNDS: Final = 6_000
_RANKS: Final = ("Sergeant", "Corporal", "Private")
_NOT_CLEARED, _EXPIRED = "Lima", "Kilo"
"""Two against whom something stands, so that red is met in practice first."""


@dataclass(frozen=True, slots=True)
class PracticePeople:
    """Staffs a practice depot; all have the PIN that everybody knows."""

    people: People
    holders: Holders
    pin: str

    def enlist(self, *, by: SignedIn) -> None:
        """Appoint, record and store what is not there yet; done twice, it is done once."""
        if any(one.name == SECOND_OFFICER for one in self.people.officers()):
            return
        roles: tuple[Role, ...] = ("storekeeper", "inspector", "registrar")
        self.people.appoint(SECOND_OFFICER, roles, self.pin, by=by)
        for number, name in enumerate(PATROL, 1):
            self.holders.record(_details(number, name), by=by, pin=self.pin)
        books, clock, chance = self.people.books, self.people.clock, self.people.chance
        lot = LotRegistered("ball", "7.62x39 mm", LOT, ROUNDS, place=self.people.site())
        books.record([Draft(new_id(clock.now(), chance.bytes(10)), lot)], by=by.id)


def _details(number: int, name: str) -> Details:
    until = "2020-12-31" if name == _EXPIRED else ""
    cleared = () if name == _NOT_CLEARED else (Authorisation("*", until),)
    return Details(
        name=name,
        reference=f"P-{number:03}",
        rank=_RANKS[min(number - 1, len(_RANKS) - 1)],
        unit="Practice patrol",
        card=f"CARD-{number:03}",
        authorisations=cleared,
    )
