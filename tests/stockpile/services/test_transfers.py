"""The dispatch desk: numbers, lists, refusals, and what is overdue."""

from __future__ import annotations

import pytest

from stockpile.domain.arrivals import Finding
from stockpile.domain.errors import (
    OfficerNotAuthorised,
    PlaceUnknown,
    ProposalStale,
    SecondOfficerMissing,
    WaybillSettled,
    WaybillUnknown,
    WeaponElsewhere,
)
from stockpile.domain.facts import WaybillOpened
from stockpile.language import isolated
from stockpile.plan_words import planned
from stockpile.services.plan_lines import plan_lines
from stockpile.services.signing import Later
from tests.helpers.house import PIN, TOLD
from tests.helpers.neighbours import a_depot

LATER = Later("the second key is in town")


@pytest.fixture(scope="module")
def depot(tmp_path_factory):
    """One depot, shared: each test sends weapons of its own."""
    made = a_depot(tmp_path_factory.mktemp("depot") / "home", TOLD)
    yield made
    made.stockpile.close()


def test_each_waybill_has_the_next_number_of_its_site_and_is_found_by_it(depot):
    first, second = (depot.send([one], to_name="Gulu") for one in depot.stock(2, "NO"))
    before, last = first.opened.number.rpartition("-")[::2]
    assert second.opened.number == f"{before}-{int(last) + 1:04}"
    transfers = depot.stockpile.transfers
    for text in (first.id, first.opened.number, first.opened.number.lower().replace("-", " ")):
        assert transfers.one(text) == first
    with pytest.raises(WaybillUnknown):
        transfers.one("WB-XXX-26-0001")


def test_an_entry_is_signed_by_both_officers(depot):
    waybill = depot.send(depot.stock(1, "SIGN"), to_name="Gulu")
    (entry,) = depot.stockpile.books.entries(depot.node, depot.stockpile.books.tip().number - 1, 1)
    assert {one.officer for one in entry.officer_signatures} == {depot.by.id, depot.second.id}
    file = depot.stockpile.transfers.file(waybill.id)
    assert [(one.name, one.is_witness) for one in file.signed] == [
        ("A. Mbuyi", False), ("S. Second", True),
    ]  # fmt: skip


def test_nobody_sends_alone_and_not_everybody_may(depot):
    said = WaybillOpened("", depot.stock(1, "ALONE"), depot.site, to_name="Gulu")
    transfers, people = depot.stockpile.transfers, depot.stockpile.people
    for witness in (None, depot.by):
        with pytest.raises(SecondOfficerMissing):
            transfers.dispatch(said, by=depot.by, witness=witness)
    people.appoint("A. Clerk", ("clerk",), PIN, by=depot.by)
    clerk = people.sign_in("A. Clerk", PIN)
    with pytest.raises(OfficerNotAuthorised):
        transfers.dispatch(said, by=clerk, witness=depot.by)


def test_what_is_on_the_road_is_listed_and_what_is_late_is_overdue(depot):
    late = depot.send(depot.stock(1, "LATE"), to_name="Gulu", due="2020-01-02")
    transfers = depot.stockpile.transfers
    standing = transfers.standing()
    assert late in standing.outgoing
    assert late.id in standing.overdue
    assert late in transfers.overdue()
    assert late not in transfers.overdue("2020-01-02")
    assert transfers.incoming() == ()
    back = transfers.reverse(late.id, "bridge out", by=depot.by, witness=depot.second)[1]
    assert back.state == "reversed"
    assert late.id not in {one.id for one in transfers.open_ones()}
    with pytest.raises(WaybillSettled):
        transfers.reverse(late.id, "again", by=depot.by, witness=depot.second)


def test_what_is_on_the_road_cannot_leave_twice(depot):
    (weapon,) = depot.stock(1, "TWICE")
    assert depot.stockpile.transfers.may_go(weapon).id == weapon
    depot.send([weapon], to_name="Gulu")
    with pytest.raises(WeaponElsewhere):
        depot.stockpile.transfers.may_go(weapon)
    said = WaybillOpened("", (weapon,), depot.site, to_name="Lira")
    with pytest.raises(WeaponElsewhere):
        depot.stockpile.transfers.cautions(said)


def test_a_shipment_within_one_depot_is_received_too_and_nowhere_else_than_at_a_place(depot):
    weapons = depot.stock(2, "IN")
    waybill = depot.send(weapons, to_name="Field store")
    transfers = depot.stockpile.transfers
    checked = transfers.checklist(waybill.id)
    for number in range(2):
        read = depot.stockpile.scanning.read(f"IN {number:05}")
        checked, _scan = checked.scanned(f"IN {number:05}", read.weapon)
    with pytest.raises(PlaceUnknown):
        transfers.receive(waybill.id, checked, Finding(), "nowhere", by=depot.by)
    done = transfers.receive(waybill.id, checked, Finding(), depot.site, by=depot.by)[1]
    assert done.state == "received"
    assert {one.status for one in depot.stockpile.books.weapons(weapons)} == {"in_store"}


def test_a_shipment_that_a_second_officer_confirms_later_is_on_the_road_only_then(depot):
    stockpile, (one, other) = depot.stockpile, depot.stock(2, "LATE")
    desk, books = stockpile.transfers, stockpile.books
    said = WaybillOpened("", (one,), depot.site, to_name="Gulu", due="2026-12-24", seals=("S 1",))
    _recorded, waits = desk.dispatch(said, by=depot.by, witness=LATER)
    assert books.weapon(one).status == "in_store"
    with pytest.raises(WaybillUnknown):
        desk.one(waits.id)
    between = depot.send([other], to_name="Gulu")  # takes another number, so that both can go
    assert between.opened.number != waits.opened.number
    (proposal,) = stockpile.proposals.open()
    lines = plan_lines(books, planned(proposal.drafts, proposal.officer, proposal.at))
    assert [line.weapon for line in lines if line.weapon] == [one]
    (sentence,) = [line.sentence for line in lines if line.weapon]
    assert waits.opened.number in sentence  # and not its id, which nobody knows
    shown = {change.after for line in lines for change in line.changes}
    assert {isolated("2026-12-24"), isolated("S 1"), isolated("Gulu")} <= shown
    stockpile.proposals.confirm(proposal.id, by=depot.second)
    assert desk.one(waits.id).opened == waits.opened
    assert books.weapon(one).status == "in_transit"
    desk.reverse(waits.id, "the bridge is out", by=depot.by, witness=LATER)
    assert desk.one(waits.id).state == "open"
    (proposal,) = stockpile.proposals.open()
    stockpile.proposals.confirm(proposal.id, by=depot.second)
    assert desk.one(waits.id).state == "reversed"
    assert books.check(deep=True).entries


def test_a_shipment_whose_weapon_left_meanwhile_is_confirmed_by_nobody(depot):
    stockpile, (one,) = depot.stockpile, depot.stock(1, "GONE")
    said = WaybillOpened("", (one,), depot.site, to_name="Gulu")
    stockpile.transfers.dispatch(said, by=depot.by, witness=LATER)
    depot.send([one], to_name="Arua")
    (proposal,) = stockpile.proposals.open()
    with pytest.raises(ProposalStale):
        stockpile.proposals.confirm(proposal.id, by=depot.second)
    stockpile.proposals.withdraw(proposal.id, by=depot.by)


def test_five_thousand_weapons_leave_in_one_act(depot):
    weapons = depot.stock(5_000, "MANY")
    before = depot.stockpile.books.tip().number
    waybill = depot.send(weapons, to_name="Gulu")
    assert len(waybill.missing) == 5_000
    assert depot.stockpile.books.tip().number == before + 6  # entries of a thousand facts
    assert len(depot.stockpile.transfers.checklist(waybill.id).expected) == 5_000
