"""Courier files beside the books: stopped by a button, one after the other, told to everybody."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain.errors import FileUnreadable
from stockpile.services import courier_taking
from tests.helpers.long_files import door_before, long_file
from tests.helpers.neighbours import OTHER, a_depot
from ui.view_models.courier_work import CourierWork

LONG = 20_000


@pytest.fixture
def work(seat):
    return CourierWork(seat.desk, seat.session)


@pytest.fixture
def file(seat, tmp_path, monkeypatch):
    """A courier file for this depot with many batches in it."""
    monkeypatch.setattr(courier_taking, "FACTS_AT_ONCE", 4)
    made = a_depot(tmp_path / "gulu", OTHER)
    couriers, by = seat.stockpile.couriers, seat.session.officer
    keys, ours = made.stockpile.keys, seat.stockpile.keys
    seat.on_books(partial(couriers.introduce, keys.node, keys.public_key, "Gulu", by=by))
    made.stockpile.couriers.introduce(ours.node, ours.public_key, "Here", by=made.by)
    yield long_file(made, ours.node, tmp_path / "long.courier")
    made.stockpile.close()


@pytest.fixture
def door(seat, monkeypatch):
    """The third batch waits at a door."""
    made = door_before(seat.stockpile.couriers.books, 3, monkeypatch)
    yield made
    made.open()


def taking(seat, file):
    by = seat.session.officer

    def talk(couriers, steps):
        opened = couriers.open(file, progress=steps("look"))
        return couriers.take(opened, steps("take"), by=by)[1]

    return talk


def test_it_says_what_it_does_and_every_screen_is_told_what_came(seat, work, file, qtbot):
    turned, recorded, done = [], [], []
    work.turned.connect(turned.append)
    seat.desk.recorded.connect(recorded.append)
    with qtbot.waitSignals([work.began, work.ended], timeout=LONG):
        work.do("look", taking(seat, file), done.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(done))
    assert turned == ["take"]
    assert len(recorded[-1].facts) == done[0].facts > 0
    assert not work.is_busy


def test_stopped_in_the_middle_what_came_is_told_and_it_goes_on(seat, work, file, door, qtbot):
    begun, recorded = [], []
    work.began.connect(lambda _what, one: begun.append(one))
    seat.desk.recorded.connect(recorded.append)
    with qtbot.waitSignal(work.stopped, timeout=LONG) as stopped:
        work.do("look", taking(seat, file), pytest.fail, pytest.fail)
        qtbot.waitUntil(door.reached.is_set, timeout=LONG)
        begun[0].cancel()
        door.open()
    what, facts = stopped.args
    assert what == "take"
    assert facts == len(recorded[-1].facts) > 0
    done = []
    with qtbot.waitSignal(work.ended, timeout=LONG):
        work.do("look", taking(seat, file), done.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(done))
    assert done[0].facts > 0
    assert done[0].preview.facts == done[0].facts


def test_the_desk_s_other_work_comes_between_two_batches(seat, work, file, door, qtbot):
    asked, done = [], []
    work.do("look", taking(seat, file), done.append, pytest.fail)
    qtbot.waitUntil(door.reached.is_set, timeout=LONG)
    number = seat.stockpile.books.tip
    seat.desk.ask(work, number, lambda _tip: asked.append(list(done)))
    door.open()
    qtbot.waitUntil(lambda: bool(done), timeout=LONG)
    assert asked == [[]]  # answered while the file was still being taken in


def test_what_is_asked_for_meanwhile_comes_after_it(seat, work, tmp_path, qtbot):
    told = []
    work.began.connect(lambda what, _work: told.append(what))
    for what in ("look", "write"):
        work.do(what, lambda _couriers, _steps: "done", told.append, pytest.fail)
    qtbot.waitUntil(lambda: len(told) == 4, timeout=LONG)
    assert told == ["look", "done", "write", "done"]


def test_what_fails_is_told_and_the_next_one_begins(seat, work, tmp_path, qtbot):
    failed = []
    gone = taking(seat, tmp_path / "gone.courier")
    for _twice in range(2):
        work.do("look", gone, pytest.fail, failed.append)
    qtbot.waitUntil(lambda: len(failed) == 2, timeout=LONG)
    assert isinstance(failed[0], FileUnreadable)


def test_who_was_stopped_is_told_so_where_it_wants_to_know(seat, work, file, door, qtbot):
    begun, told = [], []
    work.began.connect(lambda _what, one: begun.append(one))
    work.do("take", taking(seat, file), pytest.fail, pytest.fail, told.append)
    qtbot.waitUntil(door.reached.is_set, timeout=LONG)
    seat.desk.closing.emit()
    door.open()
    qtbot.waitUntil(lambda: bool(told), timeout=LONG)
