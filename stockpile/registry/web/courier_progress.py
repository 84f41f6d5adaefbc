"""How far a courier file is that was brought: written down, told in the audit log, stopped.

It stands in the database, so that any process may go on with a file and any may stop it. Files of
the record and files of photos differ in what is counted; all else is the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, TypeVar

from fastapi import Request
from sqlalchemy import Connection

from stockpile.domain import wire
from stockpile.domain.errors import CourierGone
from stockpile.registry import acts, audit, courier_rows
from stockpile.registry.courier_photos import PhotosWay
from stockpile.registry.courier_rows import Brought
from stockpile.registry.courier_steps import State, Way
from stockpile.registry.photos import Photos
from stockpile.registry.photos_brought import PhotosBrought
from stockpile.registry.web.visiting import Visitor

AnyWay = Way | PhotosWay
W = TypeVar("W", Way, PhotosWay)
_Step = Literal["begun", "stopped", "taken"]
_ACTS: Final[dict[_Step, audit.Act]] = {
    "begun": "courier_begun", "stopped": "courier_stopped", "taken": "courier_taken",
}  # fmt: skip
_PHOTOS: Final[dict[_Step, audit.Act]] = {
    "begun": "courier_photos_begun", "stopped": "courier_photos_stopped",
    "taken": "courier_photos_taken",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Standing:
    """What of either stands as it is written down."""

    state: State


def brought_by(visitor: Visitor, id_: str) -> Brought:
    """Return a file that the visitor brought; raise CourierGone."""
    with visitor.books.reading() as connection:
        return _brought(connection, visitor, id_)


def way_of(brought: Brought) -> AnyWay | None:
    """Return how far a file is taken in; None where that was not begun."""
    if not brought.outcome:
        return None
    said = brought.outcome.encode()
    return wire.decode(said, PhotosWay) if brought.is_photos else wire.decode(said, Way)


def now_of(visitor: Visitor, id_: str, before: W) -> W:
    """Return how far a file is now, which was so far before; raise CourierGone."""
    now = way_of(brought_by(visitor, id_))
    if not isinstance(now, type(before)):
        raise CourierGone
    return now


def note(connection: Connection, visitor: Visitor, step: _Step, way: AnyWay) -> None:
    """Write into the audit log that a file was begun, stopped or taken, whose and how far."""
    if isinstance(way, PhotosWay):
        visitor.note_within(connection, _PHOTOS[step], f"{way.node} {way.kept}/{way.fresh}")
    else:
        visitor.note_within(connection, _ACTS[step], f"{way.node} {way.facts}/{way.total}")


def note_left(connection: Connection, visitor: Visitor) -> None:
    """Write down how far a file was that is put away while it is taken in."""
    before = courier_rows.under_way(connection, visitor.officer.id)
    way = way_of(before) if before else None
    if way is not None and way.state == "going":
        note(connection, visitor, "stopped", way)


def begin(visitor: Visitor, id_: str, way: AnyWay) -> None:
    """Write down that a file is begun; sent twice, it is begun once."""
    with visitor.books.writing() as connection:
        if _now(connection, visitor, id_) is None:
            _mark(connection, id_, way)
            note(connection, visitor, "begun", way)
    acts.seal_by_day(visitor.books)


def keep(visitor: Visitor, id_: str, before: W, after: W) -> W:
    """Write down how far a step came, and return how far the file is.

    Where another process said so first, that stands; where somebody stopped it, it stays stopped.
    """
    with visitor.books.writing() as connection:
        now = _now(connection, visitor, id_)
        if not isinstance(now, type(before)):
            raise CourierGone
        if _place(now) != _place(before) or now.state == "done" or after == before:
            return now
        if after.state == "done":
            _end(connection, id_, after)
            note(connection, visitor, "taken", after)
            acts.seal(connection, visitor.books)
            return after
        way = replace(after, state=now.state)
        _mark(connection, id_, way)
        if way.state == "stopped":  # the batch that was under way came after the stop was told
            note(connection, visitor, "stopped", way)
    return way


def turn_to(visitor: Visitor, id_: str, from_: State, to: State) -> None:
    """Stop a file or let it go on, where it stands so, and write that into the audit log."""
    with visitor.books.writing() as connection:
        way = _now(connection, visitor, id_)
        if way is None or way.state != from_:
            return
        way = replace(way, state=to)
        _mark(connection, id_, way)
        note(connection, visitor, "stopped" if to == "stopped" else "begun", way)
        if to == "stopped":
            acts.seal(connection, visitor.books)


def is_going(visitor: Visitor, id_: str) -> bool:
    """Say whether nobody stopped a file."""
    with visitor.books.reading() as connection:
        said = courier_rows.outcome_of(connection, id_)
    return bool(said) and wire.decode(said.encode(), _Standing).state == "going"


def tidy(request: Request, visitor: Visitor) -> None:
    """Let go of photos' files that wait for nobody any more."""

    def waiting() -> frozenset[str]:
        with visitor.books.reading() as connection:
            return courier_rows.waiting(connection)

    photos: Photos = request.app.state.photos
    if photos.files is not None:
        PhotosBrought(photos.files.brought).sweep(waiting)


# --- inside -------------------------------------------------------------------------------------


def _brought(connection: Connection, visitor: Visitor, id_: str) -> Brought:
    found = courier_rows.brought(connection, id_, visitor.officer.id, visitor.books.now())
    if found is None:
        raise CourierGone
    return found


def _now(connection: Connection, visitor: Visitor, id_: str) -> AnyWay | None:
    """Return how far a file is, in a transaction in which nobody else says so."""
    visitor.books.locked(connection, visitor.books.key.node)
    return way_of(_brought(connection, visitor, id_))


def _place(way: AnyWay) -> object:
    return (way.proved, way.gone) if isinstance(way, PhotosWay) else way.stretches


def _mark(connection: Connection, id_: str, way: AnyWay) -> None:
    courier_rows.mark(connection, id_, _text(way))


def _end(connection: Connection, id_: str, way: AnyWay) -> None:
    """Let go of a file that was taken in; of photos the row says what it was."""
    if isinstance(way, PhotosWay):
        _mark(connection, id_, way)
    else:
        courier_rows.put_away(connection, id_, _text(way))


def _text(way: AnyWay) -> str:
    return wire.encode(way).decode()
