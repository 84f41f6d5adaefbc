from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.marking.simulators.face import LATE_SECONDS
from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.telesis_face import (
    InfoSightFace,
    TelesisFace,
    requests,
)
from stockpile.adapters.marking.simulators.telesis_machine import TelesisMachine
from stockpile.adapters.marking.simulators.truth import Happening
from stockpile.adapters.marking.telesis.frames import encode

_SAID = re.compile(rb"\x01(.)([\x06\x15])?\x02([^\x03]*)\x03(?:\d{3})?\r")


class Bench:
    """A face without a wire, whose time the test tells."""

    def __init__(self, fault: str = "", face: type[TelesisFace] = TelesisFace) -> None:
        self.metal: list[Happening] = []
        self.now = 0.0
        self.face = face(TelesisMachine(self.metal.append, speed=1.0), FaultPlan(fault))
        self.face.advance(0.0)

    def says(self, *asked: str) -> list[str]:
        for request in asked:
            frame = encode(request[0], request[1:], sealed=self.face.sealed)
            self.face.receive(frame, self.now)
        return self.heard()

    def heard(self) -> list[str]:
        """What was said: the type, + for a yes and - for a no, and the data."""
        said, self.face.outbox = b"".join(self.face.outbox), []
        signs = {b"\x06": "+", b"\x15": "-", b"": ""}
        found = _SAID.findall(said)
        return [f"{kind.decode()}{signs[yes]}{data.decode()}" for kind, yes, data in found]

    def later(self, seconds: float) -> list[str]:
        for _ in range(round(seconds / 0.05)):
            self.now += 0.05
            self.face.advance(self.now)
        return self.heard()

    @property
    def events(self) -> list[str]:
        return [one.event for one in self.metal if one.event != "dot"]


LOADED = ("PUGA", "V01AB12")


def test_a_job_without_faults_is_this_talk():
    bench = Bench()
    assert bench.says(*LOADED, "P~", "V?01", "S") == [
        *("P+", "V+", "P+UGA.TTP", "V+AB12", "S+00000010"),
    ]
    assert bench.says("G", "S") == ["G+", "S+00002012"]
    assert bench.later(0.5) == []
    assert bench.says("S", "I") == ["S+00000052", "I+00;000"]
    assert bench.later(1.0) == []
    assert bench.says("S", "V?01", "I") == ["S+00000010", "V+AB12", "I+43;000"]
    assert bench.events == ["start", "done"]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [("X", "X-"), ("O", "O+"), ("P~", "P+"), ("V02AB", "V-"), ("V?01", "V+"), ("I", "I+01;000")],
)
def test_every_request_has_its_answer(asked: str, answer: str):
    assert Bench().says(asked) == [answer]


def test_a_wrong_sum_is_answered_with_a_no_and_starts_nothing():
    bench = Bench()
    bench.says(*LOADED)
    bench.face.receive(b"\x01G\x02\x03072\r", 0.0)
    assert bench.heard() == ["G-"]
    assert bench.metal == []


def test_while_it_marks_it_takes_nothing_and_a_second_start_shows():
    bench = Bench()
    bench.says(*LOADED, "G")
    assert bench.says("V01ZZ", "PUGB", "O", "G") == ["V-", "P-", "O-", "G-"]
    assert bench.later(2.0) == []
    assert bench.events == ["start", "again", "done"]
    assert bench.says("G") == ["G+"]
    assert bench.events == ["start", "again", "done", "again", "start"]


@pytest.mark.parametrize(
    ("fault", "at_once", "in_the_end", "metal"),
    [
        ("refuse", ["G-"], [], []),
        ("lose-request", [], [], []),
        ("lose-answer", [], [], ["start", "done"]),
        ("late-answer", [], ["G+"], ["start", "done"]),
        ("answer-twice", ["G+", "G+"], [], ["start", "done"]),
        ("estop-mid", ["G+"], [], ["start", "partial"]),
        ("restart-mid", ["G+"], [], ["start", "partial"]),
        ("pause-mid", ["G+"], [], ["start", "done"]),
        ("not-master", ["G-"], [], []),
    ],
)
def test_faults_of_a_run(fault: str, at_once: list[str], in_the_end: list[str], metal: list[str]):
    bench = Bench()
    bench.says(*LOADED)
    bench.face.change_plan(fault)
    assert bench.says("G") == at_once
    assert bench.later(3.0 + LATE_SECONDS) == in_the_end
    assert bench.events == metal


@pytest.mark.parametrize(
    ("fault", "asked", "answers"),
    [
        ("busy", "S", ["S+00000052"]),
        ("fault", "S", ["S+00000011"]),
        ("simulation", "S", ["S+00000090"]),
        ("autonomous", "S", ["S+00000810"]),
        ("not-master", "S", ["S+00000014"]),
        ("not-master", "PUGA", ["P-"]),
        ("no-layout", "PUGA", ["P-"]),
        ("busy", "O", ["O-"]),
        ("silent", "S", []),
        ("late-text", "V01AB", []),
    ],
)
def test_faults_before_a_run(fault: str, asked: str, answers: list[str]):
    assert Bench(fault).says(asked) == answers


def test_after_a_restart_it_is_offline_without_text_until_it_is_called_online():
    bench = Bench("restart-mid")
    bench.says(*LOADED, "G")
    assert bench.later(1.2) == []
    assert bench.says("S") == []
    bench.later(3.0)
    assert bench.says("S", "V?01", "PUGA") == ["S+00000000", "V+", "P-"]
    assert bench.says("O", "S", "PUGA") == ["O+", "S+00000010", "P+"]


def test_a_damaged_text_differs_in_what_reads_back():
    assert Bench("damage-text").says("V01AB12", "V?01") == ["V+", "V+AB18"]


def test_noise_stands_in_for_the_status_after_a_start():
    bench = Bench("garbage:status")
    bench.says(*LOADED)
    assert bench.says("S") == ["S+00000010"]
    assert bench.says("G", "S") == ["G+"]


def test_an_infosight_job_is_this_talk():
    bench = Bench(face=InfoSightFace)
    assert bench.says("C", "O", "A3", "B", "1AB12", "S") == [
        *("C+", "O+", "A+", "B+3", "1+AB12", "S-"),
    ]
    assert bench.says("G", "1ZZ", "A4") == ["G+", "1-", "A-"]
    assert bench.later(3.0) == ["S"]
    assert bench.events == ["start", "done"]


def test_an_infosight_machine_speaks_first_after_a_restart_and_starts_nothing_without_a_buffer():
    bench = Bench("restart-mid", InfoSightFace)
    bench.says("O", "A3", "1AB12", "G")
    assert bench.later(4.5) == ["O"]
    assert bench.says("G", "Ax") == ["G-", "A-"]
    late = Bench("late-text", InfoSightFace)
    assert late.says("1AB") == []
    assert late.later(LATE_SECONDS + 0.1) == ["1+AB"]


STREAM = b"".join(
    (encode("S"), b"noise", encode("V", "01AB"), b"\x01V", encode("G"), b"\x01G\x02\x03072\r\r")
)


@given(st.lists(st.integers(0, len(STREAM)), max_size=8))
def test_requests_are_cut_alike_however_they_arrive(cuts: list[int]):
    kept, found = bytearray(), []
    for start, end in itertools.pairwise([0, *sorted(cuts), len(STREAM)]):
        kept += STREAM[start:end]
        found += list(requests(kept, sealed=True))
    assert found == [("S", "", True), ("V", "01AB", True), ("G", "", True), ("G", "", False)]
