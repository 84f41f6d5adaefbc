from __future__ import annotations

import pytest

from stockpile.adapters.marking.simulators.gcode import GcodeError, words_of
from stockpile.adapters.marking.simulators.grbl_machine import (
    BEAM,
    LASER_MODE,
    MAGNET_DOT,
    PLANNER,
    GrblMachine,
)
from stockpile.adapters.marking.simulators.machine import Phase, Turn
from stockpile.adapters.marking.simulators.truth import Happening


class Bench:
    """A machine and its clock."""

    def __init__(self) -> None:
        self.log: list[Happening] = []
        self.machine = GrblMachine(self.log.append, speed=1.0)
        self.now = 0.0

    def lines(self, *lines: str) -> None:
        for line in lines:
            self.machine.take(words_of(line), self.now)

    def wait(self, seconds: float) -> list[Turn]:
        turns, end = [], self.now + seconds
        while self.now < end:
            self.now = min(end, self.now + 0.005)
            turn = self.machine.advance(self.now)
            turns.extend([turn] if turn else [])
        return turns

    @property
    def events(self) -> list[str]:
        return [one.event for one in self.log]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_moves_take_their_time_and_the_head_is_between_them(bench: Bench):
    bench.lines("G21G90", "G1X10Y0F600")
    assert bench.machine.moving
    bench.wait(0.5)
    assert bench.machine.where[0] == pytest.approx(5.0, abs=0.01)
    bench.wait(0.6)
    assert (bench.machine.where, bench.machine.phase) == ((10.0, 0.0, 0.0), Phase.READY)


def test_a_pin_that_goes_down_and_up_is_a_dot_as_wide_as_twice_its_depth(bench: Bench):
    bench.lines("G0Z1", "G0X2Y3", "G1Z-0.1F600", "G0Z1")
    bench.wait(2.0)
    assert bench.machine.metal.dots == [(2000, 3000, 200)]
    assert bench.events == ["start", "dot"]


def test_a_pin_that_goes_along_in_the_metal_cuts_a_groove(bench: Bench):
    bench.lines("G0Z1", "G1Z-0.1F600", "G1X2Y0", "G0Z1", "G0X9")
    bench.wait(2.0)
    assert bench.machine.metal.grooves == [(0, 0, 2000, 0, 200)]


def test_a_laser_burns_only_on_g1_with_power_and_in_laser_mode(bench: Bench):
    bench.machine.settings[LASER_MODE] = 1
    bench.lines("M4S0", "G1X1Y0F600", "M4S500", "G0X2Y0", "G1X3Y0", "M5", "G1X4Y0")
    bench.wait(2.0)
    assert bench.machine.metal.grooves == [(2000, 0, 3000, 0, BEAM)]


def test_a_magnet_beats_once_when_it_is_switched_on(bench: Bench):
    bench.lines("G0X1Y1")
    bench.wait(1.0)
    bench.lines("M3S500", "M5")
    assert bench.machine.metal.dots == [(1000, 1000, MAGNET_DOT)]


def test_a_turning_tool_high_above_the_metal_cuts_nothing(bench: Bench):
    bench.lines("G0Z2")
    bench.wait(1.0)
    bench.lines("M3S500")
    assert bench.machine.metal.dots == []


def test_relative_and_inch_words_are_understood(bench: Bench):
    bench.lines("G91", "G0X1Y2", "G20", "G0X1", "G21")
    bench.wait(2.0)
    assert bench.machine.where == pytest.approx((26.4, 2.0, 0.0))


def test_a_cut_without_a_pace_is_an_error(bench: Bench):
    with pytest.raises(GcodeError):
        bench.lines("G1X1")


def test_a_program_that_ends_is_one_whole_mark_and_one_that_cut_nothing_is_none(bench: Bench):
    assert not bench.machine.complete(0.0)
    bench.lines("G1Z-0.1F600", "G0Z1")
    bench.wait(1.0)
    assert bench.machine.complete(bench.now)
    assert bench.events == ["start", "dot", "done"]
    assert bench.log[-1].text == ""


def test_a_queue_is_full_with_sixteen_moves(bench: Bench):
    for step in range(PLANNER):
        assert not bench.machine.full
        bench.lines(f"G0X{step + 1}")
    assert bench.machine.full


def test_in_a_dry_run_nothing_moves(bench: Bench):
    bench.machine.checking = True
    bench.lines("G0X5Y5", "G1Z-1F600", "M3S500")
    assert not bench.machine.moving
    assert bench.machine.looked_over == 1
    assert bench.events == []


def test_a_hold_stands_still_and_a_resume_goes_on(bench: Bench):
    bench.lines("G1X10F600")
    bench.wait(0.3)
    bench.machine.hold(bench.now)
    there = bench.machine.where
    bench.wait(1.0)
    assert (bench.machine.where, bench.machine.phase) == (there, Phase.PAUSED)
    bench.machine.resume(bench.now)
    bench.wait(1.0)
    assert bench.machine.where[0] == 10.0


def test_a_pause_goes_on_by_itself(bench: Bench):
    bench.lines("G1X10F600")
    bench.machine.pause(bench.now)
    assert bench.wait(0.7) == [Turn.RESUMED]


def test_a_reset_in_motion_loses_the_place_and_leaves_a_partial_mark(bench: Bench):
    bench.lines("G1Z-0.1F600", "G1X10F600")
    bench.wait(0.5)
    assert bench.machine.reset(bench.now)
    assert bench.machine.phase is Phase.FAULT
    assert bench.events == ["start", "dot", "dot", "partial"]
    (groove,) = bench.machine.metal.grooves
    assert 0 < groove[2] < 10_000
    bench.machine.unlock()
    assert not bench.machine.reset(bench.now)
    assert bench.machine.phase is Phase.READY


def test_a_restart_makes_zero_of_where_the_head_stands(bench: Bench):
    bench.lines("G0X10Y10Z10")
    bench.wait(1.0)
    bench.machine.lose_power(bench.now, keep=False)
    assert bench.machine.where == tuple(-part for part in bench.machine.origin)


def test_a_head_whose_host_is_gone_finishes_its_moves_and_leaves_a_partial_mark(bench: Bench):
    bench.lines("G1Z-0.1F600", "G0Z1")
    bench.machine.alone = True
    bench.wait(1.0)
    assert bench.events == ["start", "dot", "partial"]


def test_nothing_can_be_started_at_the_machine_itself(bench: Bench):
    assert not bench.machine.pedal(0.0)
    assert not bench.machine.go(0.0)


def test_a_new_piece_of_metal_is_bare(bench: Bench):
    bench.lines("G1Z-0.1F600")
    bench.wait(1.0)
    bench.machine.bare()
    assert bench.machine.metal.dots == []


def test_with_a_new_piece_of_metal_its_zero_is_set_again(bench: Bench):
    bench.machine.lose_power(0.0, keep=False)
    bench.machine.bare()
    assert (bench.machine.where, bench.machine.origin) == ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0))
    bench.lines("G0X3")
    bench.machine.bare()
    bench.wait(1.0)
    assert bench.machine.where == (3.0, 0.0, 0.0)
