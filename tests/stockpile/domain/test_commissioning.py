from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain import commissioning
from stockpile.domain.commissioning import STEPS, Shortfalls, Standing
from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.facts import CommissionCheck, Commissioning

ALL = tuple(CommissionCheck(step, "passed") for step in STEPS)


def test_every_machine_takes_the_steps_that_it_can_answer():
    assert commissioning.steps_for(by_hand=False, can_read_back=True) == STEPS
    assert 2 not in commissioning.steps_for(by_hand=False, can_read_back=False)
    assert commissioning.steps_for(by_hand=True, can_read_back=False) == (1, 6, 7, 10)


@pytest.mark.parametrize(
    ("text", "height"),
    [
        ("1.8", 1800),
        ("1,8", 1800),
        ("1.80 mm", 1800),
        ("", 0),
        ("  ", 0),
        ("١٫٨", 1800),
        ("2", 2000),
    ],
)
def test_a_height_is_written_in_millimetres(text: str, height: int):
    assert commissioning.read_height(text) == height


@pytest.mark.parametrize(("text", "depth"), [("0.0762", 76_200), ("0,09", 90_000), ("", 0)])
def test_a_depth_is_kept_to_the_nanometre(text: str, depth: int):
    assert commissioning.read_depth(text) == depth


@pytest.mark.parametrize("text", ["abc", "0", "-1", "51", "nan", "inf", "1.8.2", "1 8", "1e9"])
def test_what_is_no_length_is_refused(text: str):
    with pytest.raises(FieldUnreadable) as caught:
        commissioning.read_height(text)
    assert caught.value.field == "height"


@given(st.integers(1, 50_000_000))
def test_what_is_written_reads_as_the_same_length(nanometres: int):
    assert commissioning.read_depth(commissioning.written_mm(nanometres)) == nanometres


def test_nothing_measured_is_written_as_nothing():
    assert commissioning.written_mm(0) == ""


@pytest.mark.parametrize(
    ("height", "depth", "lacks"),
    [
        (1600, 76_200, Shortfalls()),
        (1599, 76_199, Shortfalls(1, 1)),
        (0, 0, Shortfalls()),
        (1500, 0, Shortfalls(height_um=100)),
        (0, 70_000, Shortfalls(depth_nm=6_200)),
    ],
)
def test_the_least_height_and_depth_are_those_of_the_directive(
    height: int, depth: int, lacks: Shortfalls
):
    assert commissioning.shortfalls(height, depth) == lacks
    assert bool(lacks) is (lacks != Shortfalls())


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        (None, "not_begun"),
        (Commissioning("2026-11-28"), "open"),
        (Commissioning("2026-11-28", checks=ALL), "open"),
        (Commissioning("2026-11-28", checks=ALL, height_um=1800, depth_nm=90_000), "passed"),
        (Commissioning("2026-11-28", checks=ALL[1:], height_um=1800, depth_nm=90_000), "open"),
        (Commissioning("2026-11-28", checks=ALL, height_um=1500, depth_nm=90_000), "too_small"),
        (
            Commissioning("2026-11-28", checks=(CommissionCheck(4, "failed"),), height_um=1),
            "failed",
        ),
    ],
)
def test_a_commissioning_stands_as_its_worst_part(said: Commissioning | None, standing: Standing):
    assert commissioning.standing(said, STEPS) == standing


def test_steps_are_counted_that_were_passed():
    said = Commissioning("2026-11-28", checks=(*ALL[:3], CommissionCheck(4, "not_done")))
    assert commissioning.passed(said, STEPS) == 3
    assert commissioning.passed(said, (1, 4)) == 1
    assert commissioning.passed(None, STEPS) == 0
    assert commissioning.results(said)[4].result == "not_done"
