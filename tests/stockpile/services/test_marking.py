"""The marking bench over a real port: the record tells the metal's truth, whatever happens.

Invariants, for every fault: never two starts; a wrong text never; "marked" means one complete mark;
"not started" means that no mark was begun; everything else is unknown, and blocks that weapon.
"""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from stockpile.app import Simulator
from stockpile.domain.errors import (
    AlreadyMarked,
    MachineUnknown,
    MarkingStillOpen,
    NumbersUsedUp,
    OfficerNotAuthorised,
)
from stockpile.domain.facts import MachineSet, MarkingBegun
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.services.marking import ReadBack, Verdict
from stockpile.services.people import Founding
from tests.helpers.builders import mark_text
from tests.helpers.house import PIN, build_house
from tests.helpers.wires import wire

FAULTS = {
    "": "marked",
    "refuse": "not_started",
    "busy": "not_started",
    "fault": "not_started",
    "damage-text": "not_started",
    "silent": "not_started",
    "pull-prepare": "not_started",
    "no-layout": "not_started",
    "simulation": "not_started",
    "lose-request": "unknown",
    "lose-answer": None,
    "lose-end": "marked",
    "estop-mid": "unknown",
    "pull-start": "unknown",
    "pull-mid:continue": "unknown",
    "pull-mid:stop": "unknown",
    "restart-mid": "unknown",
    "garbage": None,
}


@pytest.fixture
def bench(house, tmp_path):
    """A simulated machine that is told its faults, and a bench that is set up for it."""

    @contextmanager
    def setup(fault=""):
        place = wire(tmp_path / "bench")
        with Simulator("tl07", **place, fault=fault, speed=20) as machine:
            set_up = MachineSet("bench", "tl07", machine.url, "STOCKPILE.tml")
            house.stockpile.marking.set_machine(set_up, by=house.officer)
            yield machine

    return setup


def mark(house, weapon):
    return house.stockpile.marking.mark(weapon, "bench", by=house.officer).perform()[1]


def metal(machine, kind):
    return [one.text for one in machine.truth.all() if one.event == kind]


def state_of(house, weapon):
    (applied,) = house.stockpile.books.weapon(weapon).applied
    return applied.state


@pytest.mark.parametrize(("fault", "expected"), FAULTS.items(), ids=lambda one: str(one) or "none")
def test_the_record_tells_the_metals_truth(house, bench, fault, expected):
    weapon = house.register()
    with bench(fault) as machine:
        outcome = mark(house, weapon)
    starts, done = metal(machine, "start"), metal(machine, "done")
    assert len(starts) <= 1
    assert set(starts) <= {mark_text(1)}
    if outcome.state == "marked":
        assert len(done) == 1
    if outcome.state == "not_started":
        assert starts == []
    if expected is not None:
        assert outcome.state == expected
    assert state_of(house, weapon) == outcome.state
    job = house.stockpile.marking.journal.job(outcome.job)
    ends = {"marked": "done_reported", "not_started": "not_started", "unknown": "unknown"}
    assert job.state == ends[outcome.state]


def test_a_mark_is_verified_by_reading_it_back(house, bench):
    weapon = house.register()
    with bench():
        outcome = mark(house, weapon)
    _, found = house.stockpile.marking.verify(outcome.job, mark_text(1), "scan", by=house.officer)
    assert found == ReadBack(Verdict.EQUAL)
    assert state_of(house, weapon) == "verified"
    assert house.stockpile.tracing.named(mark_text(1)) == weapon


def test_a_mark_names_the_block_that_its_number_is_from(house, bench):
    with bench():
        weapon = house.register()
        mark(house, weapon)
    begun = [
        one.body
        for one in house.stockpile.books.history(weapon)
        if isinstance(one.body, MarkingBegun)
    ]
    block = house.stockpile.books.reference(begun[0].block).opened
    assert (block.node, block.scheme) == (house.stockpile.keys.node, MOSAIC_IMPORT)
    assert block.lo <= begun[0].number <= block.hi
    assert not house.stockpile.books.conflicts()


def test_a_mark_that_reads_otherwise_is_unknown_until_somebody_looks(house, bench):
    weapon = house.register()
    with bench():
        outcome = mark(house, weapon)
        marking = house.stockpile.marking
        _, found = marking.verify(outcome.job, mark_text(7), "scan", by=house.officer)
        assert found == ReadBack(Verdict.DIFFERENT)
        with pytest.raises(MarkingStillOpen):
            mark(house, weapon)
        read = mark_text(1)
        marking.resolve(outcome.job, "marked", "worn pin, but legible", read, by=house.officer)
        with pytest.raises(AlreadyMarked):
            mark(house, weapon)
    assert state_of(house, weapon) == "verified"


def test_a_second_press_is_refused_and_marks_nothing(house, bench):
    weapon = house.register()
    with bench() as machine:
        mark(house, weapon)
        with pytest.raises(AlreadyMarked):
            mark(house, weapon)
    assert len(metal(machine, "start")) == 1


def test_unknown_blocks_the_weapon_and_the_machine_until_settled(house, bench):
    doubtful, other = house.register("KB 1"), house.register("KB 2")
    with bench("lose-request@1"):
        outcome = mark(house, doubtful)
        for weapon in (doubtful, other):
            with pytest.raises(MarkingStillOpen):
                mark(house, weapon)
        house.stockpile.marking.resolve(
            outcome.job, "partial", "half of it is there", "UG 2", by=house.officer
        )
        assert mark(house, other).state == "marked"
    assert state_of(house, doubtful) == "voided"


def test_a_number_is_never_used_twice_whatever_became_of_it(house, bench):
    first, second = house.register("KB 1"), house.register("KB 2")
    with bench("refuse@1") as machine:
        assert mark(house, first).state == "not_started"
        assert mark(house, first).text == mark_text(2)
        assert mark(house, second).text == mark_text(3)
    assert metal(machine, "done") == [mark_text(2), mark_text(3)]


def test_numbers_end_and_that_is_said(tmp_path):
    told = Founding("UG", "KLA", "Kampala", "A. Mbuyi", PIN, 5, 5)
    house = build_house(tmp_path / "small", told)
    marking = house.stockpile.marking
    machine = MachineSet("bench", "tl07", str(tmp_path / "nobody"))
    marking.set_machine(machine, by=house.officer)
    assert (marking.numbers_left(), marking.next_text()) == (1, mark_text(5))
    assert mark(house, house.register("KB 1")).state == "not_started"
    with pytest.raises(NumbersUsedUp):
        mark(house, house.register("KB 2"))
    house.stockpile.close()


def test_a_missing_port_is_not_started_and_says_so(house, tmp_path):
    machine = MachineSet("bench", "tl07", str(tmp_path / "nobody"))
    house.stockpile.marking.set_machine(machine, by=house.officer)
    outcome = mark(house, house.register())
    assert (outcome.state, outcome.evidence) == ("not_started", "PortMissing")


def test_an_unknown_machine_is_refused(house):
    with pytest.raises(MachineUnknown):
        mark(house, house.register())


def test_a_clerk_does_not_mark(house, bench):
    people = house.stockpile.people
    people.appoint("P. Ilunga", ("clerk",), "1357", by=house.officer)
    clerk = people.sign_in("P. Ilunga", "1357")
    with bench() as machine, pytest.raises(OfficerNotAuthorised):
        house.stockpile.marking.mark(house.register(), "bench", by=clerk).perform()
    assert metal(machine, "start") == []


@pytest.mark.parametrize(
    ("journal_says", "ledger_then_says"),
    [("intent", "not_started"), ("prepared", "not_started"), ("armed", "unknown")],
)
def test_a_program_that_died_in_a_job_settles_it_when_it_comes_back(
    house, bench, journal_says, ledger_then_says
):
    weapon = house.register()
    marking = house.stockpile.marking
    with bench():
        _, intent = marking.mark(weapon, "bench", by=house.officer).begin()
    steps = ["prepared", "armed"]
    for step in steps[: steps.index(journal_says) + 1] if journal_says in steps else []:
        marking.journal.note(intent.job.job, step)
    marking.settle_after_restart()
    assert state_of(house, weapon) == ledger_then_says
    assert marking.settle_after_restart().facts == ()


def test_a_machine_set_up_twice_alike_is_one_fact(house, bench):
    with bench():
        pass
    (machine,) = house.stockpile.marking.machines()
    assert house.stockpile.marking.set_machine(machine, by=house.officer).facts == ()
    moved = MachineSet("Bench", "tl07", "/dev/ttyUSB1")
    house.stockpile.marking.set_machine(moved, by=house.officer)
    assert house.stockpile.marking.machines() == (moved,)


def test_a_probe_asks_and_moves_nothing(house, bench):
    with bench() as machine:
        identity, state = house.stockpile.marking.probe(house.stockpile.marking.machine("bench"))
    assert identity
    assert state == "ready"
    assert metal(machine, "start") == []


def test_the_scheme_ships_with_its_source(house):
    scheme = house.stockpile.marking.scheme(MOSAIC_IMPORT)
    assert "MOSAIC 05.30" in scheme.source
    assert (scheme.min_height_um, scheme.min_depth_nm) == (1600, 76200)
