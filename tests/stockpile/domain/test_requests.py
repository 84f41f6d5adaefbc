from __future__ import annotations

import dataclasses

import pytest

from stockpile.domain import requests
from stockpile.domain.errors import MessageUnreadable, SignatureWrong
from stockpile.domain.requests import Request
from tests.helpers.sites import AT, SiteKeys

KEYS = SiteKeys(b"n" * 32)
NONCE = "0123456789abcdef" * 2
ASKED = Request("POST", "/v1/nodes/x/commits", "a=1", b"body")


def headers(request=ASKED):
    return dict(requests.signing(request, KEYS.node, AT, NONCE, KEYS.sign))


def read(request, said):
    return requests.read_asked(
        request, said["content-digest"], said["signature-input"], said["signature"]
    )


def test_a_signed_request_says_who_asks_and_when():
    asked = read(ASKED, headers())
    requests.demand_asked(asked, KEYS.public_key)
    assert (asked.node, asked.at, asked.nonce) == (KEYS.node, AT, NONCE)


@pytest.mark.parametrize(
    "changed",
    [{"method": "GET"}, {"path": "/v1/feed"}, {"query": "a=2"}],
    ids=lambda changed: next(iter(changed)),
)
def test_another_question_does_not_fit_the_signature(changed):
    asked = read(dataclasses.replace(ASKED, **changed), headers())
    with pytest.raises(SignatureWrong):
        requests.demand_asked(asked, KEYS.public_key)


def test_another_body_does_not_fit_the_digest():
    with pytest.raises(MessageUnreadable):
        read(dataclasses.replace(ASKED, body=b"other"), headers())


@pytest.mark.parametrize(
    ("old", "new"), [(f"created={AT // 1000}", "created=1"), (NONCE, "f" * 32)]
)
def test_instant_and_nonce_are_signed(old, new):
    said = headers()
    asked = read(ASKED, said | {"signature-input": said["signature-input"].replace(old, new)})
    with pytest.raises(SignatureWrong):
        requests.demand_asked(asked, KEYS.public_key)


def test_another_nodes_key_does_not_fit():
    with pytest.raises(SignatureWrong):
        requests.demand_asked(read(ASKED, headers()), SiteKeys().public_key)


@pytest.mark.parametrize("name", ["signature-input", "signature", "content-digest"])
@pytest.mark.parametrize(
    "value", ["", "x", "sig1=::", "sig1=:=:", 'sig1=("@method")', "sig1=:AAAAA:"]
)
def test_headers_that_say_nothing_are_unreadable(name, value):
    with pytest.raises(MessageUnreadable):
        read(ASKED, headers() | {name: value})
