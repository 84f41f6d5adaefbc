"""The states of a marking job."""

from __future__ import annotations

from typing import get_args

import pytest

from stockpile.domain.journal import (
    FINISHED,
    NEXT,
    UNSETTLED,
    JobState,
    after_restart,
    may_follow,
)
from stockpile.services import ports

STATES = get_args(JobState)


def test_the_ports_states_are_the_same():
    assert get_args(ports.JobState) == STATES
    assert set(NEXT) == set(STATES)


def test_every_way_begins_with_the_intent_and_comes_to_an_end():
    reached, waiting = set(), ["intent"]
    while waiting:
        state = waiting.pop()
        reached.add(state)
        waiting.extend(NEXT[state] - reached)
    assert reached == set(STATES)
    assert {state for state in STATES if not NEXT[state]} == {
        "not_started", "resolved_partial", "resolved_not_marked", "voided",
    }  # fmt: skip


def test_no_state_is_both_unsettled_and_finished():
    assert not UNSETTLED & FINISHED


@pytest.mark.parametrize("state", STATES)
def test_a_job_may_be_armed_and_started_once(state):
    assert may_follow("armed", state) == (state == "prepared")
    assert may_follow("started", state) == (state == "armed")


def test_silence_never_says_that_nothing_happened():
    assert not may_follow("not_started", "started")
    assert not may_follow("not_started", "unknown")


@pytest.mark.parametrize("state", STATES)
def test_after_a_restart_nothing_is_under_way(state):
    then = after_restart(state)
    assert then not in ("intent", "prepared", "armed", "started")
    assert then == state or may_follow(then, state)
    if state in ("armed", "started"):
        assert then == "unknown"
