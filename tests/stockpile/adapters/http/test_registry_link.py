"""What only this side does; the contract suite asks the rest of a real registry."""

from __future__ import annotations

import random
import socket

import pytest

from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.domain.errors import BatchTooLarge, RegistrySlow
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
