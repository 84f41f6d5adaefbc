"""The socket alone; which process gets how many lines is the service's contract."""

from __future__ import annotations

import socket

import pytest

from stockpile.registry.shared_port import shared_fairly


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as opened, shared_fairly(opened) as shared:
        yield shared


def test_it_is_the_same_port(port):
    with socket.create_connection(port.getsockname()) as caller:
        line, address = port.accept()
        with line:
            assert address == caller.getsockname()
            caller.sendall(b"hello")
            assert line.recv(5) == b"hello"


def test_lines_are_held_until_they_are_closed(port):
    callers = [socket.create_connection(port.getsockname()) for _ in range(3)]
    lines = [port.accept()[0] for _ in callers]
    assert port.held == 3
    lines.pop().close()
    assert port.held == 2
    for one in (*lines, *callers):
        one.close()
    assert port.held == 0


def test_where_another_was_quicker_it_says_so_as_a_socket_does(port):
    port.settimeout(0)
    with pytest.raises(BlockingIOError):
        port.accept()
    assert port.held == 0
