from __future__ import annotations

import pytest

from stockpile.domain.errors import (
    CustodianUnsigned,
    HandoverNeedsCount,
    ProposalStale,
    ReasonMissing,
    SecondOfficerMissing,
)
from stockpile.domain.facts import Draft, InvestigationOpened, StocktakeClosed, StocktakeOpened
from stockpile.domain.opening_counts import Request
from stockpile.language import isolated
from stockpile.plan_words import planned
from stockpile.services.plan_lines import plan_lines
from stockpile.services.signing import Later
from tests.helpers.house import PIN

LATER = Later("the other one is in the field")
CLOSED = StocktakeClosed(expected=1, seen=1, missing=0, unexpected=0)


@pytest.fixture
def rack(house):
    stockpile = house.stockpile
    site = stockpile.people.site()
    place = stockpile.places.open("Rack 4", "rack", site, by=house.officer)[1]
    stockpile.people.appoint("N. New", ("storekeeper",), PIN, by=house.officer)
    return place


def count(house, place, subject="count1"):
    """Close a count of a place, as the counting desk records it."""
    books, by = house.stockpile.books, house.officer.id
    books.record([Draft(subject, StocktakeOpened("place", "serial", place.id))], by=by)
    heads = books.reference(subject).heads
    house.by_two([Draft(subject, CLOSED, heads)])


def taking(house):
    return house.stockpile.people.sign_in("N. New", PIN)


def test_a_handover_needs_a_count_and_both_pins(house, rack):
    desk, new = house.stockpile.custodians, taking(house)
    with pytest.raises(HandoverNeedsCount):
        desk.hand_over(rack.id, new.officer, by=house.officer, witness=new)
    count(house, rack)
    with pytest.raises(SecondOfficerMissing):
        desk.hand_over(rack.id, new.officer, by=house.officer)
    recorded, fact = desk.hand_over(rack.id, new.officer, by=house.officer, witness=new)
    signed = {one.officer for one in recorded.entries[0].officer_signatures}
    assert signed == {house.officer.id, new.id}
    assert fact.witnesses == (new.id,)
    assert desk.of(rack.id) == new.id
    assert [one.hash for one in desk.history(rack.id)] == [fact.hash]


def test_who_takes_over_signs_later_and_nobody_in_their_place(house, rack):
    stockpile, new = house.stockpile, taking(house)
    desk, proposals = stockpile.custodians, stockpile.proposals
    count(house, rack)
    desk.hand_over(rack.id, new.officer, by=house.officer, witness=LATER)
    assert desk.of(rack.id) is None
    (waits,) = proposals.open()
    (line,) = plan_lines(stockpile.books, planned(waits.drafts, waits.officer, waits.at))
    assert (line.about, line.weapon) == (isolated("Rack 4"), "")
    assert isolated("N. New") in {change.after for change in line.changes}
    with pytest.raises(CustodianUnsigned):
        proposals.confirm(waits.id, by=house.second)
    proposals.confirm(waits.id, by=new)
    assert desk.of(rack.id) == new.id


def test_the_outgoing_custodian_signs_later_or_it_is_said_why_not(house, rack):
    stockpile, new = house.stockpile, taking(house)
    desk, proposals = stockpile.custodians, stockpile.proposals
    count(house, rack)
    desk.hand_over(rack.id, new.officer, by=house.officer, witness=new)
    count(house, rack, "count2")
    with pytest.raises(ReasonMissing):  # the storekeeper goes without a word
        desk.hand_over(rack.id, house.second.officer, by=house.officer, witness=LATER)
    desk.hand_over(rack.id, house.second.officer, by=house.second, witness=LATER)
    (waits,) = proposals.open()
    with pytest.raises(ReasonMissing):
        proposals.confirm(waits.id, by=house.officer)
    proposals.confirm(waits.id, by=new)
    assert desk.of(rack.id) == house.second.id


def test_a_handover_is_not_confirmed_once_more_is_open_than_it_names(house, rack):
    stockpile, new = house.stockpile, taking(house)
    count(house, rack)
    stockpile.custodians.hand_over(rack.id, new.officer, by=house.officer, witness=LATER)
    (waits,) = stockpile.proposals.open()
    assert not waits.is_stale
    case = InvestigationOpened("missing", "count1", place=rack.id)
    stockpile.books.record([Draft("case9", case)], by=house.officer.id)
    with pytest.raises(ProposalStale):
        stockpile.proposals.confirm(waits.id, by=new)


def test_a_place_without_one_has_the_custodian_around_it(house, rack):
    desk, new = house.stockpile.custodians, taking(house)
    site = house.stockpile.places.one(house.stockpile.people.site())
    count(house, site)
    desk.hand_over(site.id, new.officer, by=house.officer, witness=new)
    assert desk.of(rack.id) == new.id
    assert desk.standing(rack.id).count == "count1"


def test_the_line_is_drawn_and_a_second_handover_needs_a_second_count(house, rack):
    stockpile, new = house.stockpile, taking(house)
    count(house, rack)
    weapon = house.register()
    case = InvestigationOpened("missing", "count1", weapon, rack.id, "not in its slot")
    stockpile.books.record([Draft("case1", case)], by=house.officer.id)
    desk = stockpile.custodians
    assert desk.standing(rack.id).inherited == ("case1",)
    _recorded, fact = desk.hand_over(rack.id, new.officer, by=house.officer, witness=new)
    assert fact.body.inherited == ("case1",)
    assert desk.standing(rack.id).count == ""
    with pytest.raises(HandoverNeedsCount):
        desk.hand_over(rack.id, house.officer.officer, by=new, witness=house.officer)
    count(house, rack, "count2")
    desk.hand_over(rack.id, house.officer.officer, by=new, witness=house.officer)
    assert desk.of(rack.id) == house.officer.id


def test_the_counting_desks_own_count_will_do(house, rack):
    stockpile, new = house.stockpile, taking(house)
    counters = (house.officer.id, new.id)
    for percent, fits in ((10, False), (100, True)):
        said = Request(place=rack.id, percent=percent, counters=counters)
        stocktake = stockpile.counting.open(said, by=house.officer)[1]
        assert stockpile.custodians.standing(rack.id).count == ""
        stockpile.counting.close(stocktake, by=house.officer, witness=new)
        assert bool(stockpile.custodians.standing(rack.id).count) is fits
    stockpile.custodians.hand_over(rack.id, new.officer, by=house.officer, witness=new)
    assert stockpile.counting.custodian(rack.id) == new.id
