"""The faults that every face has, tried on a face of one command: ``go``."""

from __future__ import annotations

import pytest

from stockpile.adapters.marking.simulators.face import LATE_SECONDS, NOISE, Beginning, Face
from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.machine import Machine, Phase
from stockpile.adapters.marking.simulators.truth import Happening


class Toy(Face):
    """Answers ``go`` by yes or no, and says ``end``."""

    def hear(self, arrived: bytearray, now: float) -> None:
        command = bytes(arrived)
        arrived.clear()
        if command == b"go":
            self.start(now, lambda came: b"yes" if came is Beginning.BEGAN else b"no")

    def end_report(self) -> bytes:
        return b"end"


class Bench:
    def __init__(self, fault: str = "") -> None:
        self.metal: list[Happening] = []
        self.now = 0.0
        machine = Machine(self.metal.append, speed=10.0)
        machine.texts = {1: "AB"}
        machine.new_job()
        self.face = Toy(machine, FaultPlan(fault))

    def says(self, said: bytes) -> bytes:
        self.face.receive(said, self.now)
        return self.heard()

    def heard(self) -> bytes:
        said, self.face.outbox = b"".join(self.face.outbox), []
        return said

    def later(self, seconds: float) -> bytes:
        for _ in range(round(seconds / 0.05)):
            self.now += 0.05
            self.face.advance(self.now)
        return self.heard()


def test_without_a_fault_a_start_is_answered_and_its_end_reported():
    bench = Bench()
    assert bench.says(b"go") == b"yes"
    assert bench.later(1.0) == b"end"
    assert bench.metal[-1].event == "done"


@pytest.mark.parametrize(
    ("fault", "answer", "starts"),
    [
        ("refuse", b"no", 0),
        ("lose-request", b"", 0),
        ("lose-answer", b"", 1),
        ("late-answer", b"", 1),
        ("garbage", NOISE, 1),
        ("answer-twice", b"yesyes", 1),
        ("xoff", b"", 1),
        ("silent", b"", 0),
        ("busy", b"no", 0),
        ("fault", b"no", 0),
        ("door", b"no", 0),
    ],
)
def test_a_fault_changes_what_is_heard_and_nothing_else(fault: str, answer: bytes, starts: int):
    bench = Bench(fault)
    assert bench.says(b"go") == answer
    assert sum(one.event == "start" for one in bench.metal) == starts


def test_a_late_answer_comes_much_too_late():
    bench = Bench("late-answer")
    bench.says(b"go")
    assert b"yes" in bench.later(LATE_SECONDS + 1)


def test_a_damaged_answer_has_one_byte_that_is_another():
    said = Bench("damage-answer").says(b"go")
    assert len(said) == 3
    assert sum(one != other for one, other in zip(said, b"yes", strict=True)) == 1


def test_at_the_wrong_speed_only_noise_comes_back():
    bench = Bench("wrong-baud")
    assert bench.says(b"go") not in (b"yes", b"no", b"go")
    assert not bench.metal


@pytest.mark.parametrize(("fault", "events"), [("pull-mid", "done"), ("pull-mid:stop", "partial")])
def test_a_pulled_cable_is_asked_for_and_the_run_goes_on_or_not(fault: str, events: str):
    bench = Bench(fault)
    bench.says(b"go")
    bench.later(1.0)
    assert bench.face.unplugged
    assert bench.metal[-1].event == events


def test_another_plan_frees_a_machine_that_was_made_busy():
    bench = Bench("busy")
    bench.says(b"go")
    bench.face.change_plan("")
    assert bench.face.machine.phase is Phase.READY
    assert bench.says(b"go") == b"yes"
