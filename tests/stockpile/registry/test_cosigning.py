"""Who is heard as a witness, before and after the authority has offline keys."""

from __future__ import annotations

import pytest
from nacl.signing import SigningKey

from stockpile.domain import authority, witnessing
from stockpile.domain.errors import WitnessUnknown
from stockpile.domain.facts import Draft, KeyNamed, RootKey, RootsSet
from stockpile.domain.witnessing import Witness
from stockpile.registry import cosigning

ROOTS = [SigningKey(bytes([one]) * 32) for one in (10, 11, 12)]
WITNESS = SigningKey(bytes([7]) * 32)
KEY = bytes(WITNESS.verify_key)


def attested(body, by):
    for one in by:
        body = authority.attested(
            body, bytes(one.verify_key), lambda said, key=one: key.sign(said).signature
        )
    return body


def say(registry, body):
    with registry.books.writing() as connection:
        registry.books.record(connection, [Draft(authority.SUBJECT, body)])


def word(registry):
    offer = cosigning.offer(registry.books, 0)
    key = Witness("Inspectorate", KEY, is_attested=True).keys[0]
    sign = lambda said: WITNESS.sign(said).signature  # noqa: E731 - a key that signs
    return witnessing.cosigned(offer, key, 1_790_000_000, sign).to_bytes()


def test_once_there_are_offline_keys_the_registry_alone_names_nobody(registry):
    cosigning.name_witness(registry.books, "Inspectorate", KEY)
    assert [one.witness.is_attested for one in cosigning.witnessed(registry.books)] == [False]
    keys = tuple(RootKey(f"r{at}", bytes(one.verify_key).hex()) for at, one in enumerate(ROOTS))
    say(registry, attested(RootsSet(1, 2, keys), ROOTS[:2]))
    assert cosigning.witnessed(registry.books) == ()
    with pytest.raises(WitnessUnknown):
        cosigning.take(registry.books, word(registry))
    say(registry, attested(KeyNamed("witness", "Inspectorate", KEY.hex()), ROOTS[1:]))
    (heard,) = cosigning.take(registry.books, word(registry))
    assert heard.is_attested
    (last,) = cosigning.witnessed(registry.books)
    assert (last.size > 0, last.second) == (True, 1_790_000_000)
    say(
        registry,
        attested(KeyNamed("witness", "Inspectorate", KEY.hex(), withdrawn=True), ROOTS[:2]),
    )
    assert cosigning.witnessed(registry.books) == ()


def test_an_empty_list_of_heads_is_shown_before_anybody_cosigned(registry):
    cosigning.name_witness(registry.books, "Inspectorate", KEY)
    assert cosigning.cosigned_heads(registry.books).notes == ()
    assert [one.second for one in cosigning.witnessed(registry.books)] == [0]
