"""Acts on many weapons: whichever were chosen, in portions, with a way to stop."""

from __future__ import annotations

import json

import pytest

from stockpile.services.extracts import Selection, Wanted
from stockpile.services.ports import RegisterFilter
from ui.view_models.bulk import BulkModel, Spans

ALL = Selection()


@pytest.fixture
def model(seat):
    return BulkModel(*seat.made_with)


@pytest.fixture
def weapons(seat):
    return [seat.register(f"KB{number}") for number in range(6)]


def copied(model, qtbot, tmp_path, chosen, within=ALL):
    file = tmp_path / "x.json"
    with qtbot.waitSignal(model.copied):
        model.copy_out(chosen, within, Wanted("json", ("serial",)), file)
    return "".join(one["serial"][-1] for one in json.loads(file.read_text())["weapons"])


@pytest.mark.parametrize(
    ("spans", "falls", "expected"),
    [
        ([(0, 5)], False, "012345"),
        ([(0, 5)], True, "543210"),
        ([(1, 1)], False, "1"),
        ([(0, 0), (2, 2)], False, "02"),
        ([(0, 2), (4, 5)], False, "01245"),
        ([(1, 5)], True, "43210"),
    ],
)
def test_what_was_chosen_in_the_list_is_what_is_meant(
    model, weapons, qtbot, tmp_path, spans, falls, expected
):
    chosen = Spans(tuple(spans), 6)
    assert copied(model, qtbot, tmp_path, chosen, Selection(falls=falls)) == expected


def test_a_choice_by_name_is_kept_as_it_is(model, weapons, qtbot, tmp_path):
    assert copied(model, qtbot, tmp_path, Selection(only=(weapons[4], weapons[1]))) == "41"


def test_all_are_moved_and_told(model, seat, weapons, qtbot):
    rack = seat.open_place("Rack 1")
    with qtbot.waitSignals([model.ended, seat.desk.recorded]):
        model.move(Spans(((0, 5),), 6), ALL, rack)
    assert not model.is_busy
    assert seat.on_books(lambda: seat.stockpile.register.count(RegisterFilter(place=rack.id))) == 6


def test_a_withdrawal_has_one_reason_for_all(model, seat, weapons, qtbot):
    with qtbot.waitSignal(model.ended) as told:
        model.withdraw(Spans(((0, 1), (3, 3)), 6), ALL, "typed twice")
    assert told.args == [3]
    count = seat.stockpile.register.count
    assert seat.on_books(lambda: count(RegisterFilter(status="withdrawn"))) == 3
    assert seat.on_books(lambda: count(RegisterFilter())) == 3


def test_labels_go_to_one_file(model, seat, weapons, qtbot):
    with qtbot.waitSignal(model.labelled, timeout=20_000) as told:
        model.label(Spans(((0, 1),), 6), ALL)
    (sheet,) = told.args
    assert (sheet.labels, sheet.file.parent.name) == (2, "papers")


def test_one_that_is_stopped_says_how_far_it_came(model, seat, weapons, qtbot):
    rack = seat.open_place("Rack 1")
    model.begun.connect(lambda work: work.cancel())
    with qtbot.waitSignal(model.refused) as told:
        model.move(Spans(((0, 5),), 6), ALL, rack)
    assert type(told.args[0]).__name__ == "Cancelled"
    assert told.args[1] == 0
    assert not model.is_busy


def test_a_refusal_is_told(model, seat, weapons, qtbot):
    seat.sit_down("O. Auditor", "auditor")
    assert not model.may("withdraw")
    with qtbot.waitSignal(model.refused):
        model.withdraw(Spans(((0, 1),), 6), ALL, "typed twice")
    assert seat.said


def test_the_rest_of_a_jammed_sheet_is_a_sheet_of_its_own(model, seat, weapons, qtbot):
    with qtbot.waitSignal(model.labelled, timeout=20_000):
        model.label(Selection(), ALL)
    with qtbot.waitSignal(model.labelled, timeout=20_000) as told:
        model.resume_labels("KB3")
    assert told.args[0].labels == 2
    stand = seat.on_books(lambda: seat.stockpile.books.weapons(weapons))
    assert [one.labels for one in stand] == [1, 1, 1, 1, 2, 2]
    with qtbot.waitSignal(model.refused):
        model.resume_labels("KB5")
    assert not model.is_busy
