from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from stockpile.domain import codec, facts, ledger
from stockpile.domain.codec import Stamp
from stockpile.domain.errors import ChainBroken, ChainForked, ChainGap, FactUnreadable
from stockpile.domain.facts import Draft
from stockpile.domain.ledger import MOST_FACTS, Act, Entry, OfficerSignature, Tip, TreeHead
from stockpile.domain.values import OfficerId
from tests.helpers.every import every
from tests.helpers.nightly import examples

CHAINS = Path(__file__).resolve().parents[2] / "data" / "chains"
START = 1_790_000_000_000
BROKEN = (ChainBroken, ChainForked, ChainGap, FactUnreadable)


class Node:
    """A node that seals, with a key that a test may also use to lie."""

    def __init__(self, name: str) -> None:
        self.key = SigningKey(hashlib.sha256(name.encode()).digest())
        self.public_key = bytes(self.key.verify_key)
        self.id = ledger.node_id(self.public_key)

    def sign(self, message: bytes) -> bytes:
        return self.key.sign(message).signature

    def raws(self, first: int, count: int) -> list[bytes]:
        return [
            codec.encode(
                Draft(f"w{seq}", facts.WeaponRelocated("north", "é")),
                Stamp(self.id, seq, seq, START, 60, None),
            ).raw
            for seq in range(first, first + count)
        ]

    def chain(self, *counts: int, tip: Tip | None = None) -> list[Entry]:
        """Entries of so many facts each."""
        entries, tip = [], tip or Tip()
        for count in counts:
            act = Act(START, "0.1", tip.seq + count, TreeHead(5, "ab" * 32) if count > 2 else None)
            entry, tip = ledger.seal(self.id, tip, self.raws(tip.seq + 1, count), act, self.sign)
            entries.append(entry)
        return entries

    def lying(self, entry: Entry, **changes: object) -> Entry:
        """The entry with a header that says something else, signed by the node's own key."""
        header = codec.canonical({**json.loads(entry.header), **changes})
        return Entry(header, self.sign(b"stockpile-entry-v1\x00" + header), entry.facts)


NODE, STRANGER = Node("node"), Node("stranger")
CHAIN = NODE.chain(1, 3, 2)


def tip_after(entries: list[Entry], node: Node = NODE) -> Tip:
    tip = Tip()
    for entry in entries:
        tip = ledger.check(entry, tip, node.public_key)
        ledger.demand_well_formed(entry)
    return tip


def broken(entry: Entry, previous: Tip, node: Node = NODE) -> str:
    with pytest.raises(ChainBroken) as caught:
        ledger.check(entry, previous, node.public_key)
    return caught.value.why


# --- what holds ----------------------------------------------------------------------------------


@settings(max_examples=examples(25))
@given(st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_what_was_sealed_is_found_sound(counts):
    entries = NODE.chain(*counts)
    tip = tip_after(entries)
    assert (tip.number, tip.seq) == (len(counts), sum(counts))
    assert tip.hash == hashlib.sha256(b"\x02" + entries[-1].header).hexdigest()


def test_a_check_in_two_halves_is_the_whole_check():
    previous, entry = tip_after(CHAIN[:1]), CHAIN[1]
    assert ledger.follow(entry, previous) == ledger.check(entry, previous, NODE.public_key)
    unsigned = dataclasses.replace(entry, signature=bytes(64))
    assert ledger.follow(unsigned, previous) == ledger.follow(entry, previous)
    ledger.check_signature(entry, NODE.public_key)
    with pytest.raises(ChainBroken):
        ledger.check_signature(unsigned, NODE.public_key)


def test_an_entry_filed_under_another_node_is_found():
    entry = CHAIN[0]
    assert ledger.follow(entry, Tip(), NODE.id) == ledger.follow(entry, Tip())
    with pytest.raises(ChainBroken, match="key"):
        ledger.follow(entry, Tip(), STRANGER.id)


def test_sealing_and_checking_agree_on_the_tip():
    previous = tip_after(CHAIN)
    entry, tip = ledger.seal(
        NODE.id, previous, NODE.raws(7, 2),
        Act(START, "0.1", 9, TreeHead(7, "cd" * 32, "r" * 16)), NODE.sign,
    )  # fmt: skip
    assert ledger.check(entry, previous, NODE.public_key) == tip
    header = ledger.read_header(entry.header)
    assert (header.c, header.f, header.k, header.p) == (4, 7, 2, previous.hash)
    assert (header.sth, header.lc, header.app, header.t) == ((7, "cd" * 32), 9, "0.1", START)
    assert header.lo == "r" * 16


def test_an_entry_holds_up_to_a_thousand_facts():
    assert tip_after(NODE.chain(MOST_FACTS)).seq == MOST_FACTS


@pytest.mark.parametrize("count", [0, MOST_FACTS + 1])
def test_more_or_none_are_never_sealed(count):
    with pytest.raises(AssertionError):
        ledger.seal(NODE.id, Tip(), [b"{}"] * count, Act(START, "0.1", 1), NODE.sign)


def test_a_header_is_canonical():
    for entry in CHAIN:
        codec.demand_canonical(entry.header)


# --- tampering -----------------------------------------------------------------------------------


def changed_anywhere(raw: bytes, by: int) -> list[bytes]:
    return [raw[:at] + bytes([raw[at] ^ by]) + raw[at + 1 :] for at in range(len(raw))]


@pytest.mark.parametrize("by", [0x01, 0x20, 0x80])
def test_any_changed_byte_is_found(by):
    """Every byte of header, signature and facts in turn; small and large letters too."""
    previous, entry = tip_after(CHAIN[:1]), CHAIN[1]
    tampered = [
        *(dataclasses.replace(entry, header=raw) for raw in changed_anywhere(entry.header, by)),
        *(dataclasses.replace(entry, signature=s) for s in changed_anywhere(entry.signature, by)),
        *(
            dataclasses.replace(entry, facts=(*entry.facts[:i], raw, *entry.facts[i + 1 :]))
            for i, fact in enumerate(entry.facts)
            for raw in changed_anywhere(fact, by)
        ),
    ]
    assert len(tampered) == sum(map(len, (entry.header, entry.signature, *entry.facts)))
    assert [one for one in tampered if passes(one, previous)] == []
    assert passes(entry, previous)


@settings(max_examples=examples(150))
@given(st.data())
def test_any_mangled_part_is_found(data):
    previous, entry = tip_after(CHAIN[:1]), CHAIN[1]
    parts = [entry.header, entry.signature, *entry.facts]
    which = data.draw(st.integers(0, len(parts) - 1))
    start = data.draw(st.integers(0, len(parts[which])))
    end = data.draw(st.integers(start, len(parts[which])))
    mangled = parts[which][:start] + data.draw(st.binary(max_size=5)) + parts[which][end:]
    intact = mangled == parts[which]
    parts[which] = mangled
    assert passes(Entry(parts[0], parts[1], tuple(parts[2:])), previous) == intact


def passes(entry: Entry, previous: Tip) -> bool:
    try:
        ledger.check(entry, previous, NODE.public_key)
    except BROKEN:
        return False
    return True


def test_facts_taken_out_put_in_or_put_in_another_order_are_found():
    previous, entry = tip_after(CHAIN[:1]), CHAIN[1]
    one, two, three = entry.facts
    for others in ([], [one, two], [one, three, two], [one, two, three, three], [one, one, two]):
        assert broken(dataclasses.replace(entry, facts=tuple(others)), previous) in (
            "count", "root",
        )  # fmt: skip


def test_a_chain_in_another_order_is_found():
    with pytest.raises(ChainGap) as gap:
        ledger.check(CHAIN[2], tip_after(CHAIN[:1]), NODE.public_key)
    assert gap.value.details() == {"node": NODE.id, "have": 1, "offered": 3}
    with pytest.raises(ChainForked):
        ledger.check(CHAIN[0], tip_after(CHAIN[:2]), NODE.public_key)


def test_another_entry_of_one_number_is_a_fork():
    twin = NODE.chain(1, 2, 2)
    for offered, previous in ((twin[1], tip_after(CHAIN[:2])), (twin[2], tip_after(CHAIN[:2]))):
        with pytest.raises(ChainForked) as fork:
            ledger.check(offered, previous, NODE.public_key)
        assert fork.value.node == NODE.id


def test_nobody_can_forge_a_fork_or_a_gap():
    """Else any sender could have an honest node quarantined."""
    for number in (1, 2, 3, 9):
        forged = STRANGER.lying(CHAIN[1], n=NODE.id, c=number, p="0" * 64)
        assert broken(forged, tip_after(CHAIN[:2])) == "signature"


def test_another_key_is_found():
    assert broken(CHAIN[0], Tip(), STRANGER) == "key"
    stolen = STRANGER.lying(CHAIN[0], n=NODE.id)
    assert broken(stolen, Tip()) == "signature"
    assert broken(stolen, Tip(), STRANGER) == "key"


@pytest.mark.parametrize("key", [b"", b"short", bytes(31), bytes(33)])
def test_a_key_that_is_none_signs_nothing(key):
    assert not ledger.signed_by(key, b"message", bytes(64))


@pytest.mark.parametrize("signature", [b"", bytes(63), bytes(65), bytes(64)])
def test_a_signature_that_is_none_signs_nothing(signature):
    assert not ledger.signed_by(NODE.public_key, b"message", signature)


@pytest.mark.parametrize(
    ("lie", "why"),
    [
        ({"v": 2}, "version"),
        ({"f": 1}, "sequence"),
        ({"f": 3}, "sequence"),
        ({"k": 2}, "count"),
        ({"k": 4}, "count"),
        ({"k": 0}, "count"),
        ({"k": 10**12}, "count"),
        ({"r": "0" * 64}, "root"),
    ],
)
def test_a_node_that_lies_in_its_own_header_is_found(lie, why):
    assert broken(NODE.lying(CHAIN[1], **lie), tip_after(CHAIN[:1])) == why


@pytest.mark.parametrize("c", [1, 0, -1])
def test_a_number_that_is_taken_is_a_fork(c):
    with pytest.raises(ChainForked):
        ledger.check(NODE.lying(CHAIN[1], c=c), tip_after(CHAIN[:1]), NODE.public_key)


@pytest.mark.parametrize(
    "header",
    [b"", b"{}", b"[]", b"\xff", b'{"v":1}', b"[" * 100_000, b'{"v":' * 100_000, b'{"v":1.5}'],
)
def test_a_header_that_is_none_is_refused(header):
    with pytest.raises(FactUnreadable):
        ledger.read_header(header)


# --- what others send ----------------------------------------------------------------------------


def ill_formed(entry: Entry) -> str:
    with pytest.raises(ChainBroken) as caught:
        ledger.demand_well_formed(entry)
    return caught.value.why


def sealed(raws: list[bytes], **changes: object) -> Entry:
    return NODE.lying(
        ledger.seal(NODE.id, Tip(), raws, Act(START, "0.1", 1), NODE.sign)[0], **changes
    )


def test_facts_of_another_node_or_number_are_refused():
    assert ill_formed(sealed(STRANGER.raws(1, 2))) == "address"
    assert ill_formed(sealed(NODE.raws(2, 2))) == "address"
    assert ill_formed(sealed(NODE.raws(1, 2)[::-1])) == "address"


def test_facts_and_headers_in_another_writing_are_refused():
    (raw,) = NODE.raws(1, 1)
    assert ill_formed(sealed([raw.replace(b'"s":1', b'"s": 1')])) == "not canonical"
    assert ill_formed(sealed([raw.replace("é".encode(), b"\\u00e9")])) == "not canonical"
    assert ill_formed(sealed([raw[:-1]]))
    (entry,) = NODE.chain(1)
    spaced = dataclasses.replace(entry, header=entry.header.replace(b",", b", ", 1))
    assert ill_formed(spaced) == "not canonical"


def test_a_count_of_billions_costs_nothing():
    ledger.demand_well_formed(sealed(NODE.raws(1, 1), k=10**15))
    assert broken(sealed(NODE.raws(1, 1), k=10**15), Tip()) == "count"


def test_a_kind_of_the_future_is_well_formed():
    fields = {**json.loads(NODE.raws(1, 1)[0]), "k": "weapon.teleported", "b": {"x": [1, {"y": 2}]}}
    ledger.demand_well_formed(sealed([codec.canonical(fields)]))


# --- officers ------------------------------------------------------------------------------------

OFFICERS = {OfficerId("anna"): Node("anna"), OfficerId("boris"): Node("boris")}


def key_of(officer: OfficerId) -> bytes | None:
    return OFFICERS[officer].public_key if officer in OFFICERS else None


def countersigned() -> Entry:
    entry = CHAIN[0]
    for officer, keeper in OFFICERS.items():
        entry = ledger.countersigned(entry, officer, keeper.sign)
    return entry


def test_officers_sign_beneath_the_node():
    entry = countersigned()
    assert [one.officer for one in entry.officer_signatures] == ["anna", "boris"]
    ledger.check_officers(entry, key_of)
    assert ledger.check(entry, Tip(), NODE.public_key) == tip_after(CHAIN[:1])


def forged(*signatures: OfficerSignature) -> None:
    with pytest.raises(ChainBroken) as caught:
        ledger.check_officers(dataclasses.replace(CHAIN[0], officer_signatures=signatures), key_of)
    assert caught.value.why == "officer signature"


def test_a_forged_officer_is_found():
    anna, boris = countersigned().officer_signatures
    forged(OfficerSignature(OfficerId("nobody"), anna.signature))
    forged(OfficerSignature(boris.officer, anna.signature))
    forged(anna, dataclasses.replace(boris, signature=bytes(64)))
    for signature in changed_anywhere(anna.signature, 1):
        forged(dataclasses.replace(anna, signature=signature))


def test_an_officer_signed_this_entry_and_no_other_and_not_as_a_node():
    anna = countersigned().officer_signatures[0]
    with pytest.raises(ChainBroken):
        ledger.check_officers(dataclasses.replace(CHAIN[1], officer_signatures=(anna,)), key_of)
    forged(OfficerSignature(OfficerId("anna"), OFFICERS[OfficerId("anna")].sign(
        b"stockpile-entry-v1\x00" + CHAIN[0].header)))  # fmt: skip


# --- trees, ids and codes ------------------------------------------------------------------------


def root_by_the_book(leaves: list[bytes]) -> bytes:
    """RFC 9162 §2.1.1, word for word: split at the largest power of two below the count."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = root_by_the_book(leaves[:split]), root_by_the_book(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@every([*range(1, 70), 127, 128, 129, 999, 1000])
def test_the_root_is_that_of_rfc_9162(count):
    leaves = [b"%d" % (i * i) for i in range(count)]
    assert ledger.merkle_root(leaves) == root_by_the_book(leaves).hex()


@given(st.lists(st.binary(max_size=3), min_size=1, max_size=40))
def test_the_root_of_any_leaves_is_that_of_rfc_9162(leaves):
    assert ledger.merkle_root(leaves) == root_by_the_book(leaves).hex()


KNOWN_LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                "606162636465666768696a6b6c6d6e6f"]  # fmt: skip
KNOWN_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("count", range(1, 9))
def test_the_known_trees_of_certificate_transparency(count):
    leaves = [bytes.fromhex(leaf) for leaf in KNOWN_LEAVES[:count]]
    assert ledger.merkle_root(leaves) == KNOWN_ROOTS[count - 1]


@given(st.binary(min_size=32, max_size=32))
def test_a_node_id_is_80_bits_of_its_keys_digest(key):
    name = ledger.node_id(key)
    assert len(name) == 16
    assert base64.b32decode(name.upper()) == hashlib.sha256(key).digest()[:10]


@given(st.integers(0, 10**9), st.binary(min_size=32, max_size=32))
def test_a_head_code_says_number_and_100_bits(number, raw):
    code = ledger.head_code(Tip(number, 0, raw.hex()))
    said, *groups = code.split("-")
    assert int(said) == number
    assert [len(group) for group in groups] == [5, 5, 5, 5]
    bits = int.from_bytes(base64.b32decode("".join(groups).upper() + "AAAA"), "big") >> 20
    assert bits == int.from_bytes(raw, "big") >> 156


# --- for ever ------------------------------------------------------------------------------------

GOLDEN = CHAINS / "chain-v1.jsonl"


def golden() -> list[Entry]:
    """The frozen chain: an entry a line, its bytes as text, its signatures in hexadecimal."""
    read = map(json.loads, GOLDEN.read_text("utf-8").splitlines())
    return [
        Entry(
            one["header"].encode(),
            bytes.fromhex(one["signature"]),
            tuple(fact.encode() for fact in one["facts"]),
            tuple(OfficerSignature(OfficerId(n), bytes.fromhex(s)) for n, s in one["officers"]),
        )
        for one in read
    ]


def test_the_golden_chain_is_sound_for_ever():
    """Never regenerate it: what was sealed on the first day must verify on the last."""
    entries = golden()
    founded = codec.decode(entries[0].facts[0]).body
    assert isinstance(founded, facts.NodeFounded)
    key, tip, codes = bytes.fromhex(founded.public_key), Tip(), []
    for entry in entries:
        tip = ledger.check(entry, tip, key)
        ledger.demand_well_formed(entry)
        ledger.check_officers(entry, key_of)
        codes.append(ledger.head_code(tip))
    assert codes == GOLDEN_CODES
    assert ledger.node_id(key) == GOLDEN_NODE
    assert [len(entry.facts) for entry in entries] == [1, 3, 2, 5]
    assert len(entries[3].officer_signatures) == 2


GOLDEN_NODE = "fvycati2ieurfko7"
GOLDEN_CODES = [
    "1-grera-a2yta-g6vnx-unluv",
    "2-jvu4w-s5ihs-rmtxq-jqsbc",
    "3-t2vii-3ean4-c3erf-3pz6e",
    "4-zox3g-43xis-ckp56-n5eve",
]


def test_a_header_longer_than_any_is_not_read_and_so_not_kept_in_memory():
    """Those read last are: sixty of thirty megabytes each would be gigabytes."""
    header = CHAIN[0].header
    room = ledger.LONGEST_HEADER - len(header)
    longest = header.replace(b'"app":"0.1', b'"app":"0.1' + b"a" * room)
    assert ledger.read_header(longest).app.endswith("a")
    with pytest.raises(FactUnreadable, match="long"):
        ledger.read_header(longest.replace(b'"0.1', b'"0.1a'))
