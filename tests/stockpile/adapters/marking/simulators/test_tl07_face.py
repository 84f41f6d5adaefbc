from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.marking.simulators.face import LATE_SECONDS
from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.tl07_face import Tl07Face, commands
from stockpile.adapters.marking.simulators.tl07_machine import IDENTITY, Tl07Machine
from stockpile.adapters.marking.simulators.truth import Happening


class Bench:
    """A face without a wire, whose time the test tells."""

    def __init__(self, fault: str = "") -> None:
        self.metal: list[Happening] = []
        self.now = 0.0
        machine = Tl07Machine(self.metal.append, speed=1.0, guard=True)
        self.face = Tl07Face(machine, FaultPlan(fault), counted=False)
        self.face.advance(0.0)

    def says(self, *lines: str) -> list[str]:
        for line in lines:
            self.face.receive(f"{line}\r".encode(), self.now)
        return self.heard()

    def heard(self) -> list[str]:
        said, self.face.outbox = b"".join(self.face.outbox), []
        return said.decode("latin-1").splitlines()

    def later(self, seconds: float) -> list[str]:
        for _ in range(round(seconds / 0.05)):
            self.now += 0.05
            self.face.advance(self.now)
        return self.heard()


LOADED = ('LD "UGA.tml" 1 N', 'VS 0 "AB12"')


def test_a_job_without_faults_is_this_talk():
    bench = Bench()
    assert bench.says(*LOADED, "VG 0", "ST") == ["LD 1", "VS 1", 'VG 0 "AB12"', "ST 4 0 0"]
    assert bench.says("GO", "ST", "GO") == ["GO M", "ST 8 0 0", "ER 2 8"]
    assert bench.later(3.0) == ["GO F"]
    assert bench.says("GO") == ["ER 2 4"]


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("XX", "ER 1 1"),
        ("LD UGA 1 N", "ER 1 4"),
        ('LD "UGA" 1 X', "ER 1 4"),
        ("VS 0 AB", "ER 1 4"),
        ("VG x", "ER 1 4"),
        ("AD", "ER 3 5"),
        ("AM", "AM 1"),
        ("OG", "OG 1"),
        ("GI *", f"GI {IDENTITY}"),
        ('GP "MASTER"', 'GP "MASTER":"1"'),
        ("LS *.tml", "0"),
        ("VG 9", 'VG 9 ""'),
    ],
)  # fmt: skip
def test_every_command_has_its_answer(command: str, answer: str):
    assert Bench().says(command) == [answer]


def test_only_the_master_may_load_set_and_start():
    bench = Bench()
    assert bench.says(*LOADED, 'SP "MASTER":"0"', "GO", *LOADED)[2:] == ["SP 1", *["ER 4 1"] * 3]
    assert bench.says("ST", "LS *") == ["ST 4 0 0", "1", "UGA.tml"]


@pytest.mark.parametrize(
    ("fault", "at_once", "in_the_end", "metal"),
    [
        ("refuse", ["ER 3 8"], [], []),
        ("lose-request", [], [], []),
        ("lose-answer", [], ["GO F"], ["start", "done"]),
        ("late-answer", [], ["GO F", "GO M"], ["start", "done"]),
        ("answer-twice", ["GO M", "GO M"], ["GO F"], ["start", "done"]),
        ("lose-end", ["GO M"], [], ["start", "done"]),
        ("end-late", ["GO M"], ["GO F"], ["start", "done"]),
        ("estop-mid", ["GO M"], ["GO S"], ["start", "partial"]),
        ("restart-mid", ["GO M"], [], ["start", "partial"]),
        ("pause-mid", ["GO M"], ["GO P", "GO M", "GO F"], ["start", "done"]),
        ("not-master", ["ER 4 1"], [], []),
    ],
)
def test_faults_of_a_run(fault: str, at_once: list[str], in_the_end: list[str], metal: list[str]):
    bench = Bench()
    bench.says(*LOADED)
    bench.face.change_plan(fault)
    assert bench.says("GO") == at_once
    assert bench.later(3.0 + LATE_SECONDS) == in_the_end
    assert [h.event for h in bench.metal if h.event != "dot"] == metal


@pytest.mark.parametrize(
    ("fault", "metal"),
    [
        ("pull-start", ["start", "done"]),
        ("pull-start:stop", ["start", "partial"]),
        ("pull-mid", ["start", "done"]),
        ("pull-mid:stop", ["start", "partial"]),
        ("pull-end", ["start", "done"]),
    ],
)
def test_a_pull_is_asked_for_and_the_machine_goes_on_or_not(fault: str, metal: list[str]):
    bench = Bench(fault)
    bench.says(*LOADED, "GO")
    bench.later(3.0)
    assert bench.face.unplugged
    assert [h.event for h in bench.metal if h.event != "dot"] == metal


@pytest.mark.parametrize(
    ("fault", "command", "answers"),
    [
        ("busy", "ST", ["ST 8 0 0"]),
        ("fault", "ST", ["ST 32 0 0"]),
        ("simulation", "ST", ["ST 4 0 2"]),
        ("autonomous", "ST", ["ST 4 0 1"]),
        ("no-layout", LOADED[0], ["ER 1 5"]),
        ("silent", "ST", []),
        ("late-text", LOADED[1], []),
    ],
)
def test_faults_before_a_run(fault: str, command: str, answers: list[str]):
    assert Bench(fault).says(command) == answers


def test_a_damaged_text_differs_in_what_reads_back():
    bench = Bench("damage-text")
    assert bench.says('VS 0 "AB18"', "VG 0", 'VS 0 "AB12"', "VG 0") == [
        *("VS 1", 'VG 0 "AB13"', "VS 1", 'VG 0 "AB18"'),
    ]


def test_noise_stands_in_for_the_start_or_for_the_status():
    for fault, noisy in (("garbage", "GO"), ("garbage:status", "ST")):
        bench = Bench(fault)
        bench.says(*LOADED)
        if noisy == "ST":
            bench.says("GO")
        (noise,) = bench.says(noisy)
        assert noise not in {"GO M", "ST 8 0 0"}


def test_a_fault_is_acknowledged_and_a_stuck_machine_is_freed_by_the_plan():
    faulty, stuck = Bench("fault"), Bench("busy")
    assert faulty.says("AD", "ST") == ["AD 1", "ST 4 0 0"]
    assert faulty.later(1.0) == []
    assert faulty.says("ST") == ["ST 4 0 0"]
    stuck.face.change_plan("")
    assert stuck.says("ST") == ["ST 4 0 0"]


def test_a_restarting_machine_is_deaf_and_half_a_command_is_forgotten():
    bench = Bench("restart-mid")
    bench.says(*LOADED, "GO")
    bench.later(1.2)
    assert bench.says("ST") == []
    assert bench.later(3.0) == []
    bench.face.receive(b"S", bench.now)
    bench.face.reconnect()
    assert bench.says("ST") == ["ST 4 0 0"]


COUNTED = b"\x1b\x00\x00\x02ST\r" + b'\x1b\x00\x00\x09VS 0 "\xd0\xa1"\r' + b"\x1b\x00\x00\x02GO\r"


@given(st.lists(st.integers(0, len(COUNTED)), max_size=8))
def test_counted_frames_are_cut_alike_however_they_arrive(cuts: list[int]):
    kept, found = bytearray(), []
    for start, end in itertools.pairwise([0, *sorted(cuts), len(COUNTED)]):
        kept += COUNTED[start:end]
        found += list(commands(kept, counted=True))
    assert found == ["ST", 'VS 0 "С"', "GO"]


@pytest.mark.parametrize(
    ("frame", "found"),
    [
        (b"noise\x1b\x00\x00\x02ST\r", ["ST"]),
        (b"\x1b\x00\x00\x02STX", [None]),
        (b"\x1b\x00\x00\x02\xff\xfe\r", [None]),
        (b'\x1b\x00\x00\x08VS 0 "\xd0\xa1"\r', [None]),
        (b"noise", []),
    ],
)  # fmt: skip
def test_frames_that_are_none_are_found_out(frame: bytes, found: list[str | None]):
    assert list(commands(bytearray(frame), counted=True)) == found


def test_a_frame_that_is_none_is_answered_as_a_reception_error():
    machine = Tl07Machine(print, speed=1.0, guard=True)
    face = Tl07Face(machine, FaultPlan(), counted=True)
    face.receive(b"\x1b\x00\x00\x02STX", 0.0)
    assert face.outbox == [b"ER 3 3\r\n"]
