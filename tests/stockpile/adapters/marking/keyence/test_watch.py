from __future__ import annotations

import pytest

from stockpile.adapters.marking.keyence.talk import KeyenceTalk
from stockpile.adapters.marking.keyence.watch import KeyenceWatch, Memory
from stockpile.adapters.marking.keyence.words import Result
from stockpile.adapters.marking.talk import Times
from stockpile.domain.errors import MachineSilent, PortLost
from stockpile.services.ports import EndResult, MachineState
from tests.helpers.benches import Transcript

HASTY = Times(answer=0.03, start=0.03, poll=0.01, settle=0.03, pause=0.01)
TEXT = "UG-1"
GOOD, BAD = Result(succeeded=True, time="2200"), Result(succeeded=False, time="300")
BEFORE = Memory("OLD", GOOD)
OURS, STILL_OLD = Memory(TEXT, GOOD), BEFORE


class Laser:
    """A witness that says what a test puts into its mouth; errors are raised."""

    def __init__(
        self,
        memory: Memory | Exception,
        *,
        state: MachineState = MachineState.READY,
        held: str | None = TEXT,
    ) -> None:
        self._memory, self._state, self._held = memory, state, held

    def state(self) -> MachineState | None:
        return self._state

    def held(self) -> str | None:
        return self._held

    def memory(self) -> Memory:
        if isinstance(self._memory, Exception):
            raise self._memory
        return self._memory


def ended(laser: Laser, *said: bytes, before: Memory = BEFORE, accepted: bool = True) -> EndResult:
    link = Transcript({})
    talk = KeyenceTalk("laser", link, HASTY)
    talk.outlet.arm()
    talk.go()
    link.waiting += said
    watch = KeyenceWatch(talk, laser, TEXT, before, accepted=accepted, proven=False)
    return watch.until_end(0.3)


@pytest.mark.parametrize("accepted", [True, False])
def test_a_lost_answer_is_settled_by_the_memory(*, accepted: bool):
    assert ended(Laser(OURS), accepted=accepted) is EndResult.DONE


def test_being_ready_again_is_no_end_while_the_memory_shows_another_text():
    assert ended(Laser(STILL_OLD)) is EndResult.SILENT


def test_a_broken_marking_of_our_text_is_not_done():
    assert ended(Laser(Memory(TEXT, BAD))) is EndResult.SILENT


def test_a_memory_that_showed_our_text_before_proves_nothing():
    same = Memory(TEXT, GOOD)
    assert ended(Laser(same), before=same, accepted=False) is EndResult.SILENT
    assert ended(Laser(same), b"WX,OK\r", before=same) is EndResult.DONE


@pytest.mark.parametrize("memory", [Memory(None, None), MachineSilent("laser", "RX")])
def test_without_a_memory_the_machine_is_believed_as_any_other(memory: Memory | Exception):
    assert ended(Laser(memory), b"WX,OK\r") is EndResult.DONE
    assert ended(Laser(memory)) is EndResult.DONE
    assert ended(Laser(memory), accepted=False) is EndResult.SILENT


def test_a_text_that_is_gone_means_a_restart():
    assert ended(Laser(STILL_OLD, held="")) is EndResult.RESTARTED


def test_an_answer_is_believed_when_the_memory_agrees():
    assert ended(Laser(OURS), b"WX,OK\r") is EndResult.DONE


def test_an_answer_that_the_memory_contradicts_is_not_believed():
    assert ended(Laser(STILL_OLD), b"WX,OK\r") is EndResult.SILENT


def test_an_answer_that_came_before_the_cable_was_pulled_stands():
    assert ended(Laser(PortLost("laser", "pulled")), b"WX,OK\r") is EndResult.DONE


def test_a_no_is_a_broken_marking_and_an_error_too():
    assert ended(Laser(STILL_OLD), b"WX,NG,S0300,Stopped\r") is EndResult.STOPPED
    assert ended(Laser(STILL_OLD, state=MachineState.FAULT)) is EndResult.STOPPED
