"""Two computers and one folder between them: what lies there for us, and the exchange itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from stockpile.services.courier_meetings import CourierMeetings, Found, Met
from stockpile.services.couriers import Couriers
from stockpile.services.photo_errands import PhotosSeen
from stockpile.services.photo_packing import PhotoLoad
from ui.desk import Desk
from ui.session import Session
from ui.view_models.courier_work import CourierWork, Steps


class MeetingsModel(QObject):
    """The exchange through a folder; how far it is, is said by ``work``.

    Signals:
        looked: what lies in the folder for this depot, the photos there, and those that would go;
            nothing was taken in.
        met: what was taken in, written and refused; photos come after that.
        failed: something was not done: the error.
    """

    looked = Signal(object, object, object)
    met = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, session: Session, work: CourierWork | None = None) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self.work = work or CourierWork(desk, session)

    def look(self, folder: Path) -> None:
        """Open and prove what lies in a folder for this depot."""
        errands = self._desk.on_books(self._session.stockpile.photo_errands)

        def talk(couriers: Couriers, steps: Steps) -> tuple[Found, PhotosSeen, PhotoLoad]:
            meetings = CourierMeetings(couriers)
            found = meetings.look(folder, steps("look"))
            return found, errands.look_in(folder), errands.loads(meetings.receivers(found))

        self.work.do("look", talk, lambda seen: self.looked.emit(*seen), self.failed.emit)

    def exchange(self, found: Found) -> None:
        """Take in what lies there, and write what the others are to have."""
        by = self._session.officer

        def talk(couriers: Couriers, steps: Steps) -> Met:
            meetings, folder = CourierMeetings(couriers), found.folder
            return meetings.exchange(folder, steps("take"), steps("write"), by=by)[1]

        self.work.do("take", talk, self._done, self.failed.emit)

    def _done(self, met: Met) -> None:
        self.met.emit(met)
