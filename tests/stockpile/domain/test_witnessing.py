from __future__ import annotations

import contextlib
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from stockpile.domain import authority, tlog, witnessing
from stockpile.domain.codec import Stamp, encode
from stockpile.domain.errors import LogNotExtended, NoteUnreadable, OfferElsewhere
from stockpile.domain.facts import Draft, KeyNamed, RootKey, RootsSet
from stockpile.domain.ledger import node_id
from stockpile.domain.witnessing import Offer, Witness
from tests.helpers.naive_trees import NaiveTree
from tests.helpers.nightly import examples

ENTRIES = [hashlib.sha256(bytes([one])).digest() for one in range(40)]
TREE = NaiveTree(ENTRIES)
OTHER = NaiveTree([*ENTRIES[:5], *reversed(ENTRIES[5:])])


class Signer:
    def __init__(self, seed):
        self._key = SigningKey(bytes([seed]) * 32)
        self.public_key = bytes(self._key.verify_key)
        self.node = node_id(self.public_key)

    def sign(self, message):
        return self._key.sign(message).signature


LOG, STRANGER, WITNESS = Signer(1), Signer(2), Signer(3)
ROOTS = [Signer(10), Signer(11), Signer(12)]
KEY = tlog.log_key(tlog.origin_of(LOG.node), LOG.public_key)


def offer(old, size, *, tree=TREE, by=LOG):
    note = tlog.signed_head(by.node, by.public_key, (size, tree.root(size)), by.sign)
    return Offer(old, tree.consistency(old, size), note)


def head(size, tree=TREE):
    return size, tree.root(size)


def test_an_offer_travels_in_the_form_of_the_standard():
    """c2sp.org/tlog-witness: old size, proof lines, an empty line, the checkpoint."""
    made = offer(5, 20)
    lines = made.to_bytes().decode().split("\n")
    assert (lines[0], lines[len(made.steps) + 1]) == ("old 5", "")
    assert lines[len(made.steps) + 2] == tlog.origin_of(LOG.node)
    assert witnessing.read_offer(made.to_bytes()) == made
    assert witnessing.origin_in(made) == KEY.name


def test_what_is_no_offer_is_none():
    good = offer(5, 20).to_bytes()
    for raw in (
        b"", good[4:], good.replace(b"old 5", b"old 05"), good.replace(b"old 5", b"old -5"),
        good.replace(b"old 5\n", b"old 5\nAAAA\n"), good.replace(b"old 5", b"old " + b"9" * 40),
        good.replace(b"old 5\n", b"old 5\n" + (b"A" * 43 + b"=\n") * 64), good[: len(good) // 2],
        b"old 5\n" + b"\xff\n\n" + good, b"x" * witnessing.MOST_OFFER + good,
    ):  # fmt: skip
        with pytest.raises(NoteUnreadable):
            witnessing.read_offer(raw)


@given(st.binary(max_size=400))
@settings(max_examples=examples(80))
def test_whatever_comes_is_an_offer_or_is_refused(raw):
    with contextlib.suppress(NoteUnreadable):
        witnessing.read_offer(b"old 3\n\n" + raw)


@given(st.integers(0, 40), st.integers(0, 40))
@settings(max_examples=examples(120))
def test_a_head_is_cosigned_exactly_when_it_goes_on_from_the_one_seen(old, size):
    if size < old:
        with pytest.raises(LogNotExtended):
            witnessing.judged(offer(size, size), KEY, head(old))
        return
    assert witnessing.judged(offer(old, size), KEY, head(old)).head == head(size)
    if old > 5:
        with pytest.raises(LogNotExtended):
            witnessing.judged(offer(old, size, tree=OTHER), KEY, head(old))


def test_the_first_head_is_believed_and_then_held_to():
    assert witnessing.judged(offer(0, 7), KEY, None).size == 7
    with pytest.raises(OfferElsewhere):
        witnessing.judged(offer(3, 7), KEY, None)


def test_an_offer_from_elsewhere_is_sent_back_and_accuses_nobody():
    with pytest.raises(OfferElsewhere) as refused:
        witnessing.judged(offer(4, 20), KEY, head(9))
    assert (refused.value.had, refused.value.begins) == (9, 4)


def test_the_same_head_again_is_cosigned_again_whatever_the_proof_begins_at():
    assert witnessing.judged(offer(0, 9), KEY, head(9)).head == head(9)


def test_only_the_log_itself_can_accuse_itself():
    for forged in (
        offer(9, 20, by=STRANGER), offer(9, 20, tree=OTHER, by=STRANGER),
        Offer(9, (), tlog.Note(offer(9, 20).note.text, offer(9, 21).note.signatures)),
    ):  # fmt: skip
        with pytest.raises(NoteUnreadable):
            witnessing.judged(forged, KEY, head(9))


def test_a_proof_that_does_not_add_up_is_an_alarm():
    good = offer(9, 20)
    for steps in ((), good.steps[:-1], (*good.steps, bytes(32)), (bytes(32), *good.steps[1:])):
        with pytest.raises(LogNotExtended):
            witnessing.judged(Offer(9, steps, good.note), KEY, head(9))


def test_a_cosigned_offer_bears_both_signatures():
    made = offer(0, 9)
    own = Witness("Inspectorate General", WITNESS.public_key, is_attested=False)
    note = witnessing.cosigned(made, own.keys[0], 1_790_000_000, WITNESS.sign)
    tlog.demand_signed(note, KEY)
    assert tlog.cosigned_at(note, own.keys[0]) == 1_790_000_000
    assert own.keys[0].name == f"stockpile.witness/{WITNESS.node}"


def test_a_witness_of_another_make_signs_under_its_own_name():
    own, foreign = Witness("witness.example/w1", WITNESS.public_key, is_attested=True).keys
    assert own.name.startswith("stockpile.witness/")
    assert foreign.name == "witness.example/w1"


def fact(body, seq, node=LOG):
    draft = Draft(authority.subject_of(body), body)
    return encode(draft, Stamp(node.node, seq, seq, 1_790_000_000_000, 0, None)).fact


def named(signer, name="Inspectorate", *, withdrawn=False, by=()):
    body = KeyNamed("witness", name, signer.public_key.hex(), withdrawn)
    for one in by:
        body = authority.attested(body, one.public_key, one.sign)
    return body


def roots():
    keys = tuple(RootKey(f"r{at}", one.public_key.hex()) for at, one in enumerate(ROOTS))
    body = RootsSet(1, 2, keys)
    for one in ROOTS[:2]:
        body = authority.attested(body, one.public_key, one.sign)
    return body


def standing(*bodies, node=LOG):
    facts = [fact(body, seq, node) for seq, body in enumerate(bodies, 1)]
    return [(one.name, one.key, one.is_attested) for one in witnessing.standing(facts, (LOG.node,))]


def test_before_there_are_offline_keys_a_witness_stands_by_the_registrys_word():
    assert standing(named(WITNESS)) == [("Inspectorate", WITNESS.public_key, False)]
    assert standing(named(WITNESS), named(WITNESS, withdrawn=True)) == []
    assert standing(named(WITNESS), node=STRANGER) == []


def test_with_offline_keys_only_what_they_attested_counts():
    assert standing(named(WITNESS), roots()) == []
    assert standing(roots(), named(WITNESS)) == []
    assert standing(roots(), named(WITNESS, by=ROOTS[:1])) == []
    good = named(WITNESS, by=ROOTS[:2])
    assert standing(roots(), good) == [("Inspectorate", WITNESS.public_key, True)]
    gone = named(WITNESS, withdrawn=True, by=ROOTS[1:])
    assert standing(roots(), good, gone) == []


def test_a_key_that_is_none_and_a_key_of_another_duty_are_no_witness():
    other = KeyNamed("enrolment", "Officer", WITNESS.public_key.hex())
    broken = KeyNamed("witness", "Nobody", "zz")
    assert standing(other, broken) == []
