from __future__ import annotations

import json
import os
import signal
import socket
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from stockpile.adapters.marking.simulators.simulator import Simulator, run_simulator
from stockpile.adapters.serial.port import open_port
from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    MachineUnknown,
    PortLost,
    PortMissing,
    StockpileError,
)
from stockpile.services.ports import EndResult, StartResult, Work
from tests.helpers.benches import TEXT, driven, simulated
from tests.helpers.wires import needs_ptys

posix = needs_ptys


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"driver": "tl99", "tcp_port": 0}, MachineUnknown),
        ({"driver": "tl07"}, FieldMissing),
        ({"driver": "tl07", "tcp_port": 0, "pty_link": Path("x")}, FieldMissing),
        ({"driver": "tl07", "tcp_port": 0, "dial": "x:1"}, FieldMissing),
        ({"driver": "tl07", "dial": "x"}, FieldUnreadable),
        ({"driver": "tl07", "dial": "x:y"}, FieldUnreadable),
        ({"driver": "tl07", "tcp_port": 0, "fault": "nonsense"}, FieldUnreadable),
        ({"driver": "tl07", "tcp_port": 0, "speed": 0.0}, FieldUnreadable),
        ({"driver": "tl07", "tcp_port": 0, "speed": float("nan")}, FieldUnreadable),
    ],
)
def test_a_simulator_that_cannot_be_is_refused_at_once(
    options: dict[str, object], refusal: type[StockpileError]
):
    with pytest.raises(refusal):
        Simulator(**options)  # type: ignore[arg-type]


def test_a_side_door_that_cannot_open_leaves_nothing_open():
    first = Simulator("tl07", tcp_port=0)
    with first, pytest.raises(PortMissing):
        Simulator("tl07", tcp_port=0, control_port=99_999_999).open()


def test_the_metal_is_written_to_the_file_and_announced(tmp_path: Path):
    file = tmp_path / "truth.jsonl"
    heard: list[Mapping[str, object]] = []
    with simulated(tmp_path, "tcp", log=file, announce=heard.append) as sim, driven(sim) as marker:
        marker.prepare(Work(TEXT))
        marker.start()
        assert marker.watch(10.0) is EndResult.DONE
        assert heard[0] == {"event": "ready", "url": sim.url, "control": 0}
    written = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert written == heard[1:]
    assert [row["event"] for row in written] == ["start", *["dot"] * len(TEXT), "done"]
    assert {row["text"] for row in written} == {TEXT}


@posix
def test_a_pulled_cable_comes_back_when_the_machine_is_at_rest(tmp_path: Path):
    with simulated(tmp_path, "pty", "pull-mid@1") as sim:
        with driven(sim) as marker:
            marker.prepare(Work(TEXT))
            assert marker.start() is StartResult.ACCEPTED
            assert marker.watch(10.0) is EndResult.LINK_LOST
        assert sim.truth.wait_for("done")
        sim.order("plug")
        with driven(sim) as marker:
            marker.prepare(Work(TEXT))
            assert marker.start() is StartResult.ACCEPTED
            assert marker.watch(10.0) is EndResult.DONE
        assert sim.truth.count("done") == 2


def test_orders_stage_faults_and_show_the_machine(tmp_path: Path):
    with simulated(tmp_path, "tcp", guard=False, control_port=0) as sim, driven(sim) as marker:
        assert sim.order("fault", "refuse")["job"] == 0
        marker.prepare(Work(TEXT))
        assert marker.start() is StartResult.REFUSED
        assert sim.order("status") == {
            "state": "ready",
            "job": 1,
            "text": TEXT,
            "plugged": True,
        }
        assert sim.order("pedal") == {"started": True}
        assert sim.truth.wait_for("done")
        assert len(sim.order("truth")["truth"]) == len(TEXT) + 2  # type: ignore[arg-type]
        assert sim.order("restart")["text"] == ""
        with pytest.raises(FieldUnreadable):
            sim.order("jump")
        assert sim.order("pull")["plugged"] is False
        with pytest.raises(PortLost):
            marker.status()


def test_a_picture_shows_the_metal_and_a_new_piece_is_bare(tmp_path: Path):
    with simulated(tmp_path, "tcp") as sim, driven(sim) as marker:
        bare = sim.picture()
        marker.prepare(Work(TEXT))
        marker.start()
        assert sim.truth.wait_for("done")
        marked = sim.picture()
        assert marked != bare
        assert sim.picture(noise=20) != marked
        sim.order("bare")
        assert sim.picture() == bare
        for wrong in ("-1", "rough", "1000"):
            with pytest.raises(FieldUnreadable):
                sim.order("picture", wrong)


def test_the_line_that_resets_some_boards_does_nothing_to_other_machines(tmp_path: Path):
    with simulated(tmp_path, "tcp") as sim, driven(sim) as marker:
        marker.prepare(Work(TEXT))
        assert sim.order("dtr")["text"] == TEXT


def test_the_side_door_leads_to_the_same_orders(tmp_path: Path):
    with (
        simulated(tmp_path, "tcp", control_port=0) as sim,
        socket.create_connection(("127.0.0.1", sim.control_port)) as visitor,
    ):
        visitor.sendall(b'{"order": "status"}\n')
        assert json.loads(visitor.recv(1000))["state"] == "ready"


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_cleanly_and_the_old_handling_is_back(
    tmp_path: Path, number: signal.Signals
):
    before = signal.getsignal(number)
    link = tmp_path / "machine"

    def strike(event: Mapping[str, object]) -> None:
        if event["event"] == "ready":
            threading.Timer(0.05, os.kill, (os.getpid(), number)).start()

    run_simulator("tl07", pty_link=link, announce=strike)
    assert not link.is_symlink()
    assert signal.getsignal(number) is before
    with pytest.raises(PortMissing):
        open_port(str(link), locks=tmp_path)
