from __future__ import annotations

import socket

import pytest

from stockpile.domain.errors import FieldUnreadable, PortMissing
from stockpile.registry.serving import listening


@pytest.mark.parametrize(
    "listen", ["", "8750", "127.0.0.1", ":8750", "127.0.0.1:x", "127.0.0.1:70000"]
)
def test_an_address_that_is_none(listen):
    with pytest.raises(FieldUnreadable), listening(listen):
        pass


def test_a_port_that_is_taken():
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(PortMissing),
        listening(f"127.0.0.1:{taken.getsockname()[1]}"),
    ):
        pass


def test_a_name_that_is_no_host():
    with pytest.raises(PortMissing), listening("no such host.invalid:0"):
        pass


def test_a_free_port_is_found():
    with listening("127.0.0.1:0") as opened:
        assert opened.getsockname()[1] > 0
