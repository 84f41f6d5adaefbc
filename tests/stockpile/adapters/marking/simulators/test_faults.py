from __future__ import annotations

import pytest

from stockpile.adapters.marking.simulators.faults import KINDS, Fault, FaultPlan, parse
from stockpile.domain.errors import FieldUnreadable


@pytest.mark.parametrize(
    ("spec", "faults"),
    [
        ("", ()),
        ("refuse", (Fault("refuse"),)),
        ("pull-mid:stop@2", (Fault("pull-mid", "stop", 2),)),
        (" lose-answer , lose-end@3 ", (Fault("lose-answer"), Fault("lose-end", "", 3))),
        ("restart-mid:keep", (Fault("restart-mid", "keep"),)),
    ],
)
def test_a_plan_is_written_in_one_line(spec: str, faults: tuple[Fault, ...]):
    assert parse(spec) == faults


@pytest.mark.parametrize(
    "spec", ["nonsense", "refuse:keep", "pull-mid@0", "pull-mid:stop:x", "refuse@", "Refuse", "a b"]
)
def test_a_plan_that_means_nothing_is_refused(spec: str):
    with pytest.raises(FieldUnreadable) as caught:
        parse(f"lose-end,{spec}")
    assert (caught.value.field, caught.value.text) == ("fault", spec)


def test_a_fault_is_due_at_its_job_or_at_every_job():
    plan = FaultPlan("refuse@2,lose-end")
    assert [bool(plan.at(job, "refuse")) for job in (1, 2, 3)] == [False, True, False]
    assert [bool(plan.at(job, "lose-end")) for job in (1, 2, 3)] == [True, True, True]
    assert plan.at(1, "busy") is None


def test_a_changed_plan_replaces_the_old_one_and_a_wrong_one_does_not():
    plan = FaultPlan("refuse")
    with pytest.raises(FieldUnreadable):
        plan.change("nonsense")
    assert plan.at(1, "refuse")
    plan.change("")
    assert not any(plan.at(1, kind) for kind in KINDS)
