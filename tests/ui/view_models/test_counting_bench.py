"""The count on the books lane: the rack in hand and the words of its lines."""

from __future__ import annotations

import shutil

import pytest

from stockpile.app import open_home
from tests.helpers.armouries import armoury, issue
from tests.helpers.house import PASSPHRASE, PIN
from ui.view_models.counting_bench import Bench
from ui.view_models.counting_plans import Plan


@pytest.fixture
def store(seat):
    return armoury(seat)


@pytest.fixture
def opened(seat, store):
    """Return a function that opens a count by a plan and takes it in hand."""

    def opening(plan):
        counting, by = seat.stockpile.counting, seat.session.officer
        _recorded, stocktake = seat.on_books(lambda: counting.open(plan.request(by.id), by=by))
        return seat.on_books(lambda: Bench(seat.stockpile, stocktake, by))

    return opening


def take(seat, bench, *texts):
    return [seat.on_books(lambda text=text: bench.take(text))[1] for text in texts][-1]


def test_the_rack_of_a_count_of_one_rack_is_in_hand_from_the_beginning(seat, store, opened):
    rack = opened(Plan(place=store.racks[0].id, second=store.second)).rack
    assert rack.path == "Armoury 1 › A01"
    assert opened(Plan(second=store.second)).rack is None


def test_a_place_outside_the_count_is_said_and_changes_nothing(seat, store, opened):
    bench = opened(Plan(place=store.racks[0].id, second=store.second))
    read = take(seat, bench, "A02")
    assert read.came == "outside"
    assert read.rack.place.name == "A01"


def test_the_racks_stand_in_the_order_of_their_paths(seat, store, opened):
    bench = opened(Plan(second=store.second))
    assert [one.place.name for one in bench.racks] == ["A01", "A02"]


def test_a_line_says_who_has_a_weapon_and_since_when(seat, store, opened):
    issue(seat, store.weapons["KB01001"])
    bench = opened(Plan(second=store.second))
    read = take(seat, bench, "A01", "KB01001")
    assert read.came == "unexpected"
    assert read.item.state == "issued"
    assert read.item.since > 0


def test_how_many_were_seen_in_a_rack_goes_with_it(seat, store, opened):
    bench = opened(Plan(second=store.second))
    assert take(seat, bench, "A01", "KB01001", "KB01002").rack.seen == 2


def test_a_sample_takes_what_is_not_of_it_calmly(seat, store, opened):
    bench = opened(Plan(second=store.second, percent=10))
    drawn = {line.weapon for line in bench.sheet.lines.values()}
    other = next(one for one, weapon in store.weapons.items() if weapon not in drawn)
    rack = "A01" if other.startswith("KB01") else "A02"
    assert take(seat, bench, rack, other).came == "extra"


def test_a_program_that_was_killed_lost_nothing_that_was_answered(seat, store, opened, tmp_path):
    bench = opened(Plan(second=store.second))
    take(seat, bench, "A01", "KB01001", "KB02001", "ZZ-404")
    left = tmp_path / "as it was left"
    shutil.copytree(seat.stockpile.home, left)  # nothing was closed: as after a power cut
    with open_home(left, PASSPHRASE) as again:
        by = again.people.sign_in(seat.session.officer.officer.name, PIN)
        (stocktake,) = again.counting.open_ones()
        resumed = Bench(again, stocktake, by)
        assert resumed.sheet.tally == bench.sheet.tally
        assert resumed.take("KB02001")[1].came == "no_place"  # the rack in hand is scanned again
        assert resumed.opened().items
