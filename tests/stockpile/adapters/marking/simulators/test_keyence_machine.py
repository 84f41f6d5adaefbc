from __future__ import annotations

from stockpile.adapters.marking.simulators.keyence_machine import FIRST_MARK, KeyenceMachine
from stockpile.adapters.marking.simulators.machine import Phase, Turn
from stockpile.adapters.marking.simulators.truth import Happening


def laser(metal: list[Happening] | None = None) -> KeyenceMachine:
    machine = KeyenceMachine([].append if metal is None else metal.append, speed=10.0)
    machine.select("0007")
    machine.put("003", "AB12")
    return machine


def finish(machine: KeyenceMachine, now: float = 0.0) -> float:
    while machine.advance(now) is not Turn.FINISHED:
        now += 0.01
    return now


def test_what_was_marked_last_is_remembered_when_it_is_complete():
    machine = laser()
    assert machine.last_marked == FIRST_MARK
    assert machine.go(0.0)
    assert machine.last_marked == FIRST_MARK
    assert not machine.put("003", "OTHER")
    finish(machine)
    assert machine.last_marked == "AB12"
    assert machine.result.startswith("1,0000000001")


def test_a_broken_marking_is_a_failure_and_not_the_last_text():
    stopped, halted = laser(), laser()
    for machine, end in ((stopped, stopped.stop), (halted, halted.halt)):
        machine.go(0.0)
        end(0.1)
        assert machine.last_marked == FIRST_MARK
        assert machine.result == "0,000000000100"
    assert (stopped.phase, halted.phase) == (Phase.FAULT, Phase.READY)


def test_stopping_at_rest_changes_no_memory():
    machine = laser()
    before = machine.result
    machine.halt(1.0)
    assert not machine.stop(1.0)
    assert machine.result == before


def test_a_restart_remembers_the_last_mark_and_not_the_text():
    machine = laser()
    machine.go(0.0)
    machine.lose_power(0.1, keep=False)
    assert (machine.last_marked, machine.text) == (FIRST_MARK, "")


def test_the_lock_blocks_the_external_trigger_alone():
    machine = laser()
    machine.locked = True
    assert not machine.pedal(0.0)
    assert machine.go(0.0)


def test_without_a_text_nothing_starts_and_jobs_that_are_none_are_not_selected():
    machine = laser()
    machine.put("003", "")
    assert not machine.go(0.0)
    assert not machine.select("0099")
    assert not machine.select("x")
    assert (machine.number, machine.job) == ("0007", 1)
