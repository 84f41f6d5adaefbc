from __future__ import annotations

from stockpile.adapters.marking.simulators.machine import Phase, Turn
from stockpile.adapters.marking.simulators.panasonic_machine import (
    PUMPING_SECONDS,
    SHUTTER_SECONDS,
    PanasonicMachine,
)
from stockpile.adapters.marking.simulators.truth import Happening

WARM = PUMPING_SECONDS + 1.0


def laser(metal: list[Happening] | None = None, speed: float = 1.0) -> PanasonicMachine:
    return PanasonicMachine([].append if metal is None else metal.append, speed=speed)


def ready(machine: PanasonicMachine) -> None:
    machine.pump(0.0, on=True)
    machine.select("0001")
    machine.move_shutter(0.0, opens=True)
    machine.give("AB12", WARM)


def test_pumping_takes_its_time_and_is_not_begun_twice():
    machine = laser()
    assert machine.pumping(0.0) == "0"
    machine.pump(0.0, on=True)
    machine.pump(5.0, on=True)
    assert [machine.pumping(at) for at in (0.1, PUMPING_SECONDS)] == ["1", "2"]
    machine.pump(WARM, on=False)
    assert machine.pumping(WARM) == "0"


def test_the_shutter_takes_its_time_and_is_not_opened_twice():
    machine = laser()
    assert machine.takes_settings(0.0)
    assert machine.move_shutter(0.0, opens=True)
    assert [machine.takes_settings(at) for at in (0.1, SHUTTER_SECONDS)] == [True, False]
    assert not machine.move_shutter(1.0, opens=True)
    assert machine.move_shutter(1.0, opens=False)
    assert machine.takes_settings(2.0)


def test_a_text_is_wanted_once_and_used_up_by_one_trigger():
    metal: list[Happening] = []
    machine = laser(metal)
    assert not machine.give("AB12", 0.0)
    ready(machine)
    assert machine.ready(WARM)
    assert not machine.give("OTHER", WARM)
    assert machine.pedal(WARM)
    assert not machine.ready(WARM)
    now = WARM
    while machine.advance(now) is not Turn.FINISHED:
        now += 0.05
    assert machine.phase is Phase.READY
    assert not machine.go(now)
    assert [one.event for one in metal if one.event != "dot"] == ["start", "done"]
    assert {one.text for one in metal} == {"AB12"}


def test_selecting_a_file_drops_a_text_and_counts_one_job_for_each():
    machine = laser()
    assert not machine.select("0999")
    assert machine.job == 0
    ready(machine)
    assert machine.job == 1
    assert machine.select("0001")
    assert machine.select("0001")
    assert machine.job == 2
    assert not machine.ready(WARM)


def test_taking_the_pumping_away_breaks_a_marking_off():
    metal: list[Happening] = []
    machine = laser(metal)
    ready(machine)
    machine.go(WARM)
    machine.pump(WARM + 0.1, on=False)
    assert metal[-1].event == "partial"
    assert machine.phase is Phase.FAULT


def test_a_restart_leaves_it_cold_shut_and_reporting_nothing():
    machine = laser()
    ready(machine)
    machine.reports = True
    machine.lose_power(WARM, keep=True)
    assert (machine.pumping(WARM), machine.is_open, machine.reports) == ("0", False, False)
    assert machine.text == "AB12"
    machine.lose_power(WARM, keep=False)
    assert (machine.text, machine.file) == ("", "0000")
