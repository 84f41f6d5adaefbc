"""A list on its way in: judged, remapped, brought in, stopped, and gone on with."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import Cancelled, FileUnreadable, LayoutUnknown, OfficerNotAuthorised
from stockpile.services.ports import RegisterFilter
from ui.view_models.importing import ImportModel

LIST = "Serial,Maker,Model,Calibre,Qty\nA1,Izhmash,AKM,7.62x39,1\nA2,Izhmash,AKM,7.62x39,many\n"


@pytest.fixture
def model(seat):
    return ImportModel(seat.desk, seat.session)


@pytest.fixture
def file(tmp_path):
    written = tmp_path / "list.csv"
    written.write_text(LIST, "utf-8")
    return written


def opened(model, qtbot, file):
    with qtbot.waitSignal(model.previewed) as done:
        model.open(file)
    return done.args[0]


def on_record(seat):
    return seat.on_books(lambda: seat.stockpile.register.count(RegisterFilter()))


def test_every_row_is_judged_and_nothing_is_written(model, file, seat, qtbot):
    shown = opened(model, qtbot, file)
    assert [row.outcome for row in shown.rows] == ["accepted", "refused"]
    assert "AKM" in shown.rows[0].said
    assert shown.rows[1].why
    assert shown.kept("refused") == (shown.rows[1],)
    assert shown.kept("all") == shown.rows
    assert on_record(seat) == 0


def test_each_column_says_what_it_was_taken_for_and_why(model, file, qtbot):
    shown = opened(model, qtbot, file)
    assert [one.field for one in shown.columns] == [
        "serial", "make", "model", "calibre", "quantity",
    ]  # fmt: skip
    assert {one.why for one in shown.columns} == {"heading"}
    assert shown.columns[0].sample == "A1"


def test_a_column_told_otherwise_is_judged_again(model, file, qtbot):
    opened(model, qtbot, file)
    with qtbot.waitSignal(model.previewed) as done:
        model.tell("Qty", "")
    shown = done.args[0]
    assert shown.columns[4].field == ""
    assert [row.outcome for row in shown.rows] == ["accepted", "accepted"]
    with qtbot.waitSignal(model.previewed) as done:
        model.tell("Qty", "remarks")
    assert done.args[0].columns[4].why == "told"


def test_what_is_new_comes_on_record_and_the_same_list_again_is_held(model, file, seat, qtbot):
    opened(model, qtbot, file)
    told = []
    seat.desk.recorded.connect(lambda recorded: told.extend(recorded.facts))
    with qtbot.waitSignal(model.imported) as done:
        model.bring_in()
    assert done.args[0].report.tally.weapons == 1
    assert {type(fact.body).__name__ for fact in told} == {"WeaponRegistered", "DocumentImported"}
    assert on_record(seat) == 1
    assert opened(model, qtbot, file).rows[0].outcome == "already_held"


def test_stopped_early_what_came_in_stays_and_the_next_run_goes_on(model, seat, tmp_path, qtbot):
    long = tmp_path / "long.csv"
    rows = "".join(f"S{number},Izhmash,AKM,7.62x39\n" for number in range(1200))
    long.write_text(f"Serial,Maker,Model,Calibre\n{rows}", "utf-8")
    opened(model, qtbot, long)

    def stop(what, work):
        if what == "import":
            work.progressed.connect(lambda _done, _total: work.cancel())

    stopping = model.began.connect(stop)
    with qtbot.waitSignal(model.failed) as said:
        model.bring_in()
        assert model.is_busy
    assert isinstance(said.args[1], Cancelled)
    written = on_record(seat)
    assert written < 1200
    model.began.disconnect(stopping)
    opened(model, qtbot, long)
    with qtbot.waitSignal(model.imported) as done:
        model.bring_in()
    assert done.args[0].report.tally.already_held == written
    assert on_record(seat) == 1200


def test_a_file_that_is_no_list_is_said(model, tmp_path, qtbot):
    with qtbot.waitSignal(model.failed) as said:
        model.open(tmp_path / "nothing.csv")
    assert said.args[0] == "read"
    assert isinstance(said.args[1], FileUnreadable)
    assert model.shown is None
    assert not model.is_busy


def test_columns_that_are_not_understood_are_told_one_by_one(model, tmp_path, qtbot):
    unclear = tmp_path / "unclear.csv"
    unclear.write_text("aaa,bbb\nA1,x\nA2,y\n", "utf-8")
    columns = []
    model.unclear.connect(columns.extend)
    with qtbot.waitSignal(model.failed) as said:
        model.open(unclear)
    assert isinstance(said.args[1], LayoutUnknown)
    assert [one.name for one in columns] == ["aaa", "bbb"]
    with qtbot.waitSignal(model.previewed) as done:
        model.tell("aaa", "serial")
    assert done.args[0].columns[0].field == "serial"


def test_an_officer_without_the_right_brings_nothing_in(model, file, seat, qtbot):
    seat.sit_down("Inspector", "inspector")
    assert not model.may_import()
    opened(model, qtbot, file)
    with qtbot.waitSignal(model.failed) as said:
        model.bring_in()
    assert isinstance(said.args[1], OfficerNotAuthorised)
    assert on_record(seat) == 0


def test_the_training_list_can_be_taken_in_whole(model, qtbot):
    with qtbot.waitSignal(model.previewed) as done:
        model.open_training_list()
    assert done.args[0].preview.tally.refused == 0
    assert done.args[0].preview.tally.accepted == len(done.args[0].rows)
