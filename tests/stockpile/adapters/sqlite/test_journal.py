"""The marking journal: append only, and a database that forbids what must not be."""

from __future__ import annotations

import threading

import pytest
import sqlcipher3.dbapi2 as driver

from stockpile.adapters.sqlite.journal import MIGRATIONS, SqliteMarkJournal
from stockpile.adapters.sqlite.store import Store
from stockpile.domain.errors import (
    AlreadyMarked,
    BooksDamaged,
    JobNotOpen,
    JobUnknown,
    MarkingStillOpen,
)
from stockpile.domain.journal import FINISHED, NEXT, UNSETTLED
from stockpile.services.ports import Job
from tests.helpers.books import StillClock

KEY = b"k" * 32


@pytest.fixture
def file(tmp_path):
    return tmp_path / "journal.db"


@pytest.fixture
def journal(file):
    opened = SqliteMarkJournal(file, KEY, StillClock())
    yield opened
    opened.close()


@pytest.fixture
def raw(file, journal):
    """The database itself, for what the journal's code would never do."""
    store = Store(file, KEY)
    yield store.connection
    store.connection.close()


def a_job(job="j1", weapon="w1", scheme="s1", machine="m1", at=5):
    return Job(job, weapon, scheme, f"XX 26 {job}", machine, "intent", at)


def taken(journal, job, *states):
    for state in states:
        journal.note(job, state)


def test_a_job_is_kept_as_it_was_opened(journal):
    journal.open_job(a_job())
    assert journal.job("j1") == a_job()
    with pytest.raises(JobUnknown):
        journal.job("j2")


def test_a_job_goes_through_its_states(journal):
    journal.open_job(a_job())
    taken(journal, "j1", "prepared", "armed", "started", "done_reported")
    journal.note("j1", "verified", "scanned")
    assert (journal.job("j1").state, journal.job("j1").detail) == ("verified", "scanned")
    assert journal.verify() == 6


def test_a_step_against_the_rules_is_refused_by_the_code(journal):
    journal.open_job(a_job())
    with pytest.raises(JobNotOpen):
        journal.note("j1", "started")
    with pytest.raises(JobUnknown):
        journal.note("j9", "prepared")
    assert journal.verify() == 1


def test_newest_jobs_come_first_and_settled_ones_are_left_out_when_asked(journal):
    journal.open_job(a_job("j1", at=5))
    taken(journal, "j1", "not_started")
    journal.open_job(a_job("j2", at=6))
    assert [job.job for job in journal.jobs()] == ["j2", "j1"]
    assert [job.job for job in journal.jobs(unsettled=True)] == ["j2"]


def test_an_open_or_unknown_job_blocks_weapon_and_machine(journal):
    journal.open_job(a_job())
    for _ in range(2):
        with pytest.raises(MarkingStillOpen) as way:
            journal.open_job(a_job("j2", machine="m2"))
        assert way.value.job == "j1"
        with pytest.raises(MarkingStillOpen):
            journal.open_job(a_job("j2", weapon="w2"))
        taken(journal, "j1", *({"intent": ("prepared", "armed", "unknown")}.get(
            journal.job("j1").state, ())))  # fmt: skip
    journal.open_job(a_job("j3", weapon="w2", machine="m2"))


def test_a_finished_job_frees_the_machine_but_not_the_weapon(journal):
    journal.open_job(a_job())
    taken(journal, "j1", "prepared", "armed", "started", "done_reported")
    journal.open_job(a_job("j2", weapon="w2"))
    taken(journal, "j2", "not_started")
    with pytest.raises(AlreadyMarked):
        journal.open_job(a_job("j3"))
    journal.open_job(a_job("j3", scheme="s2"))


def test_a_job_that_never_started_frees_both(journal):
    journal.open_job(a_job())
    taken(journal, "j1", "not_started")
    journal.open_job(a_job("j2"))


def test_a_job_id_is_used_once(journal):
    journal.open_job(a_job())
    taken(journal, "j1", "not_started")
    with pytest.raises(JobNotOpen):
        journal.open_job(a_job("j1", weapon="w2", machine="m2"))


def test_a_refused_job_leaves_no_step(journal):
    journal.open_job(a_job())
    with pytest.raises(MarkingStillOpen):
        journal.open_job(a_job("j2"))
    assert journal.verify() == 1


def test_of_the_start_bytes_only_their_digest_is_kept(journal, raw):
    journal.open_job(a_job())
    journal.note("j1", "prepared")
    journal.note("j1", "armed", sent=b"\x02START\x03")
    kept = raw.execute("SELECT sent FROM step ORDER BY id").fetchall()
    assert [None if one is None else len(one) for (one,) in kept] == [None, None, 32]


def test_the_databases_rules_are_the_domains(raw):
    pairs = set(raw.execute("SELECT before, after FROM next_state").fetchall())
    assert pairs == {(before, after) for before, then in NEXT.items() for after in then}
    indexes = dict(
        raw.execute("SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE UNIQUE%'")
    )
    for name, states in (
        ("one_job_of_a_weapon_and_scheme", UNSETTLED | FINISHED),
        ("one_unsettled_job_of_a_machine", UNSETTLED),
    ):
        assert {state for state in NEXT if f"'{state}'" in indexes[name]} == states


_INSERT = (
    "INSERT INTO job (job, weapon, scheme, text, machine, state, detail, opened_at) "
    "VALUES (?, ?, ?, 't', ?, ?, '', 1)"
)


def test_the_database_itself_forbids_a_second_job(journal, raw):
    journal.open_job(a_job())
    for values in (("j2", "w1", "s1", "m2", "intent"), ("j2", "w2", "s1", "m1", "intent")):
        with pytest.raises(driver.IntegrityError, match="UNIQUE"):
            raw.execute(_INSERT, values)
    taken(journal, "j1", "prepared", "armed", "started", "done_reported", "verified")
    with pytest.raises(driver.IntegrityError, match="UNIQUE"):
        raw.execute(_INSERT, ("j2", "w1", "s1", "m2", "intent"))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE job SET state = 'verified'",
        "UPDATE job SET weapon = 'w2'",
        "UPDATE job SET text = 'other'",
        "DELETE FROM job",
        "UPDATE step SET state = 'armed'",
        "DELETE FROM step",
        (
            "INSERT INTO step (job, state, detail, at, monotonic, boot, previous, hash) "
            "VALUES ('j1', 'verified', '', 1, 1, '', x'00', x'00')"
        ),
        (
            "INSERT INTO step (job, state, detail, at, monotonic, boot, previous, hash) "
            "VALUES ('j9', 'armed', '', 1, 1, '', x'00', x'00')"
        ),
        (
            "INSERT INTO job (job, weapon, scheme, text, machine, state, detail, opened_at) "
            "VALUES ('j2', 'w2', 's1', 't', 'm2', 'verified', '', 1)"
        ),
    ],
)
def test_the_database_itself_forbids_edits_and_leaps(journal, raw, sql):
    journal.open_job(a_job())
    with pytest.raises(driver.IntegrityError):
        raw.execute(sql)
    assert journal.job("j1").state == "intent"


def test_a_changed_step_is_found_at_the_next_opening(file, journal, raw):
    journal.open_job(a_job())
    journal.note("j1", "prepared")
    raw.execute("DROP TRIGGER step_is_never_edited")
    raw.execute("UPDATE step SET detail = 'nothing happened' WHERE id = 1")
    with pytest.raises(BooksDamaged):
        journal.verify()
    with pytest.raises(BooksDamaged):
        SqliteMarkJournal(file, KEY, StillClock())


def test_it_is_there_after_closing_and_needs_its_key(file):
    first = SqliteMarkJournal(file, KEY, StillClock())
    first.open_job(a_job())
    first.close()
    assert a_job().text.encode() not in file.read_bytes()
    second = SqliteMarkJournal(file, KEY, StillClock())
    assert second.job("j1") == a_job()
    second.close()
    with pytest.raises(BooksDamaged):
        SqliteMarkJournal(file, b"o" * 32, StillClock())


def test_any_one_thread_at_a_time_may_use_it(journal):
    journal.open_job(a_job())
    seen = []

    def work():
        journal.note("j1", "prepared")
        seen.append(journal.job("j1").state)

    machine = threading.Thread(target=work)
    machine.start()
    machine.join()
    assert seen == ["prepared"]
    assert journal.job("j1").state == "prepared"


def test_the_steps_of_its_shape_are_numbered():
    assert [step.name for step in sorted(MIGRATIONS.glob("*.sql"))] == [
        "0001_journal.sql", "0002_machines_and_wire.sql",
    ]  # fmt: skip
