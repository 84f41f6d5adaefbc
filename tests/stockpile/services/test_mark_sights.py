"""What was seen on the metal: four verdicts, settled doubts, voided marks, and whose mark it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.errors import (
    AlreadyMarked,
    FieldMissing,
    JobNotOpen,
    MarkingStillOpen,
    NotTheMark,
    OfficerNotAuthorised,
    ReadsOtherwise,
    SameSpot,
    SecondOfficerMissing,
    SightMissing,
)
from stockpile.domain.facts import InvestigationOpened, MachineSet, MarkVoided
from stockpile.domain.marking import ReadBack, Verdict
from stockpile.services.ports import EndResult
from tests.helpers.house import build_house
from tests.helpers.scripted_machines import SILENT, TELLS, a_bench

EQUAL, DIFFERENT = ReadBack(Verdict.EQUAL), ReadBack(Verdict.DIFFERENT)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    built = build_house(tmp_path_factory.mktemp("sights") / "home")
    people = built.stockpile.people
    people.appoint("S. Ochieng", ("commander",), "1357", by=built.officer)
    people.appoint("P. Ilunga", ("clerk",), "1357", by=built.officer)
    yield built
    built.stockpile.close()


@pytest.fixture
def bench(shared):
    return a_bench(shared)


@pytest.fixture(scope="module")
def witness(shared):
    return shared.stockpile.people.sign_in("S. Ochieng", "1357")


def verify(bench, job, read, how="scan", **said):
    return bench.marking.verify(job, read, how, by=bench.by, **said)[1]


def doubtful(bench):
    bench.machine.end_says = EndResult.SILENT
    return bench.mark()


def test_a_scan_is_compared_to_the_letter_and_a_reader_is_forgiven_what_eyes_cannot_tell(bench):
    scanned, typed, photographed = bench.mark(), bench.mark(), bench.mark()
    assert verify(bench, scanned.job, f"{scanned.text}\r\n") == EQUAL
    assert verify(bench, typed.job, typed.text.replace("0", "O").lower(), "typed") == EQUAL
    assert verify(bench, photographed.job, photographed.text.lower(), "photo") == DIFFERENT
    assert bench.state(scanned.job) == ("verified", "verified")
    assert bench.state(photographed.job) == ("unknown", "unknown")


def test_another_weapons_mark_raises_the_alarm_on_both_records(bench):
    first, weapon = bench.weapon(), bench.weapon()
    standing = bench.mark(first)
    outcome = bench.mark(weapon)
    recorded, found = bench.marking.verify(outcome.job, standing.text, "scan", by=bench.by)
    assert found == ReadBack(Verdict.ANOTHERS, first)
    opened = [one.body for one in recorded.facts if isinstance(one.body, InvestigationOpened)]
    assert {(one.kind, one.weapon, one.said) for one in opened} == {
        ("mark", first, standing.text), ("mark", weapon, standing.text),
    }  # fmt: skip
    assert bench.state(outcome.job) == ("unknown", "unknown")
    for one in (first, weapon):
        (inquiry,) = bench.house.stockpile.investigations.open_ones(one)
        assert inquiry.investigation.opened.kind == "mark"
    with pytest.raises(MarkingStillOpen):
        bench.mark()


def test_a_label_is_not_taken_for_the_mark(bench):
    outcome = bench.mark()
    (row,) = bench.house.stockpile.register.rows([bench.weapon()])
    with pytest.raises(NotTheMark):
        verify(bench, outcome.job, row.number)
    with pytest.raises(FieldMissing):
        verify(bench, outcome.job, "  ")
    assert bench.state(outcome.job) == ("done_reported", "marked")


def test_what_cannot_be_read_is_lit_otherwise_and_then_read_by_eye(bench):
    outcome = bench.mark()
    once = bench.marking.unreadable(outcome.job, by=bench.by)
    twice = bench.marking.unreadable(outcome.job, by=bench.by)
    assert (once.verdict, once.tries, once.needs_eyes) == (Verdict.UNREADABLE, 1, False)
    assert (twice.tries, twice.needs_eyes) == (2, True)
    assert bench.state(outcome.job) == ("done_reported", "marked")
    assert verify(bench, outcome.job, outcome.text, "typed") == EQUAL
    with pytest.raises(JobNotOpen):
        bench.marking.unreadable(outcome.job, by=bench.by)


def test_a_machine_that_tells_no_end_is_believed_by_its_read_back_alone(bench):
    bench.machine.capable, bench.machine.end_says = SILENT, EndResult.UNTOLD
    outcome = bench.mark()
    assert bench.state(outcome.job) == ("started", "begun")
    assert bench.marking.needs_read_back(outcome.job)
    with pytest.raises(MarkingStillOpen):
        bench.mark()
    assert verify(bench, outcome.job, outcome.text) == EQUAL
    assert bench.state(outcome.job) == ("verified", "verified")
    assert bench.marking.blanking(bench.name).perform()[1]
    assert bench.machine.blanked == 2
    otherwise = bench.mark()
    assert verify(bench, otherwise.job, "UG 99 999999") == DIFFERENT
    assert bench.state(otherwise.job) == ("unknown", "unknown")


def test_a_run_under_way_cannot_be_read_back(bench):
    seen = []

    def at(moment):
        if moment == "watch":
            (job,) = (
                one for one in bench.marking.jobs(unsettled=True) if one.machine == bench.name
            )
            with pytest.raises(JobNotOpen) as way:
                bench.marking.verify(job.job, job.text, "scan", by=bench.by)
            seen.append(way.value.state)

    bench.machine.at = at
    bench.mark()
    assert seen == ["started"]


@pytest.mark.parametrize(
    ("outcome", "journal", "ledger"),
    [
        ("marked", "resolved_marked", "marked"),
        ("partial", "resolved_partial", "voided"),
        ("unmarked", "resolved_not_marked", "not_started"),
    ],
)
def test_a_doubt_is_settled_by_a_photo(bench, outcome, journal, ledger):
    job = doubtful(bench).job
    bench.marking.resolve(job, outcome, "looked at it", "", "d" * 64, by=bench.by)
    assert bench.state(job) == (journal, ledger)
    weapon = bench.marking.journal.job(job).weapon
    history = bench.house.stockpile.books.history(weapon)
    assert any("d" * 64 in one.attachments for one in history)
    burnt = [one.body for one in history if isinstance(one.body, MarkVoided)]
    assert [one.reason for one in burnt] == (["looked at it"] if outcome == "partial" else [])


def test_words_settle_nothing_nor_does_one_pair_of_eyes(bench, witness, shared):
    outcome = doubtful(bench)
    settle = bench.marking.resolve
    with pytest.raises(SightMissing):
        settle(outcome.job, "unmarked", "I looked", by=bench.by)
    for second in (None, bench.by):
        with pytest.raises(SecondOfficerMissing):
            settle(
                outcome.job, "marked", "read", outcome.text, by=bench.by, how="typed",
                witness=second,
            )  # fmt: skip
    with pytest.raises(ReadsOtherwise):
        settle(outcome.job, "marked", "scanned", "UG 99 999999", by=bench.by)
    clerk = shared.stockpile.people.sign_in("P. Ilunga", "1357")
    with pytest.raises(OfficerNotAuthorised):
        settle(outcome.job, "marked", "scanned", outcome.text, by=clerk)
    assert bench.state(outcome.job) == ("unknown", "unknown")
    settle(outcome.job, "marked", "read", outcome.text, by=bench.by, how="typed", witness=witness)
    assert bench.state(outcome.job) == ("resolved_marked", "verified")


def test_a_doubt_blocks_its_weapon_and_its_machine_and_no_other(bench, shared):
    doubtful(bench)
    with pytest.raises(MarkingStillOpen):
        bench.mark()
    assert a_bench(shared).mark().state == "marked"


def test_a_voided_mark_frees_the_weapon_at_another_spot_with_another_number(bench, witness):
    weapon = bench.weapon()
    first = bench.mark(weapon)
    verify(bench, first.job, first.text)
    for second in (None, bench.by):
        with pytest.raises(SecondOfficerMissing):
            bench.marking.void(first.job, "filed off", by=bench.by, witness=second)
    bench.marking.void(first.job, "filed off", by=bench.by, witness=witness)
    assert bench.state(first.job) == ("voided", "voided")
    with pytest.raises(SameSpot):
        bench.mark(weapon)
    second = bench.mark(weapon, position="left side", reason="replacement")
    assert (second.state, second.text != first.text) == ("marked", True)
    with pytest.raises(AlreadyMarked):
        bench.mark(weapon, position="right side")
    with pytest.raises(JobNotOpen):
        bench.marking.void(first.job, "again", by=bench.by, witness=witness)


def test_a_spoiled_mark_is_never_marked_over(bench):
    weapon = bench.weapon()
    bench.machine.end_says = EndResult.STOPPED
    spoiled = bench.mark(weapon)
    bench.marking.resolve(spoiled.job, "partial", "half", "UG 2", by=bench.by)
    bench.machine.end_says = EndResult.DONE
    with pytest.raises(SameSpot):
        bench.mark(weapon)
    assert bench.mark(weapon, component="receiver", position="front").state == "marked"


def test_the_first_mark_and_every_so_manieth_is_read_back(bench):
    machine = bench.marking.machine(bench.name)
    bench.marking.set_machine(replace(machine, read_back_every=3), by=bench.by)
    needed = []
    for _ in range(7):
        outcome = bench.mark()
        needed.append(bench.marking.needs_read_back(outcome.job))
        if needed[-1]:
            verify(bench, outcome.job, outcome.text)
        assert not (needed[-1] and bench.marking.needs_read_back(outcome.job))
    assert needed == [True, False, False, True, False, False, True]


def test_a_machine_that_proves_too_little_is_always_read_back(bench):
    machine = bench.marking.machine(bench.name)
    bench.marking.set_machine(replace(machine, read_back_every=100), by=bench.by)
    verify(bench, (first := bench.mark()).job, first.text)
    assert not bench.marking.needs_read_back(bench.mark().job)
    for capable in (replace(TELLS, evidence=1), replace(TELLS, beta=True)):
        bench.machine.capable = capable
        assert bench.marking.needs_read_back(bench.mark().job)
    bench.machine.end_says = EndResult.SILENT
    assert bench.marking.needs_read_back(bench.mark().job)


def test_a_mark_of_a_machine_that_is_no_more_is_read_back(bench):
    outcome = bench.mark()
    bench.marking.set_machine(MachineSet(bench.name, "tl07", "x"), by=bench.by)

    class NoDrivers:
        def capabilities(self, machine):
            from stockpile.domain.errors import MachineUnknown  # noqa: PLC0415

            raise MachineUnknown(machine.driver)

    assert bench.other(markers=NoDrivers()).marking.needs_read_back(outcome.job)
