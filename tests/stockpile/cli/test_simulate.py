from __future__ import annotations

import json
import signal
import socket
import sys

import pytest

from stockpile.cli.simulate import line_of
from tests.helpers import readied


@pytest.mark.parametrize(
    ("event", "line"),
    [
        ({"event": "ready", "url": "x", "control": 0}, "Ready at x; stop it with Ctrl+C."),
        (
            {"event": "start", "job": 1, "text": "AB", "n": 0, "seconds": 1.5},
            "    1.50 s, job 1: starts AB",
        ),
        (
            {"event": "dot", "job": 1, "text": "AB", "n": 1, "seconds": 2.0},
            "    2.00 s, job 1: letter 1",
        ),
        (
            {"event": "done", "job": 1, "text": "AB", "n": 2, "seconds": 2.5},
            "    2.50 s, job 1: done, AB",
        ),
        (
            {"event": "partial", "job": 2, "text": "AB", "n": 1, "seconds": 12.0},
            "   12.00 s, job 2: broken off after 1 letters of AB",
        ),
        (
            {"event": "again", "job": 2, "text": "AB", "n": 0, "seconds": 12.0},
            "   12.00 s, job 2: hears a second start for AB",
        ),
    ],
)
def test_every_event_is_a_line_for_a_person(event: dict[str, object], line: str):
    assert line_of(event) == line


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_the_command_is_a_machine_until_it_is_stopped():
    words = ["simulate", "tl07", "--tcp", "0", "--json"]
    machine = readied.begin("stockpile.cli", words)
    with machine.stdout as said:
        ready = json.loads(said.readline())
        machine.send_signal(signal.SIGTERM)
        assert machine.wait(20) == 0
    assert ready["event"] == "ready"
    assert ready["url"].startswith("socket://127.0.0.1:")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_a_machine_that_dials_calls_the_host_that_listens():
    with socket.create_server(("127.0.0.1", 0)) as host:
        place = f"127.0.0.1:{host.getsockname()[1]}"
        words = ["simulate", "telesis", "--dial", place, "--json"]
        machine = readied.begin("stockpile.cli", words)
        with machine.stdout as said:
            ready = json.loads(said.readline())
            host.settimeout(30.0)
            line = host.accept()[0]
            with line:
                line.sendall(b"\x01S\x02\x03083\r")
                assert line.recv(100) == b"\x01S\x06\x0200000010\x03212\r"
            machine.send_signal(signal.SIGTERM)
            assert machine.wait(20) == 0
    assert ready["url"] == f"listen://{place}"
