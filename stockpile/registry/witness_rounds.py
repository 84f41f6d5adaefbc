"""Witnesses that are asked by net to cosign the newest head: where, when, and what came of it.

1. A witness is asked only where it stands named; its address is a setting of this registry and
   gives it no weight. One that has no address is reached as before: by its own visit, by stick.
2. The question begins at the size that the witness cosigned last. Where it holds another one, it
   says so, and is asked once more from there.
3. Who answers that it saw a longer log than this one, or another one of the same size, raises an
   alarm: this registry was restored to an earlier moment, or somebody shows two histories.
4. However many processes there are, one asks: whoever writes first that it does.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import Final, Literal

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    LargeBinary,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)

from stockpile.domain import tlog
from stockpile.domain.errors import NoteUnreadable, StockpileError, WitnessUnknown
from stockpile.domain.tlog import NoteKey
from stockpile.domain.values import Instant
from stockpile.domain.witnessing import Offer, Witness
from stockpile.registry import cosigning, witness_calls
from stockpile.registry.books import RegistryBooks
from stockpile.registry.cosigning import Witnessed
from stockpile.registry.rows import log_head
from stockpile.registry.tables import METADATA
from stockpile.registry.witness_calls import OK, PATIENCE, Answer

Trouble = Literal[
    "", "unreachable", "slow", "long", "nonsense", "unknown_log", "refused", "unsigned", "later",
    "ahead", "split",
]  # fmt: skip
ALARMS: Final[tuple[Trouble, ...]] = ("ahead", "split")
"""What a witness says where this log is not the one it saw: a person has to look into it."""
AGAIN: Final[Instant] = 24 * 3_600_000
"""A head that did not grow is cosigned anew so often: it shows that somebody still looks."""
_SECOND: Final = 1000
_REFUSALS: Final[dict[int, Trouble]] = {404: "unknown_log", 409: "split", 422: "split"}
_log = logging.getLogger(__name__)

WITNESS_ADDRESS: Final = Table(
    "witness_address", METADATA,
    Column("key", LargeBinary, primary_key=True), Column("url", Text),
    Column("asked_at", BigInteger), Column("seen", BigInteger), Column("trouble", Text),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A standing witness with its address, and what the last asking came to.

    ``seen`` is the size that it said it holds, 0 where it never had to.
    """

    witnessed: Witnessed
    url: str
    asked_at: Instant = 0
    seen: int = 0
    trouble: Trouble = ""

    @property
    def witness(self) -> Witness:
        """Who it is."""
        return self.witnessed.witness


def set_address(books: RegistryBooks, key: NoteKey, url: str) -> None:
    """Ask a witness at an address from now on; nowhere where the address is empty.

    Raises WitnessUnknown for a key under whose name nobody would look, FieldUnreadable.
    """
    address = witness_calls.read_url(url) if url else ""
    with books.writing() as connection:
        standing = cosigning.witnesses(connection, books)
        if address and not any(key in one.keys for one in standing):
            raise WitnessUnknown(key.name)
        own = WITNESS_ADDRESS.c.key == key.key
        connection.execute(delete(WITNESS_ADDRESS).where(own))
        if address:
            row = {"key": key.key, "url": address, "asked_at": 0, "seen": 0, "trouble": ""}
            connection.execute(insert(WITNESS_ADDRESS), row)


def asked(books: RegistryBooks) -> tuple[Asked, ...]:
    """Return the standing witnesses that have an address."""
    with books.reading() as connection:
        return _all(connection, books)


def alarms(connection: Connection) -> int:
    """Return how many witnesses say that this log is not the one they saw."""
    told = select(WITNESS_ADDRESS.c.key).where(WITNESS_ADDRESS.c.trouble.in_(ALARMS))
    return len(connection.execute(told).all())


def ask_due(books: RegistryBooks, every: Instant, patience: float = PATIENCE) -> tuple[Asked, ...]:
    """Ask those whose turn it is: the log grew, or their word is a day old."""
    with books.reading() as connection:
        now, size = books.now(), log_head(connection).size
        due = [one for one in _all(connection, books) if _is_due(one, now, size, every)]
    return _ask(books, _claimed(books, due), patience) if due else ()


def ask_all(books: RegistryBooks, patience: float = PATIENCE) -> tuple[Asked, ...]:
    """Ask every one of them now; return what came of it."""
    return _ask(books, _claimed(books, asked(books)), patience)


@contextmanager
def kept_asking(books: RegistryBooks, seconds: float) -> Iterator[None]:
    """Ask, every so many seconds, who is due, for as long as the service answers; 0 for never."""
    if not seconds:
        yield
        return
    end = Event()

    def rounds() -> None:
        while not end.wait(seconds):
            try:
                ask_due(books, int(seconds * _SECOND / 2))
            except StockpileError as error:
                _log.warning("witnesses were not asked", exc_info=error)

    asking = Thread(target=rounds, name="witnesses")
    asking.start()
    try:
        yield
    finally:
        end.set()
        asking.join()


# --- inside -------------------------------------------------------------------------------------


def _all(connection: Connection, books: RegistryBooks) -> tuple[Asked, ...]:
    rows = {bytes(row.key): row for row in connection.execute(select(WITNESS_ADDRESS))}
    found = []
    for one in cosigning.witnessed_within(connection, books):
        row = rows.get(one.witness.key)
        if row is not None:
            found.append(Asked(one, row.url, row.asked_at, row.seen, row.trouble))
    return tuple(found)


def _is_due(one: Asked, now: Instant, size: int, every: Instant) -> bool:
    if abs(now - one.asked_at) < every:
        return False
    is_old = now - one.witnessed.second * _SECOND >= AGAIN
    return one.witnessed.size < size or is_old or bool(one.trouble)


def _claimed(books: RegistryBooks, due: Iterable[Asked]) -> list[Asked]:
    """Return those that this process asks: no other one began to since they were read."""
    found = []
    with books.writing() as connection:
        for one in due:
            row = (WITNESS_ADDRESS.c.key == one.witness.key) & (
                WITNESS_ADDRESS.c.asked_at == one.asked_at
            )
            at = max(books.now(), one.asked_at + 1)
            if connection.execute(update(WITNESS_ADDRESS).where(row).values(asked_at=at)).rowcount:
                found.append(one)
    return found


def _ask(books: RegistryBooks, due: Iterable[Asked], patience: float) -> tuple[Asked, ...]:
    """Ask all of them from where each stood, and once more who holds another size."""
    first = {one: _offer(books, one.witnessed.size) for one in due}
    answers = _answers(first, patience)
    again = {
        one: _offer(books, size)
        for one, offer in first.items()
        if (size := answers[one].size) is not None and size != offer.old and _had(books, size)
    }
    offers, answers = first | again, answers | _answers(again, patience)
    for one, offer in offers.items():
        _heard(books, one, offer, answers[one])
    keys = {one.witness.key for one in offers}
    return tuple(one for one in asked(books) if one.witness.key in keys)


def _answers(offers: dict[Asked, Offer], patience: float) -> dict[Asked, Answer]:
    said = [(one.url, offer.to_bytes()) for one, offer in offers.items()]
    return dict(zip(offers, witness_calls.ask(said, patience), strict=True))


def _offer(books: RegistryBooks, old: int) -> Offer:
    """Return the newest head proved from a size, or from nothing where it is not so long yet."""
    newest = tlog.read_checkpoint(cosigning.signed_head(books).text).size
    return cosigning.offer(books, old if old <= newest else 0)


def _had(books: RegistryBooks, size: int) -> bool:
    """Say whether a head of this size was signed already."""
    return size <= tlog.read_checkpoint(cosigning.signed_head(books).text).size


def _heard(books: RegistryBooks, one: Asked, offer: Offer, answer: Answer) -> None:
    """Keep what a witness cosigned, or why it did not."""
    trouble = _trouble(books, one, offer, answer)
    with books.writing() as connection:
        own = WITNESS_ADDRESS.c.key == one.witness.key
        values = {"trouble": trouble, "seen": answer.size or 0}
        connection.execute(update(WITNESS_ADDRESS).where(own).values(**values))
    if trouble in ALARMS:
        _log.warning("a witness saw another log than this one (%s)", trouble)
    elif trouble:
        _log.warning("a witness did not cosign (%s)", trouble)


def _trouble(books: RegistryBooks, one: Asked, offer: Offer, answer: Answer) -> Trouble:
    if answer.silence:
        return answer.silence
    if answer.status == OK:
        return _taken(books, one, offer, answer)
    if answer.size is not None and answer.size != offer.old:
        with books.reading() as connection:
            return "ahead" if answer.size > log_head(connection).size else "later"
    return _REFUSALS.get(answer.status, "refused")


def _taken(books: RegistryBooks, one: Asked, offer: Offer, answer: Answer) -> Trouble:
    """Take in what a witness cosigned; what else stands in its answer is left aside."""
    try:
        heard = cosigning.take(books, offer.note.to_bytes() + answer.body)
    except WitnessUnknown:
        return "unsigned"
    except NoteUnreadable:
        return "nonsense"
    return "" if any(told.key == one.witness.key for told in heard) else "unsigned"
