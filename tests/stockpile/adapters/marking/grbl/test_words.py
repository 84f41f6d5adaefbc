from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.marking.grbl import words
from stockpile.adapters.marking.grbl.words import Framer, Kind, Reply, Status
from stockpile.domain.errors import MarkNotPossible

SHARED = Path(__file__).parents[6] / "shared" / "machines" / "vectors.json"

SENT = [
    (words.STATUS, "3F"),
    (words.RESET, "18"),
    (words.HOLD, "21"),
    (words.RESUME, "7E"),
    (words.DOOR, "84"),
    (words.encode(words.CHECK), "24 43 0A"),
    (words.encode(words.HOME), "24 48 0A"),
    (words.encode(words.UNLOCK), "24 58 0A"),
    (words.encode(words.SYNC), "47 34 20 50 30 2E 30 31 0A"),
]

HEARD = [
    ("6F 6B 0D 0A", Kind.OK),
    ("65 72 72 6F 72 3A 32 30 0D 0A", Kind.ERROR),
    ("41 4C 41 52 4D 3A 31 0D 0A", Kind.ALARM),
    ("41 4C 41 52 4D 3A 33 0D 0A", Kind.ALARM),
    (
        (
            "3C 49 64 6C 65 7C 4D 50 6F 73 3A 30 2E 30 30 30 2C 30 2E 30 30 30 2C 30 "
            "2E 30 30 30 7C 46 53 3A 30 2E 30 2C 30 3E 0D 0A"
        ),
        Kind.STATUS,
    ),
    (
        (
            "3C 52 75 6E 7C 4D 50 6F 73 3A 31 2E 32 35 30 2C 33 2E 30 30 30 2C 30 2E "
            "30 30 30 7C 46 53 3A 35 30 30 2C 30 3E 0D 0A"
        ),
        Kind.STATUS,
    ),
    (
        (
            "3C 48 6F 6C 64 3A 31 7C 4D 50 6F 73 3A 31 2E 32 35 30 2C 33 2E 30 30 30 "
            "2C 30 2E 30 30 30 7C 46 53 3A 30 2C 30 3E 0D 0A"
        ),
        Kind.STATUS,
    ),
    (
        (
            "3C 44 6F 6F 72 3A 32 7C 4D 50 6F 73 3A 31 2E 32 35 30 2C 33 2E 30 30 30 "
            "2C 30 2E 30 30 30 7C 46 53 3A 30 2C 30 3E 0D 0A"
        ),
        Kind.STATUS,
    ),
    (
        (
            "5B 56 45 52 3A 76 31 2E 31 66 2E 32 30 31 37 30 31 33 31 3A 53 6F 6D 65 "
            "20 73 74 72 69 6E 67 5D 0D 0A"
        ),
        Kind.MESSAGE,
    ),
    ("5B 4F 50 54 3A 56 4C 2C 31 36 2C 31 32 38 5D 0D 0A", Kind.MESSAGE),
    # Were a start-up line taken for an answer, every later answer would belong to another line.
    ("3E 47 35 34 47 32 30 3A 6F 6B 0D 0A", Kind.STARTUP),
    (
        ("47 72 62 6C 20 31 2E 31 68 20 5B 27 24 27 20 66 6F 72 20 68 65 6C 70 5D 0D 0A"),
        Kind.BANNER,
    ),
]
EVERYTHING = b"".join(bytes.fromhex(frame) for frame, _ in HEARD)


@pytest.mark.parametrize(("frame", "expected"), SENT)
def test_what_is_sent_has_these_bytes(frame: bytes, expected: str):
    assert frame == bytes.fromhex(expected)


@pytest.mark.parametrize(("frame", "kind"), HEARD)
def test_every_line_of_the_machine_is_known_for_what_it_is(frame: str, kind: Kind):
    (reply,) = Framer().feed(bytes.fromhex(frame))
    assert reply == Reply(kind, bytes.fromhex(frame).decode("ascii").strip())


@given(cuts=st.lists(st.integers(0, len(EVERYTHING)), max_size=60))
def test_lines_come_out_whole_in_whatever_pieces_they_arrive(cuts: list[int]):
    framer, heard = Framer(), []
    bounds = [0, *sorted(cuts), len(EVERYTHING)]
    for start, end in itertools.pairwise(bounds):
        heard.extend(framer.feed(EVERYTHING[start:end]))
    assert [reply.kind for reply in heard] == [kind for _, kind in HEARD]
    assert framer.kept == 0


def vectors() -> list[dict[str, str]]:
    if not SHARED.exists():
        return []
    found: list[dict[str, str]] = json.loads(SHARED.read_text("utf-8"))["drivers"]["grbl11"][
        "vectors"
    ]
    return found


VECTORS = vectors()
needs_vectors = pytest.mark.skipif(not VECTORS, reason="the protocol notes are not here")


@needs_vectors
def test_every_vector_of_the_protocol_notes_stands_here():
    ours = [*(code for _, code in SENT), *(code for code, _ in HEARD)]
    assert sorted(vector["hex"] for vector in VECTORS) == sorted(ours)


def test_a_status_tells_the_state_and_the_place_in_micrometres():
    def status(line: str) -> Status | None:
        return words.status_of(Framer().feed(line.encode() + b"\r\n")[0])

    assert status("<Hold:1|MPos:1.250,3.000,-0.120|FS:0,0>") == Status(
        "Hold", 1, machine=(1250, 3000, -120)
    )
    assert status("<Idle|WPos:0.000,0.000,0.000|Bf:15,128|WCO:12.000,-20.500,4.000>") == Status(
        "Idle", work=(0, 0, 0), offset=(12000, -20500, 4000)
    )
    assert status("<Idle|FS:0,0>") == Status("Idle")
    assert status("<Idle|MPos:1,2>") == Status("Idle")
    assert status("ok") is None
    assert status("<Idle>") is None
    assert status("<Idle|MPos:0.000,0.000,0.000|FS:0,0") is None


def test_numbers_stand_in_errors_alarms_settings_and_buffers():
    assert Reply(Kind.ERROR, "error:20").code == 20
    assert Reply(Kind.ALARM, "ALARM:3").code == 3
    assert Reply(Kind.OK, "ok").code == 0
    (setting, told) = Framer().feed(b"$32=1\r\n$100=250.000 (x, step/mm)\r\n")
    assert words.setting_of(setting) == (32, 1.0)
    assert words.setting_of(told) == (100, 250.0)
    assert words.setting_of(Reply(Kind.OK, "ok")) is None
    assert words.buffers_of(Reply(Kind.MESSAGE, "[OPT:VL,16,128]")) == (16, 128)
    assert words.buffers_of(Reply(Kind.MESSAGE, "[MSG:Enabled]")) is None


@pytest.mark.parametrize(
    "line",
    ["", "G0X1?", "G0X1!", "G0X1~", "G0X1\x18", "G0X1\x84", "(A)", "G0X1;", "G0\nG1"],
)
def test_no_line_holds_a_realtime_order_a_comment_or_another_line(line: str):
    with pytest.raises(MarkNotPossible):
        words.encode(line)


def test_a_line_that_the_machine_would_cut_off_is_refused():
    assert words.encode("G" * words.LONGEST_LINE)
    with pytest.raises(MarkNotPossible):
        words.encode("G" * (words.LONGEST_LINE + 1))


@pytest.mark.parametrize("noise", [b"ok\n", b"\x93\x00\r\n", b"okM\n", b"OK\r\n", b"error:x\r\n"])
def test_what_the_machine_cannot_have_said_is_no_answer(noise: bytes):
    assert Framer().feed(noise)[0].kind is Kind.GARBLED


def test_noise_without_end_does_not_fill_the_memory_nor_stick_to_an_answer():
    framer = Framer()
    assert framer.feed(b"x" * 2000)[0].kind is Kind.GARBLED
    assert framer.kept == 0
    assert framer.feed(b"ok\r\n") == (Reply(Kind.OK, "ok"),)


@given(st.binary(max_size=200))
def test_nothing_that_arrives_breaks_the_framer(arrived: bytes):
    for reply in Framer().feed(arrived + b"\n"):
        words.status_of(reply)
        words.setting_of(reply)
        assert reply.code >= 0
