from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from stockpile.adapters.serial import dial_in
from stockpile.adapters.serial.port import open_port
from stockpile.domain.errors import MachineDidNotCall, PortLost, PortMissing


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


@contextmanager
def calling(
    port: int, then: Callable[[socket.socket], None] = lambda _line: None
) -> Iterator[None]:
    """A machine that dials until somebody listens, and holds the line until the end."""
    over = threading.Event()
    lines: list[socket.socket] = []

    def dial() -> None:
        while not over.is_set():
            with suppress(OSError):
                lines.append(socket.create_connection(("127.0.0.1", port), 1.0))
                then(lines[-1])
                return

    machine = threading.Thread(target=dial)
    machine.start()
    try:
        yield
    finally:
        over.set()
        machine.join()
        for line in lines:
            line.close()


def test_a_machine_that_calls_is_talked_to_both_ways():
    port = free_port()
    url = f"listen://127.0.0.1:{port}?wait=20"
    with calling(port, lambda line: line.sendall(b"\x01S\x02\x03083\r")):
        line = open_port(url)
        assert line.url == url
        assert line.receive(10.0) == b"\x01S\x02\x03083\r"
        assert line.receive(0.0) == b""
        line.close()


def test_what_we_send_reaches_the_machine_whole():
    port, heard = free_port(), bytearray()
    frame = bytes(range(256)) * 40

    def listen(line: socket.socket) -> None:
        line.settimeout(10.0)
        while len(heard) < len(frame):
            heard.extend(line.recv(4096))

    with calling(port, listen):
        line = open_port(f"listen://127.0.0.1:{port}?wait=20")
        line.send(frame)
    assert bytes(heard) == frame
    line.close()


def test_whoever_calls_while_the_line_is_taken_is_refused():
    port = free_port()
    with calling(port):
        line = open_port(f"listen://127.0.0.1:{port}?wait=20")
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), 5.0)
        line.close()


def test_a_machine_that_hangs_up_is_a_lost_port():
    port = free_port()
    with calling(port, socket.socket.close):
        line = open_port(f"listen://127.0.0.1:{port}?wait=20")
        with pytest.raises(PortLost):
            line.receive(10.0)
        line.close()
        line.close()
        with pytest.raises(PortLost):
            line.receive(0.0)
        with pytest.raises(PortLost):
            line.send(b"\x01G\x02\x03071\r")


def test_a_machine_that_takes_nothing_is_a_lost_port():
    port = free_port()
    with calling(port):
        line = open_port(f"listen://127.0.0.1:{port}?wait=20")
        with pytest.raises(PortLost):
            line.send(b"x" * 20_000_000)
        line.close()


def test_a_machine_that_does_not_call_is_said_with_its_address_and_the_time():
    url = f"listen://127.0.0.1:{free_port()}?wait=1"
    with pytest.raises(MachineDidNotCall) as caught:
        open_port(url)
    assert (caught.value.url, caught.value.seconds) == (url, 1)


@pytest.mark.logs_warnings
def test_only_the_machine_of_the_address_is_let_in():
    port = free_port()
    with calling(port), pytest.raises(MachineDidNotCall):
        open_port(f"listen://127.0.0.1:{port}?from=10.0.0.7&wait=1")
    with calling(port):
        open_port(f"listen://127.0.0.1:{port}?from=127.0.0.1&wait=20").close()


def test_a_port_that_is_taken_is_missing(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(PortMissing):
        open_port(f"listen://127.0.0.1:{other.getsockname()[1]}", locks=tmp_path)


@pytest.mark.parametrize(
    "rest",
    [
        *("", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:x", "127.0.0.1:99999", "127.0.0.1:5001/way"),
        *("127.0.0.1:5001?wait=0", "127.0.0.1:5001?wait=121", "127.0.0.1:5001?wait=soon"),
        *("127.0.0.1:5001?baud=9600", "127.0.0.1:5001?wait", "[::1:5001"),
    ],
)
def test_an_address_that_is_none_opens_nothing(rest: str):
    with pytest.raises(PortMissing):
        dial_in.open_dial_in(f"listen://{rest}")
