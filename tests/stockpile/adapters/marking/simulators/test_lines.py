from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from stockpile.adapters.marking.simulators.lines import DialLine, Line, TcpLine, open_pty
from stockpile.domain.errors import PortMissing
from tests.helpers.wires import needs_ptys

posix = needs_ptys


def heard(line: Line) -> bytes:
    """What comes over the line; an empty read lets a host in."""
    for _ in range(100):
        if arrived := line.receive(0.1):
            return arrived
    raise AssertionError(line.url)


def visit(line: TcpLine) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(line.url.rsplit(":", 1)[1])))


def test_a_host_is_heard_and_answered_over_tcp():
    line = TcpLine(0)
    with visit(line) as host:
        host.sendall(b"ST\r")
        assert heard(line) == b"ST\r"
        line.send(b"ST 4 0 0\r\n")
        assert host.recv(100) == b"ST 4 0 0\r\n"
    line.close()


def test_a_cut_ends_the_connection_and_nobody_is_heard_until_it_is_plugged():
    line = TcpLine(0)
    line.send(b"nobody\r\n")
    with visit(line) as host:
        host.sendall(b"ST\r")
        heard(line)
        line.cut()
        assert host.recv(100) == b""
    with visit(line) as host:
        host.sendall(b"GO\r")
        assert line.receive(0.05) == b""
        line.plug()
        assert heard(line) == b"GO\r"
    assert line.receive(0.1) == b""
    with visit(line) as host:
        host.sendall(b"ST\r")
        assert heard(line) == b"ST\r"
    line.close()


def test_a_taken_or_impossible_tcp_port_is_said():
    line = TcpLine(0)
    for port in (int(line.url.rsplit(":", 1)[1]), 99_999_999):
        with pytest.raises(PortMissing):
            TcpLine(port)
    line.close()


def test_a_machine_that_dials_is_heard_and_dials_again_when_it_was_hung_up_on():
    with socket.create_server(("127.0.0.1", 0)) as host:
        host.settimeout(0.0)
        line = DialLine("127.0.0.1", host.getsockname()[1])
        assert line.url == f"listen://127.0.0.1:{host.getsockname()[1]}"
        for _ in range(2):
            caller = called(host, line)
            caller.sendall(b"S\r")
            assert heard(line) == b"S\r"
            line.send(b"ready\r\n")
            assert caller.recv(100) == b"ready\r\n"
            caller.close()
        line.close()


def test_a_cut_machine_does_not_dial_until_it_is_plugged():
    with socket.create_server(("127.0.0.1", 0)) as host:
        host.settimeout(0.0)
        line = DialLine("127.0.0.1", host.getsockname()[1])
        caller = called(host, line)
        line.cut()
        assert caller.recv(100) == b""
        caller.close()
        assert line.receive(0.0) == b""
        line.send(b"nobody\r\n")
        with pytest.raises(BlockingIOError):
            host.accept()
        line.plug()
        called(host, line).close()
        line.close()
    assert line.receive(0.0) == b""


def called(host: socket.socket, line: DialLine) -> socket.socket:
    """The line of the machine, which is given time to dial."""
    for _ in range(200):
        line.receive(0.01)
        try:
            caller = host.accept()[0]
        except BlockingIOError:
            continue
        caller.settimeout(10.0)
        return caller
    raise AssertionError(line.url)


def test_nowhere_can_be_dialled_no_line():
    with pytest.raises(PortMissing):
        DialLine("127.0.0.1", 0)


@posix
def test_a_terminal_has_a_lasting_name_and_does_not_echo(tmp_path: Path):
    line = open_pty(tmp_path / "machine")
    assert line.url == str(tmp_path / "machine")
    line.send(b"hello\r\n")
    assert line.receive(0.02) == b""
    host = os.open(line.url, os.O_RDWR | os.O_NOCTTY)
    os.write(host, b"\x1b\x00\x11\x13\r")
    assert heard(line) == b"\x1b\x00\x11\x13\r"
    os.close(host)
    line.close()
    assert not (tmp_path / "machine").is_symlink()


@posix
def test_a_cut_terminal_is_gone_and_comes_back_under_its_name(tmp_path: Path):
    line = open_pty(tmp_path / "machine")
    line.cut()
    line.cut()
    assert not (tmp_path / "machine").exists()
    line.send(b"nobody\r\n")
    assert line.receive(0.0) == b""
    line.plug()
    line.plug()
    assert (tmp_path / "machine").exists()
    line.close()


@posix
def test_what_nobody_reads_never_holds_the_machine_up(tmp_path: Path):
    line = open_pty(tmp_path / "machine")
    for _ in range(100):
        line.send(b"x" * 4096)
    line.close()


def occupied(folder: Path) -> Path:
    (folder / "file").write_text("mine")
    return folder / "file"


@posix
@pytest.mark.parametrize("place", [occupied, lambda folder: folder / "nowhere" / "machine"])
def test_a_name_that_cannot_be_had_is_said(tmp_path: Path, place: Callable[[Path], Path]):
    with pytest.raises(PortMissing):
        open_pty(place(tmp_path))


@posix
def test_a_name_left_over_from_before_is_taken(tmp_path: Path):
    (tmp_path / "machine").symlink_to("/dev/pts/none")
    line = open_pty(tmp_path / "machine")
    assert (tmp_path / "machine").exists()
    line.close()
