"""Places and officers by their ids: read when a list first needs them, forgotten at every write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stockpile.adapters.sqlite import rows
from stockpile.adapters.sqlite.store import Connection
from stockpile.domain import codec
from stockpile.domain.facts import OfficerAppointed, PlaceChanged, PlaceOpened
from stockpile.domain.references import Reference

_PLACE: Final = codec.kind_of(PlaceOpened(""))
_OFFICER: Final = codec.kind_of(OfficerAppointed("", (), ""))


class Known:
    """The names of places and officers, and which place is within which."""

    def __init__(self) -> None:
        self._places: dict[str, PlaceOpened | PlaceChanged] | None = None
        self._officers: dict[str, str] | None = None

    def forget(self) -> None:
        """Forget everything, because something was written."""
        self._places = self._officers = None

    def place_names(self, connection: Connection) -> dict[str, str]:
        """Return the names of all places, closed ones too."""
        return {place: body.name for place, body in self._opened(connection).items()}

    def officer_names(self, connection: Connection) -> dict[str, str]:
        """Return the names of all officers, those who left office too."""
        if self._officers is None:
            self._officers = {
                one.subject: body.name
                for one in _references(connection, _OFFICER)
                if isinstance(body := _last(one, OfficerAppointed), OfficerAppointed)
            }
        return self._officers

    def within(self, connection: Connection, said: str) -> frozenset[str]:
        """Return the places of this id or name, and all that are in them at any depth."""
        places = self._opened(connection)
        found = {said} | {place for place, body in places.items() if body.name == said}
        size = 0
        while size < len(found):
            size = len(found)
            found |= {place for place, body in places.items() if body.within in found}
        return frozenset(found)

    def _opened(self, connection: Connection) -> dict[str, PlaceOpened | PlaceChanged]:
        if self._places is None:
            self._places = {
                one.subject: body
                for one in _references(connection, _PLACE)
                if isinstance(
                    body := _last(one, PlaceOpened, PlaceChanged), PlaceOpened | PlaceChanged
                )
            }
        return self._places


def _references(connection: Connection, kind: str) -> Iterator[Reference]:
    sql = "SELECT subject, state FROM reference WHERE kind = ?"
    for subject, state in connection.execute(sql, (kind,)).fetchall():
        yield rows.decode_reference(subject, state)


def _last(one: Reference, *kinds: type) -> object:
    """Return what was said last of a reference while it was open."""
    bodies = (*(head.body for head in reversed(one.standing)), one.opened)
    return next((body for body in bodies if isinstance(body, kinds)), None)
