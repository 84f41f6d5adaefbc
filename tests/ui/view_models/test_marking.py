"""The bench on the screen and a simulated machine: what is shown is what the record says."""

from __future__ import annotations

import pytest

from stockpile.app import Simulator
from stockpile.domain.errors import OfficerNotAuthorised, WeaponUnknown
from stockpile.domain.facts import MachineSet
from tests.helpers.wires import wire
from ui.view_models.marking import MarkingModel, Stage


@pytest.fixture
def machine(seat, tmp_path):
    """A machine that is set up as "bench" and does what its fault says."""
    with Simulator("tl07", **wire(tmp_path / "bench"), speed=20) as sim:
        told = MachineSet("bench", "tl07", sim.url, "STOCKPILE.tml")
        marking, by = seat.stockpile.marking, seat.session.officer
        seat.write(lambda: (marking.set_machine(told, by=by), None))
        yield sim


@pytest.fixture
def model(seat, machine, qtbot):
    made = MarkingModel(*seat.made_with)
    made.start()
    qtbot.waitUntil(lambda: bool(made.bench.machines))
    return made


def reach(model, qtbot, stage):
    qtbot.waitUntil(lambda: model.state.stage is stage, timeout=15_000)


def marked(model, qtbot, weapon, stage=Stage.READ_BACK):
    model.bring(weapon)
    reach(model, qtbot, Stage.READY)
    model.mark("bench")
    reach(model, qtbot, stage)


def starts(machine):
    return [one for one in machine.truth.all() if one.event == "begin"]


def test_the_bench_knows_machines_numbers_and_the_next_mark(model):
    assert model.machine == "bench"
    assert model.bench.next_text.startswith("UG ")
    assert model.bench.left == 10_000
    assert model.bench.to_settle == model.bench.last == ()


def test_a_weapon_is_brought_by_any_mark_and_waits_to_be_marked(model, seat, qtbot):
    weapon = seat.register("KB1")
    model.bring(" KB1 ")
    reach(model, qtbot, Stage.READY)
    assert model.state.weapon.id == weapon


def test_what_names_no_weapon_is_said_and_changes_nothing(model, qtbot):
    with qtbot.waitSignal(model.unnamed) as said:
        model.bring("nothing")
    assert isinstance(said.args[0], WeaponUnknown)
    assert model.state.stage is Stage.SCAN


def test_a_weapon_is_marked_read_back_and_verified(model, machine, seat, qtbot):
    weapon = seat.register("KB1")
    text = model.bench.next_text
    marked(model, qtbot, weapon)
    assert model.state.text == text
    qtbot.waitUntil(lambda: len(model.bench.to_settle) == 1)
    model.read_back(text.replace(" ", "-").lower(), "scan")
    reach(model, qtbot, Stage.VERIFIED)
    qtbot.waitUntil(lambda: model.bench.to_settle == ())
    assert [line.job.state for line in model.bench.last] == ["verified"]
    assert model.bench.next_text != text
    assert seat.session.settings.machine == "bench"


def test_pressed_twice_it_is_started_once(model, machine, seat, qtbot):
    weapon = seat.register("KB1")
    model.bring(weapon)
    reach(model, qtbot, Stage.READY)
    model.mark("bench")
    assert model.state.stage is Stage.MARKING
    model.mark("bench")
    model.clear()
    model.bring(weapon)
    assert model.state.stage is Stage.MARKING
    reach(model, qtbot, Stage.READ_BACK)
    model.mark("bench")
    jobs = seat.on_books(seat.stockpile.marking.jobs)
    assert len(jobs) == 1


def test_a_mark_that_reads_otherwise_is_wrong_until_a_person_has_looked(model, seat, qtbot):
    weapon = seat.register("KB1")
    marked(model, qtbot, weapon)
    model.read_back("UG 26 999999", "scan")
    reach(model, qtbot, Stage.WRONG)
    assert model.state.why == "UG 26 999999"
    model.settle("marked", "The scanner misread it; the mark is whole.", model.state.text)
    reach(model, qtbot, Stage.BORNE)


def test_a_machine_stopped_in_the_middle_is_in_doubt_and_is_settled(model, machine, seat, qtbot):
    machine.order("fault", "estop-mid")
    weapon = seat.register("KB1")
    marked(model, qtbot, weapon, Stage.DOUBT)
    qtbot.waitUntil(lambda: len(model.bench.to_settle) == 1)
    model.mark("bench")
    assert model.state.stage is Stage.DOUBT
    model.settle("partial", "Half of the digits are there.")
    qtbot.waitUntil(lambda: model.bench.to_settle == ())
    reach(model, qtbot, Stage.BORNE)


def test_a_program_started_anew_shows_what_is_in_doubt(model, machine, seat, qtbot):
    machine.order("fault", "estop-mid")
    weapon = seat.register("KB1")
    marked(model, qtbot, weapon, Stage.DOUBT)
    again = MarkingModel(*seat.made_with)
    again.start()
    qtbot.waitUntil(lambda: len(again.bench.to_settle) == 1)
    again.bring(again.bench.to_settle[0].job.weapon)
    reach(again, qtbot, Stage.DOUBT)


def test_what_the_machine_refused_was_not_marked_and_may_be_tried_again(
    model, machine, seat, qtbot
):
    machine.order("fault", "refuse@1")
    weapon = seat.register("KB1")
    marked(model, qtbot, weapon, Stage.NOT_STARTED)
    assert model.state.why
    model.mark("bench")
    reach(model, qtbot, Stage.READ_BACK)


def test_a_weapon_that_bears_its_mark_is_not_marked_again(model, seat, qtbot):
    weapon = seat.register("KB1")
    marked(model, qtbot, weapon)
    model.read_back(model.state.text, "typed")
    reach(model, qtbot, Stage.VERIFIED)
    model.clear()
    model.bring(weapon)
    reach(model, qtbot, Stage.BORNE)
    model.mark("bench")
    assert model.state.stage is Stage.BORNE


def test_an_officer_without_the_right_is_refused_and_nothing_begins(model, seat, qtbot):
    weapon = seat.register("KB1")
    seat.sit_down("Clerk", "clerk")
    assert not model.may_mark
    model.bring(weapon)
    reach(model, qtbot, Stage.READY)
    with qtbot.waitSignal(model.refused) as said:
        model.mark("bench")
    assert isinstance(said.args[0], OfficerNotAuthorised)
    reach(model, qtbot, Stage.READY)
