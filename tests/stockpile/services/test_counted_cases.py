"""A sheet holds what the books tell, and takes in late what others wrote."""

from __future__ import annotations

import typing

import pytest

from stockpile.domain import facts, weapons
from stockpile.domain.facts import Draft, PlaceChanged, PlaceClosed, WeaponIssued, WeaponReturned
from stockpile.domain.receiving import Description
from stockpile.services import counted_cases
from tests.helpers.counting_houses import counting_house, exchange


@pytest.fixture
def here(tmp_path):
    with counting_house(tmp_path / "home") as one:
        yield one


def test_every_kind_that_changes_custody_is_read():
    """A kind that is not asked for would never be replayed."""
    by_custody = {
        kind
        for kind in typing.get_args(facts.WeaponBody)
        if weapons.custody_of(kind.__new__(kind) if kind is not facts.CustodySettled else SETTLED)
    }
    assert by_custody == set(counted_cases._MOVING)


SETTLED = facts.CustodySettled(None, "-")


def test_places_lie_where_they_were_said_last_and_closed_ones_where_they_lay(here):
    books, cases = here.stockpile.books, here.stockpile.counting.cases
    assert cases.ground().path(here.one)[:2] == (here.one, here.store)
    heads = books.reference(here.one).heads
    moved = PlaceChanged("Rack 1", "rack", here.elsewhere)
    books.record([Draft(here.one, moved, heads)], by=None)
    assert cases.ground().path(here.one)[1] == here.elsewhere
    heads = books.reference(here.one).heads
    books.record([Draft(here.one, PlaceClosed("burnt"), heads)], by=None)
    assert cases.ground().lies_in(here.one, here.store)


def test_what_is_out_at_the_opening_is_not_expected_and_its_return_is_explained(here):
    weapon = here.weapons["KB0"]
    here.record(weapon, WeaponIssued("holder"))
    sheet = here.sheet()
    assert weapon not in sheet.lines
    returned = here.record(weapon, WeaponReturned(here.one))
    (line,) = here.stockpile.counting.learn(sheet, returned.facts)
    assert (line.kind, line.why) == ("explained", "arrived")


def test_a_sheet_that_heard_nothing_catches_up_with_a_weapon_when_it_is_scanned(here):
    sheet = here.sheet()
    weapon = here.weapons["GONE"]
    here.stockpile.receiving.move((weapon,), here.two, by=here.officer)
    changed = here.stockpile.counting.cases.catch_up(sheet, here.stockpile.books.weapon(weapon))
    assert [(one.kind, one.why) for one in changed] == [("explained", "arrived")]
    assert here.stockpile.counting.cases.catch_up(sheet, here.stockpile.books.weapon(weapon)) == ()


def test_a_fact_that_the_opener_knew_and_another_computer_learns_late_is_no_movement(
    here, tmp_path
):
    with counting_house(tmp_path / "far", "GUL", stocked=False) as far:
        exchange(here, far)
        weapon = here.weapons["KB0"]
        here.stockpile.receiving.move((weapon,), here.two, by=here.officer)
        described = Description(serial="NEW", type="ASR")
        _, new = here.stockpile.receiving.register(described, here.one, by=here.officer)
        count = here.opened()
        known = here.stockpile.books.entries(here.stockpile.keys.node, 0, 99)
        held = dict(far.stockpile.books.tips())[here.stockpile.keys.node].number
        early = far.stockpile.counting.cases.sheet(count, None)
        assert early.lines[weapon].place == here.one
        received = far.stockpile.books.receive(known[held:]).facts
        far.stockpile.counting.learn(early, received)
        assert early.lines == here.stockpile.counting.sheet(count).lines
        assert (early.lines[weapon].kind, early.lines[weapon].place) == ("missing", here.two)
        assert early.lines[new].expected


def test_a_long_list_that_comes_in_elsewhere_costs_the_count_nothing(here, monkeypatch):
    sheet = here.sheet()
    said = [Description(serial=f"LIST {number}", type="ASR") for number in range(50)]
    receiving, counting = here.stockpile.receiving, here.stockpile.counting
    recorded, ids = receiving.register_several(said, here.elsewhere, by=here.officer)
    with monkeypatch.context() as silent:
        silent.setattr(type(here.stockpile.books), "history", None)  # nothing is looked up
        assert counting.learn(sheet, recorded.facts) == ()
    moved = receiving.move(ids[:1], here.one, by=here.officer)
    (line,) = counting.learn(sheet, moved.facts)
    assert (line.kind, line.why) == ("explained", "arrived")
    assert here.scan(sheet, ids[1], here.two).outcome == "unexpected"
    assert here.sheet().lines == sheet.lines


def test_a_count_of_the_whole_site_and_of_some_types(here):
    counting, counters = here.stockpile.counting, (here.officer.id, here.second.id)
    count = here.opened(here.stockpile.people.site())
    assert counting.sheet(count).tally.expected == 9
    assert count.opened.counters == counters
    pistols = here.opened(types=("PST",))
    assert counting.sheet(pistols).tally.expected == 0


def test_a_sample_is_the_same_after_a_restart_and_rounded_up(here):
    count = here.opened(percent=10, seed="s")
    sheet = here.stockpile.counting.sheet(count)
    (drawn,) = sheet.scope.sample
    again = here.stockpile.counting.sheet(count)
    assert again.scope.sample == {drawn}
    assert (sheet.tally.expected, sheet.tally.missing) == (1, 1)
    serial = {weapon: serial for serial, weapon in here.weapons.items()}
    place = here.one if serial[drawn] in ("KB0", "KB1", "KB2") else here.two
    others = [one for one in ("KB0", "KB3") if here.weapons[one] != drawn]
    extra = here.scan(sheet, others[0], here.one if others[0] == "KB0" else here.two)
    assert extra.outcome == "extra"
    assert here.scan(sheet, serial[drawn], place).outcome == "found"
    assert (sheet.tally.found, sheet.tally.extra) == (1, 1)
