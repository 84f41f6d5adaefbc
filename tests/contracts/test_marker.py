"""What every marking driver promises, on every machine that the house can simulate.

The truth is the simulator's physical log: never two starts, never a wrong text, and done means one
whole mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from stockpile.adapters.marking.simulators.simulator import Simulator
from stockpile.domain.errors import (
    MachineMisread,
    MachineNotReady,
    MachineRefused,
    MachineSilent,
    PortLost,
    StockpileError,
)
from stockpile.services.ports import EndResult, Evidence, MachineState, Marker, StartResult, Work
from tests.helpers.benches import TEXT, driven, simulated
from tests.helpers.wires import needs_ptys

ACCEPTED, REFUSED, UNCERTAIN = StartResult
DONE, STOPPED, RESTARTED, SILENT, LOST, _UNTOLD = EndResult
PTY = needs_ptys
WIRES = [pytest.param("pty", marks=PTY), "tcp"]
ON_TCP = {"", "refuse", "lose-answer", "restart-mid", "busy", "silent"} | {
    *("pull-prepare", "pull-start", "pull-mid", "pull-mid:stop", "pull-end"),
}

RUNS = [
    # fault, what START says, how the run ends, and how it stands on the metal: starts, whole marks
    ("", ACCEPTED, DONE, 1, 1),
    ("answer-twice", ACCEPTED, DONE, 1, 1),
    ("pause-mid", ACCEPTED, DONE, 1, 1),
    ("refuse", REFUSED, SILENT, 0, 0),
    ("lose-request", UNCERTAIN, SILENT, 0, 0),
    ("lose-answer", UNCERTAIN, DONE, 1, 1),
    ("late-answer", UNCERTAIN, DONE, 1, 1),
    ("garbage", UNCERTAIN, DONE, 1, 1),
    ("lose-end", ACCEPTED, DONE, 1, 1),
    ("end-late", ACCEPTED, DONE, 1, 1),
    ("garbage:status", ACCEPTED, DONE, 1, 1),
    ("estop-mid", ACCEPTED, STOPPED, 1, 0),
    ("restart-mid", ACCEPTED, RESTARTED, 1, 0),
    ("restart-mid:keep", ACCEPTED, SILENT, 1, 0),
    ("pull-start", UNCERTAIN, LOST, 1, 1),
    ("pull-start:stop", UNCERTAIN, LOST, 1, 0),
    ("pull-mid", ACCEPTED, LOST, 1, 1),
    ("pull-mid:stop", ACCEPTED, LOST, 1, 0),
    ("pull-end", ACCEPTED, LOST, 1, 1),
]

REFUSALS = [
    ("busy", MachineNotReady),
    ("fault", MachineNotReady),
    ("simulation", MachineNotReady),
    ("autonomous", MachineNotReady),
    ("no-layout", MachineRefused),
    ("not-master", MachineRefused),
    ("silent", MachineSilent),
    ("late-text", MachineSilent),
    ("damage-text", MachineMisread),
    ("pull-prepare", PortLost),
]


def settle(sim: Simulator, starts: int, whole: int) -> None:
    """Wait until the metal bears what it will bear, and hold it to the promises."""
    if starts:
        assert sim.truth.wait_for("done" if whole else "partial", max(1, whole))
    assert sim.truth.count("start") == starts
    assert sim.truth.count("done") == whole
    assert {happening.text for happening in sim.truth.all()} <= {TEXT}


def run(marker: Marker) -> tuple[StartResult, EndResult]:
    marker.prepare(Work(TEXT))
    return marker.start(), marker.watch(10.0)


def on_wires(cases: Sequence[tuple[object, ...]]) -> list[ParameterSet]:
    """Every case on a serial port, and on TCP those in which the wire makes a difference."""
    return [
        pytest.param(wire, *case, marks=PTY if wire == "pty" else ())
        for case in cases
        for wire in ("pty", "tcp")
        if wire == "pty" or case[0] in ON_TCP
    ]


@pytest.mark.parametrize(("wire", "fault", "start", "end", "starts", "whole"), on_wires(RUNS))
def test_a_run_ends_as_it_truly_went(
    tmp_path: Path,
    wire: str,
    fault: str,
    start: StartResult,
    end: EndResult,
    starts: int,
    whole: int,
):
    with simulated(tmp_path, wire, fault) as sim, driven(sim) as marker:
        assert run(marker) == (start, end)
        settle(sim, starts, whole)


@pytest.mark.parametrize(("wire", "fault", "refusal"), on_wires(REFUSALS))
def test_nothing_starts_on_a_machine_that_is_not_prepared(
    tmp_path: Path, wire: str, fault: str, refusal: type[StockpileError]
):
    with simulated(tmp_path, wire, fault) as sim, driven(sim) as marker:
        with pytest.raises(refusal):
            marker.prepare(Work(TEXT))
        assert marker.start() is REFUSED
        assert marker.watch(0.1) is SILENT
        settle(sim, 0, 0)


@pytest.mark.parametrize("wire", WIRES)
def test_a_start_whose_answer_and_end_are_lost_is_settled_by_what_the_machine_shows(
    tmp_path: Path, wire: str
):
    """The mark lasts longer than the wait for the answer, so it is seen at work."""
    slow = simulated(tmp_path, wire, "lose-answer,lose-end", speed=1.5)
    with slow as sim, driven(sim) as marker:
        assert run(marker) == (UNCERTAIN, DONE)
        settle(sim, 1, 1)


@pytest.mark.parametrize("wire", WIRES)
def test_a_short_mark_with_answer_and_end_lost_stays_unknown(tmp_path: Path, wire: str):
    quick = simulated(tmp_path, wire, "lose-answer,lose-end", speed=50)
    with quick as sim, driven(sim) as marker:
        assert run(marker) == (UNCERTAIN, SILENT)
        settle(sim, 1, 1)


@pytest.mark.parametrize("wire", WIRES)
def test_pressing_start_twice_starts_once(tmp_path: Path, wire: str):
    with simulated(tmp_path, wire) as sim, driven(sim) as marker:
        marker.prepare(Work(TEXT))
        assert [marker.start(), marker.start()] == [ACCEPTED, ACCEPTED]
        assert marker.watch(10.0) is DONE
        assert marker.start() is ACCEPTED
        settle(sim, 1, 1)


@pytest.mark.parametrize("wire", WIRES)
def test_evidence_shows_state_and_text_and_disarming_blanks_it(tmp_path: Path, wire: str):
    with simulated(tmp_path, wire, guard=False) as sim, driven(sim) as marker:
        run(marker)
        assert marker.evidence() == Evidence(MachineState.READY, TEXT)
        marker.disarm()
        assert marker.evidence() == Evidence(MachineState.READY, "")
        sim.order("pedal")
        assert sim.truth.wait_for("start", 2)
        assert [h.text for h in sim.truth.all() if h.event == "start"] == [TEXT, ""]


@pytest.mark.parametrize("wire", WIRES)
def test_one_job_after_another_on_the_same_port(tmp_path: Path, wire: str):
    with simulated(tmp_path, wire, "lose-end@2,estop-mid@3") as sim, driven(sim) as marker:
        assert [run(marker) for _ in range(3)] == [
            (ACCEPTED, DONE),
            (ACCEPTED, DONE),
            (ACCEPTED, STOPPED),
        ]
        marker.disarm()
        assert marker.evidence() == Evidence(MachineState.FAULT, "")
        with pytest.raises(MachineNotReady):
            marker.prepare(Work(TEXT))
        settle(sim, 3, 2)
