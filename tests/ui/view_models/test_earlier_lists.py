"""Earlier lists, looked up and taken back beside the other screens."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import Cancelled, OfficerNotAuthorised
from stockpile.services.ports import RegisterFilter
from tests.helpers.lists import a_csv
from ui.view_models.earlier_lists import EarlierModel

COLUMNS = ["Serial", "Type", "Make"]


@pytest.fixture
def model(seat):
    return EarlierModel(seat.desk, seat.session)


def brought_in(seat, folder, count=2):
    rows = [COLUMNS, *([f"K{number}", "pistol", "Glock"] for number in range(count))]
    file = a_csv(folder, rows)

    def write():
        importing, people = seat.stockpile.importing, seat.stockpile.people
        preview = importing.preview(file)
        return importing.bring_in(preview, by=seat.session.officer, place=people.site()).document

    return seat.on_books(write)


def looked_up(model, qtbot):
    with qtbot.waitSignal(model.listed) as done:
        model.look_up()
    return done.args[0]


def on_record(seat):
    return seat.on_books(lambda: seat.stockpile.register.count(RegisterFilter()))


def test_a_list_is_told_with_its_officer_and_numbers(model, seat, tmp_path, qtbot):
    assert looked_up(model, qtbot) == ()
    document = brought_in(seat, tmp_path)
    (line,) = looked_up(model, qtbot)
    assert (line.document, line.name, line.rows, line.accepted) == (document, "list.csv", 2, 2)
    assert line.by == seat.session.officer.officer.name
    assert not line.is_undone


def test_a_list_goes_back_and_every_screen_is_told(model, seat, tmp_path, qtbot):
    document = brought_in(seat, tmp_path)
    told = []
    seat.desk.recorded.connect(lambda recorded: told.extend(recorded.facts))
    with qtbot.waitSignals([model.taken_back, model.listed]):
        model.take_back(document, "the wrong list")
        assert model.is_busy
    assert not model.is_busy
    kinds = [type(fact.body).__name__ for fact in told]
    assert kinds == ["WeaponWithdrawn", "WeaponWithdrawn", "ImportUndone"]
    assert on_record(seat) == 0
    (line,) = looked_up(model, qtbot)
    assert (line.is_undone, line.reason, line.withdrawn) == (True, "the wrong list", 2)


def test_what_stays_is_shown_as_lines(model, seat, tmp_path, qtbot):
    document = brought_in(seat, tmp_path)

    def correct():
        (hit,) = seat.stockpile.register.find("K1", 1)
        receiving, by = seat.stockpile.receiving, seat.session.officer
        receiving.correct(hit.row.id, {"make": "Glock GmbH"}, "as stamped", by=by)

    seat.on_books(correct)
    with qtbot.waitSignal(model.taken_back) as done:
        model.take_back(document, "the wrong list")
    (kept,) = done.args[0].kept
    assert (kept.serial, done.args[0].report.weapons) == ("K1", 1)


def test_stopped_early_the_next_run_goes_on(model, seat, tmp_path, qtbot):
    document = brought_in(seat, tmp_path, 1200)
    stop = model.began.connect(
        lambda work: work.progressed.connect(lambda _done, _total: work.cancel())
    )
    with qtbot.waitSignal(model.failed) as said:
        model.take_back(document, "the wrong list")
    assert isinstance(said.args[0], Cancelled)
    assert 0 < on_record(seat) <= 1200
    model.began.disconnect(stop)
    with qtbot.waitSignals([model.taken_back, model.listed]):
        model.take_back(document, "the wrong list")
    assert on_record(seat) == 0


def test_an_officer_without_the_right_takes_nothing_back(model, seat, tmp_path, qtbot):
    document = brought_in(seat, tmp_path)
    assert model.may_take_back()
    seat.sit_down("Inspector", "inspector")
    assert not model.may_take_back()
    with qtbot.waitSignal(model.failed) as said:
        model.take_back(document, "the wrong list")
    assert isinstance(said.args[0], OfficerNotAuthorised)
    assert on_record(seat) == 2
