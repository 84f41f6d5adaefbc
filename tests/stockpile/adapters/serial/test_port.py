from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from serial.urlhandler import protocol_socket

from stockpile.adapters.serial.port import open_port
from stockpile.domain.errors import PortLost, PortMissing

if sys.platform != "win32":
    import termios
    import tty
from tests.helpers.wires import needs_ptys

posix = needs_ptys


class Terminal:
    """Both ends of a pseudo-terminal."""

    def __init__(self) -> None:
        self.ours, self.theirs = os.openpty()
        tty.setraw(self.theirs)
        self.name = os.ttyname(self.theirs)

    def pull(self) -> None:
        for end in (self.theirs, self.ours):
            if end >= 0:
                os.close(end)
        self.ours = self.theirs = -1


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    terminal = Terminal()
    yield terminal
    terminal.pull()


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield door


def url_of(server: socket.socket) -> str:
    return f"socket://127.0.0.1:{server.getsockname()[1]}"


def test_what_a_loop_is_sent_it_gives_back():
    port = open_port("loop://")
    port.send(b"\x1b\x00\x11\x13GO\r")
    assert port.receive(1.0) == b"\x1b\x00\x11\x13GO\r"
    assert port.receive(0.0) == b""
    assert port.url == "loop://"
    port.close()


@posix
def test_bytes_go_both_ways_over_a_terminal(terminal: Terminal, tmp_path: Path):
    port = open_port(terminal.name, locks=tmp_path)
    port.send(b"ST\r")
    assert os.read(terminal.ours, 10) == b"ST\r"
    os.write(terminal.ours, b"ST 4 0 0\r\n")
    assert port.receive(1.0) == b"ST 4 0 0\r\n"
    port.close()


@posix
def test_flow_control_never_eats_a_byte_of_a_frame(terminal: Terminal, tmp_path: Path):
    port = open_port(terminal.name, locks=tmp_path)
    every = bytes(range(256))
    os.write(terminal.ours, every)
    arrived = b""
    while len(arrived) < len(every):
        more = port.receive(1.0)
        assert more
        arrived += more
    assert arrived == every
    port.close()


@posix
def test_the_speed_stands_in_the_address(terminal: Terminal, tmp_path: Path):
    port = open_port(f"{terminal.name}?baud=19200", locks=tmp_path)
    assert termios.tcgetattr(terminal.theirs)[5] == termios.B19200
    port.close()


@posix
@pytest.mark.parametrize("options", ["reset=off", "reset=off&baud=19200", "baud=19200&reset=off"])
def test_a_board_that_resets_when_its_port_is_opened_is_let_alone_from_then_on(
    terminal: Terminal, tmp_path: Path, options: str
):
    """Nothing here has the line itself: what can be seen is that closing will not let it go."""
    settings = termios.tcgetattr(terminal.theirs)
    settings[2] |= termios.HUPCL
    termios.tcsetattr(terminal.theirs, termios.TCSANOW, settings)
    port = open_port(f"{terminal.name}?{options}", locks=tmp_path)
    found = termios.tcgetattr(terminal.theirs)
    assert not found[2] & termios.HUPCL
    assert found[5] == (termios.B19200 if "baud" in options else termios.B115200)
    port.close()


@posix
@pytest.mark.parametrize("act", ["receive", "send"])
def test_a_pulled_cable_is_one_error_whatever_is_done(terminal: Terminal, tmp_path: Path, act: str):
    port = open_port(terminal.name, locks=tmp_path)
    terminal.pull()
    with pytest.raises(PortLost) as caught:
        port.receive(1.0) if act == "receive" else port.send(b"GO\r")
    assert caught.value.url == terminal.name
    port.drop_output()
    port.close()
    port.close()


@posix
def test_a_closed_port_is_a_lost_port(terminal: Terminal, tmp_path: Path):
    port = open_port(terminal.name, locks=tmp_path)
    port.close()
    with pytest.raises(PortLost):
        port.receive(0.0)
    with pytest.raises(PortLost):
        port.send(b"ST\r")


@posix
def test_a_write_that_does_not_move_is_a_lost_port(terminal: Terminal, tmp_path: Path):
    port = open_port(terminal.name, locks=tmp_path)
    with pytest.raises(PortLost):
        port.send(b"x" * 200_000)
    port.close()


@posix
def test_a_second_opener_is_refused_also_under_another_name(terminal: Terminal, tmp_path: Path):
    other = tmp_path / "tty"
    other.symlink_to(terminal.name)
    port = open_port(terminal.name, locks=tmp_path)
    with pytest.raises(PortMissing):
        open_port(str(other), locks=tmp_path)
    port.close()
    open_port(str(other), locks=tmp_path).close()


def test_who_asks_only_for_what_is_there_waits_for_nothing(
    server: socket.socket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    port = open_port(url_of(server), locks=tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(protocol_socket.Serial, "read", forbidden)
        assert port.receive(0.0) == b""
    with server.accept()[0] as machine:
        machine.sendall(b"GO M\r\n")
        assert port.receive(5.0) == b"GO M\r\n"
    with monkeypatch.context() as patched:
        patched.setattr(protocol_socket.time, "sleep", forbidden)
        port.close()
    with pytest.raises(PortLost):
        port.receive(0.0)


def forbidden(*_asked: object) -> bytes:
    raise AssertionError


def test_a_second_opener_of_a_socket_is_refused(server: socket.socket, tmp_path: Path):
    port = open_port(url_of(server), locks=tmp_path)
    with pytest.raises(PortMissing) as caught:
        open_port(url_of(server), locks=tmp_path)
    assert caught.value.url == url_of(server)
    port.close()


def test_a_failed_opening_leaves_no_lock(server: socket.socket, tmp_path: Path):
    url = url_of(server)
    server.close()
    for _ in range(2):
        with pytest.raises(PortMissing) as caught:
            open_port(url, locks=tmp_path)
        assert "refused" in caught.value.why.lower()


@pytest.mark.parametrize(
    "url",
    [
        *("/dev/no-such-port", "COM99", "nonsense://x", "socket://", "socket://nowhere.invalid:1"),
        *("", "socket://127.0.0.1:99999999", "hwgrep://no-such-adapter", "socket://127.0.0.1:x"),
    ],
)
def test_a_port_that_is_not_there_is_said(url: str, tmp_path: Path):
    with pytest.raises(PortMissing) as caught:
        open_port(url, locks=tmp_path)
    assert caught.value.url == url


def test_the_folder_of_locks_is_made_and_one_that_cannot_be_is_said(
    server: socket.socket, tmp_path: Path
):
    open_port(url_of(server), locks=tmp_path / "ports").close()
    (tmp_path / "file").write_text("mine")
    with pytest.raises(PortMissing):
        open_port(url_of(server), locks=tmp_path / "file")


@pytest.mark.parametrize("harshly", [False, True])
def test_a_connection_that_ends_is_a_lost_port(
    server: socket.socket, tmp_path: Path, *, harshly: bool
):
    port = open_port(url_of(server), locks=tmp_path)
    host, _ = server.accept()
    if harshly:
        host.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    host.close()
    with pytest.raises(PortLost):
        port.receive(2.0)
    port.close()


def test_closing_from_another_thread_ends_a_waiting_read(server: socket.socket, tmp_path: Path):
    port = open_port(url_of(server), locks=tmp_path)
    lost = threading.Event()

    def wait() -> None:
        with pytest.raises(PortLost):
            port.receive(30.0)
        lost.set()

    waiter = threading.Thread(target=wait)
    waiter.start()
    port.close()
    assert lost.wait(10.0)
    waiter.join()
