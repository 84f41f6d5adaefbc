from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.machine import Machine
from stockpile.adapters.marking.simulators.scanner_string_face import ScannerStringFace
from stockpile.adapters.marking.simulators.truth import Happening


class Bench:
    """A face without a wire, whose time the test tells."""

    def __init__(self, fault: str = "") -> None:
        self.metal: list[Happening] = []
        self.now = 0.0
        self.face = ScannerStringFace(Machine(self.metal.append, speed=1.0), FaultPlan(fault))
        self.face.advance(0.0)

    def gets(self, *sent: bytes) -> None:
        for piece in sent:
            self.face.receive(piece, self.now)

    def later(self, seconds: float = 4.0) -> None:
        for _ in range(round(seconds / 0.05)):
            self.now += 0.05
            self.face.advance(self.now)

    def marked(self) -> list[str]:
        return [happening.text for happening in self.metal if happening.event == "done"]


@pytest.mark.parametrize(
    "line", [b":UG-1\r\n", b"UG-1\r", b"UG-1\n", b"\x02UG-1\x03", b"UG-1\t", b":UG-1\r"]
)
def test_a_text_begins_a_mark_in_every_writing_of_it(line: bytes):
    bench = Bench()
    bench.gets(line)
    bench.later()
    assert bench.marked() == ["UG-1"]
    assert bench.face.outbox == []


def test_it_marks_the_last_text_again_at_every_press_of_the_pedal():
    bench = Bench()
    bench.gets(b":UG-1\r\n")
    bench.later()
    bench.face.machine.pedal(bench.now)
    bench.later()
    assert bench.marked() == ["UG-1", "UG-1"]


def test_an_empty_line_blanks_the_text():
    bench = Bench()
    bench.gets(b":UG-1\r\n")
    bench.later()
    bench.gets(b":\r\n")
    bench.face.machine.pedal(bench.now)
    bench.later()
    assert bench.marked() == ["UG-1", ""]


@given(st.lists(st.integers(0, 7), max_size=7))
def test_however_the_bytes_arrive_the_text_is_the_same(cuts: list[int]):
    line = b":UG-1\r\n"
    bench = Bench()
    places = [0, *sorted(cuts), len(line)]
    bench.gets(*(line[start:end] for start, end in itertools.pairwise(places)))
    assert bench.face.machine.text == "UG-1"
    assert [happening.event for happening in bench.metal] == ["start"]


def test_a_line_too_long_or_for_a_busy_machine_is_lost():
    bench = Bench()
    bench.gets(b"A" * 81 + b"\r")
    assert bench.metal == []
    bench.gets(b"UG-1\r", b"UG-2\r")
    bench.later()
    assert bench.marked() == ["UG-1"]


def test_a_text_that_is_hurt_on_the_wire_is_marked_as_it_came():
    bench = Bench("damage-text")
    bench.gets(b"UG-1\r")
    bench.later()
    assert bench.marked() == ["UG-8"]
