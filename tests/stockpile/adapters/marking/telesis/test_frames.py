from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.marking.telesis.frames import BROKEN, Framer, Reply, decode, encode
from stockpile.domain.errors import MarkNotPossible

SHARED = Path(__file__).parents[6] / "shared" / "machines" / "vectors.json"

REQUESTS = [
    ("G", "", "01 47 02 03 30 37 31 0D"),
    ("O", "", "01 4F 02 03 30 37 39 0D"),
    ("S", "", "01 53 02 03 30 38 33 0D"),
    ("I", "", "01 49 02 03 30 37 33 0D"),
    ("P", "UGA-RIFLE", "01 50 02 55 47 41 2D 52 49 46 4C 45 03 32 30 34 0D"),
    ("P", "~", "01 50 02 7E 03 32 30 36 0D"),
    ("V", "01UG-A00123", "01 56 02 30 31 55 47 2D 41 30 30 31 32 33 03 31 38 33 0D"),
    ("V", "?01", "01 56 02 3F 30 31 03 32 34 36 0D"),
    ("Q", "00UG-A00123", "01 51 02 30 30 55 47 2D 41 30 30 31 32 33 03 31 37 37 0D"),
    ("1", "02UG-A00123", "01 31 02 30 32 55 47 2D 41 30 30 31 32 33 03 31 34 37 0D"),
    ("V", f"01{'Z' * 40}", f"01 56 02 30 31 {'5A ' * 40}03 31 39 39 0D"),
]
"""Every Telesis request on record; the last one's sum goes past 255."""

UNSEALED = [
    ("G", "", "01 47 02 03 0D"),
    ("1", "UG-A00123", "01 31 02 55 47 2D 41 30 30 31 32 33 03 0D"),
    ("A", "3", "01 41 02 33 03 0D"),
    ("C", "", "01 43 02 03 0D"),
]
"""Every InfoSight request on record."""

ANSWERS = {
    "r-go-ack": ("01 47 06 02 03 30 37 31 0D", (Reply("G", yes=True),)),
    "r-go-nak": ("01 47 15 02 03 30 37 31 0D", (Reply("G", yes=False),)),
    "r-status-00000010": (
        "01 53 06 02 30 30 30 30 30 30 31 30 03 32 31 32 0D",
        (Reply("S", "00000010", yes=True),),
    ),
    "r-status-00000040": (
        "01 53 06 02 30 30 30 30 30 30 34 30 03 32 31 35 0D",
        (Reply("S", "00000040", yes=True),),
    ),
    "r-status-00000050": (
        "01 53 06 02 30 30 30 30 30 30 35 30 03 32 31 36 0D",
        (Reply("S", "00000050", yes=True),),
    ),
    "r-status-00000000": (
        "01 53 06 02 30 30 30 30 30 30 30 30 03 32 31 31 0D",
        (Reply("S", "00000000", yes=True),),
    ),
    "r-status-00000001": (
        "01 53 06 02 30 30 30 30 30 30 30 31 03 32 31 32 0D",
        (Reply("S", "00000001", yes=True),),
    ),
    "r-status-00000100": (
        "01 53 06 02 30 30 30 30 30 31 30 30 03 32 31 32 0D",
        (Reply("S", "00000100", yes=True),),
    ),
    "r-io-43": (
        "01 49 06 02 34 33 3B 30 30 30 03 31 32 33 0D",
        (Reply("I", "43;000", yes=True),),
    ),
    "r-noise-before": (
        "FF 00 67 61 72 62 61 67 65 01 53 06 02 30 30 30 30 30 30 31 30 03 32 31 32 0D",
        (Reply("S", "00000010", yes=True),),
    ),
    "r-bad-bcc": (
        "01 53 06 02 30 30 31 30 30 30 31 30 03 32 31 32 0D",
        (Reply("S", flaw="checksum"),),
    ),
    "r-other-type": ("01 56 06 02 03 30 38 36 0D", (Reply("V", yes=True),)),
    "r-two-in-one": (
        "01 56 06 02 03 30 38 36 0D 01 47 06 02 03 30 37 31 0D",
        (Reply("V", yes=True), Reply("G", yes=True)),
    ),
    "r-partial": ("01 47 06 02 03", ()),
}
"""Every answer on record."""


@pytest.mark.parametrize(("kind", "data", "frame"), REQUESTS)
def test_telesis_requests_have_these_bytes(kind: str, data: str, frame: str):
    assert encode(kind, data) == bytes.fromhex(frame)


@pytest.mark.parametrize(("kind", "data", "frame"), UNSEALED)
def test_infosight_requests_have_these_bytes(kind: str, data: str, frame: str):
    assert encode(kind, data, sealed=False) == bytes.fromhex(frame)


@pytest.mark.parametrize("data", ["UG\rA", "A\x03B", "A\x01B", "é", "A\n", "A\x00", "中"])
def test_data_that_would_end_a_frame_or_is_not_ascii_is_refused(data: str):
    with pytest.raises(MarkNotPossible):
        encode("V", f"01{data}")


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_are_these_replies(name: str):
    frame, replies = ANSWERS[name]
    assert Framer().feed(bytes.fromhex(frame)) == replies


def test_a_partial_frame_is_kept_until_its_end_comes():
    framer = Framer()
    assert framer.feed(bytes.fromhex("01 47 06 02 03")) == ()
    assert framer.kept == 5
    assert framer.feed(b"071\r") == (Reply("G", yes=True),)
    assert framer.kept == 0


def vectors(family: str) -> dict[str, str]:
    if not SHARED.exists():
        return {}
    found = json.loads(SHARED.read_text("utf-8"))["drivers"][family]["vectors"]
    return {one["id"].split("/")[1]: one["hex"] for one in found}


needs_vectors = pytest.mark.skipif(
    not vectors("telesis_extended"), reason="the shared vectors are not beside the house"
)


@needs_vectors
def test_the_frames_here_are_all_those_on_record():
    telesis, infosight = vectors("telesis_extended"), vectors("infosight_extended")
    asked = {bytes.fromhex(frame) for _, _, frame in REQUESTS}
    assert asked == {bytes.fromhex(f) for name, f in telesis.items() if not name.startswith("r-")}
    told = {name: bytes.fromhex(frame) for name, (frame, _) in ANSWERS.items()}
    assert told == {n: bytes.fromhex(f) for n, f in telesis.items() if n.startswith("r-")}
    plain = {bytes.fromhex(frame) for _, _, frame in UNSEALED}
    assert plain == {bytes.fromhex(frame) for frame in infosight.values()}


STREAM = b"".join(
    bytes.fromhex(frame) for name, (frame, _) in ANSWERS.items() if name != "r-partial"
)
WHOLE = tuple(reply for _, replies in ANSWERS.values() for reply in replies)


@given(st.lists(st.integers(0, len(STREAM)), max_size=16))
def test_however_the_bytes_arrive_the_replies_are_the_same(cuts: list[int]):
    framer = Framer()
    places = itertools.pairwise([0, *sorted(cuts), len(STREAM)])
    assert tuple(reply for a, b in places for reply in framer.feed(STREAM[a:b])) == WHOLE
    assert framer.kept == 0


@given(st.binary(max_size=60), st.lists(st.integers(0, 80), max_size=6))
def test_noise_never_becomes_an_answer_nor_hides_the_next_one(noise: bytes, cuts: list[int]):
    framer, said = Framer(), noise + b"\r" + encode_answer("S", "00000010")
    places = itertools.pairwise([0, *sorted(min(c, len(said)) for c in cuts), len(said)])
    replies = [reply for a, b in places for reply in framer.feed(said[a:b])]
    assert replies[-1] == Reply("S", "00000010", yes=True)
    assert all(reply.flaw for reply in replies[:-1])


@given(st.integers(0, 16), st.integers(1, 255))
def test_one_changed_byte_is_found_out(place: int, change: int):
    frame = bytearray(encode_answer("S", "00000052"))
    frame[place] ^= change
    good = Reply("S", "00000052", yes=True)
    assert all(
        reply.flaw or reply == good or reply.yes is False for reply in Framer().feed(bytes(frame))
    )


def encode_answer(kind: str, data: str) -> bytes:
    return encode(kind, data).replace(kind.encode(), kind.encode() + b"\x06", 1)


@pytest.mark.parametrize(
    "frame",
    [
        b"\x01S\x02\x03083\r",  # our own question, come back over a looped cable
        b"\x01S\x06\x0200000010\x03\r",  # without its sum
        b"\x01S\x06\x02000\x7f0010\x03212\r",
        b"\x01\x06\x02\x03000\r",
        b"\x01SS\x06\x02\x03083\r",
    ],
)
def test_frames_that_are_no_answers_are_broken(frame: bytes):
    assert decode(frame) == BROKEN


def test_a_station_number_is_read_over():
    assert decode(b"\x01G07\x06\x02\x03071\r") == Reply("G", yes=True)


def test_a_frame_cut_short_is_broken_and_the_one_behind_it_is_whole():
    said = b"\x01S\x06\x02000" + encode_answer("G", "")
    assert Framer().feed(said) == (BROKEN, Reply("G", yes=True))


def test_endless_noise_is_neither_kept_nor_glued_to_the_next_answer():
    framer = Framer()
    assert framer.feed(b"x" * 5000) == ()
    assert framer.kept == 0
    assert framer.feed(b"\x01" + b"x" * 5000) == (BROKEN,)
    assert framer.feed(encode_answer("G", "")) == (Reply("G", yes=True),)


@pytest.mark.parametrize(
    ("frame", "reply"),
    [
        (b"\x01C\x02\x03\r", Reply("C")),
        (b"\x01C\x06\x02\x03\r", Reply("C", yes=True)),
        (b"\x011\x06\x02UG-A00123\x03\r", Reply("1", "UG-A00123", yes=True)),
        (b"\x011\x15\x02\x03049\r", Reply("1", yes=False)),
        (b"\x011\x02UG-A00123\x03999\r", Reply("1", "UG-A00123")),
    ],
)
def test_infosight_answers_need_no_sum(frame: bytes, reply: Reply):
    assert Framer(sealed=False).feed(frame) == (reply,)
