"""Two computers and one folder between them: what lies there for us, and the exchange itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from stockpile.services.courier_meetings import CourierMeetings, Found, Met
from stockpile.services.photo_errands import PhotosSeen
from stockpile.services.photo_packing import PhotoLoad
from ui.desk import Desk
from ui.session import Session


class MeetingsModel(QObject):
    """The exchange through a folder.

    Signals:
        looked: what lies in the folder for this depot, the photos there, and those that would go;
            nothing was taken in.
        met: what was taken in, written and refused; photos come after that.
        failed: something was not done: the error.
    """

    looked = Signal(object, object, object)
    met = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk, self._session = desk, session

    def look(self, folder: Path) -> None:
        """Open and prove what lies in a folder for this depot."""
        meetings, errands = self._meetings(), self._session.stockpile.photo_errands

        def question() -> tuple[Found, PhotosSeen, PhotoLoad]:
            found = meetings.look(folder)
            return found, errands.look_in(folder), errands.loads(meetings.receivers(found))

        self._desk.ask(self, question, lambda seen: self.looked.emit(*seen), self.failed.emit)

    def exchange(self, found: Found) -> None:
        """Take in what lies there, and write what the others are to have."""
        by = self._session.officer
        act = partial(self._meetings().exchange, found.folder, by=by)
        self._desk.record(self, act, self._done, self.failed.emit)

    def _done(self, met: Met) -> None:
        self.met.emit(met)

    def _meetings(self) -> CourierMeetings:
        return CourierMeetings(self._session.stockpile.couriers)
