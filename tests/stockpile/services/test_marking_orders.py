"""Orders on real books: opened, gone on with, set aside, and never for what bears its mark."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import (
    NothingToMark,
    OfficerNotAuthorised,
    OrderIsClosed,
    OrderUnknown,
)
from stockpile.domain.facts import Draft, MarkingBegun, MarkingEnded, MarkVerified
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.domain.places import Change
from stockpile.domain.receiving import Description
from stockpile.domain.values import JobId
from tests.helpers.house import PIN


@pytest.fixture
def bench(house):
    return house.stockpile.marking_orders


def opened(house, *weapons, name=""):
    bench = house.stockpile.marking_orders
    recorded = bench.open(name, weapons, MOSAIC_IMPORT, by=house.officer)
    return bench.order(recorded.facts[0].subject)


def marked(house, weapon, number, *, verified=True):
    """Put a mark on record as the bench does, without a machine."""
    books, job = house.stockpile.books, JobId(f"job-{weapon}")
    said = [MarkingBegun(job, MOSAIC_IMPORT, f"UG 26 {number}", number, "bench")]
    said += [MarkingEnded(job, "marked")]
    said += [MarkVerified(job, f"UG 26 {number}", "scan")] if verified else []
    for body in said:
        heads = books.weapon(weapon).heads.marking
        books.record([Draft(weapon, body, heads)], by=house.officer.id)


def test_an_order_is_numbered_and_found_by_number_or_name(house, bench):
    one = house.register("KB1")
    order = opened(house, one)
    assert order.opened.name.startswith("MO-KLA-")
    assert bench.order(order.opened.name.lower()).id == order.id
    assert opened(house, one, name=" First  batch ").opened.name == "First batch"
    assert [one.name for one in bench.orders()] == ["First batch", order.opened.name]
    with pytest.raises(OrderUnknown):
        bench.order("else")


def test_weapons_stand_rack_by_rack_and_by_serial(house):
    places, by = house.stockpile.places, house.officer
    site = house.stockpile.people.site()
    _, racks = places.open_row(site, Change(name="Rack 9..10", code="R9..10"), by=by)
    receiving = house.stockpile.receiving
    said = [("KB10", racks[0]), ("KB9", racks[0]), ("KB1", racks[1])]
    ids = [
        receiving.register(Description(serial=serial, type="ASR"), rack.id, by=by)[1]
        for serial, rack in said
    ]
    order = opened(house, ids[2], ids[0], ids[1])
    rows = house.stockpile.register.rows([line.weapon for line in order.lines])
    assert [row.serial for row in rows] == ["KB9", "KB10", "KB1"]
    assert house.stockpile.marking_orders.standing_in(racks[0].id) == (ids[0], ids[1])


def test_what_bears_the_mark_is_left_out_and_lines_follow_the_marks(house, bench):
    first, second, third = (house.register(f"KB{n}") for n in range(3))
    marked(house, first, 1)
    assert bench.sort_out([first, second], MOSAIC_IMPORT).bear == (first,)
    order = opened(house, first, second, third)
    assert [line.state for line in order.lines] == ["waiting", "waiting"]
    marked(house, second, 2, verified=False)
    after = bench.order(order.id)
    assert [line.state for line in after.lines] == ["marked", "waiting"]
    assert (after.done, after.left, bench.next_weapon(order.id)) == (1, 1, third)
    assert bench.line(after.order, third).state == "waiting"
    with pytest.raises(NothingToMark):
        opened(house, first)


def test_what_is_set_aside_waits_until_it_is_brought_back(house, bench):
    first, second = house.register("KB1"), house.register("KB2")
    order = opened(house, first, second).id
    bench.set_aside(order, first, "the receiver is cracked", problem=True, by=house.officer)
    line = bench.order(order).lines[0]
    assert (line.state, line.why, line.problem) == ("aside", "the receiver is cracked", True)
    assert bench.next_weapon(order) == second
    bench.bring_back(order, first, by=house.officer)
    assert bench.next_weapon(order) == first
    assert bench.bring_back(order, first, by=house.officer).facts == ()


def test_an_order_rests_goes_on_and_ends(house, bench):
    weapon = house.register("KB1")
    order = opened(house, weapon).id
    bench.pause(order, "no fuel", by=house.officer)
    assert bench.order(order).state == "paused"
    assert bench.pause(order, by=house.officer).facts == ()
    bench.resume(order, by=house.officer)
    assert bench.order(order).state == "open"
    bench.close(order, "handed to Gulu", by=house.officer)
    assert bench.orders() == ()
    assert [one.state for one in bench.orders(closed=True)] == ["closed"]
    with pytest.raises(OrderIsClosed):
        bench.resume(order, by=house.officer)


def test_a_list_names_weapons_and_says_what_names_none(house, bench):
    first = house.register("KB1")
    found = bench.named(["KB1", " kb1 ", "", "nothing"])
    assert (found.weapons, found.unnamed) == ((first,), ("nothing",))


def test_an_officer_without_the_right_orders_nothing(house, bench):
    people = house.stockpile.people
    people.appoint("Clerk", ["clerk"], PIN, by=house.officer)
    clerk = people.sign_in("Clerk", PIN)
    with pytest.raises(OfficerNotAuthorised):
        bench.open("", [house.register("KB1")], MOSAIC_IMPORT, by=clerk)


def test_five_thousand_weapons_are_one_order(house, bench):
    by, site = house.officer, house.stockpile.people.site()
    said = [Description(serial=f"WT{n:05d}", type="ASR") for n in range(5_000)]
    _, ids = house.stockpile.receiving.register_several(said, site, by=by)
    order = opened(house, *ids)
    assert (len(order.lines), order.left) == (5_000, 5_000)
    assert order.next_weapon() == ids[0]
