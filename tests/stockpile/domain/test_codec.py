from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import inspect
import json
import sys
from pathlib import Path

import pytest
import rfc8785
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stockpile.domain import codec, facts
from stockpile.domain.codec import DEEPEST, DETACHED, KINDS, LARGEST_INTEGER, Stamp
from stockpile.domain.errors import FactUnreadable, FieldUnreadable
from stockpile.domain.facts import Draft
from stockpile.domain.values import Digest, NodeId
from tests.helpers.depots import SALT
from tests.helpers.nightly import examples
from tests.helpers.strategies import drafts, encoded, integers, stamps, texts

GOLDEN = Path(__file__).resolve().parents[2] / "data" / "chains" / "facts-v1.jsonl"
LINES = GOLDEN.read_bytes().splitlines()
BY_KIND = {json.loads(line)["k"]: line for line in LINES}
PERSON = (
    b'{"fields":{"kind":"witness","name":"name","reference":"reference"},"salt":'
    b'"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"}'
)
FROZEN = "9810e267b5693b5bea8c8aceb109fa6469b22a3adcb4059a9dbe6085d66070c7"
STAMP = Stamp(NodeId("a" * 16), 1, 1, 0, 0, None)
each_kind = pytest.mark.parametrize("kind", sorted(KINDS))
plain = st.recursive(
    st.none() | st.booleans() | integers | texts,
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.text(st.characters(max_codepoint=127), max_size=5), inside, max_size=3)
    ),
    max_leaves=12,
)


def refused(raw: bytes, detached: bytes | None = None) -> str:
    with pytest.raises(FactUnreadable) as caught:
        codec.decode(raw, detached)
    return caught.value.why


def not_canonical(raw: bytes) -> str:
    with pytest.raises(FactUnreadable) as caught:
        codec.demand_canonical(raw)
    return caught.value.why


def envelope(**changes: object) -> bytes:
    fields: dict[str, object] = {
        "v": 1, "n": "a" * 16, "s": 1, "k": "weapon.relocated", "w": "w", "t": 0, "lc": 1,
        "b": {"place": "p"},
    }  # fmt: skip
    return codec.canonical({**fields, **changes})


# --- the bytes -----------------------------------------------------------------------------------


@each_kind
@settings(max_examples=5)
@given(st.data())
def test_a_fact_is_written_canonically_and_read_back(kind, data):
    one = data.draw(encoded(kind))
    assert one.raw == rfc8785.dumps(json.loads(one.raw))
    codec.demand_canonical(one.raw)
    assert codec.decode(one.raw, one.detached) == one.fact
    assert codec.kind_of(one.fact.body) == kind
    assert (
        one.fact.hash == hashlib.sha256(b"\x00" + one.raw).hexdigest() == codec.fact_hash(one.raw)
    )


@given(plain)
@example('\x00\x08\x09\x0a\x0c\x0d\x1f\x7f\u0080\u2028\ufeff\U0001f600"\\/</')
def test_canonical_bytes_are_those_of_rfc_8785(value):
    raw = codec.canonical(value)
    assert raw == rfc8785.dumps(value)
    codec.demand_canonical(raw)


@given(drafts(), stamps)
def test_equal_facts_have_equal_bytes(draft, stamp):
    assert codec.encode(draft, stamp, SALT) == codec.encode(draft, stamp, SALT)


def test_a_field_at_its_default_is_left_out():
    raw = codec.encode(Draft("w", facts.WeaponRegistered()), STAMP).raw
    assert json.loads(raw) == {
        "v": 1, "n": "a" * 16, "s": 1, "k": "weapon.registered", "w": "w", "t": 0, "lc": 1, "b": {},
    }  # fmt: skip


def test_a_correction_to_nothing_is_not_a_correction_left_out():
    cleared = facts.WeaponCorrected("wrong", model="", marks=())
    one = codec.encode(Draft("w", cleared), STAMP)
    assert json.loads(one.raw)["b"] == {"reason": "wrong", "model": "", "marks": []}
    assert codec.decode(one.raw).body == cleared


@given(texts, texts)
def test_a_digest_is_sha_256_in_small_hexadecimal(one, other):
    raw, more = one.encode(), other.encode()
    assert codec.digest(raw) == hashlib.sha256(raw).hexdigest()
    assert (codec.fact_hash(raw) == codec.fact_hash(more)) == (raw == more)


@pytest.mark.parametrize("quantity", [LARGEST_INTEGER + 1, -LARGEST_INTEGER - 1, 10**40])
def test_a_number_that_no_other_node_would_take_is_never_written(quantity):
    with pytest.raises(FieldUnreadable) as caught:
        codec.encode(Draft("l", facts.LotRegistered("ball", quantity=quantity)), STAMP)
    assert caught.value.text == str(quantity)


@pytest.mark.parametrize(
    "draft",
    [
        Draft("w", facts.WeaponRelocated("p", "\udcff")),
        Draft("\ud800", facts.WeaponRelocated("p")),
        Draft("p", facts.PersonRecorded("\udcff")),
    ],
)
def test_a_text_that_is_no_text_is_never_written(draft):
    with pytest.raises(FieldUnreadable):
        codec.encode(draft, STAMP, SALT)


# --- for ever ------------------------------------------------------------------------------------


def test_the_golden_file_is_frozen():
    """Never regenerate it: a new kind adds a line at its end, after the 51 of the first day."""
    assert hashlib.sha256(b"\n".join(LINES[:51])).hexdigest() == FROZEN


def test_the_golden_file_has_a_line_for_each_kind():
    assert set(BY_KIND) == set(KINDS)
    assert len(LINES) == len(KINDS)


@each_kind
def test_a_golden_fact_is_read_and_written_as_on_the_first_day(kind):
    raw = BY_KIND[kind]
    fact = codec.decode(raw, PERSON if kind in DETACHED else None)
    draft = Draft(fact.subject, fact.body, fact.replaces, fact.saw, fact.attachments)
    stamp = Stamp(
        fact.node, fact.seq, fact.lamport, fact.at, fact.zone, fact.by, fact.witnesses
    )  # fmt: skip
    again = codec.encode(draft, stamp, SALT).raw
    assert first_difference(raw, again) == ""
    assert type(fact.body) is KINDS[kind]


@each_kind
def test_a_golden_body_means_what_its_words_say(kind):
    said = json.loads(PERSON)["fields"] if kind in DETACHED else json.loads(BY_KIND[kind])["b"]
    body = codec.decode(BY_KIND[kind], PERSON if kind in DETACHED else None).body
    held = json.loads(json.dumps(dataclasses.asdict(body)))
    assert said
    assert {name: trimmed(held[name], value) for name, value in said.items()} == said


def trimmed(held: object, said: object) -> object:
    """What is held, without the fields that the words leave out."""
    if isinstance(said, dict):
        return {name: trimmed(held[name], value) for name, value in said.items()}
    if isinstance(said, list):
        return [trimmed(one, other) for one, other in zip(held, said, strict=True)]
    return held


def first_difference(golden: bytes, now: bytes) -> str:
    if golden == now:
        return ""
    pairs = enumerate(zip(golden, now, strict=False))
    at = next((at for at, (old, new) in pairs if old != new), min(len(golden), len(now)))
    return f"byte {at}: {golden[at - 20 : at + 20]!r} became {now[at - 20 : at + 20]!r}"


def test_a_difference_is_named_by_its_byte():
    assert first_difference(b"abc", b"abc") == ""
    assert first_difference(b"abc", b"abX").startswith("byte 2:")
    assert first_difference(b"abc", b"ab").startswith("byte 2:")


# --- what we cannot read -------------------------------------------------------------------------


@given(st.text(max_size=20).filter(lambda kind: kind not in KINDS), plain)
def test_a_kind_of_the_future_is_kept(kind, body):
    fact = codec.decode(codec.canonical({**json.loads(envelope()), "k": kind, "b": body}))
    assert fact.body == facts.Unreadable(kind)
    assert codec.kind_of(fact.body) == kind


@pytest.mark.parametrize("body", [{"place": "p"}, {"where": ["p", 2]}, 7, "p"])
def test_an_envelope_of_the_future_is_kept_whatever_its_body(body):
    assert codec.decode(envelope(v=2, b=body)).body == facts.Unreadable("weapon.relocated")


def test_a_body_may_say_more_than_we_know():
    fact = codec.decode(envelope(b={"place": "p", "lorry": [{"plate": "X"}]}))
    assert fact.body == facts.WeaponRelocated("p")


@given(encoded("person.recorded"))
def test_a_detached_body_may_be_withheld_and_hides_its_words(one):
    digest = hashlib.sha256(one.detached).hexdigest()
    withheld = codec.decode(one.raw)
    assert withheld.body == facts.Withheld("person.recorded", Digest(digest))
    assert withheld.hash == one.fact.hash
    assert codec.kind_of(withheld.body) == "person.recorded"
    assert json.loads(one.raw)["b"] == {"#": digest}
    assert json.loads(one.detached)["salt"] == SALT.hex()


def test_another_salt_is_another_digest():
    draft = Draft("p", facts.PersonRecorded("A. Person"))
    assert codec.encode(draft, STAMP, SALT).raw != codec.encode(draft, STAMP, bytes(32)).raw


@given(encoded("person.recorded"), st.data())
def test_a_detached_body_with_any_byte_changed_is_refused(one, data):
    at = data.draw(st.integers(0, len(one.detached) - 1))
    flipped = bytes([one.detached[at] ^ data.draw(st.integers(1, 255))])
    assert "digest" in refused(one.raw, one.detached[:at] + flipped + one.detached[at + 1 :])


@pytest.mark.parametrize(
    "detached", [b"{}", b'{"salt":""}', b"[]", b"", b'{"fields":{},"salt":""}']
)
def test_a_detached_body_that_fits_and_is_none_is_refused(detached):
    raw = envelope(k="person.recorded", b={"#": codec.digest(detached)})
    assert refused(raw, detached)


# --- hostile bytes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"null", b"[]", b"{}", b"\xff", b'"\\ud800"', envelope()[:-1], envelope() + b"x",
        envelope(v="1"), envelope(s=None), envelope(b=None), envelope(b={}), envelope(b=[]),
        envelope(b={"place": 7}), envelope(zz=1), envelope(pa="x"), envelope(pa=[1]),
        envelope(k="weapon.lost", b={"how": "eaten"}), envelope(k="person.recorded", b={"#": 1}),
        envelope().replace(b'"s":1', b'"s":1.0'), envelope().replace(b'"s":1', b'"s":1e0'),
        envelope().replace(b'"s":1', b'"s":true'), envelope().replace(b'"s":1', b'"s":NaN'),
        envelope().replace(b'"s":1', b'"s":' + b"9" * 5000), envelope().replace(b'"p"', b'"\xff"'),
        envelope().replace(b'"p"', b'"\\udc00"'),
    ],
)  # fmt: skip
def test_bytes_that_are_no_fact_are_refused(raw):
    assert refused(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b" {}", b"{} ", b'{"b":1,"a":2}', b'{"a":1,"a":1}', b'{"a":1,"a":2}', b'"\\u0041"',
        b'"\\/"', b'"\\u001F"', b"1.0", b"1.5", b"1e2", b"-0", b"[1.5]", b'{"a":{"b":0.1}}',
        b"9007199254740992", b"-9007199254740992", b'{"a":[9007199254740993]}', b"9" * 5000,
        '{"é":1}'.encode(), b"\xef\xbb\xbf{}", b"nul", b"", b"\xff", b"NaN", b"1" + b" " * 9,
        b'"\\ud83d\\ude00"',
    ],
)  # fmt: skip
def test_other_writings_of_a_value_are_refused(raw):
    assert not_canonical(raw)


def test_the_largest_integers_are_canonical():
    codec.demand_canonical(b"[9007199254740991,-9007199254740991]")


BOMBS = [b"[", b'{"a":', b'[{"a":']


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("levels", [100, 5_000, 200_000])
def test_a_bomb_of_brackets_is_refused(bomb, levels):
    deep = envelope(k="future.kind", b="@").replace(b'"@"', bomb * levels)
    assert refused(deep)
    assert not_canonical(deep)
    assert not_canonical(bomb * levels)


@pytest.mark.parametrize("room", [80, 200, 900])
def test_how_deep_is_too_deep_never_depends_on_the_stack(room):
    """What one node takes every node must take, however deep in its work it reads."""
    least, most = (
        b"[" * (DEEPEST - 1) + b"]" * (DEEPEST - 1),
        b"[" * DEEPEST + b"1" + b"]" * DEEPEST,
    )

    def at_depth(levels: int) -> str:
        if levels:
            return at_depth(levels - 1)
        codec.demand_canonical(least)
        return not_canonical(most)

    used = len(inspect.stack())
    assert at_depth(sys.getrecursionlimit() - used - room) == "nested too deep"


@settings(max_examples=examples(200))
@given(st.binary(max_size=80))
def test_random_bytes_are_read_or_refused_and_nothing_else(raw):
    read_or_refused(raw)


@settings(max_examples=examples(200))
@given(encoded(), st.data())
def test_mangled_facts_are_read_or_refused_and_nothing_else(one, data):
    raw = one.raw
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw)))
        end = data.draw(st.integers(start, min(len(raw), start + 8)))
        raw = raw[:start] + data.draw(JUNK) + raw[end:]
    read_or_refused(raw, data.draw(st.none() | st.just(one.detached)))


JUNK = st.sampled_from(
    [b"", b'"', b"{", b"}", b"[", b"]", b":", b",", b"null", b"1.5", b"-1", b"1e999", b"9" * 40,
     b"\\ud800", b"\\u0000", b"\xff", b"\xed\xa0\x80", b'"#"', b'"b":', b'{"#":"0"}', b"true"]
) | st.binary(max_size=4)  # fmt: skip


def read_or_refused(raw: bytes, detached: bytes | None = None) -> None:
    with contextlib.suppress(FactUnreadable):
        assert codec.decode(raw, detached).hash == codec.fact_hash(raw)
    with contextlib.suppress(FactUnreadable):
        codec.demand_canonical(raw)
        assert rfc8785.dumps(json.loads(raw)) == raw
    assert read_strictly(raw) == read_twice(raw)


def read_strictly(raw: bytes) -> facts.Fact | None:
    try:
        return codec.decode_strictly([raw])[0]
    except FactUnreadable:
        return None


def read_twice(raw: bytes) -> facts.Fact | None:
    """What strict reading comes to: first the form of the bytes, then what they say."""
    try:
        codec.demand_canonical(raw)
        return codec.decode(raw)
    except FactUnreadable:
        return None


@settings(max_examples=examples(200))
@given(encoded())
def test_a_fact_as_it_was_written_is_read_strictly(one):
    awkward = envelope(w="é", b={"é": 1}, k="future.kind")
    assert codec.decode_strictly([one.raw, one.raw]) == (codec.decode(one.raw),) * 2
    with pytest.raises(FactUnreadable):
        codec.decode_strictly([one.raw, awkward])


def test_short_bodies_that_are_alike_are_read_each_by_its_kind():
    moved, closed = envelope(), envelope(k="place.closed", b={"place": "p"})
    unknown = envelope(k="future.kind")
    for _ in range(2):
        first, other = codec.decode_strictly([moved, unknown])
        assert first.body == facts.WeaponRelocated("p")
        assert other.body == facts.Unreadable("future.kind")
        assert read_strictly(closed) == read_twice(closed)
        with pytest.raises(FactUnreadable):
            codec.decode_strictly([envelope(k="weapon.issued", b={"place": "p"})])


DEEP = [b"[" * levels + b"]" * levels for levels in range(DEEPEST - 4, DEEPEST + 2)]


@pytest.mark.parametrize(
    "raw",
    [
        *LINES, *(codec.canonical({**json.loads(line), "tz": 0, "pa": []}) for line in LINES[:3]),
        envelope(w="é"), envelope(b={"é": "p"}), envelope(b={"place": "p", "more": "é"}),
        envelope(lc=LARGEST_INTEGER), envelope(lc=LARGEST_INTEGER).replace(b"991", b"992"),
        envelope(b={"place": "1234567890123456789"}), envelope(b={"place": "p", "n": 2**53}),
        envelope(see=["0" * 64]), envelope(k="future.kind", b={"z": 1, "a": 2}),
        envelope(k="future.kind", b="@").replace(b'"@"', b'{"z":1,"a":2}'),
        envelope(k="future.kind", b="@").replace(b'"@"', b"-0"),
        envelope(k="future.kind", b="@").replace(b'"@"', b'"\\u0041"'),
        envelope().replace(b'"lc":1', b'"lc":-0'), envelope().replace(b'"lc":1', b'"lc":1.0'),
        envelope().replace(b'"w":"w"', b'"w":"\\u0077"'), envelope() + b" ", b" " + envelope(),
        envelope().replace(b'"v":1', b'"v":1,"v":1'), envelope().replace(b'{"place"', b'{ "place"'),
        *(envelope(k="future.kind", b="@").replace(b'"@"', deep) for deep in DEEP),
        *(envelope().replace(b'"p"}', b'"p","x":' + deep + b"}") for deep in DEEP),
    ],
)  # fmt: skip
def test_strict_reading_is_the_form_and_then_what_it_says(raw):
    assert read_strictly(raw) == read_twice(raw)


def test_a_counter_driven_to_its_end_stops_nobody_from_writing():
    stamp = codec.Stamp(NodeId("a" * 16), 1, codec.LARGEST_INTEGER + 7, 0, 0, None)
    written = codec.encode(Draft("w", facts.WeaponRegistered(type="PST")), stamp)
    assert written.fact.lamport == codec.LARGEST_INTEGER
    assert codec.decode(written.raw) == written.fact
