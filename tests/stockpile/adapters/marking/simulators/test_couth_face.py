from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.marking.simulators.couth_face import CouthFace, frames
from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.machine import Machine
from stockpile.adapters.marking.simulators.truth import Happening

CLEAR = bytes.fromhex("10 02 07 00 21 03 03")
STATUS = bytes.fromhex("10 02 07 00 02 03 03")
START = bytes.fromhex("10 02 07 00 31 03 03")
CANCEL = bytes.fromhex("10 02 07 00 34 03 03")
TEXT = bytes.fromhex("10 02 11 00 25 01 55 47 2D 41 30 30 31 32 33 03 03")
MATRIX = bytes.fromhex("10 02 18 00 25 02 1E 44 4D 53 28 55 47 2D 41 30 30 31 32 33 29 1F 03 03")
ANGLE = bytes.fromhex("10 02 0B 00 26 01 09 84 03 03 03")
SPEED_WITH_A_WRONG_LENGTH = bytes.fromhex("10 02 0B 00 26 01 0E 05 03 03")


class Bench:
    """A face without a wire, whose time the test tells."""

    def __init__(self, fault: str = "") -> None:
        self.metal: list[Happening] = []
        self.now = 0.0
        self.face = CouthFace(Machine(self.metal.append, speed=1.0), FaultPlan(fault))
        self.face.advance(0.0)

    def says(self, *sent: bytes) -> bytes:
        for frame in sent:
            self.face.receive(frame, self.now)
        said, self.face.outbox = b"".join(self.face.outbox), []
        return said

    def later(self, seconds: float) -> None:
        for _ in range(round(seconds / 0.05)):
            self.now += 0.05
            self.face.advance(self.now)

    def ends(self) -> list[tuple[str, str]]:
        return [(h.event, h.text) for h in self.metal if h.event != "dot"]


def test_a_job_without_faults_is_silent_and_marks_once():
    bench = Bench()
    assert bench.says(CLEAR, TEXT, ANGLE, MATRIX, START, START) == b""
    bench.later(4.0)
    assert bench.ends() == [("start", "UG-A00123"), ("done", "UG-A00123")]
    assert bench.face.symbols == {2: b"\x1eDMS(UG-A00123)\x1f"}


def test_one_that_answers_says_whether_it_did_it():
    bench = Bench("answers")
    done, not_done = (bytes.fromhex(f"10 02 08 00 31 {said} 03 03") for said in ("06", "15"))
    assert bench.says(CLEAR).endswith(b"\x21\x06\x03\x03")
    assert bench.says(TEXT, START)[-16:].endswith(done)
    assert bench.says(START) == not_done
    assert bench.says(STATUS).endswith(b"\x02\x15\x03\x03")


def test_the_text_stays_and_is_marked_again_until_it_is_cleared():
    bench = Bench()
    bench.says(CLEAR, TEXT, START)
    bench.later(4.0)
    bench.says(START)
    bench.later(4.0)
    bench.says(CLEAR)
    bench.says(START)
    assert [text for event, text in bench.ends() if event == "start"] == [
        "UG-A00123", "UG-A00123", "",
    ]  # fmt: skip


def test_a_cancel_stops_it():
    bench = Bench()
    bench.says(CLEAR, TEXT, START)
    bench.later(1.0)
    bench.says(CANCEL)
    assert [event for event, _ in bench.ends()] == ["start", "partial"]


def test_a_busy_machine_takes_no_other_text():
    bench = Bench()
    bench.says(CLEAR, TEXT, START, CLEAR)
    assert bench.face.machine.text == "UG-A00123"


def test_a_wrong_length_swallows_the_next_frame_of_a_strict_machine_only():
    bad_then_clear = SPEED_WITH_A_WRONG_LENGTH + CLEAR
    assert [command for command, _ in frames(bytearray(bad_then_clear), strict=True)] == [0x21]
    lenient = list(frames(bytearray(bad_then_clear), strict=False))
    assert lenient == [(0x26, b"\x01\x0e\x05"), (0x21, b"")]


def test_noise_between_frames_is_stepped_over():
    assert list(frames(bytearray(b"\x93\xff" + CLEAR + b"\x00" + TEXT), strict=True)) == [
        (0x21, b""), (0x25, TEXT[5:-2]),
    ]  # fmt: skip


def test_a_frame_with_wrong_check_bytes_is_not_taken():
    wrong = CLEAR[:-2] + b"\x00\x00"
    assert list(frames(bytearray(wrong + STATUS), strict=True)) == [(0x02, b"")]


@given(st.lists(st.integers(0, len(CLEAR + TEXT + ANGLE + START)), max_size=12))
def test_however_the_bytes_arrive_the_frames_are_the_same(cuts: list[int]):
    whole = CLEAR + TEXT + ANGLE + START
    places = [0, *sorted(cuts), len(whole)]
    arrived, found = bytearray(), []
    for start, end in itertools.pairwise(places):
        arrived += whole[start:end]
        found += frames(arrived, strict=True)
    assert [command for command, _ in found] == [0x21, 0x25, 0x26, 0x31]
    assert not arrived


@given(noise=st.binary(max_size=100), strict=st.booleans())
def test_noise_never_holds_it_up(noise: bytes, strict: bool):
    list(frames(bytearray(noise), strict=strict))
