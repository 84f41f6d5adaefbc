"""How runs end on a GRBL machine, and what is then on the metal, which the simulator moved over.

The truth is the motion that was executed: it is drawn as a picture and read like any other mark.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import serial

from stockpile.adapters.marking.simulators.simulator import Simulator
from stockpile.adapters.reading.matrices import ZxingMatrices
from stockpile.adapters.reading.pictures import ZxingPictures
from stockpile.domain.errors import (
    MachineAstray,
    MachineNotReady,
    MachineRefused,
    MachineSilent,
    MachineStranger,
    PortLost,
    StockpileError,
)
from stockpile.domain.facts import MarkLayoutSet
from stockpile.domain.laying_out import lay_out
from stockpile.domain.mark_layouts import STANDARD_LAYOUT
from stockpile.services.ports import EndResult, Evidence, MachineState, Marker, StartResult, Work
from tests.helpers.benches import TEXT, driven, matrix_of, simulated
from tests.helpers.wires import needs_ptys

ACCEPTED, REFUSED, UNCERTAIN = StartResult
DONE, STOPPED, RESTARTED, SILENT, LOST, _UNTOLD = EndResult
SHORT = Work("A1", matrix_of("A1"))
"""A small mark of fifty dots."""

RUNS = [
    # fault, what START says, how the run ends, and how it stands on the metal: starts, whole marks
    ("", ACCEPTED, DONE, 1, 1),
    ("split", ACCEPTED, DONE, 1, 1),
    ("answer-twice", ACCEPTED, DONE, 1, 1),
    ("pause-mid", ACCEPTED, DONE, 1, 1),
    ("refuse", REFUSED, SILENT, 0, 0),
    ("lose-request", UNCERTAIN, SILENT, 0, 0),
    # The machine tells where its head is, and so whether a cut was made whose answer is lost.
    ("lose-answer", ACCEPTED, DONE, 1, 1),
    ("late-answer", ACCEPTED, DONE, 1, 1),
    ("garbage", ACCEPTED, DONE, 1, 1),
    ("lose-end", ACCEPTED, DONE, 1, 1),
    ("end-late", ACCEPTED, DONE, 1, 1),
    # A machine that does not tell where its head is gets no further cut.
    ("garbage:status", ACCEPTED, SILENT, 1, 0),
    ("damage-text", ACCEPTED, STOPPED, 1, 0),
    ("xoff", UNCERTAIN, SILENT, 1, 0),
    ("estop-mid", ACCEPTED, STOPPED, 1, 0),
    ("door-mid", ACCEPTED, STOPPED, 1, 0),
    ("restart-mid", ACCEPTED, RESTARTED, 1, 0),
    ("restart-mid:keep", ACCEPTED, RESTARTED, 1, 0),
    # A machine that is led line by line does not go on alone.
    ("pull-start", UNCERTAIN, LOST, 1, 0),
    ("pull-start:stop", UNCERTAIN, LOST, 0, 0),
    ("pull-mid", ACCEPTED, LOST, 1, 0),
    ("pull-mid:stop", ACCEPTED, LOST, 1, 0),
    ("pull-end", ACCEPTED, LOST, 1, 1),
]

REFUSALS = [
    ("busy", MachineNotReady),
    ("fault", MachineNotReady),
    ("door", MachineNotReady),
    ("autonomous", MachineNotReady),
    ("simulation", MachineNotReady),
    ("no-layout", MachineRefused),
    ("not-master", MachineRefused),
    ("late-text", MachineSilent),
    ("silent", MachineSilent),
    ("pull-prepare", PortLost),
]


@contextmanager
def at_bench(
    folder: Path, fault: str = "", *, options: str = "", wire: str = "pty", speed: float = 60.0
) -> Iterator[tuple[Simulator, Marker]]:
    """The machine and its driver; "laser" among the options is what the machine is set to."""
    with simulated(folder, wire, fault, "grbl", speed=speed) as sim:
        if "laser" in options:
            laser_mode(sim)
        with driven(sim, driver="grbl", options=options) as marker:
            yield sim, marker


def run(marker: Marker, work: Work = SHORT) -> tuple[StartResult, EndResult]:
    marker.prepare(work)
    return marker.start(), marker.watch(10.0)


def settle(sim: Simulator, starts: int, whole: int, text: str = SHORT.text) -> None:
    """Wait until the metal bears what it will bear, and hold it to the promises."""
    if starts:
        assert sim.truth.wait_for("done" if whole else "partial", 1)
    assert (sim.truth.count("start"), sim.truth.count("done")) == (starts, whole)
    assert {one.text for one in sim.truth.all() if one.event == "done"} <= {text}


@needs_ptys
@pytest.mark.parametrize(("fault", "start", "end", "starts", "whole"), RUNS)
def test_a_run_ends_as_it_truly_went(
    tmp_path: Path, fault: str, start: StartResult, end: EndResult, starts: int, whole: int
):
    with at_bench(tmp_path, fault) as (sim, marker):
        assert run(marker) == (start, end)
        settle(sim, starts, whole)


@needs_ptys
@pytest.mark.parametrize(("fault", "refusal"), REFUSALS)
def test_nothing_is_cut_on_a_machine_that_is_not_prepared(
    tmp_path: Path, fault: str, refusal: type[StockpileError]
):
    with at_bench(tmp_path, fault) as (sim, marker):
        with pytest.raises(refusal):
            marker.prepare(SHORT)
        assert (marker.start(), marker.watch(0.1)) == (REFUSED, SILENT)
        settle(sim, 0, 0)


def test_over_a_socket_it_is_the_same_machine(tmp_path: Path):
    with at_bench(tmp_path, wire="tcp") as (sim, marker):
        assert run(marker) == (ACCEPTED, DONE)
        settle(sim, 1, 1)


@needs_ptys
def test_one_job_after_another_on_the_same_port(tmp_path: Path):
    with at_bench(tmp_path, "lose-end@2,estop-mid@3") as (sim, marker):
        ends = []
        for _ in range(3):
            ends.append(run(marker))
            sim.order("bare")
        assert ends == [(ACCEPTED, DONE), (ACCEPTED, DONE), (ACCEPTED, STOPPED)]
        assert marker.evidence() == Evidence(MachineState.FAULT, None)
        with pytest.raises(MachineNotReady):
            marker.prepare(SHORT)
        settle(sim, 3, 2)


@needs_ptys
def test_pressing_start_twice_starts_once(tmp_path: Path):
    with at_bench(tmp_path) as (sim, marker):
        marker.prepare(SHORT)
        assert [marker.start(), marker.start()] == [ACCEPTED, ACCEPTED]
        assert marker.watch(10.0) is DONE
        assert (marker.start(), marker.watch(1.0)) == (ACCEPTED, DONE)
        settle(sim, 1, 1)


@needs_ptys
def test_a_machine_that_was_reset_after_it_was_prepared_has_lost_its_place_and_is_not_started(
    tmp_path: Path,
):
    with at_bench(tmp_path) as (sim, marker):
        marker.prepare(SHORT)
        sim.order("dtr")
        assert marker.start() is REFUSED
        settle(sim, 0, 0)
        for _ in range(2):
            assert marker.identity()
            with pytest.raises(MachineAstray):
                marker.prepare(SHORT)
        sim.order("bare")
        assert run(marker) == (ACCEPTED, DONE)


@needs_ptys
def test_an_abort_from_another_thread_ends_the_run_and_nothing_follows_it(tmp_path: Path):
    with at_bench(tmp_path, speed=2.0) as (sim, marker):
        marker.prepare(SHORT)
        ends: list[EndResult] = []
        assert marker.start() is ACCEPTED
        watching = threading.Thread(target=lambda: ends.append(marker.watch(10.0)))
        watching.start()
        assert sim.truth.wait_for("dot", 3)
        marker.abort()
        watching.join()
        assert ends[0] in {STOPPED, RESTARTED}
        settle(sim, 1, 0)
        assert sim.truth.all()[-1].event == "partial"


@needs_ptys
def test_a_program_that_was_left_half_way_is_stopped_before_the_port_is_let_go(tmp_path: Path):
    with simulated(tmp_path, "pty", "", "grbl") as sim:
        with driven(sim, driver="grbl") as marker:
            marker.prepare(SHORT)
            assert marker.start() is ACCEPTED
            marker.disarm()
        settle(sim, 1, 0)


@needs_ptys
def test_another_machine_on_the_same_cable_is_noticed(tmp_path: Path):
    with at_bench(tmp_path) as (_sim, marker):
        name, settings = marker.identity(), marker.fingerprint()
    with (
        simulated(tmp_path, "pty", "stranger", "grbl") as sim,
        driven(sim, driver="grbl", identity=name) as marker,
    ):
        assert marker.fingerprint() == settings
        with pytest.raises(MachineStranger):
            marker.prepare(SHORT)


@needs_ptys
def test_a_host_that_died_in_its_dry_run_leaves_a_machine_that_can_be_used(tmp_path: Path):
    with simulated(tmp_path, "pty", "", "grbl", speed=60.0) as sim:
        with serial.Serial(sim.url, timeout=1) as dead:
            dead.write(b"$C\n")
            assert dead.read_until(b"ok\r\n").endswith(b"ok\r\n")
        with driven(sim, driver="grbl") as marker:
            assert run(marker) == (ACCEPTED, DONE)


# --- what is on the metal -----------------------------------------------------------------------


def laid_out(layout: MarkLayoutSet) -> Work:
    drawn = lay_out(layout, TEXT, ZxingMatrices().modules(TEXT))
    assert not drawn.problems
    return Work(TEXT, drawn.drawing)


def read_on(sim: Simulator) -> list[str]:
    return [one.text for one in ZxingPictures().read(sim.picture(noise=12))]


@needs_ptys
def test_dots_that_were_cut_into_metal_read_as_the_record_says(tmp_path: Path):
    with at_bench(tmp_path, options="?z=-0.11&lift=0.4") as (sim, marker):
        assert run(marker, laid_out(STANDARD_LAYOUT)) == (ACCEPTED, DONE)
        settle(sim, 1, 1, TEXT)
        assert read_on(sim) == [TEXT]


@needs_ptys
def test_strokes_of_a_laser_read_as_the_record_says(tmp_path: Path):
    layout = MarkLayoutSet(
        "laser", 30_000, 8_000, font="strokes", text_y=3000, text_height=1700, line_width=100,
        matrix_x=21_500, matrix_y=600, module=400,
    )  # fmt: skip
    with at_bench(tmp_path, options="?tool=laser&feed=1500&power=600") as (sim, marker):
        assert run(marker, laid_out(layout)) == (ACCEPTED, DONE)
        settle(sim, 1, 1, TEXT)
        assert read_on(sim) == [TEXT]


@needs_ptys
@pytest.mark.parametrize("tool", ["pulse", "laser"])
def test_dots_of_a_magnet_or_filled_by_a_laser_read_as_the_record_says(tmp_path: Path, tool: str):
    with at_bench(tmp_path, options=f"?tool={tool}&power=600&feed=1500") as (sim, marker):
        assert run(marker) == (ACCEPTED, DONE)
        settle(sim, 1, 1)
        assert read_on(sim) == [SHORT.text]


@needs_ptys
def test_a_laser_is_not_driven_like_a_pin_nor_a_pin_like_a_laser(tmp_path: Path):
    for mode, tool in ((0, "laser"), (1, "pin")):
        with simulated(tmp_path, "pty", "", "grbl") as sim:
            laser_mode(sim, mode)
            with driven(sim, driver="grbl", options=f"?tool={tool}") as marker:
                with pytest.raises(MachineRefused) as refused:
                    marker.prepare(SHORT)
                assert refused.value.said == f"$32={mode}"


def laser_mode(sim: Simulator, mode: int = 1) -> None:
    with serial.Serial(sim.url, timeout=1) as line:
        line.write(b"$32=%d\n" % mode)
        assert line.read_until(b"ok\r\n") == b"ok\r\n"
