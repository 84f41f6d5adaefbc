"""How each run of a Telesis machine ends, fault by fault, and what the metal bears after it.

The simulator writes down a second START for one job as "again": there is never one.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
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
from stockpile.services.ports import EndResult, Evidence, MachineState, Marker, StartResult, Work
from tests.helpers.benches import TEXT, driven, simulated
from tests.helpers.wires import needs_ptys

ACCEPTED, REFUSED, UNCERTAIN = StartResult
DONE, STOPPED, RESTARTED, SILENT, LOST, UNTOLD = EndResult

RUNS = [
    # fault, what START says, how the run ends, and how it stands on the metal: starts, whole marks
    ("", ACCEPTED, DONE, 1, 1),
    ("answer-twice", ACCEPTED, DONE, 1, 1),
    ("split", ACCEPTED, DONE, 1, 1),
    ("pause-mid", ACCEPTED, DONE, 1, 1),
    ("refuse", REFUSED, SILENT, 0, 0),
    ("lose-request", UNCERTAIN, SILENT, 0, 0),
    ("lose-end", ACCEPTED, DONE, 1, 1),
    ("estop-mid", ACCEPTED, STOPPED, 1, 0),
    ("door-mid", ACCEPTED, STOPPED, 1, 0),
    ("restart-mid", ACCEPTED, RESTARTED, 1, 0),
    ("restart-mid:keep", ACCEPTED, SILENT, 1, 0),
    ("pull-start", UNCERTAIN, LOST, 1, 1),
    ("pull-start:stop", UNCERTAIN, LOST, 1, 0),
    ("pull-mid", ACCEPTED, LOST, 1, 1),
    ("pull-mid:stop", ACCEPTED, LOST, 1, 0),
]

REFUSALS = [
    ("busy", MachineNotReady),
    ("fault", MachineNotReady),
    ("simulation", MachineNotReady),
    ("autonomous", MachineNotReady),
    ("not-master", MachineNotReady),
    ("no-layout", MachineRefused),
    ("silent", MachineSilent),
    ("damage-text", MachineMisread),
    ("pull-prepare", PortLost),
]


def settle(sim: Simulator, starts: int, whole: int) -> None:
    """Wait until the metal bears what it will bear, and hold it to the promises."""
    if starts:
        assert sim.truth.wait_for("done" if whole else "partial", max(1, whole))
    assert sim.truth.count("start") == starts
    assert sim.truth.count("done") == whole
    assert sim.truth.count("again") == 0
    assert {happening.text for happening in sim.truth.all()} <= {TEXT}


def run(marker: Marker) -> tuple[StartResult, EndResult]:
    marker.prepare(Work(TEXT))
    return marker.start(), marker.watch(10.0)


@needs_ptys
@pytest.mark.parametrize(("fault", "start", "end", "starts", "whole"), RUNS)
def test_a_run_ends_as_it_truly_went(
    tmp_path: Path, fault: str, start: StartResult, end: EndResult, starts: int, whole: int
):
    machine = simulated(tmp_path, "pty", fault, "telesis")
    with machine as sim, driven(sim, driver="telesis") as marker:
        assert run(marker) == (start, end)
        settle(sim, starts, whole)


@needs_ptys
@pytest.mark.parametrize(("fault", "refusal"), REFUSALS)
def test_nothing_starts_on_a_machine_that_is_not_prepared(
    tmp_path: Path, fault: str, refusal: type[StockpileError]
):
    machine = simulated(tmp_path, "pty", fault, "telesis")
    with machine as sim, driven(sim, driver="telesis") as marker:
        with pytest.raises(refusal):
            marker.prepare(Work(TEXT))
        assert marker.start() is REFUSED
        settle(sim, 0, 0)


@needs_ptys
@pytest.mark.parametrize(
    ("fault", "speed", "end"),
    [("lose-answer", 1.5, DONE), ("late-answer", 50.0, SILENT), ("garbage", 50.0, SILENT)],
)
def test_a_start_whose_answer_is_lost_is_settled_only_when_it_is_seen_at_work(
    tmp_path: Path, fault: str, speed: float, end: EndResult
):
    """A mark that lasts longer than the wait for the answer is seen; a short one stays unknown."""
    machine = simulated(tmp_path, "pty", fault, "telesis", speed=speed)
    with machine as sim, driven(sim, driver="telesis") as marker:
        assert run(marker) == (UNCERTAIN, end)
        settle(sim, 1, 1)


@pytest.mark.parametrize("driver", ["telesis", "infosight"])
def test_one_job_after_another_and_the_text_is_blanked(tmp_path: Path, driver: str):
    ends = {"telesis": [(ACCEPTED, DONE)] * 2, "infosight": [(ACCEPTED, UNTOLD)] * 2}[driver]
    with simulated(tmp_path, "tcp", "", driver) as sim, driven(sim, driver=driver) as marker:
        found = []
        for job in (1, 2):
            found.append(run(marker))
            assert sim.truth.wait_for("done", job)
        assert found == ends
        if driver == "telesis":
            assert marker.evidence() == Evidence(MachineState.READY, TEXT)
            marker.disarm()
            assert marker.evidence() == Evidence(MachineState.READY, "")
        settle(sim, 2, 2)


def test_a_pedal_pressed_while_we_start_is_no_refusal(tmp_path: Path):
    """Its no to our START says only that it marks already, and what it marks is our text."""
    with simulated(tmp_path, "tcp", "", "telesis", speed=1.0) as sim:
        with driven(sim, driver="telesis") as marker:
            marker.prepare(Work(TEXT))
            asked = marker.talk.clear  # type: ignore[attr-defined]

            def press() -> None:
                asked()
                sim.order("pedal")

            marker.talk.clear = press  # type: ignore[attr-defined]
            assert marker.start() is UNCERTAIN
        assert sim.truth.count("start") == 1


@contextmanager
def dialling(driver: str, fault: str = "") -> Iterator[Simulator]:
    """A machine that dials a port of this computer."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    with Simulator(driver, dial=f"127.0.0.1:{port}", fault=fault, speed=10.0) as sim:
        yield sim


@pytest.mark.parametrize("driver", ["telesis", "infosight"])
def test_a_machine_that_dials_us_is_driven_alike_and_calls_again(driver: str):
    end = {"telesis": DONE, "infosight": UNTOLD}[driver]
    with dialling(driver) as sim:
        assert sim.url.startswith("listen://127.0.0.1:")
        for job in (1, 2):
            with driven(sim, driver=driver) as marker:
                assert run(marker) == (ACCEPTED, end)
                assert sim.truth.wait_for("done", job)
        settle(sim, 2, 2)


@pytest.mark.parametrize(("fault", "whole"), [("pull-mid", 1), ("pull-mid:stop", 0)])
def test_a_line_lost_to_a_machine_that_dialled_us_is_a_lost_link(fault: str, whole: int):
    with dialling("telesis", fault) as sim:
        with driven(sim, driver="telesis") as marker:
            assert run(marker) == (ACCEPTED, LOST)
        settle(sim, 1, whole)
