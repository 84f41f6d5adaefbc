"""What a witness's answer comes to, where it is none; real witnesses are told in the contract."""

from __future__ import annotations

import base64
import threading

import pytest
from nacl.signing import SigningKey

from stockpile.domain import tlog, witnessing
from stockpile.domain.witnessing import Witness
from stockpile.registry import cosigning, witness_rounds
from stockpile.registry.cosigning import Witnessed
from stockpile.registry.witness_calls import Answer
from stockpile.registry.witness_rounds import Asked
from tests.helpers.tlog_witness import running

WITNESS, OTHER = SigningKey(bytes([7]) * 32), SigningKey(bytes([8]) * 32)
KEY = bytes(WITNESS.verify_key)


@pytest.fixture
def named(registry):
    cosigning.name_witness(registry.books, "Inspectorate", KEY)
    registry.clock.at += 5000
    return Asked(Witnessed(Witness("Inspectorate", KEY, is_attested=False)), "http://w.example")


def lines(registry, key=WITNESS, named=KEY):
    offer = cosigning.offer(registry.books, 0)
    of = tlog.witness_key(witnessing.own_name(named), named)
    made = tlog.cosigned(offer.note.text, of, 5, lambda said: key.sign(said).signature)
    return offer, made.line.encode()


def trouble(registry, one, answer, offer=None):
    made = offer or cosigning.offer(registry.books, 0)
    return witness_rounds._trouble(registry.books, one, made, answer)


def test_an_answer_counts_by_the_witnesss_own_key_alone(registry, named):
    offer, good = lines(registry)
    _offer, forged = lines(registry, OTHER)
    _offer, others = lines(registry, OTHER, bytes(OTHER.verify_key))
    for body, said in (
        (good, ""), (others + good, ""), (forged, "nonsense"), (good + forged, "nonsense"),
        (others, "unsigned"), (b"", "unsigned"), (b"<html>", "nonsense"), (b"\xff\n", "nonsense"),
        (good * 70, "nonsense"), (b"\n\n" + good, "nonsense"),
        (b"\xe2\x80\x94 x " + base64.b64encode(bytes(60_000)) + b"\n", "nonsense"),
    ):  # fmt: skip
        assert trouble(registry, named, Answer(200, body), offer) == said, body[:60]


def test_an_answer_without_one(registry, named):
    size = registry.books.head().size
    for answer, said in (
        (Answer(silence="slow"), "slow"),
        (Answer(silence="unreachable"), "unreachable"),
        (Answer(404), "unknown_log"),
        (Answer(403), "refused"),
        (Answer(500), "refused"),
        (Answer(302), "refused"),
        (Answer(422), "split"),
        (Answer(409), "split"),
        (Answer(409, b"0\n"), "split"),  # it was asked from there
        (Answer(409, b"%d\n" % size), "later"),
        (Answer(409, b"%d\n" % (size + 1)), "ahead"),
    ):
        assert trouble(registry, named, answer) == said, answer


def test_a_service_asks_by_itself_for_as_long_as_it_answers(registry, tmp_path, monkeypatch):
    asked, done = witness_rounds.ask_due, threading.Event()

    def heard(*said):
        if asked(*said):
            done.set()

    monkeypatch.setattr(witness_rounds, "ask_due", heard)
    own = registry.books.key
    log_key = tlog.log_key(tlog.origin_of(own.node), own.public_key).text
    with running(tmp_path / "seen.json", log_key) as witness:
        key = tlog.read_key(witness.vkey)
        cosigning.name_witness(registry.books, key.name, key.key)
        witness_rounds.set_address(registry.books, key, witness.url)
        with witness_rounds.kept_asking(registry.books, 0.01):
            assert done.wait(60)
    (one,) = witness_rounds.asked(registry.books)
    assert (one.trouble, one.witnessed.size) == ("", registry.books.head().size)
    assert (tmp_path / "seen.json").exists()


def test_a_service_that_shall_not_ask_does_not(registry, named):
    key = tlog.witness_key("Inspectorate", KEY)
    witness_rounds.set_address(registry.books, key, "http://127.0.0.1:1")
    with witness_rounds.kept_asking(registry.books, 0):
        pass
    (one,) = witness_rounds.asked(registry.books)
    assert (one.asked_at, one.trouble) == (0, "")
