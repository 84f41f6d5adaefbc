"""The desk of losses behind the page: scans, the report being made, its paper."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain.losses import Loss
from tests.helpers.house import PIN
from ui.view_models.losses import LossesModel


@pytest.fixture
def second(seat):
    people, by = seat.stockpile.people, seat.session.officer

    def appoint():
        people.appoint("J. Okello", ("storekeeper",), PIN, by=by)
        return people.sign_in("J. Okello", PIN)

    return seat.on_books(appoint)


@pytest.fixture
def model(seat):
    return LossesModel(*seat.made_with)


def scan(model, qtbot, text):
    with qtbot.waitSignal(model.heard) as heard:
        model.scan(text)
    return heard.args[0]


def test_each_weapon_stands_on_the_report_once(seat, model, qtbot):
    seat.register("KB 1")
    seat.register("KB 2")
    assert scan(model, qtbot, "KB 1").came == "added"
    assert scan(model, qtbot, "kb1").came == "twice"
    assert scan(model, qtbot, "KB 2").came == "added"
    assert scan(model, qtbot, "KB 3").came == "unknown"
    assert scan(model, qtbot, "KLA").came == "other"
    assert [one.weapon.serial.text for one in model.lines] == ["KB 1", "KB 2"]
    model.undo()
    assert len(model.lines) == 1


def test_a_report_is_on_record_with_its_paper_and_pressed_twice_it_is_one(
    seat, model, second, qtbot
):
    seat.register("KB 1")
    scan(model, qtbot, "KB 1")
    signed = (seat.session.officer, second)
    with qtbot.waitSignal(model.reported) as told:
        model.report(Loss("lost", "", "gone"), signed)
        model.report(Loss("lost", "", "gone"), signed)
    done = told.args[0]
    assert done.file.read_bytes().startswith(b"%PDF")
    assert model.lines == ()
    losses = seat.stockpile.losses
    assert [one.number for one in seat.on_books(losses.open_reports)] == [done.number]
    assert scan(model, qtbot, "KB 1").came == "lost"
    with qtbot.waitSignal(model.drawn):
        model.print(done.number)


def test_what_is_refused_leaves_the_report_as_it_is(seat, model, second, qtbot):
    seat.register("KB 1")
    scan(model, qtbot, "KB 1")
    with qtbot.waitSignal(model.refused):
        model.report(Loss("lost", "yesterday", "gone"), (seat.session.officer, second))
    assert len(model.lines) == 1
    with qtbot.waitSignal(model.reported):
        model.report(Loss("lost", "", "gone"), (seat.session.officer, second))


def test_what_is_written_elsewhere_is_seen_here(seat, model, second, qtbot):
    weapon = seat.register("KB 1")
    losses, by = seat.stockpile.losses, seat.session.officer
    with qtbot.waitSignal(model.stands, check_params_cb=lambda one: one.overview.reports):
        seat.write(partial(losses.report, [weapon], Loss("lost", "", "x"), by=by, witness=second))
    with qtbot.waitSignal(model.recovered):
        model.recover([weapon], seat.on_books(seat.stockpile.people.site), "under the bench")
    with qtbot.waitSignal(model.refused):
        model.recover([weapon], seat.on_books(seat.stockpile.people.site), "again")


def test_a_destroyed_weapon_is_not_lost(seat, model, qtbot):
    weapon = seat.register("KB 1")
    correcting, by = seat.stockpile.correcting, seat.session.officer
    seat.on_books(partial(correcting.withdraw, [weapon], "typed twice", by=by))
    with qtbot.waitSignal(model.heard) as heard:
        model.pick(weapon)
    assert heard.args[0].came == "gone"
