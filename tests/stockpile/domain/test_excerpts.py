from __future__ import annotations

import dataclasses
import hashlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from stockpile.domain import codec, excerpts, facts, ledger
from stockpile.domain.codec import Stamp
from stockpile.domain.errors import ChainBroken, FactUnreadable
from stockpile.domain.excerpts import Excerpt, Part
from stockpile.domain.facts import Draft
from stockpile.domain.ledger import Act, Entry, OfficerSignature, Tip
from tests.helpers.every import every
from tests.helpers.nightly import examples

KEY = SigningKey(hashlib.sha256(b"an excerpt's node").digest())
PUBLIC = bytes(KEY.verify_key)
NODE = ledger.node_id(PUBLIC)
START = 1_790_000_000_000
BEFORE = Tip(4, 20, "ab" * 32)


def sign(message: bytes) -> bytes:
    return KEY.sign(message).signature


def raws(count: int) -> list[bytes]:
    return [
        codec.encode(
            Draft(f"w{place}", facts.WeaponRelocated("north", "é")),
            Stamp(NODE, BEFORE.seq + 1 + place, place + 1, START, 60, None),
        ).raw
        for place in range(count)
    ]


def an_entry(count: int) -> Entry:
    return ledger.seal(NODE, BEFORE, raws(count), Act(START, "0.1", count), sign)[0]


def lying(entry: Entry, **changes: object) -> Entry:
    """The entry with a header that says something else, signed by the node's own key."""
    header = codec.canonical({**json.loads(entry.header), **changes})
    return Entry(header, sign(b"stockpile-entry-v1\x00" + header), entry.facts)


ENTRIES = {count: an_entry(count) for count in (*range(1, 20), 64, 65, 1000)}


@settings(max_examples=examples(400))
@given(st.data())
def test_any_facts_of_any_entry_prove_themselves(data):
    count = data.draw(st.sampled_from(sorted(ENTRIES)))
    wanted = data.draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=12))
    cut = excerpts.excerpt_of(ENTRIES[count], wanted)
    found = excerpts.check(cut, PUBLIC)
    assert found == tuple(codec.decode(ENTRIES[count].facts[at]) for at in sorted(wanted))
    assert excerpts.node_of(cut) == NODE
    assert all(len(part.path) <= 10 for part in cut.parts)


def test_every_fact_of_every_small_entry_proves_itself():
    for count in range(1, 20):
        for at in range(count):
            assert excerpts.check(excerpts.excerpt_of(ENTRIES[count], [at]), PUBLIC)


def _flipped(raw: bytes, at: int, bit: int) -> bytes:
    at %= len(raw)
    return raw[:at] + bytes([raw[at] ^ 1 << bit]) + raw[at + 1 :]


@settings(max_examples=examples(600))
@given(
    st.sampled_from([1, 2, 3, 7, 65, 1000]),
    st.sampled_from(["header", "signature", "raw", "path", "index"]),
    st.integers(0, 10_000),
    st.integers(0, 7),
)
def test_any_changed_byte_is_refused(count, where, at, bit):
    cut = excerpts.excerpt_of(ENTRIES[count], {0, count // 2, count - 1})
    part = cut.parts[at % len(cut.parts)]
    if where in ("header", "signature"):
        changed = dataclasses.replace(cut, **{where: _flipped(getattr(cut, where), at, bit)})
    elif where == "path" and not part.path:
        other = dataclasses.replace(part, path=(bytes(32),))
        changed = dataclasses.replace(cut, parts=(other,))
    else:
        changes = {
            "raw": lambda: _flipped(part.raw, at, bit),
            "path": lambda: (_flipped(part.path[0], at, bit), *part.path[1:]),
            "index": lambda: part.index + (1 << bit),
        }
        other = dataclasses.replace(part, **{where: changes[where]()})
        changed = dataclasses.replace(cut, parts=(other,))
    with pytest.raises((ChainBroken, FactUnreadable)):
        excerpts.check(changed, PUBLIC)


FIVE = ENTRIES[5]
CUT = excerpts.excerpt_of(FIVE, {1, 3})


def why(excerpt: Excerpt, key: bytes = PUBLIC) -> str:
    with pytest.raises(ChainBroken) as caught:
        excerpts.check(excerpt, key)
    return caught.value.why


def _of(entry: Entry) -> Excerpt:
    return dataclasses.replace(CUT, header=entry.header, signature=entry.signature)


@every(
    [
        (CUT, bytes(SigningKey(bytes(32)).verify_key), "key"),
        (dataclasses.replace(CUT, parts=()), PUBLIC, "index"),
        (dataclasses.replace(CUT, parts=CUT.parts[:1] * 2), PUBLIC, "index"),
        (dataclasses.replace(CUT, parts=CUT.parts[::-1]), PUBLIC, "index"),
        (
            dataclasses.replace(CUT, parts=(dataclasses.replace(CUT.parts[0], index=5),)),
            PUBLIC,
            "index",
        ),
        (
            dataclasses.replace(CUT, parts=(dataclasses.replace(CUT.parts[0], index=-1),)),
            PUBLIC,
            "index",
        ),
        (
            dataclasses.replace(CUT, parts=(dataclasses.replace(CUT.parts[0], index=2),)),
            PUBLIC,
            "path",
        ),
        (
            dataclasses.replace(
                CUT, parts=(dataclasses.replace(CUT.parts[0], path=(bytes(32),) * 99),)
            ),
            PUBLIC,
            "path",
        ),
        (
            dataclasses.replace(CUT, parts=(dataclasses.replace(CUT.parts[0], path=(b"x",) * 3),)),
            PUBLIC,
            "path",
        ),
        (_of(lying(FIVE, v=2)), PUBLIC, "version"),
        (_of(lying(FIVE, k=0)), PUBLIC, "count"),
        (_of(lying(FIVE, k=1001)), PUBLIC, "count"),
        (_of(lying(FIVE, c=0)), PUBLIC, "count"),
        (_of(lying(FIVE, f=3)), PUBLIC, "count"),
        (_of(lying(FIVE, f=22)), PUBLIC, "address"),
        (
            dataclasses.replace(CUT, officer_signatures=(OfficerSignature("o", b"s"),) * 33),
            PUBLIC,
            "officer signature",
        ),
    ]
)
def test_what_is_not_what_it_claims_is_refused(case):
    excerpt, key, expected = case
    assert why(excerpt, key) == expected


def test_a_fact_of_a_tree_that_the_node_built_of_something_else_is_no_fact():
    odd = [b"not a fact", b'{"b": 1}']
    header = json.loads(FIVE.header) | {"k": 2, "r": ledger.merkle_root(odd)}
    raw = codec.canonical(header)
    entry = Entry(raw, sign(b"stockpile-entry-v1\x00" + raw), tuple(odd))
    for at in (0, 1):
        with pytest.raises(ChainBroken):
            excerpts.check(excerpts.excerpt_of(entry, [at]), PUBLIC)


def test_a_header_with_a_space_in_it_is_refused_though_it_is_signed():
    raw = FIVE.header.replace(b":", b": ", 1)
    entry = Entry(raw, sign(b"stockpile-entry-v1\x00" + raw), FIVE.facts)
    with pytest.raises(ChainBroken):
        excerpts.check(excerpts.excerpt_of(entry, [1]), PUBLIC)


def test_an_inner_node_of_the_tree_does_not_pass_for_a_fact():
    leaves = [hashlib.sha256(b"\x00" + raw).digest() for raw in ENTRIES[4].facts]
    inner = leaves[0] + leaves[1]
    above = hashlib.sha256(b"\x01" + leaves[2] + leaves[3]).digest()
    cut = excerpts.excerpt_of(ENTRIES[4], [0])
    assert why(dataclasses.replace(cut, parts=(Part(0, inner, (above,)),))) == "path"


def test_two_excerpts_of_an_entry_make_one():
    signed = ledger.countersigned(FIVE, "officer-1", sign)
    one, other = excerpts.excerpt_of(FIVE, {3, 1}), excerpts.excerpt_of(signed, {0, 3})
    both = excerpts.joined(one, other)
    assert both == excerpts.excerpt_of(signed, {0, 1, 3})
    assert excerpts.check(both, PUBLIC)
