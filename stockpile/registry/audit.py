"""The audit log of the registry's pages: who signed in, looked at what, took out what, did what.

1. A row is added and never changed: the database's triggers refuse it, to our own program too.
2. Each row's hash covers the row and the hash before it, so none can be changed, dropped or put
   in between by somebody with the database's password without breaking every later one.
3. Where the log stands is written into the registry's own chain with each act that an officer
   signs, and once on each day with anything else: who would write the whole log anew meets that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, Select, insert, select, update

from stockpile.domain import codec
from stockpile.domain.values import Instant
from stockpile.registry.user_tables import AUDIT, AUDIT_HEAD

Act = Literal[
    "signed_in", "refused", "locked_out", "signed_out", "signed_out_everywhere", "began",
    "code_used", "passphrase_changed", "device_replaced", "user_added", "user_reset",
    "user_suspended", "user_put_back", "user_roles_set", "looked_at", "searched", "exported",
    "settled", "proposed", "confirmed", "act_refused", "withdrawn", "code_made", "revoked",
    "granted", "rescoped", "readmitted", "statement_taken", "find_told", "find_unknown",
    "alike_told",
    "courier_looked", "courier_begun", "courier_stopped", "courier_taken", "courier_answered",
    "courier_photos_begun", "courier_photos_stopped", "courier_photos_taken",
]  # fmt: skip
_DAY: Final = 86_400_000
_PORTION: Final = 1_000
_NEVER: Final = 1 << 40
LONGEST: Final = 400
"""Characters of a row's text; what is longer is cut, so that no visitor fills the disk."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the log: its number, when, which officer ('' for nobody known), from where, what."""

    number: int
    at: Instant
    officer: str
    address: str
    act: str
    about: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where the log stands: its last number and hash, and the day it was last sealed for."""

    number: int
    hash: str
    sealed_day: int


def note(
    connection: Connection, at: Instant, officer: str, address: str, act: Act, about: str = ""
) -> Line:
    """Add a row, inside a transaction that writes."""
    before = head(connection, locked=True)
    said = (before.number + 1, at, officer, _kept(address), act, _kept(about))
    line = Line(*said, _hash(before.hash, said))
    connection.execute(insert(AUDIT), {
        "no": line.number, "at": at, "officer": officer, "address": line.address, "act": act,
        "about": line.about, "hash": line.hash,
    })  # fmt: skip
    connection.execute(update(AUDIT_HEAD).values(no=line.number, hash=line.hash))
    return line


def head(connection: Connection, *, locked: bool = False) -> Head:
    """Return where the log stands."""
    asked = select(AUDIT_HEAD)
    row = connection.execute(asked.with_for_update() if locked else asked).one()
    return Head(row.no, row.hash, row.sealed_day)


def lines(
    connection: Connection, before: int = 0, limit: int = 100, officer: str = "", act: str = ""
) -> tuple[Line, ...]:
    """Return rows before a number (0: from the end), the newest first."""
    asked = select(AUDIT)
    if before > 0:
        asked = asked.where(AUDIT.c.no < before)
    found = connection.execute(_of(asked, officer, act).order_by(AUDIT.c.no.desc()).limit(limit))
    return tuple(map(_line, found))


def lines_on(
    connection: Connection, last: int, until: int, limit: int, officer: str = "", act: str = ""
) -> tuple[Line, ...]:
    """Return rows after a number and no later than another, the oldest first."""
    asked = select(AUDIT).where(AUDIT.c.no > last, AUDIT.c.no <= until)
    found = connection.execute(_of(asked, officer, act).order_by(AUDIT.c.no).limit(limit))
    return tuple(map(_line, found))


def first_broken(connection: Connection) -> int:
    """Return the number of the first row that is not as it was written; 0 where all are."""
    hashed, number = "", 0
    for line in _all(connection):
        said = (line.number, line.at, line.officer, line.address, line.act, line.about)
        if line.number != number + 1 or line.hash != _hash(hashed, said):
            return number + 1
        hashed, number = line.hash, line.number
    now = head(connection)
    return 0 if (now.number, now.hash) == (number, hashed) else number + 1


def hash_at(connection: Connection, number: int) -> str:
    """Return the hash of a row; nothing where there is none."""
    found = connection.execute(select(AUDIT.c.hash).where(AUDIT.c.no == number)).scalar()
    return str(found or "")


def first_day(connection: Connection) -> int:
    """Return the day of the first row, counted from 1970; far ahead where there is none."""
    at = connection.execute(select(AUDIT.c.at).order_by(AUDIT.c.no).limit(1)).scalar()
    return _NEVER if at is None else day_of(at)


def day_of(at: Instant) -> int:
    """Return the day of an instant, counted from 1970."""
    return at // _DAY


def sealed_on(connection: Connection, day: int) -> None:
    """Remember that the log's head was written into the chain on this day."""
    connection.execute(update(AUDIT_HEAD).values(sealed_day=day))


def _of(asked: Select[Any], officer: str, act: str) -> Select[Any]:
    """Return the question narrowed to an officer and an act, where they are named."""
    if officer:
        asked = asked.where(AUDIT.c.officer == officer)
    return asked.where(AUDIT.c.act == act) if act else asked


def _all(connection: Connection) -> Iterator[Line]:
    last = 0
    while True:
        asked = select(AUDIT).where(AUDIT.c.no > last).order_by(AUDIT.c.no).limit(_PORTION)
        rows = connection.execute(asked).all()
        if not rows:
            return
        yield from map(_line, rows)
        last = rows[-1].no


def _line(row: Row[Any]) -> Line:
    return Line(row.no, row.at, row.officer, row.address, row.act, row.about, row.hash)


def _hash(before: str, said: tuple[object, ...]) -> str:
    return codec.digest(codec.canonical([before, *said]))


def _kept(text: str) -> str:
    return text.replace("\0", "\ufffd").encode(errors="replace").decode()[:LONGEST]
