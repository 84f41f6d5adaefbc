"""The journal of marking jobs: a small database of its own, on the disk before each call returns.

1. Steps are only ever added, each bound to the one before by its hash.
2. ARMED is on the disk, in the sealed main file, before the first START byte: what has no such
   row was never sent.
3. The database forbids what must not be, also against code that is wrong (see its migrations).
4. What went over the wire is kept with the job, in the same commits as its steps.
5. The disk is waited for where something hangs on it. PREPARED promises nothing that INTENT does
   not (neither was sent), so it is durable with the step that follows; ARMED is, in the main file.

Any thread may use it; calls wait for each other.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, get_args

import sqlcipher3.dbapi2 as driver

from stockpile.adapters.sqlite.migrate import migrate
from stockpile.adapters.sqlite.store import Connection, Row, Store
from stockpile.adapters.sqlite.turns import KeyTurns
from stockpile.domain import codec
from stockpile.domain.errors import (
    AlreadyMarked,
    BooksDamaged,
    DiskTrouble,
    JobNotOpen,
    JobUnknown,
    MarkingStillOpen,
)
from stockpile.domain.journal import FINISHED, JobState, may_follow
from stockpile.domain.values import JobId, SchemeId, WeaponId
from stockpile.services.ports import Clock, Frame, Job, Progress, Run, silent

MIGRATIONS: Final = Path(__file__).parent / "journal_migrations"
_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_BEGINNING: Final = bytes(32)
_COLUMNS: Final = (
    "job, weapon, scheme, text, machine, state, opened_at, detail, driver, identity, component, "
    'position, layout, fingerprint, "order"'
)
_JOB: Final = f"SELECT {_COLUMNS} FROM job"  # noqa: S608 - our own constants
_ONE_JOB: Final = f"{_JOB} WHERE job = ?"
_ALL_JOBS: Final = _JOB
# Written out as the partial indexes have it: only then are they used.
_UNSETTLED_JOBS: Final = (
    f"{_JOB} WHERE state IN ('intent', 'prepared', 'armed', 'started', 'unknown')"
)
_IN_QUESTION: Final = (
    f"{_JOB} WHERE state IN ('unknown', 'done_reported', 'started') ORDER BY opened_at, job"
)
_NEWEST_FIRST: Final = " ORDER BY opened_at DESC, job DESC LIMIT ?"
_OPEN_JOB: Final = f"INSERT INTO job ({_COLUMNS}) VALUES ({', '.join('?' * 15)})"  # noqa: S608 - our own words
_STEPS: Final = (
    "SELECT job, state, detail, at, monotonic, boot, sent, driver, identity, previous, hash "
    "FROM step ORDER BY id"
)
_RUNS: Final = (
    "SELECT job.job, job.machine, job.state, job.opened_at, "
    "max(CASE step.state WHEN 'armed' THEN step.at ELSE 0 END), "
    "max(CASE step.state WHEN 'done_reported' THEN step.at ELSE 0 END), "
    "max(CASE step.state WHEN 'verified' THEN step.at ELSE 0 END) "
    "FROM (SELECT * FROM job WHERE ? IN ('', machine) ORDER BY opened_at DESC, job DESC LIMIT ?) "
    "AS job JOIN step ON step.job = job.job "
    "GROUP BY job.job ORDER BY job.opened_at DESC, job.job DESC"
)
_STATES: Final = get_args(JobState)
_NOT_WAITED_FOR: Final = frozenset({"prepared", "armed"})
"""Steps whose own commit waits for no disk: for ARMED the bringing into the main file does."""


class SqliteMarkJournal:
    """The marking journal of one home, whose lock is held by its books.

    Opening raises BooksTooNew, BooksDamaged, DiskFull, DiskTrouble.
    """

    def __init__(self, file: Path, key: bytes, clock: Clock) -> None:
        self._clock = clock
        self._boot = _boot_id()
        self._turn = threading.RLock()
        self._store = Store(file, key, any_thread=True)
        try:
            migrate(self._store, MIGRATIONS)
            self._store.demand_sound()
            self.verify()
        except BaseException:
            self._store.connection.close()
            raise

    def open_job(self, job: Job) -> None:
        """Write INTENT; raises MarkingStillOpen (open or unknown) or AlreadyMarked (finished)."""
        try:
            with self._writing() as connection:
                connection.execute(
                    _OPEN_JOB,
                    (job.job, job.weapon, job.scheme, job.text, job.machine, "intent",
                     job.opened_at, job.detail, job.driver, job.identity, job.component,
                     job.position, job.layout, job.fingerprint, job.order),
                )  # fmt: skip
                self._add_step(connection, job, "intent", job.detail, b"")
        except driver.IntegrityError as error:
            raise self._in_the_way(job) from error

    def note(
        self,
        job: JobId,
        state: JobState,
        detail: str = "",
        sent: bytes = b"",
        wire: Sequence[Frame] = (),
        identity: str = "",
    ) -> None:
        """Append the job's next state; raises JobUnknown, JobNotOpen for a step against the rules.

        What went over the wire until then is written in the same commit. Of the bytes that START
        will put on it only their digest stands in the step.
        """
        with self._turn:
            standing = self.job(job)
            if not may_follow(state, standing.state):
                raise JobNotOpen(job, standing.state)
            writing = self._store.writing_before if state in _NOT_WAITED_FOR else self._writing
            with writing() as connection:
                self._add_wire(connection, job, wire)
                self._add_step(connection, standing, state, detail, sent, identity)
            # One changed bit in the log file hides what follows it there: START must not.
            if state == "armed" and not self._store.checkpoint():
                raise DiskTrouble(str(self._store.file), "the journal could not be brought in")

    def overhear(self, job: JobId, wire: Sequence[Frame]) -> None:
        """Append what went over the wire; raises DiskFull, DiskTrouble."""
        if wire:
            with self._writing() as connection:
                self._add_wire(connection, job, wire)

    def wire(self, job: JobId) -> tuple[Frame, ...]:
        """Return what went over the wire for a job, in order; raises JobUnknown."""
        self.job(job)
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT monotonic, direction, content FROM wire WHERE job = ? ORDER BY id", (job,)
            ).fetchall()
        return tuple(Frame(at, direction, bytes(content)) for at, direction, content in rows)

    def unreadable(self, job: JobId) -> int:
        """Note that the mark could not be read; return how often that was. Raises JobUnknown."""
        self.job(job)
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO unread (job, at) VALUES (?, ?)", (job, self._clock.now())
            )
            row = connection.execute("SELECT count(*) FROM unread WHERE job = ?", (job,)).fetchone()
        return int(row[0]) if row else 0

    def runs(self, machine: str = "", newest: int = 1_000) -> tuple[Run, ...]:
        """Return how long the newest jobs took, newest first; of one machine where it is named."""
        with self._reading() as connection:
            rows = connection.execute(_RUNS, (machine, newest)).fetchall()
        return tuple(Run(JobId(job), *rest) for job, *rest in rows)

    def job(self, job: JobId) -> Job:
        """Return a job; raises JobUnknown."""
        with self._reading() as connection:
            row = connection.execute(_ONE_JOB, (job,)).fetchone()
        if row is None:
            raise JobUnknown(job)
        return _job(row)

    def jobs(self, *, unsettled: bool = False, newest: int = 0) -> tuple[Job, ...]:
        """Return jobs, newest first; at most so many of the newest, all of them where it is 0."""
        wanted = _UNSETTLED_JOBS if unsettled else _ALL_JOBS
        return self._jobs(wanted + _NEWEST_FIRST, (newest or -1,))

    def in_question(self) -> tuple[Job, ...]:
        """Return the jobs whose metal somebody has to look at, oldest first."""
        return self._jobs(_IN_QUESTION, ())

    def _jobs(self, wanted: str, values: Sequence[object]) -> tuple[Job, ...]:
        with self._reading() as connection:
            return tuple(map(_job, connection.execute(wanted, tuple(values)).fetchall()))

    def verify(self) -> int:
        """Verify that every step is bound to the one before; return how many there are.

        Raises BooksDamaged.
        """
        previous = _BEGINNING
        with self._reading() as connection:
            rows = connection.execute(_STEPS).fetchall()
        for *said, before, digest in rows:
            if before != previous or digest != _step_hash(previous, tuple(said)):
                raise BooksDamaged(str(self._store.file), "a step of the journal was changed")
            previous = digest
        return len(rows)

    def turns(self) -> KeyTurns:
        """Return where it is kept how often the key file was written."""
        return KeyTurns(self._reading, self._writing)

    def rekey(self, key: bytes, progress: Progress = silent) -> None:
        """Seal the journal under another key; raises DiskFull, DiskTrouble."""
        with self._turn:
            self._store.rekey(key, progress)

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._turn, self._store.reading() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._turn, self._store.writing() as connection:
            yield connection

    def _add_step(
        self,
        connection: Connection,
        job: Job,
        state: JobState,
        detail: str,
        sent: bytes,
        identity: str = "",
    ) -> None:
        row = connection.execute("SELECT hash FROM step ORDER BY id DESC LIMIT 1").fetchone()
        previous = row[0] if row else _BEGINNING
        digest = hashlib.sha256(sent).digest() if sent else None
        said = (job.job, state, detail, self._clock.now(), time.monotonic_ns(), self._boot, digest,
                job.driver, identity or job.identity)  # fmt: skip
        connection.execute(
            "INSERT INTO step (job, state, detail, at, monotonic, boot, sent, driver, identity, "
            "previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*said, previous, _step_hash(previous, said)),
        )

    def _add_wire(self, connection: Connection, job: JobId, wire: Sequence[Frame]) -> None:
        connection.executemany(
            "INSERT INTO wire (job, monotonic, direction, content) VALUES (?, ?, ?, ?)",
            [(job, one.at, one.direction, one.content) for one in wire],
        )

    def _in_the_way(self, job: Job) -> AlreadyMarked | MarkingStillOpen | JobNotOpen:
        """Return the refusal that fits what the database forbade."""
        same = [one for one in self.jobs() if (one.weapon, one.scheme) == (job.weapon, job.scheme)]
        finished = next((one for one in same if one.state in FINISHED), None)
        if finished is not None:
            return AlreadyMarked(job.weapon, finished.text)
        unsettled = self.jobs(unsettled=True)
        for one in unsettled:
            if one in same or one.machine == job.machine:
                return MarkingStillOpen(one.weapon, one.job)
        return JobNotOpen(job.job, self.job(job.job).state)


def _job(row: Row) -> Job:
    job, weapon, scheme, text, machine, state, opened_at, detail, *rest = row
    assert state in _STATES
    return Job(
        JobId(job), WeaponId(weapon), SchemeId(scheme), text, machine, state, opened_at, detail,
        *rest,
    )  # fmt: skip


def _step_hash(previous: bytes, said: Row) -> bytes:
    """Bind a step to the one before; a step that names no machine as the first ones were bound."""
    *old, name, identity = said
    bound = said if name or identity else old
    plain = [value.hex() if isinstance(value, bytes) else value for value in bound]
    return hashlib.sha256(previous + codec.canonical(plain)).digest()


def _boot_id() -> str:
    """Return what tells this run of the computer from the next, where the system says so."""
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return ""
