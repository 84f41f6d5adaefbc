"""How runs end on machines that tell little: a SIC, a Couth, a one-way line.

None of them ever ends as done: what is on the metal only the read-back says. The truth is the
simulator's physical log.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from stockpile.adapters.marking.simulators.simulator import Simulator
from stockpile.domain.errors import (
    MachineRefused,
    MachineSilent,
    PortLost,
    StockpileError,
    Unavailable,
)
from stockpile.services.ports import EndResult, Marker, StartResult, Work
from tests.helpers.benches import TEXT, driven, simulated
from tests.helpers.wires import needs_ptys

ACCEPTED, REFUSED, UNCERTAIN = StartResult
SILENT, LOST, UNTOLD = EndResult.SILENT, EndResult.LINK_LOST, EndResult.UNTOLD

RUNS = [
    # driver, fault, what START says, how the run ends, and on the metal: starts, whole marks
    ("sic", "", ACCEPTED, UNTOLD, 1, 1),
    ("sic", "answers-at-end", UNCERTAIN, UNTOLD, 1, 1),
    ("sic", "answers-at-end,lose-end", UNCERTAIN, SILENT, 1, 1),
    ("sic", "answer-twice", ACCEPTED, UNTOLD, 1, 1),
    ("sic", "refuse", REFUSED, SILENT, 0, 0),
    ("sic", "lose-request", UNCERTAIN, SILENT, 0, 0),
    ("sic", "lose-answer", UNCERTAIN, SILENT, 1, 1),
    ("sic", "late-answer", UNCERTAIN, UNTOLD, 1, 1),
    ("sic", "garbage", UNCERTAIN, SILENT, 1, 1),
    ("sic", "estop-mid", ACCEPTED, UNTOLD, 1, 0),
    ("sic", "restart-mid", ACCEPTED, UNTOLD, 1, 0),
    ("sic", "pull-start", UNCERTAIN, LOST, 1, 1),
    ("sic", "answers-at-end,pull-mid:stop", UNCERTAIN, LOST, 1, 0),
    ("sic", "split", ACCEPTED, UNTOLD, 1, 1),
    ("couth", "", ACCEPTED, UNTOLD, 1, 1),
    ("couth", "answers", ACCEPTED, UNTOLD, 1, 1),
    ("couth", "lenient", ACCEPTED, UNTOLD, 1, 1),
    ("couth", "answers,refuse", ACCEPTED, UNTOLD, 0, 0),
    ("couth", "lose-request", ACCEPTED, UNTOLD, 0, 0),
    ("couth", "garbage", ACCEPTED, UNTOLD, 1, 1),
    ("couth", "silent", ACCEPTED, UNTOLD, 0, 0),
    ("couth", "busy", ACCEPTED, UNTOLD, 0, 0),
    ("couth", "estop-mid", ACCEPTED, UNTOLD, 1, 0),
    ("couth", "pull-start:stop", UNCERTAIN, SILENT, 1, 0),
    ("scanner_string", "", ACCEPTED, UNTOLD, 1, 1),
    ("scanner_string", "lose-request", ACCEPTED, UNTOLD, 0, 0),
    ("scanner_string", "silent", ACCEPTED, UNTOLD, 0, 0),
    ("scanner_string", "restart-mid:keep", ACCEPTED, UNTOLD, 1, 0),
    ("scanner_string", "pull-start", UNCERTAIN, SILENT, 1, 1),
]

REFUSALS = [
    ("sic", "busy", MachineRefused),
    ("sic", "fault", MachineRefused),
    ("sic", "no-layout", MachineRefused),
    ("sic", "silent", MachineSilent),
    ("sic", "late-text", MachineSilent),
    ("sic", "pull-prepare", PortLost),
    ("sic", "wrong-baud", MachineSilent),
    ("couth", "pull-prepare", PortLost),
]


def settle(sim: Simulator, starts: int, whole: int) -> None:
    """Wait until the metal bears what it will bear, and hold it to the promises."""
    if starts:
        assert sim.truth.wait_for("done" if whole else "partial", max(1, whole))
    assert (sim.truth.count("start"), sim.truth.count("done")) == (starts, whole)
    assert {happening.text for happening in sim.truth.all()} <= {TEXT}


def run(marker: Marker, seconds: float = 1.0) -> tuple[StartResult, EndResult]:
    marker.prepare(Work(TEXT))
    return marker.start(), marker.watch(seconds)


@needs_ptys
@pytest.mark.parametrize(("driver", "fault", "start", "end", "starts", "whole"), RUNS)
def test_a_run_is_never_called_done_and_starts_once(
    tmp_path: Path,
    driver: str,
    fault: str,
    start: StartResult,
    end: EndResult,
    starts: int,
    whole: int,
):
    made = simulated(tmp_path, "pty", fault, driver, speed=2.0 if "at-end" in fault else 20.0)
    with made as sim, driven(sim, driver=driver) as marker:
        assert run(marker, 1.0 if end is SILENT else 6.0) == (start, end)
        settle(sim, starts, whole)


@needs_ptys
@pytest.mark.parametrize(("driver", "fault", "refusal"), REFUSALS)
def test_nothing_starts_on_a_machine_that_is_not_prepared(
    tmp_path: Path, driver: str, fault: str, refusal: type[StockpileError]
):
    with simulated(tmp_path, "pty", fault, driver) as sim, driven(sim, driver=driver) as marker:
        with pytest.raises(refusal):
            marker.prepare(Work(TEXT))
        assert (marker.start(), marker.watch(0.1)) == (REFUSED, SILENT)
        settle(sim, 0, 0)


@pytest.mark.parametrize("driver", ["sic", "couth", "scanner_string"])
def test_on_a_network_box_a_mark_is_made_alike(tmp_path: Path, driver: str):
    with simulated(tmp_path, "tcp", "", driver) as sim, driven(sim, driver=driver) as marker:
        assert run(marker) == (ACCEPTED, UNTOLD)
        assert [marker.start(), marker.start()] == [ACCEPTED, ACCEPTED]
        settle(sim, 1, 1)


BLANKS = [("sic", "-"), ("couth", ""), ("scanner_string", "")]


@needs_ptys
@pytest.mark.parametrize(("driver", "blank"), BLANKS)
def test_after_the_read_back_a_pedal_cannot_mark_the_text_again(
    tmp_path: Path, driver: str, blank: str
):
    with simulated(tmp_path, "pty", "", driver) as sim:
        with driven(sim, driver=driver) as marker:
            run(marker)
            marker.disarm()
        assert sim.truth.wait_for("done")
        with driven(sim, driver=driver) as marker:
            marker.disarm()
        sim.order("pedal")
        assert sim.truth.wait_for("done", 2)
        assert [h.text for h in sim.truth.all() if h.event == "start"] == [TEXT, blank]


@needs_ptys
def test_a_machine_that_begins_with_its_text_begins_nothing_before_the_start(tmp_path: Path):
    driver, options = "scanner_string", "?start=:&end=crlf"
    made = simulated(tmp_path, "pty", "", driver)
    with made as sim, driven(sim, driver=driver, options=options) as marker:
        marker.prepare(Work(TEXT))
        assert not sim.truth.wait_for("start", limit=0.3)
        assert marker.start_bytes == f":{TEXT}\r\n".encode()
        assert marker.start() is ACCEPTED
        settle(sim, 1, 1)


@needs_ptys
def test_a_text_of_three_parts_fills_three_variables(tmp_path: Path):
    with simulated(tmp_path, "pty", "", "sic") as sim:
        with driven(sim, driver="sic", layout="UGA:ISO2,YEAR,SERIAL") as marker:
            marker.prepare(Work("UG 26 000042"))
            assert marker.start() is ACCEPTED
            assert sim.truth.wait_for("done")
        assert {happening.text for happening in sim.truth.all()} == {"UG 26 000042"}


@needs_ptys
@pytest.mark.parametrize("driver", ["sic", "couth", "scanner_string"])
def test_one_job_after_another_on_the_same_port(tmp_path: Path, driver: str):
    with simulated(tmp_path, "pty", "", driver) as sim, driven(sim, driver=driver) as marker:
        for done in range(1, 4):
            assert run(marker) == (ACCEPTED, UNTOLD)
            assert sim.truth.wait_for("done", done)
        with pytest.raises((Unavailable, StockpileError)):
            marker.prepare(Work("A)\x10\n"))
        settle(sim, 3, 3)
