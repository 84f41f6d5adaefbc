from __future__ import annotations

import httpx
import pytest

from stockpile.domain import wire
from stockpile.domain.exchange import MOST_BYTES, Hello, Objection
from stockpile.domain.requests import Request, signing
from stockpile.registry import answers
from tests.helpers.registries import answering
from tests.helpers.sites import CountingChance


@pytest.fixture
def ask(registry, site):
    """Ask the real server, signed by the site; returns status and body."""
    chance = CountingChance()
    with answering(registry.books) as url, httpx.Client(base_url=url, trust_env=False) as client:

        def asking(method, path, query="", body=b"", **headers):
            request = Request(method, path, query, body)
            nonce = chance.bytes(16).hex()
            said = dict(signing(request, site.node, registry.clock.now(), nonce, site.keys.sign))
            answer = client.request(
                method, f"{path}?{query}" if query else path, content=body, headers=said | headers
            )
            return answer.status_code, answer.content

        yield asking


def reason(answer):
    status, body = answer
    return status, wire.decode(body, Objection).reason


def test_hello_is_said_to_everybody(registry, ask):
    status, body = ask("GET", "/v1/hello")
    said = wire.decode(body, Hello)
    assert (status, said.public_key) == (200, registry.books.key.public_key)


def test_the_checkpoint_is_plain_text_for_everybody(registry, ask):
    status, body = ask("GET", "/v1/checkpoint")
    assert status == 200
    assert body.decode().splitlines()[:2] == [
        f"stockpile.registry/{registry.books.key.node}", str(registry.books.head().size),
    ]  # fmt: skip


def test_what_is_not_signed_is_not_answered(site, ask):
    assert reason(ask("GET", "/v1/feed", signature="")) == (400, "unreadable")
    assert reason(ask("GET", f"/v1/nodes/{'a' * 16}/tip")) == (404, "node_unknown")


def test_the_feed_of_another_log_is_not_given(registry, ask):
    own = registry.books.key.node
    assert reason(ask("GET", "/v1/feed", f"after=0&log={'a' * 16}")) == (409, "other_log")
    assert ask("GET", "/v1/feed", f"after=0&log={own}")[0] == 200


@pytest.mark.parametrize("query", ["after=-5&limit=-5", "after=0&limit=999999", "after=999999", ""])
def test_odd_limits_are_brought_into_bounds(ask, query):
    status, body = ask("GET", "/v1/feed", query)
    assert status == 200
    assert wire.unfold(body)


def test_a_body_beyond_the_limit_is_not_read(site, ask):
    path = f"/v1/nodes/{site.node}/commits"
    assert reason(ask("POST", path, body=bytes(MOST_BYTES + 1))) == (413, "too_large")


@pytest.mark.parametrize("body", [b"", b"noise", wire.squeeze(b"noise")])
def test_noise_is_unreadable(site, ask, body):
    assert reason(ask("POST", f"/v1/nodes/{site.node}/commits", body=body)) == (400, "unreadable")
    assert reason(ask("POST", "/v1/enrol", body=body)) == (400, "unreadable")


def test_every_answer_has_a_status_of_its_kind():
    assert {status for status, _ in answers.ANSWERS.values()} <= set(range(400, 508))
