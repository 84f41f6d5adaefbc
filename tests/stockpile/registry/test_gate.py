from __future__ import annotations

import pytest

from stockpile.domain.errors import MessageUnreadable, NodeUnknown, RequestStale, SignatureWrong
from stockpile.domain.requests import WINDOW, Request, signing
from stockpile.registry.gate import Gate
from tests.helpers.sites import SiteKeys

ASKED = Request("GET", "/v1/feed", "after=0")


def signed(keys, at, nonce="a" * 32, request=ASKED):
    return (request, *(value for _name, value in signing(request, keys.node, at, nonce, keys.sign)))


def test_a_known_node_is_let_in(registry, site):
    gate = Gate(registry.books)
    assert gate.admit(*signed(site.keys, registry.clock.now())).node == site.node


def test_the_same_request_is_heard_once(registry, site):
    gate, asked = Gate(registry.books), signed(site.keys, registry.clock.now())
    gate.admit(*asked)
    with pytest.raises(RequestStale):
        gate.admit(*asked)
    gate.admit(*signed(site.keys, registry.clock.now(), "b" * 32))


@pytest.mark.parametrize("off", [-WINDOW - 2000, WINDOW + 2000])
def test_a_request_of_another_time_is_stale(registry, site, off):
    with pytest.raises(RequestStale):
        Gate(registry.books).admit(*signed(site.keys, registry.clock.now() + off))


def test_a_nonce_is_forgotten_only_when_its_request_is_stale(registry, site):
    gate, asked = Gate(registry.books), signed(site.keys, registry.clock.now())
    gate.admit(*asked)
    registry.clock.at += 3 * WINDOW
    gate.admit(*signed(site.keys, registry.clock.now(), "b" * 32))
    with pytest.raises(RequestStale):
        gate.admit(*asked)


def test_strangers_and_thieves_stay_out(registry, site):
    gate, stranger = Gate(registry.books), SiteKeys()
    with pytest.raises(NodeUnknown):
        gate.admit(*signed(stranger, registry.clock.now()))
    stranger.node = site.node
    with pytest.raises(SignatureWrong):
        gate.admit(*signed(stranger, registry.clock.now()))
    with pytest.raises(MessageUnreadable):
        gate.admit(ASKED, "", "", "")
