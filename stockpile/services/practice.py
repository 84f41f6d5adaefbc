"""The practice depot: invented weapons, realistic shapes, the same for the same seed.

Country of the depot and its marks is a user-assigned code (XA): no real State's stock is imitated
and no real serial is copied.
"""

from __future__ import annotations

import random
import string
from collections import Counter
from dataclasses import dataclass
from typing import Final

from stockpile.domain.facts import Draft, MachineSet, Mark, Serviceability, WeaponRegistered
from stockpile.domain.values import PlaceId, WeaponId, new_id
from stockpile.services.exchange import Exchanging
from stockpile.services.marking import Marking
from stockpile.services.people import SignedIn
from stockpile.services.places import Places
from stockpile.services.ports import (
    Books,
    Clock,
    Peer,
    PracticeRoom,
    Progress,
    Recorded,
    Register,
    RegisterFilter,
    silent,
)

RACKS: Final = 12
PRACTICE_MACHINE: Final = "Practice machine"
ACT: Final = 500


@dataclass(frozen=True, slots=True)
class Pattern:
    """A family of weapons and how its serials look: A a letter, 9 a digit, anything else itself."""

    type: str
    make: str
    model: str
    calibre: str
    country: str
    serials: tuple[str, ...]
    share: int


PATTERNS: Final = (
    Pattern("ASR", "Izhmash", "AKM", "7.62x39 mm", "SUN", ("AA 9999", "AA9999", "9999999"), 26),
    Pattern("ASR", "Norinco", "Type 56-1", "7.62x39 mm", "CHN", ("99999999", "9-9999999"), 14),
    Pattern("ASR", "Zastava", "M70 AB2", "7.62x39 mm", "YUG", ("A-999999", "999999"), 10),
    Pattern("ASR", "Heckler & Koch", "G3A3", "7.62x51 mm", "DEU", ("A9999999", "99999999"), 8),
    Pattern("ASR", "FN Herstal", "FAL 50.00", "7.62x51 mm", "BEL", ("9999999", "A999999"), 8),
    Pattern("PST", "Izhmekh", "PM", "9x18 mm", "SUN", ("AA9999", "AA 9999 A"), 8),
    Pattern("PST", "FN Herstal", "Hi-Power", "9x19 mm", "BEL", ("999AA99999", "999999"), 7),
    Pattern("REV", "Taurus", "Model 82", ".38 Special", "BRA", ("AA999999", "9999999"), 5),
    Pattern("LMG", "Degtyarev", "RPD", "7.62x39 mm", "SUN", ("AA-9999",), 4),
    Pattern("GPM", "Degtyarev", "PKM", "7.62x54R mm", "SUN", ("AA9999",), 4),
    Pattern("SHG", "Baikal", "IZh-27", "12 gauge", "RUS", ("9999999999",), 3),
    Pattern("HMG", "Tula", "DShKM", "12.7x108 mm", "SUN", ("AA 999",), 1),
    Pattern("ATL", "Cugir", "RPG-7V", "40 mm", "ROU", ("99-99999",), 2),
)
_CONDITIONS: Final[tuple[tuple[Serviceability, int], ...]] = (
    ("serviceable", 62), ("repairable", 18), ("unserviceable", 9), ("unknown", 11),
)  # fmt: skip
_CYRILLIC: Final = "АБВГДЕКЛМНОПРСТ"
_UNREADABLE_SHARE: Final = 0.03
_REPEATED_SHARE: Final = 0.01


@dataclass(frozen=True, slots=True)
class Practice:
    """Fills a home with a practice depot."""

    books: Books
    register: Register
    places: Places
    marking: Marking
    exchange: Exchanging
    clock: Clock
    room: PracticeRoom

    def set_up(self, *, by: SignedIn) -> Recorded:
        """Start what the depot has: its simulated machine, and its registry if it joined one."""
        for peer in self.books.peers():
            self.room.registry(peer.url)
        machine = MachineSet(PRACTICE_MACHINE, "tl07", self.room.machine(), "STOCKPILE.tml")
        return self.marking.set_machine(machine, by=by)

    def join_registry(self, name: str) -> Peer:
        """Start a registry on this computer and enrol with it."""
        url = self.room.registry()
        return self.exchange.enrol(url, self.room.code(), name)

    def fill(
        self, weapons: int, seed: int, *, by: SignedIn, progress: Progress = silent
    ) -> dict[str, int]:
        """Register so many invented weapons in racks; a depot that is filled already stays as is.

        Returns how many there are of each type. Cancelled between two acts, it goes on next time.
        """
        luck = random.Random(seed)  # noqa: S311 - invented weapons, not keys
        racks = self._racks(by)
        drafts = [self._weapon(luck, racks) for _ in range(weapons)]
        held = self.register.count(RegisterFilter())
        for start in range(held, weapons, ACT):
            progress(start, weapons)
            self.books.record(drafts[start : min(start + ACT, weapons)], by=by.id)
        progress(weapons, weapons)
        types = [getattr(draft.body, "type", "") for draft in drafts]
        return dict(sorted(Counter(types).items()))

    def _racks(self, by: SignedIn) -> list[PlaceId]:
        site = next(one.id for one in self.places.all() if one.kind == "site")
        _recorded, room = self.places.open("Armoury", "room", site, by=by)
        names = [f"Rack {number:02d}" for number in range(1, RACKS + 1)]
        return [self.places.open(name, "rack", room.id, by=by)[1].id for name in names]

    def _weapon(self, luck: random.Random, racks: list[PlaceId]) -> Draft:
        pattern = luck.choices(PATTERNS, [one.share for one in PATTERNS])[0]
        condition = luck.choices(
            [name for name, _ in _CONDITIONS], [share for _, share in _CONDITIONS]
        )[0]
        weapon = WeaponId(new_id(self.clock.now(), luck.randbytes(10)))
        return Draft(
            weapon,
            WeaponRegistered(
                type=pattern.type,
                make=pattern.make,
                model=pattern.model,
                calibre=pattern.calibre,
                country=pattern.country,
                marks=_marks(luck, pattern),
                year=str(luck.randint(1952, 2004)),
                condition=condition,
                place=luck.choice(racks),
                remarks="practice",
            ),
        )


def _marks(luck: random.Random, pattern: Pattern) -> tuple[Mark, ...]:
    serial = _serial(luck, luck.choice(pattern.serials))
    if luck.random() < _REPEATED_SHARE:
        serial = _serial(random.Random(serial[:1]), pattern.serials[0])  # noqa: S311 - as above
    if luck.random() < _UNREADABLE_SHARE:
        return (Mark("serial", f"{serial[:-2]}??", is_identity=True, legibility="partial"),)
    return (Mark("serial", serial, is_identity=True, component="receiver"),)


def _serial(luck: random.Random, shape: str) -> str:
    letters = _CYRILLIC if luck.random() < _UNREADABLE_SHARE else string.ascii_uppercase
    draw = {"A": letters, "9": string.digits}
    return "".join(luck.choice(draw[one]) if one in draw else one for one in shape)
