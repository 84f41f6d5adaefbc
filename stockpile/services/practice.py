"""The practice depot: invented weapons, realistic shapes, the same for the same seed.

Country of the depot and its marks is a user-assigned code (XA): no real State's stock is imitated
and no real serial is copied.
"""

from __future__ import annotations

import random
import string
from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from stockpile.domain import people
from stockpile.domain.facts import (
    Component,
    Draft,
    MachineSet,
    Mark,
    Serviceability,
    WeaponRegistered,
)
from stockpile.domain.receiving import Description
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
from stockpile.services.receiving import Coding, no_codes

RACKS: Final = 12
_RACK: Final = 48
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
    sign: str = ""
    sign_text: str = ""
    parts: tuple[str, ...] = ("bolt",)
    action: str = "selective_fire"
    borne_by: str = "receiver"


PATTERNS: Final = (
    Pattern(
        "ASR",
        "Izhmash",
        "AKM",
        "7.62x39 mm",
        "SUN",
        ("AA 9999", "AA9999", "9999999"),
        26,
        "arrow_in_triangle",
        parts=("bolt", "bolt_carrier"),
    ),
    Pattern(
        "ASR",
        "Norinco",
        "Type 56-1",
        "7.62x39 mm",
        "CHN",
        ("99999999", "9-9999999"),
        14,
        "triangle_number",
        "66",
    ),
    Pattern("ASR", "Zastava", "M70 AB2", "7.62x39 mm", "YUG", ("A-999999", "999999"), 10),
    Pattern("ASR", "Heckler & Koch", "G3A3", "7.62x51 mm", "DEU", ("A9999999", "99999999"), 8),
    Pattern("ASR", "FN Herstal", "FAL 50.00", "7.62x51 mm", "BEL", ("9999999", "A999999"), 8),
    Pattern(
        "PST",
        "Izhmekh",
        "PM",
        "9x18 mm",
        "SUN",
        ("AA9999", "AA 9999 A"),
        8,
        "star",
        parts=("slide",),
        action="semi_automatic",
        borne_by="frame",
    ),
    Pattern(
        "PST",
        "FN Herstal",
        "Hi-Power",
        "9x19 mm",
        "BEL",
        ("999AA99999", "999999"),
        7,
        "crown",
        parts=("slide", "barrel"),
        action="semi_automatic",
        borne_by="frame",
    ),
    Pattern(
        "REV",
        "Taurus",
        "Model 82",
        ".38 Special",
        "BRA",
        ("AA999999", "9999999"),
        5,
        parts=(),
        action="revolver_double",
        borne_by="frame",
    ),
    Pattern("LMG", "Degtyarev", "RPD", "7.62x39 mm", "SUN", ("AA-9999",), 4),
    Pattern("GPM", "Degtyarev", "PKM", "7.62x54R mm", "SUN", ("AA9999",), 4),
    Pattern(
        "SHG",
        "Baikal",
        "IZh-27",
        "12 gauge",
        "RUS",
        ("9999999999",),
        3,
        parts=("barrel",),
        action="break_over_under",
    ),
    Pattern(
        "HMG",
        "Tula",
        "DShKM",
        "12.7x108 mm",
        "SUN",
        ("AA 999",),
        1,
        "star",
        parts=("barrel", "tripod"),
        action="automatic",
    ),
    Pattern(
        "ATL",
        "Cugir",
        "RPG-7V",
        "40 mm",
        "ROU",
        ("99-99999",),
        2,
        "arrow_in_triangle",
        parts=("sight",),
        action="single_shot",
        borne_by="tube",
    ),
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
    coding: Coding = no_codes

    def set_up(self, *, by: SignedIn) -> Recorded:
        """Start what the depot has: its simulated machine, and its registry if it joined one."""
        for peer in self.books.peers():
            if peer.url:  # one that is known by a file answers nowhere
                self.room.registry(peer.url)
        return self.use(self.driver(), by=by)

    def driver(self) -> str:
        """Return which machine is practised on: the one of last time, at first a dot-peen."""
        for machine in self.marking.machines():
            if machine.name == PRACTICE_MACHINE and machine.driver in self.room.drivers():
                return machine.driver
        return "tl07"

    def use(self, driver: str, *, by: SignedIn) -> Recorded:
        """Practise on this kind of machine; raises MachineUnknown, PortMissing.

        What it was bound and commissioned as belongs to the machine before it, and goes with it.
        """
        url = self.room.machine(driver)
        machine = MachineSet(PRACTICE_MACHINE, driver, url, "STOCKPILE.tml")
        for known in self.marking.machines():
            if known.name == PRACTICE_MACHINE and known.driver == driver:
                machine = replace(known, url=url)
        return self.marking.set_machine(machine, by=by)

    def join_registry(self, name: str, *, by: SignedIn) -> Peer:
        """Start a registry on this computer and enrol with it; raises OfficerNotAuthorised."""
        people.authorise(by.officer, "enrol")
        url = self.room.registry()
        return self.exchange.enrol(url, self.room.code(), name, by=by)

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
        names = [(f"Rack {number:02d}", f"R{number:02d}") for number in range(1, RACKS + 1)]
        return [
            self.places.open(name, "rack", room.id, code, by=by, capacity=_RACK)[1].id
            for name, code in names
        ]

    def _weapon(self, luck: random.Random, racks: list[PlaceId]) -> Draft:
        pattern = luck.choices(PATTERNS, [one.share for one in PATTERNS])[0]
        condition = luck.choices(
            [name for name, _ in _CONDITIONS], [share for _, share in _CONDITIONS]
        )[0]
        weapon = WeaponId(new_id(self.clock.now(), luck.randbytes(10)))
        said = Description(
            pattern.type, pattern.make, pattern.model, pattern.calibre, country=pattern.country
        )
        codes, marks = self.coding(said), _marks(luck, pattern)
        return Draft(
            weapon,
            WeaponRegistered(
                type=pattern.type,
                make=pattern.make,
                model=pattern.model,
                calibre=pattern.calibre,
                country=pattern.country,
                marks=(*marks, *_signs(pattern)),
                components=_parts(pattern, marks[0].text),
                action=pattern.action,
                origin="industrial",
                make_code=codes.make,
                model_code=codes.model,
                calibre_codes=codes.calibres,
                country_code=codes.country,
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
    mark = Mark("serial", serial, is_identity=True, component=pattern.borne_by, position="left")
    if luck.random() < _UNREADABLE_SHARE:
        mark = replace(mark, text=f"{serial[:-2]}??", legibility="partial")
    return (mark,)


def _signs(pattern: Pattern) -> tuple[Mark, ...]:
    """Return the maker's sign, as a pictogram with the number that stands in it."""
    if not pattern.sign:
        return ()
    sign = Mark("symbol", pattern.sign_text, symbol=pattern.sign)
    return (replace(sign, component=pattern.borne_by, position="left"),)


def _parts(pattern: Pattern, serial: str) -> tuple[Component, ...]:
    """Return the numbered parts; they bear the end of the serial, as factories have it."""
    end = serial[-4:]
    return tuple(
        Component(part, (Mark("assembly", end, component=part, position="right"),))
        for part in pattern.parts
    )


def _serial(luck: random.Random, shape: str) -> str:
    letters = _CYRILLIC if luck.random() < _UNREADABLE_SHARE else string.ascii_uppercase
    draw = {"A": letters, "9": string.digits}
    return "".join(luck.choice(draw[one]) if one in draw else one for one in shape)
