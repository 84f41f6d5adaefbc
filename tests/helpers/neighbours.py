"""Two depots that no line connects, their officers, and the stick that goes between them.

Either may have a line to a registry.
"""

from __future__ import annotations

import atexit
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from stockpile.app import open_home
from stockpile.domain.arrivals import Finding
from stockpile.domain.facts import WaybillOpened
from stockpile.domain.receiving import Description
from stockpile.services.people import Founding, SignedIn
from stockpile.services.photo_packing import USUAL_MOST
from stockpile.services.ports import RegisterFilter
from tests.helpers.albums import a_photo
from tests.helpers.house import PASSPHRASE, PIN, TOLD, House, build_house

OTHER = Founding("UG", "GUL", "Gulu Depot", "B. Okello", PIN)


@dataclass
class Depot:
    """One of the two: its house, and the second officer who signs what needs two."""

    house: House
    second: SignedIn

    @property
    def stockpile(self):
        return self.house.stockpile

    @property
    def by(self):
        return self.house.officer

    @property
    def node(self):
        return self.stockpile.keys.node

    @property
    def site(self):
        return self.stockpile.people.site()

    def stock(self, count, prefix="KB"):
        """Put so many weapons on record in one act."""
        said = [
            Description(serial=f"{prefix} {number:05}", type="ASR", make="Izhmash", model="AKM")
            for number in range(count)
        ]
        return self.stockpile.receiving.register_several(said, self.site, by=self.by)[1]

    def serials(self):
        """The serials in its register."""
        page = self.stockpile.register.page("serial", 0, 99, RegisterFilter())
        return {row.serial for row in page}

    def enrol(self, registry, url, name):
        """Enrol over a line: it is told the whole country."""
        code = registry.enrolment.make_code(name, scope=("*",))
        self.stockpile.exchange.enrol(url, code, name, by=self.by)

    def sync(self):
        """Exchange with its registry over the line."""
        return self.stockpile.exchange.sync(by=self.by)

    def send(self, weapons, to=None, **said):
        """Send weapons off under a waybill."""
        named = {"to": to, "due": "2026-12-24"} | said
        body = WaybillOpened("", tuple(weapons), self.site, **named)
        return self.stockpile.transfers.dispatch(body, by=self.by, witness=self.second)[1]

    def pack(self, file, to=None, **said):
        """Write a courier file."""
        return self.stockpile.couriers.pack(file, to, by=self.by, **said)

    def load(self, file, words=""):
        """Open a courier file and take it in."""
        couriers = self.stockpile.couriers
        return couriers.take(couriers.open(file, words), by=self.by)[1]

    def photograph(self, weapon, seed, **size):
        """Put a photo on a weapon's record and return its digest."""
        return self.stockpile.photographs.add(weapon, a_photo(seed, **size), by=self.by)[1].digest

    def pack_both(self, file, to=None, about=(), most=USUAL_MOST):
        """Write a courier file with its photos beside it; return what was written of each."""
        packing = self.stockpile.photo_errands.packing
        load = packing.load(to, about)
        packed = self.pack(file, to, about=about)
        return packed, packing.pack(packed, load, most, by=self.by)

    def load_photos(self, file, words=""):
        """Take in the photos beside a courier file."""
        photos = self.stockpile.photo_errands.photos
        wanted = photos.wanted(photos.beside(file, words))
        return photos.take(wanted, by=self.by)

    def load_both(self, file, words=""):
        """Take in a courier file and the photos beside it."""
        return self.load(file, words), self.load_photos(file, words)

    def shows(self, digest):
        """Say whether a photo is here."""
        return digest in self.stockpile.photographs.held([digest])

    def check_in(self, waybill, *texts, place=None, finding=None):
        """Scan what came, and take it in."""
        desk = self.stockpile.transfers
        checked = desk.checklist(waybill.id)
        for text in texts:
            read = self.stockpile.scanning.read(text)
            checked, _scan = checked.scanned(text, read.weapon)
        found = finding or Finding(declaration="checked and taken over")
        return desk.receive(waybill.id, checked, found, place or self.site, by=self.by)[1]


def a_depot(home: Path, told: Founding) -> Depot:
    """Found a depot with two officers."""
    house = build_house(home, told)
    people = house.stockpile.people
    people.appoint("S. Second", ("storekeeper",), PIN, by=house.officer)
    return Depot(house, people.sign_in("S. Second", PIN))


def two_depots(folder: Path) -> tuple[Depot, Depot]:
    """Open copies of the two depots of this run that know nothing of each other and did nothing.

    Their nodes are always the same: where a test has two such pairs, one is ``two_strangers``.
    """
    return _copied("kampala", TOLD, folder), _copied("gulu", OTHER, folder)


def two_strangers(folder: Path) -> tuple[Depot, Depot]:
    """Found two depots that know nothing of each other, nor anybody of them."""
    return a_depot(folder / "kampala", TOLD), a_depot(folder / "gulu", OTHER)


def _copied(name: str, told: Founding, folder: Path) -> Depot:
    shutil.copytree(_pattern() / name, folder / name)
    stockpile = open_home(folder / name, PASSPHRASE)
    officers = [stockpile.people.sign_in(one, PIN) for one in (told.officer, "S. Second")]
    return Depot(House(folder / name, stockpile, officers[0]), officers[1])


@cache
def _pattern() -> Path:
    """Two depots that were founded and closed, to be copied: a third of the work."""
    folder = Path(mkdtemp(prefix="stockpile-depots-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for one in two_strangers(folder):
        one.stockpile.close()
    return folder


def introduced(one: Depot, other: Depot, folder: Path) -> None:
    """Let their officers compare codes, and a first stick go from the second to the first."""
    for here, there in ((one, other), (other, one)):
        keys = there.stockpile.keys
        here.stockpile.couriers.introduce(
            keys.node, keys.public_key, there.by.officer.name, by=here.by
        )
    other.pack(folder / "hello.courier", one.node)
    one.load(folder / "hello.courier")
