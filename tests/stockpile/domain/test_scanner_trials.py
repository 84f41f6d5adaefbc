"""A scanner is judged by what it made of a code that is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.command_codes import read_command
from stockpile.domain.scanner_trials import TRIAL_LINE, TRIAL_MATRIX, Trial, judge_trial
from stockpile.domain.tags import tag_in


@pytest.mark.parametrize("due", [TRIAL_LINE, TRIAL_MATRIX])
def test_what_comes_as_it_should_is_good(due: str):
    assert judge_trial(due) == Trial("good", due, "", due)
    assert judge_trial(f"]C0{due}\r") == Trial("good", due, "Code 128", due)
    assert judge_trial(f"]d1{due}").symbol == "Data Matrix"


@pytest.mark.parametrize(
    ("came", "due"),
    [
        ("YZX?QWA&0194_my", TRIAL_LINE),  # German: Z and Y, and signs
        ("ZYX)AZQ!0194°;z", TRIAL_LINE),  # French: A and Q, W and Z
        ("AY-2580-zQ", TRIAL_MATRIX),
    ],
)
def test_another_keyboard_is_known_by_its_signs(came: str, due: str):
    trial = judge_trial(came)
    assert (trial.verdict, trial.due) == ("keyboard", due)


def test_capitals_nothing_and_other_codes_are_said():
    assert judge_trial(TRIAL_LINE.swapcase()).verdict == "capitals"
    assert judge_trial("\r\n").verdict == "nothing"
    assert judge_trial("]C0").verdict == "nothing"
    assert judge_trial("KB4471902").verdict == "other"


def test_a_code_on_trial_names_and_commands_nothing():
    for code in (TRIAL_LINE, TRIAL_MATRIX):
        assert not tag_in(code)
        assert not read_command(code)


@given(st.text(max_size=30))
def test_whatever_comes_is_judged(text: str):
    assert judge_trial(text).verdict
