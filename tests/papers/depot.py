"""A depot in which everything happened once that leaves a paper behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from stockpile.domain.arrivals import Finding
from stockpile.domain.collecting import HandIn, Sign
from stockpile.domain.destruction_site import Certification
from stockpile.domain.facts import (
    Attendant,
    DestructionOrdered,
    Draft,
    GatePassIssued,
    InvestigationOpened,
    KitItem,
    RoundsHanded,
    TraceRequestAnswered,
    WaybillOpened,
    WeaponDeactivated,
)
from stockpile.domain.holders import Details
from stockpile.domain.issuing import Back, Line, Terms
from stockpile.domain.losses import Loss
from stockpile.domain.lots import RoundsBack, RoundsOut
from stockpile.domain.opening_counts import Request
from stockpile.domain.receiving import Description
from stockpile.domain.values import WeaponId
from stockpile.services.collecting import Brought
from stockpile.services.people import SignedIn
from stockpile.services.slips import HandOver
from stockpile.services.stockpile import Stockpile
from tests.helpers.counters import KIT, Counter, set_counter
from tests.helpers.files import a_full_file
from tests.helpers.house import House, build_house

SIGNER, PRESENT_PIN = "J. Okello", "1111"
PRESENT = (Attendant("Col. Odhiambo", "chair"), Attendant("أحمد سالم", "monitor", "UNMAS"))
DONE = Certification(scrap_kilograms="12.5", scrap_to="Steel Rolling Mills, Jinja", inoperable=True)
UNIT_WEAPONS = 16


@dataclass
class Depot:
    """The home, its officers, and the numbers and ids of what its papers are about."""

    stockpile: Stockpile
    officer: SignedIn
    second: SignedIn
    counter: Counter
    file: WeaponId
    issued: str = ""
    returned: str = ""
    waybill: str = ""
    lost: str = ""
    passed: str = ""
    collected: str = ""
    ordered: str = ""
    traced: str = ""

    @property
    def weapons(self) -> tuple[WeaponId, ...]:
        """The rifles of the rack."""
        return self.counter.weapons


@contextmanager
def depot(folder: Path) -> Iterator[Depot]:
    """Give the depot with its life behind it; closed afterwards."""
    house = build_house(folder / "home")
    try:
        yield _lived(house, folder)
    finally:
        house.stockpile.close()


def _lived(house: House, folder: Path) -> Depot:
    people = house.stockpile.people
    people.appoint(SIGNER, ("storekeeper",), PRESENT_PIN, by=house.officer)
    second = people.sign_in(SIGNER, PRESENT_PIN)
    file, _twin = a_full_file(house)
    counter = set_counter(house.stockpile, house.officer, UNIT_WEAPONS)
    here = Depot(house.stockpile, house.officer, second, counter, file)
    _hand_out(here)
    _send(here)
    _hand_in(here)
    _destroy(here)
    _lose(here)
    _take_over(here)
    _trace(here)
    here.stockpile.days.close(folder / "stick", by=here.officer)
    return here


def _hand_out(here: Depot) -> None:
    """Hand three rifles and rounds to two people, and take one back with something missing."""
    counter, by = here.counter, here.officer
    first, second = counter.person("P. Otim"), counter.person("فاطمة الحسن")
    weapons = here.weapons
    lines = (
        Line(weapons[0], first.id, KIT),
        Line(weapons[1], first.id, KIT),
        Line(weapons[2], second.id, KIT),
    )
    terms = Terms("2099-11-30 18:00", "Patrol north, دورية الشمال")
    rounds = (RoundsOut(counter.lot, first.id, 90),)
    slips = counter.issuing.prepare(HandOver(lines, rounds, terms), by=by)
    counter.issuing.issue(slips, {}, by=by)
    here.issued = slips[0].content.number
    gate = here.stockpile.gate_passes
    said: GatePassIssued = replace(
        gate.from_receipt(here.issued), vehicle="UAA 123X", to="North post"
    )
    here.passed = gate.issue(said, by=by)[1].issued.number
    backs = [Back(weapons[0], short=(KitItem("magazine"),), remarks="needs cleaning")]
    back = [RoundsBack(counter.lot, first.id, 60, 25, 5)]
    here.returned = counter.issuing.take_back(backs, back, by=by)[1]


def _send(here: Depot) -> None:
    """Send four rifles to another depot, which takes three of them."""
    stockpile, by = here.stockpile, here.officer
    site = stockpile.people.site()
    said = WaybillOpened(
        "", here.weapons[3:7], site, to_name="مستودع غولو / Gulu depot", carrier="4 Bn",
        vehicle="UG 7 412", seals=("S 1001", "S 1002"), route="Karuma", escort="2 Coy",
        due="2099-12-01", authority="MoD 12/26",
    )  # fmt: skip
    waybill = stockpile.transfers.dispatch(said, by=by, witness=here.second)[1]
    here.waybill = waybill.id
    checked = stockpile.transfers.checklist(waybill.id)
    for at in range(3, 6):
        checked, _scan = checked.scanned(f"KB447{at:04}", here.counter.weapon(at))
    checked, _scan = checked.scanned("ZZ 1", None)
    found = Finding(broken_seals=("S 1002",), remarks="rain, المطر")
    stockpile.transfers.receive(waybill.id, checked, found, site, by=here.second)


def _hand_in(here: Depot) -> None:
    site = here.stockpile.people.site()
    who = Details("عمر إدريس", unit="North group", card="CARD-DDR", born="1990", sex="m")
    said = HandIn(
        site, category="combatant", where="static_site",
        rounds=(RoundsHanded("7.62x39 mm", 60),),
    )  # fmt: skip
    brought = Brought(
        who, said,
        (
            Description(
                serial="none", type="ASR", make="Izhmash", model="AKM", condition="repairable"
            ),
            Description(serial="TT-1951", type="PST", model="TT-33", calibre="7.62x25 mm"),
        ),
    )  # fmt: skip
    sign = Sign(reason="cannot write, no ink")
    receipt = here.stockpile.collecting.receive(brought, sign, by=here.officer)[1]
    here.collected = receipt.body.number


def _destroy(here: Depot) -> None:
    """Order three rifles destroyed, keep one, certify; deactivate another."""
    desk, weapons = here.stockpile.destructions, here.weapons[7:10]
    said = DestructionOrdered(
        "", weapons, "MoD 12/26", ("burning", "smelting"), "Luzira", "2026-12-01", PRESENT
    )
    here.ordered = desk.order(said, by=here.officer)[1].ordered.number
    site = desk.site(here.ordered)
    for serial in ("KB4470007", "KB4470008"):
        desk.read(site, serial, by=here.second)
    desk.keep(site, [weapons[2]], "for the museum", by=here.officer)
    stands = desk.one(here.ordered)
    desk.certify(stands.id, DONE, by=here.officer, witness=here.second)
    told = WeaponDeactivated(
        "", "barrel plugged and welded", "Proof House", "", "Kampala", ("barrel", "bolt"),
        "UG PH 26",
    )  # fmt: skip
    here.stockpile.deactivating.deactivate(here.weapons[10], told, by=here.officer)


def _lose(here: Depot) -> None:
    told = Loss(
        "stolen", "", "The lock of the rear door was forced in the night; الباب الخلفي.",
        actions="area searched", authorities="Police Kampala, 2026-11-27 08:10",
    )  # fmt: skip
    here.lost = here.stockpile.losses.report(
        here.weapons[11:13], told, by=here.officer, witness=here.second
    )[1]


def _take_over(here: Depot) -> None:
    """Count the rack, and give it into the second officer's custody."""
    rack, counting = here.counter.rack, here.stockpile.counting
    counters = (here.officer.id, here.second.id)
    count = counting.open(Request(rack.id, counters=counters), by=here.officer)[1]
    sheet = counting.sheet(count)
    for serial in ("KB4470000", "KB4470013", "KB4470014", "XX 1"):
        scanned = counting.read(sheet, serial, rack.id)
        counting.scan(sheet, scanned, rack.id, by=here.officer)
    counting.close(count, by=here.officer, witness=here.second)
    case = InvestigationOpened("missing", "", "", rack.id, "slot 7 is empty", "2099-12-01")
    here.stockpile.books.record([Draft("case1", case)], by=here.officer.id)
    here.stockpile.custodians.hand_over(
        rack.id, here.second.officer, remarks="posted away", by=here.officer,
        witness=here.second,
    )  # fmt: skip


def _trace(here: Depot) -> None:
    """Ask another State for the weapon with photos, and be told in part."""
    desk = here.stockpile.trace_requests
    said = replace(
        desk.of_weapon(here.file), by_state="Uganda", of_state="الجزائر / Algeria",
        contact="National focal point", ground="unlicensed_transfer", basis="Firearms Act, s. 4",
        circumstances="Found in a cache, وجد في مخبأ.", intended_use="Criminal proceedings",
        restrictions="For the court only", urgent=True, searched_on="2026-11-20",
        searched_by="Central registry", searched="On no record",
    )  # fmt: skip
    here.traced = desk.make(said, by=here.officer)[1].said.number
    desk.note(here.traced, "sent", "2026-11-21", by=here.officer)
    desk.note(here.traced, "acknowledged", "2026-11-25", by=here.officer)
    told = TraceRequestAnswered(
        "partly_traced", "2026-12-02", "Exported in 1984 with 500 others; the end user is not on"
        " record, المستخدم النهائي غير معروف.", "", "Not to be passed on", "Algiers",
    )  # fmt: skip
    desk.answer(here.traced, told, by=here.officer)
