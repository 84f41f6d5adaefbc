from __future__ import annotations

from stockpile.adapters.marking.simulators.machine import BOOT_SECONDS, Machine, Phase, Turn
from stockpile.adapters.marking.simulators.truth import Happening


class Bench:
    """A machine whose time the test tells."""

    def __init__(self) -> None:
        self.metal: list[Happening] = []
        self.now = 0.0
        self.machine = Machine(self.metal.append, speed=1.0)
        self.machine.texts = {1: "AB", 2: "12"}
        self.machine.new_job()

    def until(self, turn: Turn) -> None:
        for _ in range(1000):
            self.now += 0.05
            if self.machine.advance(self.now) is turn:
                return
        raise AssertionError(turn)


def test_the_fields_are_cut_in_their_order_and_remembered():
    bench = Bench()
    assert bench.machine.go(0.0)
    assert not bench.machine.go(0.0)
    bench.until(Turn.FINISHED)
    assert bench.machine.last_marked == "AB 12"
    assert [one.event for one in bench.metal] == ["start", *["dot"] * 5, "done"]
    assert {(one.text, one.job) for one in bench.metal} == {("AB 12", 1)}


def test_a_text_set_while_it_marks_is_not_what_it_cuts():
    bench = Bench()
    bench.machine.go(0.0)
    bench.machine.texts = {1: "OTHER"}
    bench.until(Turn.FINISHED)
    assert bench.metal[-1].text == "AB 12"


def test_a_restart_leaves_a_partial_mark_and_forgets():
    bench = Bench()
    bench.machine.go(0.0)
    bench.until(Turn.HALF)
    bench.machine.lose_power(bench.now, keep=False)
    assert bench.metal[-1].event == "partial"
    assert bench.machine.text == ""
    assert not bench.machine.hears(bench.now + BOOT_SECONDS / 2)
    assert bench.machine.hears(bench.now + BOOT_SECONDS)
    assert bench.machine.phase is Phase.READY


def test_a_machine_of_the_bad_kind_keeps_its_texts():
    bench = Bench()
    bench.machine.lose_power(0.0, keep=True)
    assert bench.machine.text == "AB 12"
