from __future__ import annotations

import pytest

from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.machine import Machine, Phase
from stockpile.adapters.marking.simulators.sic_face import SicFace
from stockpile.adapters.marking.simulators.truth import Happening


class Bench:
    """A face without a wire, whose time the test tells."""

    def __init__(self, fault: str = "") -> None:
        self.metal: list[Happening] = []
        self.now = 0.0
        self.face = SicFace(Machine(self.metal.append, speed=1.0), FaultPlan(fault))
        self.face.advance(0.0)

    def says(self, *lines: str) -> list[str]:
        for line in lines:
            self.face.receive(f"{line}\n".encode(), self.now)
        return self.heard()

    def heard(self) -> list[str]:
        said, self.face.outbox = b"".join(self.face.outbox), []
        return said.decode("latin-1").splitlines()

    def later(self, seconds: float) -> list[str]:
        for _ in range(round(seconds / 0.05)):
            self.now += 0.05
            self.face.advance(self.now)
        return self.heard()


LOADED = ("LOADFILE UGA", "SETVAR ISO2 UG", "SETVAR SERIAL 42")


def test_a_job_without_faults_is_this_talk():
    bench = Bench()
    assert bench.says(*LOADED) == ["LOADFILE OK", "SETVAR OK", "SETVAR OK"]
    assert bench.says("RUN", "RUN", "SETVAR") == [
        "RUN OK", "RUN BAD ARGUMENTS ", "SETVAR BAD ARGUMENTS ",
    ]  # fmt: skip
    assert bench.later(3.0) == []
    assert [(h.event, h.text) for h in bench.metal if h.event != "dot"] == [
        ("start", "UG 42"), ("done", "UG 42"),
    ]  # fmt: skip


def test_run_may_be_answered_when_the_mark_is_made():
    bench = Bench("answers-at-end")
    bench.says(*LOADED)
    assert bench.says("RUN") == []
    assert bench.later(3.0) == ["RUN OK"]


@pytest.mark.parametrize(
    ("command", "answers"),
    [
        ("LOADFILE", ["LOADFILE BAD ARGUMENTS "]),
        ("LOADFILE TWELVELETTER", ["LOADFILE BAD ARGUMENTS "]),
        ("SETVAR", ["SETVAR BAD ARGUMENTS "]),
        ("SETVAR serial 1", ["SETVAR BAD ARGUMENTS "]),
        ("SETVAR SERIAL A B", ["SETVAR BAD ARGUMENTS "]),
        ("RUN", ["RUN BAD ARGUMENTS "]),
        ("RESETERROR", ["RESETERROR BAD ARGUMENTS "]),
        ("INSERTPAUSELINE 100 120 130", ["INSERTPAUSELINE OK"]),
        ("GO", []),
        ("", []),
    ],
)
def test_every_command_has_its_answer(command: str, answers: list[str]):
    assert Bench().says(command) == answers


def test_a_variable_that_is_set_twice_holds_the_last():
    bench = Bench()
    bench.says(*LOADED, "SETVAR ISO2 KE")
    assert bench.face.machine.text == "KE 42"
    bench.says("LOADFILE UGA")
    assert bench.face.machine.text == ""


def test_an_error_is_reset_by_its_order():
    bench = Bench("fault@1")
    bench.face.advance(0.1)
    assert bench.says("LOADFILE UGA", "RESETERROR") == ["LOADFILE BAD ARGUMENTS ", "RESETERROR OK"]
    assert bench.face.machine.phase is Phase.READY


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("no-layout", ["LOADFILE BAD ARGUMENTS ", "SETVAR OK", "SETVAR OK"]),
        ("late-text", ["LOADFILE OK"]),
        ("silent", []),
    ],
)
def test_preparations_go_wrong_like_this(fault: str, said: list[str]):
    assert Bench(fault).says(*LOADED) == said
