from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.marking.simulators.face import LATE_SECONDS
from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.keyence_face import KeyenceFace, commands
from stockpile.adapters.marking.simulators.keyence_machine import FIRST_MARK, KeyenceMachine
from stockpile.adapters.marking.simulators.truth import Happening

LOADED = ("WX,JobNo=0007", "WX,JOB=0007,BLK=003,CharacterString=AB12")
HELD = "RX,JOB=0007,BLK=003,CharacterString"
MARKED = "RX,MarkedCharacter=0007,003"
START = "WX,StartMarking=1"


class Bench:
    """A face without a wire, whose time the test tells; ten times as fast as life."""

    def __init__(self, fault: str = "") -> None:
        self.metal: list[Happening] = []
        self.now = 0.0
        self.machine = KeyenceMachine(self.metal.append, speed=10.0)
        self.face = KeyenceFace(self.machine, FaultPlan(fault))
        self.face.advance(0.0)

    def says(self, *lines: str) -> list[str]:
        for line in lines:
            self.face.receive(f"{line}\r".encode(), self.now)
        return self.heard()

    def heard(self) -> list[str]:
        said, self.face.outbox = b"".join(self.face.outbox), []
        return said.decode("latin-1").split("\r")[:-1]

    def later(self, seconds: float) -> list[str]:
        for _ in range(round(seconds / 0.01)):
            self.now += 0.01
            self.face.advance(self.now)
        return self.heard()


def test_a_job_without_faults_is_this_talk():
    bench = Bench()
    assert bench.says("RX,Ready", "WX,TriggerLock=1", "RX,TriggerLock") == [
        *("RX,OK,0", "WX,OK", "RX,OK,1"),
    ]
    assert bench.says(*LOADED, "RX,JobNo", HELD) == ["WX,OK", "WX,OK", "RX,OK,0007", "RX,OK,AB12"]
    assert bench.says(MARKED, "RX,MarkingResult") == [
        *(f"RX,OK,{FIRST_MARK}", "RX,OK,1,000000002200"),
    ]
    assert bench.says(START) == []
    assert bench.says("RX,Ready", "WX,JobNo=0001", START) == [
        *("RX,OK,2", "WX,NG,S0123,Busy", "WX,NG,S0123,Busy"),
    ]
    assert bench.later(0.5) == ["WX,OK"]
    assert bench.says("RX,Ready", MARKED) == ["RX,OK,0", "RX,OK,AB12"]


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("WX,Nonsense=1", "WX,NG,S0001,Command"),
        ("RX,Nonsense", "RX,NG,S0001,Command"),
        ("nonsense", "RX,NG,S0001,Command"),
        ("WX,JobNo=0099", "WX,NG,S0002,Parameter"),
        ("WX,TriggerLock=7", "WX,NG,S0001,Command"),
        (START, "WX,NG,S0002,Parameter"),
        ("RX,Error", "RX,OK,0"),
        ("RX,JOB=0007,Title", "RX,OK,RECEIVER"),
        ("WX,ErrorClear", "WX,OK"),
        ("WX,StopMarking", "WX,OK"),
    ],
)
def test_every_command_has_an_answer(command: str, answer: str):
    assert Bench().says(command) == [answer]


def test_the_block_is_laid_out_somehow():
    (size,) = Bench().says("RX,JOB=0007,BLK=003,CharacterSize")
    assert size.startswith("RX,OK,002.000,")


def test_a_stop_answers_the_start_and_itself():
    bench = Bench()
    bench.says(*LOADED, START)
    assert bench.says("WX,StopMarking") == ["WX,NG,S0300,Stopped", "WX,OK"]
    assert bench.says("RX,Ready", "RX,Error", START) == [
        *("RX,OK,1", "RX,OK,1", "WX,NG,S0200,Error"),
    ]
    assert bench.says("WX,ErrorClear", "RX,Ready", MARKED) == [
        *("WX,OK", "RX,OK,0", f"RX,OK,{FIRST_MARK}"),
    ]


def test_a_marking_by_the_pedal_is_answered_to_nobody():
    bench = Bench()
    bench.says(*LOADED)
    bench.machine.pedal(bench.now)
    assert bench.later(0.5) == []
    assert bench.says(MARKED) == ["RX,OK,AB12"]


def test_another_host_is_not_answered_for_the_first():
    bench = Bench()
    bench.says(*LOADED, START)
    bench.face.reconnect()
    assert bench.later(0.5) == []


@pytest.mark.parametrize(
    ("fault", "command", "answers"),
    [
        ("busy", "RX,Ready", ["RX,OK,2"]),
        ("fault", "RX,Ready", ["RX,OK,1"]),
        ("no-layout", LOADED[0], ["WX,NG,S0002,Parameter"]),
        ("not-master", LOADED[0], ["WX,NG,S0002,Parameter"]),
        ("stranger", "RX,JOB=0007,Title", ["RX,OK,OTHER RECEIVER"]),
        ("silent", "RX,Ready", []),
        ("late-text", LOADED[1], []),
    ],
)
def test_faults_before_a_run(fault: str, command: str, answers: list[str]):
    assert Bench(fault).says(command) == answers


@pytest.mark.parametrize(
    ("fault", "at_once", "at_the_end"),
    [
        ("refuse", ["WX,NG,S0002,Parameter"], []),
        ("lose-answer", [], []),
        ("lose-end", [], []),
        ("answer-twice", [], ["WX,OK", "WX,OK"]),
        ("estop-mid", [], ["WX,NG,S0300,Stopped"]),
        ("lose-request", [], []),
        ("late-answer", [], []),
    ],
)
def test_faults_of_a_run(fault: str, at_once: list[str], at_the_end: list[str]):
    bench = Bench(fault)
    bench.says(*LOADED)
    assert bench.says(START) == at_once
    assert bench.later(1.0) == at_the_end
    assert bench.later(LATE_SECONDS) == (["WX,OK"] if fault == "late-answer" else [])


def test_noise_comes_at_the_start_or_stands_in_for_the_status():
    for fault, noisy in (("garbage", START), ("garbage:status", "RX,Ready")):
        bench = Bench(fault)
        bench.says(*LOADED)
        if noisy != START:
            bench.says(START)
        assert bench.says(noisy)[0] not in {"RX,OK,2", "WX,OK"}


def test_a_damaged_text_differs_in_what_reads_back():
    assert Bench("damage-text").says(*LOADED, HELD)[-1] == "RX,OK,AB18"


def test_a_late_answer_to_the_text_comes_late():
    bench = Bench("late-text")
    bench.says(*LOADED)
    assert bench.later(LATE_SECONDS + 0.1) == ["WX,OK"]


LINES = b"RX,Ready\r\nWX,JobNo=0007\rWX,StartMarking=1\r"


@given(st.lists(st.integers(0, len(LINES)), max_size=8))
def test_commands_are_cut_alike_however_they_arrive(cuts: list[int]):
    kept, found = bytearray(), []
    for start, end in itertools.pairwise([0, *sorted(cuts), len(LINES)]):
        kept += LINES[start:end]
        found += list(commands(kept))
    assert found == ["RX,Ready", "WX,JobNo=0007", START]
