"""Machines are bound, tried out and asked for their ports without a page."""

from __future__ import annotations

import pytest

from stockpile.app import Simulator
from stockpile.domain.commissioning import STEPS
from stockpile.domain.errors import OfficerNotAuthorised, PortMissing
from stockpile.domain.facts import CommissionCheck, Commissioning, MachineSet
from tests.helpers.wires import wire
from ui.view_models.machines import DRIVERS
from ui.view_models.settings import SettingsModel


@pytest.fixture
def model(seat, qtbot):
    settings = SettingsModel(*seat.made_with)
    with qtbot.waitSignal(settings.came):
        settings.start()
    settings.machines.keeper = settings
    return settings.machines


def put_on_record(seat, machine):
    marking, by = seat.stockpile.marking, seat.session.officer
    seat.on_books(lambda: marking.set_machine(machine, by=by))


def test_every_drivers_promise_is_known_before_any_port_is_opened(model):
    assert all(model.promised(driver) is not None for driver in DRIVERS)
    assert model.promised("tl99") is None
    assert model.steps("tl99") == STEPS
    assert model.steps("tl07") == STEPS
    assert len(model.steps("by_hand")) == 4


def test_a_machine_is_bound_and_the_record_says_so(model, seat, tmp_path, qtbot):
    with Simulator("tl07", **wire(tmp_path / "bench"), speed=20) as sim:
        machine = MachineSet("Bench", "tl07", sim.url, "STOCKPILE.tml")
        put_on_record(seat, machine)
        with qtbot.waitSignal(model.bound) as told:
            model.bind(machine)
    (bound,) = told.args
    assert bound.error is None
    assert "SIM-0001" in bound.found.identity
    kept = seat.on_books(lambda: seat.stockpile.marking.machine("Bench"))
    assert (kept.identity, kept.fingerprint) == (bound.found.identity, bound.found.fingerprint)


def test_a_machine_that_is_not_there_is_bound_to_nothing(model, seat, tmp_path, qtbot):
    machine = MachineSet("Bench", "tl07", str(tmp_path / "none"))
    put_on_record(seat, machine)
    with qtbot.waitSignal(model.bound) as told:
        model.bind(machine)
    assert isinstance(told.args[0].error, PortMissing)


def test_the_plugged_ports_are_told(model, qtbot):
    with qtbot.waitSignal(model.plugged) as told:
        model.ask_ports()
    assert isinstance(told.args[0], tuple)


def test_a_commissioning_goes_on_record_and_proves_the_witness(model, seat, qtbot):
    machine = MachineSet("Bench", "tl07", "COM4")
    put_on_record(seat, machine)
    said = Commissioning(model.today(), checks=(CommissionCheck(2, "passed"),))
    with qtbot.waitSignal(model.commissioned):
        model.commission("Bench", said)
    kept = seat.on_books(lambda: seat.stockpile.marking.machine("Bench"))
    assert kept.commissioning == said
    assert kept.witness_proven
    assert model.standing(kept) == "open"
    assert model.standing(machine) == "not_begun"


def test_without_the_right_nothing_goes_on_record(model, seat, qtbot):
    put_on_record(seat, MachineSet("Bench", "tl07", "COM4"))
    seat.sit_down("Clerk", "clerk")
    with qtbot.waitSignal(model.commission_refused) as told:
        model.commission("Bench", Commissioning("2026-11-28"))
    assert isinstance(told.args[0], OfficerNotAuthorised)
