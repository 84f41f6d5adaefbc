"""Settings of the machine, and of the depot: machines, officers, proof, notices."""

from __future__ import annotations

import pytest

from stockpile.app import Simulator
from stockpile.domain.errors import Cancelled, OfficerNotAuthorised, PortMissing
from stockpile.domain.facts import MachineSet
from stockpile.settings import Settings
from tests.helpers.wires import wire
from ui.view_models.settings import SettingsModel


@pytest.fixture
def model(seat, qtbot):
    made = SettingsModel(*seat.made_with)
    made.set_up = None
    made.came.connect(lambda set_up: setattr(made, "set_up", set_up))
    made.start()
    qtbot.waitUntil(lambda: made.set_up is not None)
    return made


def test_what_is_set_up_is_told(model):
    assert [one.name for one in model.set_up.officers] == ["A. Mbuyi"]
    assert model.set_up.machines == ()
    assert model.set_up.stocks
    assert model.set_up.head_code


def test_a_setting_is_remembered_on_this_machine(model, seat):
    model.remember("language", "ar")
    assert model.setting("language") == "ar"
    assert Settings.read(seat.stockpile.home).language == "ar"


def test_a_machine_is_set_up_and_answers_who_it_is(model, tmp_path, qtbot):
    with Simulator("tl07", **wire(tmp_path / "bench"), speed=20) as sim:
        told = MachineSet("Bench", "tl07", sim.url, "STOCKPILE.tml")
        with qtbot.waitSignal(model.machine_set):
            model.set_machine(told)
        qtbot.waitUntil(lambda: model.set_up.machines == (told,))
        with qtbot.waitSignal(model.probed) as answer:
            model.probe(told)
    (probed,) = answer.args
    assert probed.error is None
    assert (bool(probed.identity), probed.state) == (True, "ready")


def test_a_machine_that_is_not_there_says_why(model, tmp_path, qtbot):
    with qtbot.waitSignal(model.probed) as answer:
        model.probe(MachineSet("Bench", "tl07", str(tmp_path / "none"), "STOCKPILE.tml"))
    assert isinstance(answer.args[0].error, PortMissing)


def test_without_the_right_no_machine_is_set_up(model, seat, qtbot):
    seat.sit_down("Clerk", "clerk")
    assert not model.may("set_machine")
    with qtbot.waitSignal(model.machine_refused) as said:
        model.set_machine(MachineSet("Bench", "tl07", "COM4", "STOCKPILE.tml"))
    assert isinstance(said.args[0], OfficerNotAuthorised)


@pytest.mark.parametrize("what", ["check", "deep", "rebuild"])
def test_the_record_is_proved_whole(model, seat, qtbot, what):
    seat.register("KB1")
    with qtbot.waitSignal(model.proved) as done:
        model.prove(what)
        assert model.is_proving
    assert done.args[0] == what
    assert done.args[1].weapons == 1
    assert not model.is_proving


def test_a_check_can_be_stopped(model, qtbot):
    model.proving.connect(lambda _what, work: work.cancel())
    with qtbot.waitSignal(model.unproved) as said:
        model.prove("check")
    assert isinstance(said.args[1], Cancelled)


def test_what_was_said_can_be_read_again_newest_first(model, seat, qtbot):
    seat.notices.good("first")
    with qtbot.waitSignal(model.noticed):
        seat.notices.good("second")
    assert [one.text for one in model.notices] == ["second", "first"]


def test_the_program_says_what_it_is(model, seat):
    about = model.about()
    assert about.version
    assert about.home == seat.stockpile.home
