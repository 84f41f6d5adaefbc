from __future__ import annotations

from stockpile.domain.exchange import MOST_BYTES
from stockpile.registry.limits import Limits
from tests.helpers.asking import asker, reason, until_closed, wire_to
from tests.helpers.registries import answering


def test_each_request_has_a_number_of_its_own(registry, site):
    with (
        answering(registry.books) as url,
        asker(url, site.keys, registry.clock) as ask,
    ):
        numbers = {ask("GET", "/v1/hello").headers["x-request-id"] for _ in range(3)}
    assert len(numbers) == 3


def test_who_asks_too_often_is_told_when_to_come_again(registry, site):
    few = Limits(address_rate=0.01, address_burst=2)
    with (
        answering(registry.books, few) as url,
        asker(url, site.keys, registry.clock) as ask,
    ):
        assert [ask("GET", "/healthz").status_code for _ in range(2)] == [200, 200]
        refused = ask("GET", "/v1/hello")
    assert reason(refused) == (429, "slow_down")
    assert int(refused.headers["retry-after"]) == 100


def test_one_node_that_asks_too_often_leaves_the_others_their_measure(registry, site):
    few = Limits(node_rate=0.01, node_burst=1)
    other = type(site)()
    registry.enrol(other)
    with answering(registry.books, few) as url, asker(url, site.keys, registry.clock) as ask:
        path = f"/v1/nodes/{site.node}/tip"
        assert ask("GET", path).status_code == 200
        assert reason(ask("GET", path)) == (429, "slow_down")
        with asker(url, other.keys, registry.clock) as beside:
            assert beside("GET", f"/v1/nodes/{other.node}/tip").status_code == 200


def test_a_body_that_says_it_is_too_large_is_refused_before_it_comes(registry):
    with answering(registry.books) as url, wire_to(url) as opened:
        head = f"POST /v1/enrol HTTP/1.1\r\nhost: x\r\ncontent-length: {MOST_BYTES + 1}\r\n\r\n"
        opened.sendall(head.encode())
        assert until_closed(opened).startswith(b"HTTP/1.1 413 ")


def test_a_body_that_does_not_say_how_large_it_is_is_cut_off(registry):
    with answering(registry.books) as url, wire_to(url) as opened:
        opened.sendall(b"POST /v1/enrol HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n")
        part = b"10000\r\n" + bytes(0x10000) + b"\r\n"
        try:
            for _ in range(MOST_BYTES // 0x10000 + 1):
                opened.sendall(part)
        except OSError:
            pass
        assert until_closed(opened).startswith(b"HTTP/1.1 413 ")


def test_a_body_that_stops_coming_is_given_up(registry):
    with answering(registry.books, Limits(stalled=0.1)) as url, wire_to(url) as opened:
        opened.sendall(b"POST /v1/enrol HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf")
        heard = until_closed(opened)
    assert heard.startswith(b"HTTP/1.1 408 ")
    assert b'"reason":"unreadable"' in heard


def test_a_slow_body_that_goes_on_coming_is_waited_for(registry):
    with answering(registry.books, Limits(stalled=5)) as url, wire_to(url) as opened:
        opened.sendall(b"POST /v1/enrol HTTP/1.1\r\nhost: x\r\nconnection: close\r\n")
        opened.sendall(b"content-length: 4\r\n\r\n")
        for byte in b"slow":
            opened.sendall(bytes([byte]))
        assert until_closed(opened).startswith(b"HTTP/1.1 400 ")
