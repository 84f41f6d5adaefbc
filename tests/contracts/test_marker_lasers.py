"""How each run of a laser ends: Panasonic by its report alone, Keyence by its memory as well.

The truth is the simulator's physical log. What every family promises is ``test_every_marker``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from stockpile.adapters.marking.simulators.simulator import Simulator
from stockpile.domain.errors import (
    MachineMisread,
    MachineNotReady,
    MachineRefused,
    MachineSilent,
    PortLost,
    StockpileError,
)
from stockpile.services.ports import EndResult, Marker, StartResult, Work
from tests.helpers.benches import TEXT, driven, simulated
from tests.helpers.wires import needs_ptys

pytestmark = needs_ptys
ACCEPTED, REFUSED, UNCERTAIN = StartResult
DONE, STOPPED, RESTARTED, SILENT, LOST, _UNTOLD = EndResult
WATCH_SECONDS = 2.0
SPEEDS = {"panasonic": 30.0, "keyence": 3.0}
"""A Panasonic laser pumps for long; a Keyence one must be asked while it is at work."""
PATIENT_SECONDS = 6.0
PATIENT = ("end-late", "restart-mid")
"""Faults after which the machine is heard again only when it has had its time."""

RUNS = [
    # driver, fault, what START says, how the run ends, and the metal: starts, whole marks
    ("panasonic", "", ACCEPTED, DONE, 1, 1),
    ("panasonic", "answer-twice", ACCEPTED, DONE, 1, 1),
    ("panasonic", "refuse", REFUSED, SILENT, 0, 0),
    ("panasonic", "lose-request", UNCERTAIN, SILENT, 0, 0),
    ("panasonic", "lose-answer", UNCERTAIN, DONE, 1, 1),
    ("panasonic", "garbage", UNCERTAIN, DONE, 1, 1),
    ("panasonic", "lose-end", ACCEPTED, SILENT, 1, 1),
    ("panasonic", "end-late", ACCEPTED, DONE, 1, 1),
    ("panasonic", "estop-mid", ACCEPTED, STOPPED, 1, 0),
    ("panasonic", "restart-mid", ACCEPTED, RESTARTED, 1, 0),
    ("panasonic", "pull-mid", ACCEPTED, LOST, 1, 1),
    ("panasonic", "pull-mid:stop", ACCEPTED, LOST, 1, 0),
    ("keyence", "", ACCEPTED, DONE, 1, 1),
    ("keyence", "answer-twice", ACCEPTED, DONE, 1, 1),
    ("keyence", "refuse", REFUSED, SILENT, 0, 0),
    ("keyence", "lose-request", UNCERTAIN, SILENT, 0, 0),
    ("keyence", "lose-answer", ACCEPTED, DONE, 1, 1),
    ("keyence", "garbage", ACCEPTED, DONE, 1, 1),
    ("keyence", "lose-end", ACCEPTED, DONE, 1, 1),
    ("keyence", "estop-mid", ACCEPTED, STOPPED, 1, 0),
    ("keyence", "restart-mid", ACCEPTED, RESTARTED, 1, 0),
    ("keyence", "restart-mid:keep", ACCEPTED, SILENT, 1, 0),
    ("keyence", "pull-mid", ACCEPTED, LOST, 1, 1),
    ("keyence", "pull-mid:stop", ACCEPTED, LOST, 1, 0),
]

REFUSALS = [
    ("panasonic", "busy", MachineRefused),
    ("panasonic", "alarm", MachineNotReady),
    ("panasonic", "autonomous", MachineNotReady),
    ("panasonic", "no-layout", MachineRefused),
    ("panasonic", "not-master", MachineRefused),
    ("panasonic", "damage-text", MachineRefused),
    ("panasonic", "late-text", MachineSilent),
    ("panasonic", "silent", MachineSilent),
    ("panasonic", "pull-prepare", PortLost),
    ("keyence", "busy", MachineNotReady),
    ("keyence", "fault", MachineNotReady),
    ("keyence", "no-layout", MachineRefused),
    ("keyence", "damage-text", MachineMisread),
    ("keyence", "late-text", MachineSilent),
    ("keyence", "silent", MachineSilent),
    ("keyence", "pull-prepare", PortLost),
]


def settle(sim: Simulator, starts: int, whole: int) -> None:
    """Wait until the metal bears what it will bear, and hold it to the promises."""
    if starts:
        assert sim.truth.wait_for("done" if whole else "partial", max(1, whole))
    assert (sim.truth.count("start"), sim.truth.count("done")) == (starts, whole)
    assert {happening.text for happening in sim.truth.all()} <= {TEXT}


def run(marker: Marker, seconds: float = WATCH_SECONDS) -> tuple[StartResult, EndResult]:
    marker.prepare(Work(TEXT))
    return marker.start(), marker.watch(seconds)


@pytest.mark.parametrize(("driver", "fault", "start", "end", "starts", "whole"), RUNS)
def test_a_run_ends_as_it_truly_went(
    tmp_path: Path,
    driver: str,
    fault: str,
    start: StartResult,
    end: EndResult,
    starts: int,
    whole: int,
):
    seconds = PATIENT_SECONDS if fault.startswith(PATIENT) else WATCH_SECONDS
    slow = simulated(tmp_path, "pty", fault, driver, speed=SPEEDS[driver])
    with slow as sim, driven(sim, driver=driver) as marker:
        assert run(marker, seconds) == (start, end)
        settle(sim, starts, whole)


@pytest.mark.parametrize(("driver", "fault", "refusal"), REFUSALS)
def test_nothing_starts_on_a_machine_that_is_not_prepared(
    tmp_path: Path, driver: str, fault: str, refusal: type[StockpileError]
):
    quick = simulated(tmp_path, "pty", fault, driver, speed=40.0)
    with quick as sim, driven(sim, driver=driver) as marker:
        with pytest.raises(refusal):
            marker.prepare(Work(TEXT))
        assert marker.start() is REFUSED
        settle(sim, 0, 0)


@pytest.mark.parametrize("driver", ["panasonic", "keyence"])
def test_one_job_after_another_on_the_same_port(tmp_path: Path, driver: str):
    quick = simulated(tmp_path, "pty", "estop-mid@3", driver, speed=SPEEDS[driver])
    with quick as sim, driven(sim, driver=driver) as marker:
        ends = []
        for number in range(3):
            marker.prepare(Work(f"UGA-26-{number}"))
            ends.append((marker.start(), marker.watch(WATCH_SECONDS)))
            if number < 2:
                marker.disarm()
        assert ends == [(ACCEPTED, DONE), (ACCEPTED, DONE), (ACCEPTED, STOPPED)]
        assert (sim.truth.count("start"), sim.truth.count("done")) == (3, 2)


@pytest.mark.parametrize("driver", ["panasonic", "keyence"])
def test_after_disarming_no_pedal_marks_anything(tmp_path: Path, driver: str):
    quick = simulated(tmp_path, "pty", "", driver, speed=40.0)
    with quick as sim, driven(sim, driver=driver) as marker:
        marker.prepare(Work(TEXT))
        marker.disarm()
        assert sim.order("pedal") == {"started": False}
        assert marker.start() is REFUSED
        assert not sim.truth.all()
