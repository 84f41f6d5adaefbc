from __future__ import annotations

import pytest

from stockpile.adapters.marking.simulators.machine import BOOT_SECONDS, Phase, Turn
from stockpile.adapters.marking.simulators.tl07_machine import Tl07Machine
from stockpile.adapters.marking.simulators.truth import Happening


class Bench:
    """A machine whose time the test tells."""

    def __init__(self, *, guard: bool = True) -> None:
        self.metal: list[Happening] = []
        self.now = 0.0
        self.machine = Tl07Machine(self.metal.append, speed=1.0, guard=guard)
        self.machine.load("UGA.tml", 1, 0)
        self.machine.put(0, "AB12")

    def until(self, turn: Turn) -> None:
        for _ in range(1000):
            self.now += 0.05
            if self.machine.advance(self.now) is turn:
                return
        raise AssertionError(turn)

    @property
    def events(self) -> list[tuple[str, int]]:
        return [(happening.event, happening.n) for happening in self.metal]


def test_a_run_cuts_every_letter_once_and_is_done():
    bench = Bench()
    assert bench.machine.go(0.0)
    assert bench.machine.phase is Phase.MARKING
    bench.until(Turn.HALF)
    bench.until(Turn.FINISHED)
    assert bench.events == [
        *[("start", 0), ("dot", 1), ("dot", 2), ("dot", 3), ("dot", 4), ("done", 4)],
    ]
    assert bench.machine.phase is Phase.READY
    assert {happening.text for happening in bench.metal} == {"AB12"}


def test_the_text_on_the_metal_is_the_one_that_was_set_at_the_start():
    bench = Bench()
    bench.machine.go(0.0)
    assert bench.machine.put(0, "OTHER") == "ER 2 8"
    bench.until(Turn.FINISHED)
    assert bench.metal[-1].text == "AB12"


def test_one_load_is_one_start_unless_the_guard_is_off():
    for guard, refusal in ((True, "ER 2 4"), (False, "")):
        bench = Bench(guard=guard)
        bench.machine.go(0.0)
        bench.until(Turn.FINISHED)
        assert bench.machine.why_not() == refusal
        assert bench.machine.go(bench.now) is not bool(refusal)


def test_an_endless_load_can_be_started_again():
    bench = Bench()
    bench.machine.load("UGA.tml", 0, 0)
    for _ in range(2):
        assert bench.machine.pedal(bench.now)
        bench.until(Turn.FINISHED)


def test_a_machine_at_work_or_without_a_layout_refuses():
    bench = Bench()
    assert Tl07Machine(print, speed=1.0, guard=False).why_not() == "ER 2 4"
    bench.machine.go(0.0)
    assert bench.machine.why_not() == "ER 2 8"
    assert bench.machine.load("UGA.tml", 1, 0) == "ER 2 8"
    assert not bench.machine.acknowledge()


def test_a_stop_leaves_a_partial_mark_and_a_fault_to_acknowledge():
    bench = Bench()
    bench.machine.go(0.0)
    bench.until(Turn.HALF)
    assert bench.machine.stop(bench.now)
    assert bench.events[-1] == ("partial", 2)
    assert bench.machine.phase is Phase.FAULT
    assert bench.machine.load("UGA.tml", 1, 0) == "ER 2 32"
    assert bench.machine.acknowledge()
    assert bench.machine.phase is Phase.READY
    assert not bench.machine.stop(bench.now)


@pytest.mark.parametrize(("keep", "held"), [(False, ""), (True, "AB12")])
def test_a_restart_is_deaf_and_forgets_its_texts_or_not(held: str, *, keep: bool):
    bench = Bench()
    bench.machine.go(0.0)
    bench.until(Turn.HALF)
    bench.machine.lose_power(bench.now, keep=keep)
    assert bench.events[-1] == ("partial", 2)
    assert not bench.machine.hears(bench.now + BOOT_SECONDS / 2)
    assert bench.machine.hears(bench.now + BOOT_SECONDS)
    assert bench.machine.text == held
    assert bench.machine.phase is Phase.READY


def test_a_pause_goes_on_to_the_end():
    bench = Bench()
    bench.machine.go(0.0)
    bench.until(Turn.HALF)
    bench.machine.pause(bench.now)
    assert bench.machine.phase is Phase.PAUSED
    bench.until(Turn.RESUMED)
    bench.until(Turn.FINISHED)
    assert bench.events[-1] == ("done", 4)


def test_a_halt_breaks_off_without_a_fault():
    bench = Bench()
    bench.machine.go(0.0)
    bench.machine.halt(0.1)
    assert bench.events[-1] == ("partial", 0)
    assert not bench.machine.busy
    assert bench.machine.phase is Phase.READY
