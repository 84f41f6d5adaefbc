"""The marking journal: append only, and a database that forbids what must not be."""

from __future__ import annotations

import hashlib
import threading
from contextlib import suppress
from dataclasses import replace

import pytest
import sqlcipher3.dbapi2 as driver
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.adapters.sqlite.journal import MIGRATIONS, SqliteMarkJournal
from stockpile.adapters.sqlite.store import Store
from stockpile.domain import codec
from stockpile.domain.errors import (
    AlreadyMarked,
    BooksDamaged,
    DiskTrouble,
    JobNotOpen,
    JobUnknown,
    MarkingStillOpen,
)
from stockpile.domain.journal import FINISHED, IN_QUESTION, NEXT, UNSETTLED
from stockpile.services.ports import Frame, Job
from tests.helpers.books import StillClock
from tests.helpers.nightly import examples

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
    assert [job.job for job in journal.jobs(newest=1)] == ["j2"]
    assert [job.job for job in journal.jobs(unsettled=True, newest=5)] == ["j2"]


def test_what_somebody_has_to_look_at_is_told_oldest_first(journal):
    ran = ("prepared", "armed", "started")
    ways = {
        "j1": (*ran, "done_reported", "verified"), "j2": (*ran, "unknown"), "j3": ("not_started",),
        "j4": (*ran, "done_reported"), "j5": ran, "j6": ("prepared",),
    }  # fmt: skip
    for at, (job, steps) in enumerate(ways.items()):
        journal.open_job(a_job(job, weapon=f"w-{job}", machine=f"m-{job}", at=at))
        taken(journal, job, *steps)
    assert [job.job for job in journal.in_question()] == ["j2", "j4", "j5"]


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
        raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''")
    )
    for name, states in (
        ("one_job_of_a_weapon_and_scheme", UNSETTLED | FINISHED),
        ("one_unsettled_job_of_a_machine", UNSETTLED),
        ("job_in_question", IN_QUESTION),
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
        "UPDATE job SET position = 'left'",
        "UPDATE job SET driver = 'sic'",
        "UPDATE step SET state = 'armed'",
        "UPDATE step SET identity = 'other'",
        "UPDATE wire SET content = x'00'",
        "DELETE FROM wire",
        "UPDATE unread SET at = 9",
        "DELETE FROM unread",
        "INSERT INTO wire (job, monotonic, direction, content) VALUES ('j1', 1, 'up', x'00')",
        "INSERT INTO wire (job, monotonic, direction, content) VALUES ('j9', 1, 'in', x'00')",
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
    journal.overhear("j1", [Frame(1, "out", b"GO")])
    journal.unreadable("j1")
    with pytest.raises(driver.IntegrityError):
        raw.execute(sql)
    assert journal.job("j1").state == "intent"


def test_a_job_is_run_by_one_machine(journal, raw):
    journal.open_job(replace(a_job(), driver="tl07"))
    journal.note("j1", "prepared", identity="S/N 1")
    journal.note("j1", "armed")
    assert journal.job("j1").identity == "S/N 1"
    said = raw.execute("SELECT driver, identity FROM step ORDER BY id").fetchall()
    assert said == [("tl07", ""), ("tl07", "S/N 1"), ("tl07", "S/N 1")]
    with pytest.raises(driver.IntegrityError, match="one machine"):
        raw.execute("UPDATE job SET identity = 'S/N 2'")


def test_an_armed_job_stands_in_the_main_file_with_all_that_came_before(file, journal, tmp_path):
    journal.open_job(a_job())
    taken(journal, "j1", "prepared", "armed")
    alone = tmp_path / "alone.db"
    alone.write_bytes(file.read_bytes())  # without the log file beside it
    copy = SqliteMarkJournal(alone, KEY, StillClock())
    assert (copy.job("j1").state, copy.verify()) == ("armed", 3)
    copy.close()


def test_a_job_that_cannot_be_brought_into_the_main_file_is_refused_its_start(journal, raw):
    journal.open_job(a_job())
    journal.note("j1", "prepared")
    raw.execute("BEGIN")
    raw.execute("SELECT count(*) FROM job").fetchone()
    journal._store.connection.execute("PRAGMA busy_timeout=1")
    with pytest.raises(DiskTrouble):
        journal.note("j1", "armed")
    raw.execute("COMMIT")
    journal.note("j1", "not_started")
    assert journal.job("j1").state == "not_started"


def test_what_went_over_the_wire_is_kept_with_its_step(journal):
    journal.open_job(a_job())
    first, second = Frame(1, "out", b"TEXT"), Frame(2, "in", b"OK\x00")
    journal.note("j1", "prepared", wire=[first])
    journal.overhear("j1", [second])
    journal.overhear("j1", [])
    assert journal.wire("j1") == (first, second)
    with pytest.raises(JobNotOpen):
        journal.note("j1", "started", wire=[first])
    assert journal.wire("j1") == (first, second)
    with pytest.raises(JobUnknown):
        journal.wire("j9")


def test_failed_readings_are_counted(journal):
    journal.open_job(a_job())
    assert [journal.unreadable("j1"), journal.unreadable("j1")] == [1, 2]
    with pytest.raises(JobUnknown):
        journal.unreadable("j9")


def test_runs_are_told_by_their_steps_newest_first(journal):
    journal.open_job(a_job("j1", at=5))
    taken(journal, "j1", "prepared", "armed", "started", "done_reported", "verified")
    journal.open_job(a_job("j2", weapon="w2", machine="m2", at=6))
    taken(journal, "j2", "not_started")
    second, first = journal.runs()
    assert (first.job, first.state, first.opened_at) == ("j1", "verified", 5)
    assert 0 < first.armed_at < first.done_at < first.verified_at
    assert (second.job, second.machine, second.armed_at, second.done_at) == ("j2", "m2", 0, 0)
    assert [one.job for one in journal.runs("m1")] == ["j1"]
    assert [one.job for one in journal.runs(newest=1)] == ["j2"]


def test_a_voided_or_spoiled_mark_frees_the_weapon_in_the_database_too(journal):
    journal.open_job(a_job())
    taken(journal, "j1", "prepared", "armed", "started", "done_reported", "verified", "voided")
    journal.open_job(a_job("j2"))
    taken(journal, "j2", "prepared", "armed", "unknown", "resolved_partial")
    journal.open_job(a_job("j3"))
    with pytest.raises(JobNotOpen):
        journal.note("j1", "verified")


def test_a_journal_of_the_first_shape_is_brought_to_the_new_one_whole(file):
    store = Store(file, KEY)
    first = (MIGRATIONS / "0001_journal.sql").read_text("utf-8")
    store.connection.executescript(f"{first}\nPRAGMA user_version=1;")
    previous = bytes(32)
    store.connection.execute(_INSERT, ("j1", "w1", "s1", "m1", "intent"))
    for state in ("intent", "prepared", "armed"):
        said = ["j1", state, "", 1, 2, "boot", None]
        digest = hashlib.sha256(previous + codec.canonical(said)).digest()
        store.connection.execute(
            "INSERT INTO step (job, state, detail, at, monotonic, boot, sent, previous, hash) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*said, previous, digest),
        )  # fmt: skip
        previous = digest
    store.close()
    journal = SqliteMarkJournal(file, KEY, StillClock())
    assert (journal.job("j1").state, journal.job("j1").driver) == ("armed", "")
    journal.note("j1", "unknown", identity="S/N 1")
    assert journal.verify() == 4
    journal.close()
    raw = Store(file, KEY)
    raw.connection.execute("DROP TRIGGER step_is_never_edited")
    raw.connection.execute("UPDATE step SET identity = '' WHERE state = 'unknown'")
    raw.close()
    with pytest.raises(BooksDamaged):
        SqliteMarkJournal(file, KEY, StillClock())


JOBS = st.tuples(st.sampled_from("123456"), st.sampled_from("ab"), st.sampled_from("sz"),
                 st.sampled_from("mn"))  # fmt: skip
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("open"), JOBS),
        st.tuples(st.just("step"), st.tuples(st.sampled_from("123456"), st.sampled_from([*NEXT]))),
    ),
    max_size=40,
)


@settings(max_examples=examples(30), deadline=None)
@given(MOVES)
def test_whatever_is_tried_no_weapon_has_two_marks_of_a_scheme_and_no_machine_two_jobs(moves):
    """Raw SQL against the constraints alone, with none of the journal's code in between."""
    connection = driver.connect(":memory:", isolation_level=None)
    for step in sorted(MIGRATIONS.glob("*.sql")):
        connection.executescript(step.read_text("utf-8"))
    for what, said in moves:
        with suppress(driver.IntegrityError):
            if what == "open":
                job, weapon, scheme, machine = said
                connection.execute(_INSERT, (job, weapon, scheme, machine, "intent"))
            else:
                connection.execute(
                    "INSERT INTO step (job, state, detail, at, monotonic, boot, previous, hash) "
                    "SELECT job, ?, '', 1, 1, '', x'00', x'00' FROM job WHERE job = ?",
                    said[::-1],
                )
        jobs = connection.execute("SELECT weapon, scheme, machine, state FROM job").fetchall()
        standing = [one[:2] for one in jobs if one[3] in UNSETTLED | FINISHED]
        busy = [one[2] for one in jobs if one[3] in UNSETTLED]
        assert len(standing) == len(set(standing))
        assert len(busy) == len(set(busy))
    connection.close()


def test_many_hands_at_once_lose_nothing(journal):
    def work(name):
        journal.open_job(a_job(name, weapon=name, machine=name))
        for state in ("prepared", "armed", "started", "done_reported"):
            journal.note(name, state, wire=[Frame(1, "out", state.encode())])

    hands = [threading.Thread(target=work, args=(f"j{n}",)) for n in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert {one.state for one in journal.jobs()} == {"done_reported"}
    assert journal.verify() == 20
    assert all(len(journal.wire(f"j{n}")) == 4 for n in range(4))


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
        "0001_journal.sql", "0002_machines_and_wire.sql", "0003_jobs_in_question.sql",
        "0004_turns.sql",
    ]  # fmt: skip
