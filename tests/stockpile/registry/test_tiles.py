"""The log's public pages over a real server."""

from __future__ import annotations

import httpx
import pytest

from stockpile.domain import tiles, tlog, tree, wire, witnessing
from stockpile.domain.exchange import Objection
from stockpile.domain.witnessing import CosignedHeads, InclusionProof
from stockpile.registry import intake
from tests.helpers.naive_trees import NaiveTree
from tests.helpers.registries import answering

FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture
def ask(registry, site):
    site.fill(5)
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))
    registry.clock.at += 2000
    with answering(registry.books) as url, httpx.Client(base_url=url, trust_env=False) as client:
        yield client


def reason(answer):
    return answer.status_code, wire.decode(answer.content, Objection).reason


def test_anybody_rebuilds_the_head_from_the_pages_alone(registry, ask):
    page = ask.get("/v1/checkpoint")
    assert page.headers["content-type"] == "text/plain; charset=utf-8"
    assert page.headers["cache-control"] == "public, max-age=1"
    note = tlog.read_note(page.content)
    key = registry.books.key
    tlog.demand_signed(note, tlog.log_key(tlog.origin_of(key.node), key.public_key))
    head = tlog.read_checkpoint(note.text)
    pages = {}
    for one in tiles.tiles_of(head.size):
        answer = ask.get(f"/v1/tile/{one.path}")
        assert (answer.status_code, answer.headers["cache-control"]) == (200, FOR_EVER)
        assert answer.headers["content-type"] == "application/octet-stream"
        pages[one.level] = pages.get(one.level, b"") + answer.content
    bundled = pages[tiles.ENTRIES]
    entries = [bundled[at + 2 : at + 34] for at in range(0, len(bundled), 34)]
    assert NaiveTree(entries).root(head.size) == head.root
    assert pages[0] == b"".join(map(tree.leaf_hash, entries))
    proof = wire.decode(
        ask.get(f"/v1/inclusion?position=3&size={head.size}").content, InclusionProof
    )
    assert tree.includes(entries[2], 2, head.size, proof.steps, head.root)


def test_an_offer_is_read_by_a_witness_and_nobody_cosigned_yet(ask):
    offer = witnessing.read_offer(ask.get("/v1/cosign?old=2").content)
    assert (offer.old, len(offer.steps) > 0) == (2, True)
    assert wire.decode(ask.get("/v1/cosigned").content, CosignedHeads).notes == ()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("tile/0/999", (404, "not_found")), ("tile/0/%2e%2e/000", (404, "not_found")),
        ("tile/64/000", (404, "not_found")), ("tile/" + "9" * 2000, (404, "not_found")),
        ("inclusion?position=9&size=99", (400, "unreadable")), ("inclusion", (400, "unreadable")),
        (f"inclusion?position=1&size={10**30}", (400, "unreadable")),
        ("inclusion?position=-1&size=2", (400, "unreadable")),
        ("cosign?old=-1", (400, "unreadable")), (f"cosign?old={2**63}", (400, "unreadable")),
        ("cosign?old=999", (400, "unreadable")), ("cosign?old=x", (400, "unreadable")),
    ],
)  # fmt: skip
def test_what_there_is_not_is_said_in_the_protocols_words(ask, path, said):
    assert reason(ask.get(f"/v1/{path}")) == said


def test_noise_strangers_and_huge_notes_are_no_cosignature(ask):
    assert reason(ask.post("/v1/cosign", content=b"noise")) == (400, "unreadable")
    page = ask.get("/v1/checkpoint").content
    assert reason(ask.post("/v1/cosign", content=page)) == (403, "signature")
    elsewhere = page.replace(b"stockpile.registry/", b"stockpile.registry/z")
    assert reason(ask.post("/v1/cosign", content=elsewhere)) == (409, "other_log")
    assert ask.post("/v1/cosign", content=bytes(tlog.MOST_NOTE + 1)).status_code == 413
