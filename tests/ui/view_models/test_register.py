"""The register as a list: its pages either way, its filter, its search, its count."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.services.ports import RegisterFilter
from ui.view_models.register import RegisterModel, WeaponPages

PAGE = 4


@pytest.fixture
def model(seat):
    return RegisterModel(*seat.made_with, PAGE)


@pytest.fixture
def serials(seat):
    typed = [f"KB{number:03d}" for number in range(11)]
    for serial in typed:
        seat.register(serial)
    return typed


def pages_of(seat, *, falls, among=None):
    pages = WeaponPages(seat.stockpile.register, "serial", falls, among or RegisterFilter(), PAGE)
    count = seat.on_books(pages.count)
    numbers = range((count + PAGE - 1) // PAGE)
    return [[one.row.serial for one in seat.on_books(partial(pages.page, at))] for at in numbers]


def test_pages_rise_in_the_order_of_the_register(seat, serials):
    assert pages_of(seat, falls=False) == [serials[:4], serials[4:8], serials[8:]]


def test_falling_pages_are_the_rising_ones_turned_round(seat, serials):
    fall = serials[::-1]
    assert pages_of(seat, falls=True) == [fall[:4], fall[4:8], fall[8:]]


def test_a_page_beyond_the_end_is_empty_either_way(seat, serials):
    for falls in (False, True):
        pages = WeaponPages(seat.stockpile.register, "serial", falls, RegisterFilter(), PAGE)
        assert list(seat.on_books(partial(pages.page, 3))) == []


def test_what_is_in_sight_is_read_again_with_the_count(model, serials, qtbot):
    with qtbot.waitSignal(model.refreshed) as blocker:
        model.refresh(3, 5)
    (slice_,) = blocker.args
    assert slice_.count == len(serials)
    assert [number for number, _lines in slice_.pages] == [0, 1]


def test_what_is_in_sight_of_a_list_that_shrank_is_its_end(model, serials, qtbot):
    with qtbot.waitSignal(model.refreshed) as blocker:
        model.refresh(4_000, 4_010)
    (slice_,) = blocker.args
    assert [number for number, _lines in slice_.pages] == [2]


def test_a_search_finds_by_a_part_and_says_why(model, seat, serials, qtbot):
    with qtbot.waitSignal(model.found) as blocker:
        model.search("KB007")
    (found,) = blocker.args
    assert found[0].row.serial == "KB007"
    assert found[0].why == "serial"


def test_of_a_quick_typing_only_the_last_answer_is_shown(model, serials, qtbot):
    shown = []
    model.found.connect(lambda found: shown.append([one.row.serial for one in found]))
    for length in range(1, 6):
        model.search("KB003"[:length])
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [["KB003", "KB008"]]  # the second is what a 3 is misread as


def test_a_cleared_search_shows_no_late_answer(model, seat, serials, qtbot):
    shown = []
    model.found.connect(shown.append)
    model.search("KB003")
    model.search("")
    with qtbot.waitSignal(model.refreshed):
        model.refresh(0, 0)  # asked after it on the same lane
    assert shown == []


def test_a_filter_keeps_what_is_not_marked_and_what_is_in_store(model, seat, serials, qtbot):
    with qtbot.waitSignal(model.listed) as blocker:
        model.narrow(RegisterFilter(status="lost"))
    (pages,) = blocker.args
    assert seat.on_books(pages.count) == 0
    with qtbot.waitSignal(model.listed) as blocker:
        model.narrow(RegisterFilter(unmarked=True))
    (pages,) = blocker.args
    assert seat.on_books(pages.count) == len(serials)


def test_a_search_keeps_to_the_filter(model, serials, qtbot):
    model.narrow(RegisterFilter(status="lost"))
    with qtbot.waitSignal(model.found) as blocker:
        model.search("KB003")
    (found,) = blocker.args
    assert list(found) == []


def test_an_order_is_kept_for_the_list(model, serials, seat, qtbot):
    with qtbot.waitSignal(model.listed) as blocker:
        model.sort("recorded", falls=True)
    (pages,) = blocker.args
    newest = seat.on_books(partial(pages.page, 0))[0]
    assert newest.row.serial == serials[-1]


def test_a_weapon_put_on_record_elsewhere_is_told_and_counted(model, seat, qtbot):
    tallies, changes = [], []
    model.tallied.connect(lambda tally: tallies.append((tally.total, dict(tally.by_status))))
    model.changed.connect(lambda: changes.append(True))
    seat.register("KB1")
    qtbot.waitUntil(lambda: tallies == [(1, {"in_store": 1})])
    assert changes == [True]


def test_a_search_in_a_narrowed_list_finds_beyond_the_best_of_all(model, seat, serials, qtbot):
    seat.register("KB003", make="FN")
    model.narrow(RegisterFilter(make="fn"))
    with qtbot.waitSignal(model.found) as blocker:
        model.search("kb0")
    assert [one.row.make for one in blocker.args[0]] == ["FN"]


def test_a_weapon_is_located_in_the_list_as_it_is_ordered(model, seat, serials, qtbot):
    weapon = seat.register("KB0045")
    for falls, expected in ((False, 5), (True, 6)):
        model.sort("serial", falls=falls)
        with qtbot.waitSignal(model.located) as blocker:
            model.locate(weapon)
        assert blocker.args == [expected]


def test_choices_come_with_their_counts(model, serials, qtbot):
    with qtbot.waitSignal(model.offered) as blocker:
        model.offer(RegisterFilter(make="Izhmash"))
    (options,) = blocker.args
    assert options.count == len(serials)
    assert [(one.value, one.count) for one in options.values["make"]] == [("Izhmash", 11)]
    assert [one.count for one in options.values["place"]] == [11]
    assert options.values["status"][0].words == "In store"
