"""What only this side does; the contract suite asks the rest of a real registry."""

from __future__ import annotations

import random
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.domain.errors import (
    BatchTooLarge,
    RegistryAsksToWait,
    RegistryNonsense,
    RegistrySlow,
    RegistryUnreachable,
)
from stockpile.domain.exchange import MOST_BYTES
from stockpile.domain.ledger import Entry
from tests.helpers.sites import CountingChance, SettableClock, SiteKeys


def test_who_listens_and_says_nothing_is_slow():
    links = HttpRegistryLinks(SiteKeys(), SettableClock(), CountingChance(), patience=0.05)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        link = links.open(f"http://127.0.0.1:{mute.getsockname()[1]}", None)
        with pytest.raises(RegistrySlow):
            link.hello()
        link.close()


def test_no_proxy_is_taken_from_the_environment(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    links = HttpRegistryLinks(SiteKeys(), SettableClock(), CountingChance(), patience=0.05)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        link = links.open(f"http://127.0.0.1:{mute.getsockname()[1]}", None)
        with pytest.raises(RegistrySlow):  # a proxy that is not there would be unreachable
            link.hello()
        link.close()


def test_a_batch_too_large_to_travel_stays_at_home():
    links = HttpRegistryLinks(SiteKeys(), SettableClock(), CountingChance())
    link = links.open("http://127.0.0.1:1", None)
    noise = random.Random(1).randbytes(MOST_BYTES + 1)
    with pytest.raises(BatchTooLarge):
        link.push(SiteKeys().node, [Entry(b"{}", bytes(64), (noise,))])
    link.close()


@contextmanager
def saying(status: int, **headers: str):
    """A server that answers every request so, on a real socket."""

    class Said(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_said):
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Said) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        link = HttpRegistryLinks(SiteKeys(), SettableClock(), CountingChance()).open(
            f"http://127.0.0.1:{server.server_address[1]}", None
        )
        try:
            yield link
        finally:
            link.close()
            server.shutdown()
            thread.join()


def test_who_asks_to_come_again_is_not_unreachable():
    for status in (429, 503):
        with saying(status, retry_after="7") as link, pytest.raises(RegistryAsksToWait) as asked:
            link.hello()
        assert asked.value.seconds == 7


def test_what_is_no_number_of_seconds_asks_for_nothing():
    for said in ("Wed, 21 Oct 2026 07:28:00 GMT", "-3", "1e9", "9" * 40, "٣", "0", ""):
        with (
            saying(503, retry_after=said.encode().decode("latin-1")) as link,
            pytest.raises(RegistryUnreachable) as error,
        ):
            link.hello()
        assert not isinstance(error.value, RegistryAsksToWait), said
    with saying(400, retry_after="7") as link, pytest.raises(RegistryNonsense):
        link.hello()


def test_what_a_proxy_says_without_the_registrys_words_is_told_as_what_it_is():
    meant = {
        413: BatchTooLarge, 408: RegistrySlow, 504: RegistrySlow, 429: RegistryUnreachable,
        503: RegistryUnreachable, 502: RegistryUnreachable, 400: RegistryNonsense,
    }  # fmt: skip
    for status, error in meant.items():
        with saying(status) as link, pytest.raises(error) as said:
            link.hello()
        assert type(said.value) is error, status
