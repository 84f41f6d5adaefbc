"""The gate behind the screen: the board follows every pass, and an unknown one is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.errors import GatePassUnknown
from stockpile.domain.facts import GatePassIssued
from stockpile.domain.gate_passes import GatePass
from stockpile.domain.values import Digest
from ui.view_models.gate import Board, GateModel


@pytest.fixture
def model(seat):
    return GateModel(*seat.made_with)


def test_those_past_their_time_are_counted():
    said = GatePassIssued("GP-KLA-26-0001", (), "C. Driver", until="2026-11-28 18:00")
    late = GatePass("g1", said, (Digest("h"),))
    in_time = GatePass("g2", replace(said, until="2026-11-30 18:00"), (Digest("i"),))
    assert Board((late, in_time), "2026-11-29 10:00").late == 1
    assert Board((late, in_time), "2026-11-28 10:00").late == 0


def test_the_board_follows_a_pass_from_making_out_to_the_gate(model, seat, qtbot):
    boards = []
    model.stands.connect(boards.append)
    model.listen()
    with qtbot.waitSignal(model.prepared) as prepared:
        model.prepare_weapons([seat.register("KB1")])
    with qtbot.waitSignals([model.made, model.drawn, model.stands]):
        model.issue(replace(prepared.args[0], bearer="C. Driver"))
    (made,) = boards[-1].passes
    with qtbot.waitSignal(model.found) as found:
        model.look_up(made.issued.number.lower())
    assert [one.serial for one in found.args[0].rows] == ["KB1"]
    with qtbot.waitSignals([model.closed, model.stands]):
        model.close(made.id, "left")
    assert boards[-1].passes == ()


def test_what_is_no_pass_is_refused_and_who_may_look_only_may_not_let_pass(model, seat, qtbot):
    with qtbot.waitSignal(model.failed) as failed:
        model.look_up("GP-NONE")
    assert isinstance(failed.args[0], GatePassUnknown)
    assert model.may_pass
    seat.sit_down("P. Ilunga", "auditor")
    assert not model.may_pass
