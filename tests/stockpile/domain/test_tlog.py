"""Notes, checkpoints and cosignatures: what other programs of the world wrote is read alike here.

The example notes are public: the one of Go's checksum database manual, a log of the witness
network's own tests, and a head of a public log of signatures with three witnesses under it.
"""

from __future__ import annotations

import base64
import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from stockpile.domain import tlog, tree
from stockpile.domain.errors import NoteUnreadable
from stockpile.domain.tlog import Checkpoint, Note, NoteKey
from tests.helpers.nightly import examples

DATA = Path(__file__).parents[2] / "data" / "tlog"
NEUMANN_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NEUMANN_SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
NEUMANN_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
NEUMANN = (DATA / "neumann.note").read_bytes()
MONKEYS_KEY = "monkeys+db4d9f7e+AULaJMvTtDLHPUcUrjdDad9vDlh/PTfC2VV60JUtCfWT"
MONKEYS = [(DATA / f"monkeys-{size}.note").read_bytes() for size in (5, 8)]
MONKEYS_PROOF = (
    "b9e1d62618f7fee8034e4c5010f727ab24d8e4705cb296c374bf2025a87a10d2",
    "aac66cd7a79ce4012d80762fe8eec3a77f22d1ca4145c3f4cee022e7efcd599d",
    "89d0f753f66a290c483b39cd5e9eafb12021293395fad3d4a2ad053cfbcfdc9e",
    "29e40bb79c966f4c6fe96aff6f30acfce5f3e8d84c02215175d6e018a5dee833",
)
REKOR = (DATA / "rekor.note").read_bytes()
REKOR_KEY = base64.b64decode("t8rlp1knGwjfbcXAYPYAkn0XiLz1x8O4t0YkEhie244=")
WITNESSES = (
    "witness.navigli.sunlight.geomys.org+a3e00fe2+BNy/co4C1Hn1p+INwJrfUlgz7W55dSZReusH/GhUhJ/G",
    "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
    (
        "staging.witness.transparency.goog/ring-any-bells"
        "+2e1a8dc9+BG5JTpLc3FJtwzgh1Uv+Qelz9qeOH2bfWjS1s0s+y4rL"
    ),
)
COSIGNED_AT = 0x6AAC1610
OWN = SigningKey(bytes(range(32)))
OWN_KEY = bytes(OWN.verify_key)


def own_sign(message):
    return OWN.sign(message).signature


def test_a_note_of_another_program_is_read_and_proved():
    key, note = tlog.read_key(NEUMANN_KEY), tlog.read_note(NEUMANN)
    tlog.demand_signed(note, key)
    assert note.text == NEUMANN_TEXT
    assert (key.text, key.id.hex()) == (NEUMANN_KEY, "c74f20a3")


def test_our_signature_is_to_the_byte_the_one_that_the_other_program_makes():
    signing = SigningKey(NEUMANN_SEED)
    key = tlog.log_key("PeterNeumann", bytes(signing.verify_key))
    made = tlog.signed(NEUMANN_TEXT, key, lambda message: signing.sign(message).signature)
    assert Note(NEUMANN_TEXT, (made,)).to_bytes() == NEUMANN


def test_heads_of_another_log_and_the_proof_between_them_hold():
    key = tlog.read_key(MONKEYS_KEY)
    heads = []
    for raw in MONKEYS:
        note = tlog.read_note(raw)
        tlog.demand_signed(note, key)
        heads.append(tlog.read_checkpoint(note.text))
    old, new = heads
    assert (old.origin, old.size, new.size) == ("monkeys", 5, 8)
    assert [one.text.encode() for one in heads] == [
        raw[: raw.index(b"\n\n") + 1] for raw in MONKEYS
    ]
    assert tree.begins(old.head, new.head, [bytes.fromhex(one) for one in MONKEYS_PROOF])


def test_cosignatures_of_public_witnesses_hold():
    note = tlog.read_note(REKOR)
    head = tlog.read_checkpoint(note.text)
    tlog.demand_signed(note, tlog.log_key(head.origin, REKOR_KEY))
    assert [tlog.cosigned_at(note, tlog.read_key(one)) for one in WITNESSES] == [COSIGNED_AT] * 3
    assert note.to_bytes() == REKOR
    other = Note(note.text.replace("114068855", "114068856"), note.signatures)
    for one in WITNESSES:
        with pytest.raises(NoteUnreadable):
            tlog.cosigned_at(other, tlog.read_key(one))


def test_a_cosignature_of_ours_names_its_second_and_covers_it():
    key = tlog.witness_key("inspectorate", OWN_KEY)
    text = Checkpoint("stockpile.registry/x", 7, "ab" * 32).text
    made = tlog.cosigned(text, key, 1_790_000_000, own_sign)
    assert tlog.cosigned_at(Note(text, (made,)), key) == 1_790_000_000
    later = tlog.NoteSignature(made.name, made.key_id, (1).to_bytes(8) + made.raw[8:])
    with pytest.raises(NoteUnreadable):
        tlog.cosigned_at(Note(text, (later,)), key)


def test_a_logs_signature_is_no_cosignature_and_the_other_way_round():
    text = Checkpoint("o", 7, "ab" * 32).text
    as_log, as_witness = NoteKey("o", tlog.LOG, OWN_KEY), NoteKey("o", tlog.WITNESS, OWN_KEY)
    note = Note(text, (tlog.signed(text, as_log, own_sign),))
    assert tlog.cosigned_at(note, as_witness) is None
    with pytest.raises(NoteUnreadable):
        tlog.demand_signed(note, as_witness)


def test_one_wrong_signature_in_a_known_name_spoils_the_note():
    key = tlog.log_key("o", OWN_KEY)
    text = Checkpoint("o", 7, "ab" * 32).text
    good = tlog.signed(text, key, own_sign)
    bad = tlog.NoteSignature("o", key.id, bytes(64))
    unknown = tlog.NoteSignature("o", b"nope", bytes(64))
    tlog.demand_signed(Note(text, (unknown, good)), key)
    for signatures in ((good, bad), (bad,), (unknown,)):
        with pytest.raises(NoteUnreadable):
            tlog.demand_signed(Note(text, signatures), key)


def test_a_registrys_head_is_signed_under_its_logs_name():
    note = tlog.signed_head("abc", OWN_KEY, (3, "cd" * 32), own_sign)
    tlog.demand_signed(note, tlog.log_key("stockpile.registry/abc", OWN_KEY))
    assert tlog.read_checkpoint(note.text) == Checkpoint("stockpile.registry/abc", 3, "cd" * 32)
    assert note.with_signatures(note.signatures) == note


BROKEN_NOTES = (
    b"", b"\n\n", b"text\n", b"text\n\n", b"text\n\nno dash\n",
    b"\xff\n\n\xe2\x80\x94 a AAAAAAA=\n",
    "t\r\n\n\u2014 a AAAAAAA=\n".encode(), "t\n\n\u2014 a AAAAAAA=".encode(),
    "t\n\n\u2014 a+b AAAAAAA=\n".encode(), "t\n\n\u2014 a AAAA\n".encode(),
    "t\n\n\u2014 a AAAAAAB=\n".encode(), "t\n\n\u2014  AAAAAAA=\n".encode(),
    ("t\n\n" + "\u2014 a AAAAAAA=\n" * (tlog.MOST_SIGNATURES + 1)).encode(),
    b"t" * tlog.MOST_NOTE + "\n\n\u2014 a AAAAAAA=\n".encode(),
)  # fmt: skip


def test_what_is_no_note_is_none():
    for raw in BROKEN_NOTES:
        with pytest.raises(NoteUnreadable):
            tlog.read_note(raw)


def test_what_is_no_checkpoint_is_none():
    root = base64.b64encode(bytes(32)).decode()
    wrong = (
        "", "o\n", f"o\n1\n{root}", f"o\n01\n{root}\n", f"o\n-1\n{root}\n", "o\n1\nAAAA\n",
        f"\n1\n{root}\n", f"o\n1\n{root}\n\n", f"o\n{2**53}\n{root}\n", f"o\n{'9' * 400}\n{root}\n",
        f"o\n\u0661\n{root}\n", f"o\n1\n{root[:-2]}B=\n",
    )  # fmt: skip
    for text in wrong:
        with pytest.raises(NoteUnreadable):
            tlog.read_checkpoint(text)
    assert tlog.read_checkpoint(f"o\n0\n{root}\nmore\n").extensions == ("more",)


def test_a_key_that_was_copied_wrongly_is_none():
    good = WITNESSES[1]
    assert tlog.read_key(f" {good}\n").kind == tlog.WITNESS
    for at in range(len(good)):
        with pytest.raises(NoteUnreadable):
            tlog.read_key(good[:at] + chr(ord(good[at]) + 1) + good[at + 1 :])
        with pytest.raises(NoteUnreadable):
            tlog.read_key(good[:at])


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode()))
@settings(max_examples=examples(80))
def test_whatever_comes_is_read_or_refused_and_nothing_else(raw):
    with contextlib.suppress(NoteUnreadable):
        note = tlog.read_note(raw)
        assert tlog.read_note(note.to_bytes()) == note
        tlog.read_checkpoint(note.text)
