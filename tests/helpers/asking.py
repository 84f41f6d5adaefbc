"""Ask a real registry, signed by a site as its program signs."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from stockpile.domain import wire
from stockpile.domain.exchange import Objection
from stockpile.domain.requests import Request, signing
from stockpile.trust import trusted_for
from tests.helpers.sites import CountingChance, SettableClock, SiteKeys


@dataclass(frozen=True)
class Asker:
    """A site's line to a registry."""

    client: httpx.Client
    keys: SiteKeys
    clock: SettableClock

    def __call__(self, method, path, query="", body=b"", **headers) -> httpx.Response:
        """Ask, signed at the registry's time."""
        request = Request(method, path, query, body)
        nonce = CountingChance().bytes(16).hex()
        said = dict(signing(request, self.keys.node, self.clock.now(), nonce, self.keys.sign))
        where = f"{path}?{query}" if query else path
        return self.client.request(method, where, content=body, headers=said | headers)


@contextmanager
def asker(url: str, keys: SiteKeys, clock: SettableClock) -> Iterator[Asker]:
    """Give a line to the registry at this address."""
    with httpx.Client(base_url=url, trust_env=False, timeout=60, verify=trusted_for(url)) as client:
        yield Asker(client, keys, clock)


def reason(answer: httpx.Response) -> tuple[int, str]:
    """Return an objection's status and reason."""
    return answer.status_code, wire.decode(answer.content, Objection).reason


@contextmanager
def wire_to(url: str) -> Iterator[socket.socket]:
    """Give a bare connection to the registry: for what no client would send."""
    host, _, port = url.removeprefix("http://").rpartition(":")
    with socket.create_connection((host, int(port)), timeout=60) as opened:
        yield opened


def until_closed(opened: socket.socket) -> bytes:
    """Return what comes until the other side ends the connection."""
    heard = b""
    try:
        while part := opened.recv(1 << 16):
            heard += part
    except ConnectionResetError:
        pass
    return heard
