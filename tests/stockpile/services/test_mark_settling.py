"""The program dies at every moment there is; the next opening knows what can be known."""

from __future__ import annotations

from contextlib import suppress

import pytest

from stockpile.domain.marking import Verdict
from stockpile.services.ports import EndResult
from tests.helpers.house import build_house
from tests.helpers.scripted_machines import SILENT, Died, a_bench, dies


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    built = build_house(tmp_path_factory.mktemp("settling") / "home")
    built.stockpile.people.appoint("S. Ochieng", ("commander",), "1357", by=built.officer)
    yield built
    built.stockpile.close()


@pytest.fixture
def bench(shared):
    return a_bench(shared)


@pytest.mark.parametrize(
    ("moment", "state", "starts"),
    [
        ("open", "not_started", 0),
        ("prepare", "not_started", 0),
        ("start", "unknown", 0),
        ("started", "unknown", 1),
        ("watch", "unknown", 1),
    ],
)
def test_a_death_during_the_run_is_settled_at_the_next_opening(bench, moment, state, starts):
    bench.machine.at = dies(moment)
    deed = bench.deed()
    _, intent = deed.begin()
    with pytest.raises(Died):
        deed.act(intent)
    bench.marking.settle_after_restart()
    assert bench.state(intent.job.job) == (state, state)
    assert len(bench.machine.starts) == starts
    assert bench.marking.settle_after_restart().facts == ()


@pytest.mark.parametrize(
    ("end", "journal", "ledger"),
    [
        (EndResult.DONE, "done_reported", "marked"),
        (EndResult.SILENT, "unknown", "unknown"),
    ],
)
def test_a_death_before_the_outcome_is_recorded_loses_no_outcome(bench, end, journal, ledger):
    bench.machine.end_says = end
    deed = bench.deed()
    _, intent = deed.begin()
    deed.act(intent)
    bench.marking.settle_after_restart()
    assert bench.state(intent.job.job) == (journal, ledger)


def test_a_death_between_journal_and_ledger_of_an_intent_leaves_no_job_open(bench):
    class Dying:
        def __getattr__(self, name):
            return getattr(bench.house.stockpile.books, name)

        def record(self, *_said, **_named):
            raise Died

    with pytest.raises(Died):
        bench.other(books=Dying()).deed().begin()
    bench.marking.settle_after_restart()
    (job,) = (one for one in bench.marking.jobs() if one.machine == bench.name)
    assert bench.state(job.job) == ("not_started", "")
    assert bench.marking.wire(job.job) == ()


class DyingJournal:
    """A journal that dies before it takes a state: the ledger has it already."""

    def __init__(self, journal, *states):
        self._journal = journal
        self._states = states

    def __getattr__(self, name):
        return getattr(self._journal, name)

    def note(self, job, state, *said, **named):
        if state in self._states:
            raise Died(state)
        self._journal.note(job, state, *said, **named)


def settled(bench, job):
    bench.marking.settle_after_restart()
    first = bench.state(job)
    bench.marking.settle_after_restart()
    assert bench.state(job) == first
    return first


@pytest.mark.parametrize(
    ("read", "after"), [("", ("verified", "verified")), ("UG 99 9", ("unknown", "unknown"))]
)
@pytest.mark.parametrize("untold", [False, True])
def test_a_read_back_on_record_is_not_lost(bench, read, after, untold):
    if untold:
        bench.machine.capable, bench.machine.end_says = SILENT, EndResult.UNTOLD
    outcome = bench.mark()
    dying = bench.other(journal=DyingJournal(
        bench.marking.journal, "done_reported", "verified", "unknown"))  # fmt: skip
    with pytest.raises(Died):
        dying.marking.verify(outcome.job, read or outcome.text, "scan", by=bench.by)
    assert settled(bench, outcome.job) == after


@pytest.mark.parametrize(
    ("outcome", "after"),
    [
        ("marked", ("resolved_marked", "marked")),
        ("partial", ("resolved_partial", "voided")),
        ("unmarked", ("resolved_not_marked", "not_started")),
    ],
)
def test_a_settled_doubt_on_record_is_not_lost(bench, outcome, after):
    bench.machine.end_says = EndResult.SILENT
    job = bench.mark().job
    dying = bench.other(journal=DyingJournal(bench.marking.journal, after[0]))
    with pytest.raises(Died):
        dying.marking.resolve(job, outcome, "looked", photo="d" * 64, by=bench.by)
    assert settled(bench, job) == after


def test_a_voided_mark_on_record_is_voided_in_the_journal_too(bench):
    outcome = bench.mark()
    assert bench.marking.verify(outcome.job, outcome.text, "scan", by=bench.by)[1].verdict is (
        Verdict.EQUAL
    )
    witness = bench.house.stockpile.people.sign_in("S. Ochieng", "1357")
    dying = bench.other(journal=DyingJournal(bench.marking.journal, "voided"))
    with suppress(Died):
        dying.marking.void(outcome.job, "ground off", by=bench.by, witness=witness)
    assert settled(bench, outcome.job) == ("voided", "voided")
