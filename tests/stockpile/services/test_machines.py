"""The marking machines: bound to who they are, commissioned by a list, and measured at work."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import MachineUnknown, OfficerNotAuthorised, PortMissing
from stockpile.domain.facts import CommissionCheck, Commissioning
from tests.helpers.house import build_house
from tests.helpers.scripted_machines import SILENT, TELLS, a_bench


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    built = build_house(tmp_path_factory.mktemp("machines") / "home")
    built.stockpile.people.appoint("P. Ilunga", ("clerk",), "1357", by=built.officer)
    yield built
    built.stockpile.close()


@pytest.fixture
def bench(shared):
    return a_bench(shared)


def test_binding_approves_who_answers_and_the_layout_there(bench):
    recorded, found = bench.marking.bind(bench.name, by=bench.by)
    machine = bench.marking.machine(bench.name)
    assert (machine.identity, machine.fingerprint) == (found.identity, found.fingerprint)
    assert (found.identity, len(recorded.facts)) == ("S/N 1", 1)
    assert bench.marking.bind(bench.name, by=bench.by)[0].facts == ()


def test_nobody_home_binds_nothing(bench):
    bench.machine.is_there = False
    with pytest.raises(PortMissing):
        bench.marking.bind(bench.name, by=bench.by)
    assert bench.marking.machine(bench.name).identity == ""
    assert bench.marking.blanking(bench.name).perform()[1] is False


def test_a_clerk_binds_no_machine(bench, shared):
    clerk = shared.stockpile.people.sign_in("P. Ilunga", "1357")
    with pytest.raises(OfficerNotAuthorised):
        bench.marking.bind(bench.name, by=clerk)


@pytest.mark.parametrize(
    ("result", "proven"), [("passed", True), ("failed", False), ("not_done", False)]
)
def test_only_a_restart_that_was_seen_to_clear_the_text_makes_a_witness(bench, result, proven):
    said = Commissioning("2026-11-28", checks=(CommissionCheck(2, result),))
    bench.marking.commission(bench.name, said, by=bench.by)
    machine = bench.marking.machine(bench.name)
    assert (machine.witness_proven, machine.commissioning) == (proven, said)


def test_what_a_driver_promises_is_known_without_a_port(bench):
    bench.machine.is_there = False
    assert bench.marking.capabilities(bench.marking.machine(bench.name)) == TELLS
    bench.machine.capable = SILENT
    assert bench.marking.capabilities(bench.marking.machine(bench.name)).scan_always


def test_the_pace_is_that_of_the_journal(bench):
    for _ in range(3):
        outcome = bench.mark()
        bench.marking.verify(outcome.job, outcome.text, "scan", by=bench.by)
    bench.machine.is_there = False
    bench.mark()
    (pace,) = bench.marking.pace(bench.name)
    assert (pace.machine, pace.marked, pace.failed, pace.jobs) == (bench.name, 3, 1, 4)
    assert [(one.marked, one.failed) for one in pace.days] == [(3, 1)]
    assert bench.name in {one.machine for one in bench.marking.pace()}
    with pytest.raises(MachineUnknown):
        bench.marking.pace("nobody")
