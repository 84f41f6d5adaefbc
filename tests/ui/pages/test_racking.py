"""What a scan between the racks comes to is said in words, one for each thing that can be."""

from __future__ import annotations

from typing import get_args

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.places import Place
from stockpile.domain.values import PlaceId
from stockpile.services.ports import RegisterRow
from stockpile.services.racking import Step, StepKind
from ui.pages.racking import RackingBench, result_of
from ui.view_models.racking import RackingModel
from ui.widgets.scan_result import Outcome

RACK = Place(PlaceId("r1"), "Rack 1", "rack", None, code="R1", capacity=20, holds=("PKM",))
LINE = RegisterRow(
    "w1", "AAAA-BBBB-CCCC", "KB1", "", "ASR", "Izhmash", "AKM", "7.62x39 mm", "serviceable",
    "in_store", "Rack 1", "", 0,
)  # fmt: skip


def test_every_kind_of_step_has_its_words():
    for kind in get_args(StepKind):
        result = result_of(Step(kind, "KB1", RACK, LINE, several=("N1", "N2")))
        assert result.title
        assert "{" not in result.title + result.sentence


@pytest.mark.parametrize(
    ("said", "outcome", "words"),
    [
        ({}, Outcome.FOUND, "3 so far"),
        ({"over": 2}, Outcome.UNEXPECTED, "2 more than fit"),
        ({"is_stranger": True}, Outcome.MISPLACED, "which holds"),
    ],
)
def test_what_was_moved_says_what_is_amiss_with_it(said, outcome, words):
    result = result_of(Step("moved", "KB1", RACK, LINE, **said), 3)
    assert (result.outcome, result.identifier) == (outcome, "KB1")
    assert words in "".join(one for one in result.sentence if one.isprintable())


def test_a_lost_weapon_is_an_alarm():
    assert result_of(Step("lost", "KB1", RACK, LINE)).outcome is Outcome.ALARM
    assert result_of(Step("hot_list", "KB1", RACK, LINE)).outcome is Outcome.ALARM


def test_a_scan_empties_the_field_and_its_result_is_shown_with_the_way_back(seat, qtbot):
    rack = seat.open_place("Rack 1")
    by = seat.session.officer
    seat.on_books(lambda: seat.stockpile.places.change(rack.id, code="R1", by=by))
    seat.register("KB1")
    bench = RackingBench(RackingModel(*seat.made_with))
    qtbot.addWidget(bench)
    bench.show()
    bench.show_allowed()
    assert not bench.result.isVisible()
    with qtbot.waitSignal(bench.toast) as told:
        for text in ("R1", "KB1"):
            bench.field.set_text(text)
            bench.field.submitted.emit()
            assert bench.field.text() == ""
    assert bench.result.result.identifier == "KB1"
    assert told.args[1] == "Undo"
    undo = told.args[2]
    with qtbot.waitSignal(bench.toast) as told:
        undo()
    assert "before" in told.args[0]


def test_who_may_not_move_cannot_scan(seat, qtbot):
    bench = RackingBench(RackingModel(*seat.made_with))
    qtbot.addWidget(bench)
    seat.sit_down("P. Ilunga", "auditor")
    bench.show_allowed()
    assert not bench.field.isEnabled()


def test_ctrl_z_in_the_empty_field_takes_weapon_after_weapon_back(seat, qtbot):
    rack = seat.open_place("Rack 1")
    by = seat.session.officer
    seat.on_books(lambda: seat.stockpile.places.change(rack.id, code="R1", by=by))
    weapons = [seat.register(f"KB{n}") for n in range(2)]
    bench = RackingBench(RackingModel(*seat.made_with))
    qtbot.addWidget(bench)
    bench.show()
    for text in ("R1", "KB0", "KB1"):
        qtbot.keyClicks(bench.field.edit, text)
        qtbot.keyClick(bench.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not bench._model.waiting)

    def stand():
        return [one.place for one in seat.on_books(lambda: seat.stockpile.books.weapons(weapons))]

    site = seat.on_books(seat.stockpile.people.site)
    for left in ([rack.id, site], [site, site]):
        qtbot.keyClick(bench.field.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda left=left: stand() == left)
