"""Runs of a machine: the permit, the order of things on disk, and every way in which it may end."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from stockpile.domain.errors import (
    DiskFull,
    MachineUnknown,
    MarkingStillOpen,
    MarkNotPossible,
    PermitExpired,
    SchemeRetired,
)
from stockpile.domain.facts import MachineSet, MarkingBegun, MarkLayoutSet, SchemeSet
from stockpile.domain.values import SchemeId
from stockpile.services.ports import EndResult, StartResult
from tests.helpers.house import build_house
from tests.helpers.scripted_machines import SILENT, TELLS, a_bench


class SetClock:
    """A clock that is wrong when the test says so."""

    def __init__(self, real):
        self.real = real
        self.off = 0

    def now(self):
        return self.real.now() + self.off

    def zone(self):
        return self.real.zone()


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    built = build_house(tmp_path_factory.mktemp("marking") / "home")
    yield built
    built.stockpile.close()


@pytest.fixture
def bench(shared):
    return a_bench(shared)


def steps_of(bench, job):
    rows = bench.marking.journal._store.connection.execute(
        "SELECT state, driver, identity FROM step WHERE job = ? ORDER BY id", (job,)
    ).fetchall()
    return [tuple(row) for row in rows]


def test_each_step_names_the_machine_and_the_wire_is_kept(bench):
    outcome = bench.mark()
    assert steps_of(bench, outcome.job) == [
        ("intent", "tl07", ""), ("prepared", "tl07", "S/N 1"), ("armed", "tl07", "S/N 1"),
        ("started", "tl07", "S/N 1"), ("done_reported", "tl07", "S/N 1"),
    ]  # fmt: skip
    frames = bench.marking.wire(outcome.job)
    assert [(one.direction, one.content) for one in frames] == [
        ("out", b"TEXT " + outcome.text.encode()), ("out", b"GO\r"), ("in", b"DONE"),
    ]  # fmt: skip
    job = bench.marking.journal.job(outcome.job)
    assert (job.identity, job.component) == ("S/N 1", "receiver")


def test_what_went_out_before_the_start_is_on_disk_when_it_starts(bench):
    seen = []

    def at(moment):
        if moment == "start":
            (job,) = bench.marking.jobs(unsettled=True)
            seen.append((job.state, [one.content[:4] for one in bench.marking.wire(job.job)]))

    bench.machine.at = at
    bench.mark()
    assert seen == [("armed", [b"TEXT"])]


def test_a_permit_is_good_for_one_start_whoever_asks(bench):
    deed = bench.deed()
    _, intent = deed.begin()
    outcomes, refusals = [], []

    def act():
        try:
            outcomes.append(deed.act(intent))
        except PermitExpired as error:
            refusals.append(error)

    hands = [threading.Thread(target=act) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    ((outcome,), starts) = outcomes, bench.machine.starts
    assert (outcome.state, len(refusals), len(starts)) == ("marked", 3, 1)
    deed.finish(intent, outcome)


@pytest.mark.parametrize("off", [61_000, -5_000, -86_400_000])
def test_a_permit_of_another_minute_starts_nothing(bench, off):
    clock = SetClock(bench.marking.clock)
    deed = bench.other(clock=clock).deed()
    _, intent = deed.begin()
    clock.off = off
    outcome = deed.act(intent)
    assert (outcome.state, outcome.evidence) == ("not_started", "PermitExpired")
    assert bench.machine.starts == []
    deed.finish(intent, outcome)


def test_a_deed_that_nobody_went_on_with_is_in_nobodys_way_once_its_permit_ran_out(bench):
    clock = SetClock(bench.marking.clock)
    timed = bench.other(clock=clock)
    weapon, other = bench.weapon(), bench.weapon()
    deed = timed.deed(weapon)
    _, intent = deed.begin()
    for blocked in (weapon, other):
        with pytest.raises(MarkingStillOpen):
            timed.mark(blocked)
    clock.off = 61_000
    for free in (weapon, other):
        assert timed.mark(free).state == "marked"
    late = deed.act(intent)
    assert late.state == "not_started"
    assert deed.finish(intent, late).facts == ()


class FullDisk:
    """A journal whose disk is full from a state on."""

    def __init__(self, journal, state):
        self._journal = journal
        self._state = state
        self.is_full = False

    def __getattr__(self, name):
        return getattr(self._journal, name)

    def note(self, job, state, *said, **named):
        self.is_full |= state == self._state
        if self.is_full:
            raise DiskFull("journal.db")
        self._journal.note(job, state, *said, **named)

    def overhear(self, job, wire):
        raise DiskFull("journal.db")


@pytest.mark.logs_warnings
@pytest.mark.parametrize(
    ("full_from", "outcome", "starts", "after"),
    [
        ("prepared", "not_started", 0, "not_started"),
        ("armed", "not_started", 0, "not_started"),
        ("started", "unknown", 1, "unknown"),
        ("done_reported", "unknown", 1, "unknown"),
    ],
)
def test_a_full_disk_sends_nothing_or_says_that_it_does_not_know(
    bench, full_from, outcome, starts, after
):
    came = bench.other(journal=FullDisk(bench.marking.journal, full_from)).mark()
    assert (came.state, len(bench.machine.starts)) == (outcome, starts)
    bench.marking.settle_after_restart()
    assert bench.state(came.job) == (after, after)


def test_a_machine_that_was_swapped_or_set_otherwise_starts_nothing(bench):
    bench.marking.bind(bench.name, by=bench.by)
    assert bench.mark().state == "marked"
    other = bench.weapon()
    bench.machine.who = "S/N 2"
    assert bench.mark(other).evidence == "MachineStranger"
    bench.machine.who, bench.machine.layout_digest = "S/N 1", "0" * 64
    changed = bench.mark(other)
    assert (changed.state, changed.evidence) == ("not_started", "MachineLayoutChanged")
    assert len(bench.machine.starts) == 1
    bench.marking.bind(bench.name, by=bench.by)
    assert bench.mark(other).state == "marked"


@pytest.mark.parametrize(
    ("start", "end", "state", "journal"),
    [
        (StartResult.ACCEPTED, EndResult.UNTOLD, "started", "started"),
        (StartResult.UNCERTAIN, EndResult.UNTOLD, "unknown", "unknown"),
        (StartResult.UNCERTAIN, EndResult.DONE, "marked", "done_reported"),
        (StartResult.REFUSED, EndResult.SILENT, "not_started", "not_started"),
        (StartResult.ACCEPTED, EndResult.RESTARTED, "unknown", "unknown"),
    ],
)
def test_each_end_is_what_it_is(bench, start, end, state, journal):
    bench.machine.start_says, bench.machine.end_says = start, end
    outcome = bench.mark()
    assert (outcome.state, bench.state(outcome.job)[0]) == (state, journal)
    assert bench.machine.blanked == 1


def test_a_text_that_the_machine_cannot_be_sent_draws_no_number(bench):
    number = bench.marking.next_text()
    for less in ({"longest_text": 5}, {"alphabet": frozenset("UG")}):
        bench.machine.capable = replace(TELLS, **less)
        with pytest.raises(MarkNotPossible):
            bench.mark()
    bench.machine.capable = TELLS
    assert bench.mark().text == number


def test_a_machine_that_is_told_every_dot_gets_the_drawing_of_its_layout(bench):
    bench.machine.capable = replace(TELLS, draws=True, alphabet=frozenset())
    deed = bench.deed()
    _, intent = deed.begin()
    assert intent.work.drawing.dots
    history = bench.house.stockpile.books.history(intent.job.weapon)
    (begun,) = (one.body for one in history if isinstance(one.body, MarkingBegun))
    assert (begun.layout, begun.component) == (intent.job.layout, "receiver")
    assert begun.layout
    deed.finish(intent, deed.act(intent))


def test_a_text_too_long_for_the_zone_is_refused_in_words(bench):
    small = MarkLayoutSet("small", 9_000, 4_000)
    bench.house.stockpile.mark_layouts.set(small, by=bench.by)
    bench.marking.set_machine(MachineSet(bench.name, "grbl", "x", drawing="small"), by=bench.by)
    bench.machine.capable = replace(TELLS, draws=True)
    with pytest.raises(MarkNotPossible) as refused:
        bench.mark()
    assert refused.value.why


def test_whoever_sets_a_machine_by_hand_is_told_what_to_set(bench):
    bench.machine.capable = replace(SILENT, by_hand=True)
    deed = bench.deed(position="left side")
    _, intent = deed.begin()
    order = intent.work_order
    assert (order.text, order.component, order.position) == (
        intent.job.text, "receiver", "left side",
    )  # fmt: skip
    deed.finish(intent, deed.act(intent))


def test_a_run_is_waited_for_twice_as_long_as_the_longest_one_measured(bench):
    clock = bench.marking.clock
    slow = SetClock(clock)

    def at(moment):
        slow.off += 50_000 if moment == "watch" else 0

    bench.machine.at = at
    bench.marking.journal._clock = slow
    timed = bench.other(clock=slow)
    for _ in range(2):
        timed.mark()
    bench.marking.journal._clock = clock
    assert bench.machine.waited[0] == 40.0
    assert bench.machine.waited[1] >= 110.0


def test_by_a_retired_scheme_nothing_is_marked(bench):
    schemes = bench.house.stockpile.schemes
    schemes.set(SchemeId("OLD"), SchemeSet("Old", "{iso2} {serial}"), by=bench.by)
    assert bench.mark(scheme=SchemeId("OLD")).state == "marked"
    schemes.retire(SchemeId("OLD"), by=bench.by)
    with pytest.raises(SchemeRetired):
        bench.mark(scheme=SchemeId("OLD"))


def test_an_intent_that_could_not_be_recorded_blocks_nothing(bench):
    class FullBooks:
        def __getattr__(self, name):
            return getattr(bench.house.stockpile.books, name)

        def record(self, *_said, **_named):
            raise DiskFull("books.db")

    weapon = bench.weapon()
    with pytest.raises(DiskFull):
        bench.other(books=FullBooks()).mark(weapon)
    (job,) = (one for one in bench.marking.jobs() if one.machine == bench.name)
    assert job.state == "not_started"
    assert bench.mark(weapon).state == "marked"


def test_two_benches_over_one_journal_never_begin_the_same_twice(bench, shared):
    weapon, second = bench.weapon(), a_bench(shared)
    deed = bench.deed(weapon)
    _, intent = deed.begin()
    with pytest.raises(MarkingStillOpen):
        second.mark(weapon)
    assert second.mark().state == "marked"
    deed.finish(intent, deed.act(intent))


def test_a_machine_without_a_driver_is_said(shared):
    with pytest.raises(MachineUnknown):
        shared.stockpile.marking.capabilities(MachineSet("x", "magic", ""))
