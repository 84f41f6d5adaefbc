"""A count in hand: no scan is lost or reordered, and what moves meanwhile explains itself."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import CountersTooFew, StocktakeIsClosed
from stockpile.domain.facts import InvestigationOpened, WeaponCounted
from stockpile.services.stockpile import Stockpile
from tests.helpers.armouries import armoury, issue, second_officer
from ui.view_models.counting import CountingModel
from ui.view_models.counting_plans import Plan

WAIT = 20_000


@pytest.fixture
def store(seat):
    return armoury(seat)


@pytest.fixture
def model(seat, store, qtbot):
    made = CountingModel(*seat.made_with)
    with qtbot.waitSignal(made.opened, timeout=WAIT):
        made.open(Plan(second=store.second))
    yield made
    qtbot.waitUntil(lambda: not made._is_soon)  # what is due to be shown is shown in its own test


def answered(model, qtbot):
    qtbot.waitUntil(lambda: model.waiting == 0 and not model._is_soon, timeout=WAIT)


def scan(model, qtbot, *texts):
    for text in texts:
        model.scan(text)
    answered(model, qtbot)
    return model.last[0]


def test_a_count_begins_with_all_that_is_on_record_still_to_find(model, seat, store):
    assert {one.identifier for one in model.items("missing")} == {
        f"KB{rack:02d}{at:03d}" for rack in (1, 2) for at in (1, 2, 3)
    }
    assert model.tally.expected == 6
    assert model.count.counters == ("A. Mbuyi", "P. Ilunga")
    assert seat.session.settings.second_officer == store.second  # an id, never a name


def test_scans_are_taken_in_their_order_and_a_rack_holds_for_those_after_it(model, store, qtbot):
    scan(model, qtbot, "A01", *store.serials(1), "A02", *store.serials(2))
    taken = [one.text for one in reversed(model.last)]
    assert taken == ["A01", *store.serials(1), "A02", *store.serials(2)]
    assert model.tally.found == 6
    assert {one.seen for one in model.items("found")} == {"A01", "A02"}
    assert model.pace is not None


def test_each_scan_is_durable_when_its_answer_comes(model, seat, store, qtbot):
    scan(model, qtbot, "A01", "KB01001")
    history = seat.on_books(lambda: seat.stockpile.books.history(store.weapons["KB01001"]))
    assert isinstance(history[-1].body, WeaponCounted)


def test_a_weapon_before_any_rack_a_stranger_place_and_a_card_write_nothing(model, seat, qtbot):
    before = seat.on_books(seat.stockpile.books.tip).seq
    assert scan(model, qtbot, "KB01001").came == "no_place"
    seat.open_place("Gate 7")
    assert scan(model, qtbot, "NOWHERE-9").came == "no_place"
    assert seat.on_books(seat.stockpile.books.tip).seq == before + 1  # the place


def test_what_a_scan_comes_to(model, qtbot):
    said = [
        scan(model, qtbot, text).came
        for text in ("A01", "KB01001", "KB01001", "KB02001", "ZZ-404", "ZZ-404")
    ]
    assert said == ["place", "found", "twice", "misplaced", "stranger", "stranger"]
    assert model.last[0].again


def test_what_is_typed_and_on_no_record_is_written_only_when_confirmed(model, qtbot):
    scan(model, qtbot, "A01")
    model.scan("KB0100l", "typed")
    answered(model, qtbot)
    assert model.last[0].came == "unknown"
    assert model.items("stranger") == []
    model.note("KB0100l")
    answered(model, qtbot)
    assert [one.identifier for one in model.items("stranger")] == ["KB0100l"]


def test_an_issue_at_the_next_desk_explains_itself(model, seat, store, qtbot):
    issue(seat, store.weapons["KB01001"])
    qtbot.waitUntil(lambda: model.tally.explained == 1, timeout=WAIT)
    (line,) = model.items("explained")
    assert (line.identifier, line.why) == ("KB01001", "left")
    assert "KB01001" not in {one.identifier for one in model.items("missing")}


def test_a_misplaced_weapon_is_put_right_by_one_act(model, seat, qtbot):
    item = scan(model, qtbot, "A01", "KB02001").item
    assert (item.place, item.seen) == ("A02", "A01")
    model.put_right(item)
    answered(model, qtbot)
    assert model.items("misplaced") == []
    (line,) = model.items("explained")
    assert line.why == "corrected"


def test_a_count_goes_on_after_a_restart_where_it_stopped(model, seat, store, qtbot):
    scan(model, qtbot, "A01", "KB01001", "KB02002", "ZZ-404")
    again = CountingModel(*seat.made_with)
    with qtbot.waitSignal(again.came, timeout=WAIT) as told:
        again.start()
    (begun,) = told.args[0].open
    with qtbot.waitSignal(again.opened, timeout=WAIT):
        again.resume(begun.stocktake)
    for kind in ("found", "missing", "misplaced", "stranger"):
        assert {one.identifier for one in again.items(kind)} == {
            one.identifier for one in model.items(kind)
        }
    assert again.tally == model.tally


def test_a_recount_finds_what_the_first_round_missed(model, store, qtbot):
    scan(model, qtbot, "A01", *store.serials(1), "A02", "KB02001")
    model.recount()
    qtbot.waitUntil(lambda: model.round == 2)
    scan(model, qtbot, "KB02002")
    (line,) = [one for one in model.items("found") if one.identifier == "KB02002"]
    assert line.recounted
    assert [one.identifier for one in model.items("missing")] == ["KB02003"]


def test_both_sign_and_every_difference_opens_an_investigation(model, seat, store, qtbot):
    scan(model, qtbot, "A01", *store.serials(1), "A02", "KB02001", "KB02002", "ZZ-404")
    with qtbot.waitSignal(model.weighed, timeout=WAIT) as weighed:
        model.weigh()
    told = weighed.args[0]
    assert [(one.kind, one.identifier) for one in told.items] == [("missing", "KB02003")]
    assert len(told.found.differences) == 2
    with qtbot.waitSignals([model.closed, seat.desk.recorded], timeout=WAIT):
        model.close((seat.session.officer, second_officer(seat)))
    assert model.count is None
    stockpile: Stockpile = seat.stockpile
    found = seat.on_books(lambda: stockpile.books.references(InvestigationOpened))
    assert len(found) == 2


def test_a_closed_count_takes_nothing_more_and_can_be_looked_at(model, seat, store, qtbot):
    other = CountingModel(*seat.made_with)
    stocktake = model.count.stocktake
    with qtbot.waitSignal(other.opened, timeout=WAIT):
        other.resume(stocktake)
    with qtbot.waitSignal(model.closed, timeout=WAIT):
        model.close((seat.session.officer, second_officer(seat)))
    read = scan(other, qtbot, "A01", "KB01001")
    assert read.came == "refused"
    assert isinstance(read.error, StocktakeIsClosed)
    closed = seat.on_books(lambda: seat.stockpile.counting.one(stocktake.id))
    with qtbot.waitSignal(other.closed, timeout=WAIT) as told:
        other.look_at(closed)
    assert told.args[0].found.tally.missing == 6


def test_one_officer_alone_cannot_count(seat, store, qtbot):
    alone = CountingModel(*seat.made_with)
    with qtbot.waitSignal(alone.refused, timeout=WAIT) as told:
        alone.open(Plan(second=seat.session.officer.id))
    assert isinstance(told.args[0], CountersTooFew)
    assert alone.count is None


def test_a_count_put_down_waits_for_whoever_takes_it_up(model, qtbot):
    with qtbot.waitSignal(model.came, timeout=WAIT) as told:
        model.pause()
    assert model.count is None
    assert model.items("missing") == []
    assert len(told.args[0].open) == 1
