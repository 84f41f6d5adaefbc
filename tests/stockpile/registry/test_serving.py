from __future__ import annotations

import socket
import threading

import httpx
import pytest
import uvicorn

from stockpile.domain.errors import FieldUnreadable, PortMissing
from stockpile.registry.app import create_app
from stockpile.registry.limits import Limits
from stockpile.registry.service import Service
from stockpile.registry.serving import config, listening


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


@pytest.mark.parametrize(("proxy", "measures"), [("", 1), ("127.0.0.1", 2), ("192.0.2.9", 1)])
def test_only_the_named_proxy_is_believed_about_who_asks(registry, proxy, measures):
    service = Service(forwarded_by=proxy, limits=Limits(address_rate=0.001, address_burst=1))
    running = uvicorn.Server(config(create_app(registry.books, limits=service.limits), service))
    with listening("127.0.0.1:0") as opened:
        url = f"http://127.0.0.1:{opened.getsockname()[1]}/healthz"
        thread = threading.Thread(target=running.run, kwargs={"sockets": [opened]})
        thread.start()
        try:
            statuses = [
                httpx.get(url, headers={"x-forwarded-for": asker}, trust_env=False).status_code
                for asker in ("198.51.100.1", "198.51.100.2", "198.51.100.1")
            ]
        finally:
            running.should_exit = True
            thread.join()
    assert statuses.count(200) == measures


def test_a_free_port_is_found():
    with listening("127.0.0.1:0") as opened:
        assert opened.getsockname()[1] > 0
