"""The journal of marking jobs: a small database of its own, on the disk before each call returns.

1. Steps are only ever added, each bound to the one before by its hash.
2. ARMED is on the disk before the first START byte: what has no such row was never sent.
3. The database forbids what must not be, also against code that is wrong (see its migration).

It may be used from any one thread at a time: the machine's lane, not the books'.
"""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import Final, get_args

import sqlcipher3.dbapi2 as driver

from stockpile.adapters.sqlite.migrate import migrate
from stockpile.adapters.sqlite.store import Connection, Row, Store
from stockpile.domain import codec
from stockpile.domain.errors import (
    AlreadyMarked,
    BooksDamaged,
    JobNotOpen,
    JobUnknown,
    MarkingStillOpen,
)
from stockpile.domain.journal import FINISHED, UNSETTLED, JobState, may_follow
from stockpile.domain.values import JobId, SchemeId, WeaponId
from stockpile.services.ports import Clock, Job

MIGRATIONS: Final = Path(__file__).parent / "journal_migrations"
_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_BEGINNING: Final = bytes(32)
_JOB: Final = "SELECT job, weapon, scheme, text, machine, state, opened_at, detail FROM job"
_ONE_JOB: Final = f"{_JOB} WHERE job = ?"
_ALL_JOBS: Final = f"{_JOB} ORDER BY opened_at DESC, job DESC"
_STATES: Final = get_args(JobState)


class SqliteMarkJournal:
    """The marking journal of one home, whose lock is held by its books.

    Opening raises BooksTooNew, BooksDamaged, DiskFull, DiskTrouble.
    """

    def __init__(self, file: Path, key: bytes, clock: Clock) -> None:
        self._clock = clock
        self._boot = _boot_id()
        self._store = Store(file, key, any_thread=True)
        try:
            migrate(self._store, MIGRATIONS)
            self.verify()
        except BaseException:
            self._store.connection.close()
            raise

    def open_job(self, job: Job) -> None:
        """Write INTENT; raises MarkingStillOpen (open or unknown) or AlreadyMarked (finished)."""
        try:
            with self._store.writing() as connection:
                connection.execute(
                    "INSERT INTO job (job, weapon, scheme, text, machine, state, detail, "
                    "opened_at) VALUES (?, ?, ?, ?, ?, 'intent', ?, ?)",
                    (job.job, job.weapon, job.scheme, job.text, job.machine, job.detail,
                     job.opened_at),
                )  # fmt: skip
                self._add_step(connection, job.job, "intent", job.detail, b"")
        except driver.IntegrityError as error:
            raise self._in_the_way(job) from error

    def note(self, job: JobId, state: JobState, detail: str = "", sent: bytes = b"") -> None:
        """Append the job's next state; raises JobUnknown, JobNotOpen for a step against the rules.

        Of the bytes that START will put on the wire only their digest is kept.
        """
        standing = self.job(job)
        if not may_follow(state, standing.state):
            raise JobNotOpen(job, standing.state)
        with self._store.writing() as connection:
            self._add_step(connection, job, state, detail, sent)

    def job(self, job: JobId) -> Job:
        """Return a job; raises JobUnknown."""
        with self._store.reading() as connection:
            row = connection.execute(_ONE_JOB, (job,)).fetchone()
        if row is None:
            raise JobUnknown(job)
        return _job(row)

    def jobs(self, *, unsettled: bool = False) -> tuple[Job, ...]:
        """Return jobs, newest first."""
        with self._store.reading() as connection:
            rows = connection.execute(_ALL_JOBS).fetchall()
        found = map(_job, rows)
        return tuple(job for job in found if job.state in UNSETTLED or not unsettled)

    def verify(self) -> int:
        """Verify that every step is bound to the one before; return how many there are.

        Raises BooksDamaged.
        """
        previous = _BEGINNING
        with self._store.reading() as connection:
            rows = connection.execute(
                "SELECT job, state, detail, at, monotonic, boot, sent, previous, hash FROM step "
                "ORDER BY id"
            ).fetchall()
        for *said, before, digest in rows:
            if before != previous or digest != _step_hash(previous, tuple(said)):
                raise BooksDamaged(str(self._store.file), "a step of the journal was changed")
            previous = digest
        return len(rows)

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def _add_step(
        self, connection: Connection, job: JobId, state: JobState, detail: str, sent: bytes
    ) -> None:
        row = connection.execute("SELECT hash FROM step ORDER BY id DESC LIMIT 1").fetchone()
        previous = row[0] if row else _BEGINNING
        digest = hashlib.sha256(sent).digest() if sent else None
        said = (job, state, detail, self._clock.now(), time.monotonic_ns(), self._boot, digest)
        connection.execute(
            "INSERT INTO step (job, state, detail, at, monotonic, boot, sent, previous, hash) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*said, previous, _step_hash(previous, said)),
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
    job, weapon, scheme, text, machine, state, opened_at, detail = row
    assert state in _STATES
    return Job(
        JobId(job), WeaponId(weapon), SchemeId(scheme), text, machine, state, opened_at, detail
    )


def _step_hash(previous: bytes, said: Row) -> bytes:
    plain = [value.hex() if isinstance(value, bytes) else value for value in said]
    return hashlib.sha256(previous + codec.canonical(plain)).digest()


def _boot_id() -> str:
    """Return what tells this run of the computer from the next, where the system says so."""
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return ""
