"""Whoever else answers at a registry's address, or nobody: it is called what it is."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager

import pytest

from stockpile.domain import wire
from stockpile.domain.errors import (
    RegistryNonsense,
    RegistryUnreachable,
)
from tests.helpers.exchanging import (
    linked,
    registry_clock,
    served,
    site,
)
from tests.helpers.sites import (
    SiteKeys,
)

__all__ = ["registry_clock", "served", "site"]


@contextmanager
def saying(answer: bytes):
    """Listen on a port and give every caller the same bytes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer_all():
            while True:
                try:
                    caller, _ = listening.accept()
                except OSError:
                    return
                with caller:
                    caller.recv(65536)
                    caller.sendall(answer)

        thread = threading.Thread(target=answer_all)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def http(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    lines = (f"HTTP/1.1 {status}", f"content-length: {len(body)}", "connection: close", *headers)
    return "\r\n".join((*lines, "", "")).encode() + body


NONSENSE = {
    "html": http(b"<html>Log in to the hotel's network</html>"),
    "another JSON": http(b'{"ok": true}'),
    "a list": http(b"[1, 2]"),
    "deep JSON": http(b"[" * 100_000),
    "redirect": http(b"", "302 Found", "location: http://127.0.0.1:1/"),
    "not found": http(b"nothing here", "404 Not Found"),
    "no HTTP": b"220 mail.example ESMTP\r\n\r\n",
    "gzip": http(b"\x1f\x8b\x08\x00", "200 OK", "content-encoding: gzip"),
    "empty": http(b""),
}


@pytest.mark.parametrize("what", NONSENSE)
def test_nonsense_is_called_nonsense(what, registry_clock):
    keys = SiteKeys()
    with saying(NONSENSE[what]) as url, linked(url, keys, registry_clock) as opened:
        for ask in (
            opened.hello,
            lambda: opened.tip(keys.node),
            lambda: opened.push(keys.node, []),
            lambda: opened.feed(0, 1),
            lambda: opened.enrol(keys.request("code")),
        ):
            with pytest.raises(RegistryNonsense):
                ask()


def test_a_bomb_in_the_feed_is_nonsense(registry_clock):
    bomb = wire.squeeze(bytes(wire.MOST_UNFOLDED + 1))
    with (
        saying(http(bomb)) as url,
        linked(url, SiteKeys(), registry_clock) as opened,
        pytest.raises(RegistryNonsense),
    ):
        opened.feed(0, 1)


def test_an_endless_answer_is_cut_off(registry_clock):
    with (
        saying(http(bytes(9 << 20))) as url,
        linked(url, SiteKeys(), registry_clock) as opened,
        pytest.raises(RegistryNonsense),
    ):
        opened.hello()


def test_a_receipt_signed_by_another_is_nonsense(registry, served, site):
    with (
        linked(served, site.keys, registry.clock, SiteKeys().public_key) as opened,
        pytest.raises(RegistryNonsense),
    ):
        opened.push(site.node, site.entries)


def test_nobody_listens(registry_clock):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with (
        linked(f"http://127.0.0.1:{port}", SiteKeys(), registry_clock) as opened,
        pytest.raises(RegistryUnreachable),
    ):
        opened.hello()


@pytest.mark.parametrize(
    "answer",
    [
        http(b"bad gateway", "502 Bad Gateway"),
        b"",
        b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf",
    ],
)
def test_a_server_in_trouble_is_unreachable(answer, registry_clock):
    with (
        saying(answer) as url,
        linked(url, SiteKeys(), registry_clock) as opened,
        pytest.raises(RegistryUnreachable),
    ):
        opened.hello()
