"""The photos beside courier files: carried after the record, on a lane of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import CourierWordsWrong, StockpileError
from stockpile.domain.values import WeaponId
from stockpile.services.courier_meetings import Met
from stockpile.services.couriers import Packed
from stockpile.services.photo_errands import Carried, Errand
from stockpile.services.photo_packing import MEGABYTE, USUAL_MOST
from ui.desk import Desk, Work
from ui.session import Session

STICKS: Final = "sticks"
"""A slow stick holds up neither the books nor the photos that are looked at."""
CHOICES: Final = (64, 256, 1_000, 2_000)
"""Megabytes of photos at most, as they are offered."""


class CourierPhotosModel(QObject):
    """What is carried of photos beside courier files, and what is remembered of it.

    Signals:
        began: photos are being carried: the work, for progress and for stopping it.
        carried: what came of it.
        words_wanted: photos that were chosen alone open with words: the file.
        failed: it was stopped, or could not begin: the error; what was kept until then stays.
    """

    began = Signal(object)
    carried = Signal(object)
    words_wanted = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._under_way = 0

    @property
    def is_busy(self) -> bool:
        """Say whether photos are being carried."""
        return self._under_way > 0

    @property
    def along(self) -> bool:
        """Say whether photos go beside the files that are written here."""
        return self._session.settings.courier_photos != "no"

    @property
    def megabytes(self) -> int:
        """Return how many megabytes of them go there at most."""
        said = self._session.settings.courier_photos_most
        is_offered = said in {str(one) for one in CHOICES}
        return int(said) if is_offered else USUAL_MOST // MEGABYTE

    def remember(self, *, along: bool, megabytes: int) -> None:
        """Keep what was chosen, for this file and the next ones."""
        chosen = {
            "courier_photos": "yes" if along else "no",
            "courier_photos_most": str(megabytes),
        }
        settings = self._session.settings
        if any(getattr(settings, name) != value for name, value in chosen.items()):
            self._session.remember(**chosen)

    def take(self, file: Path, words: str = "") -> None:
        """Take in the photos beside a courier file whose record is here; or a photos' file."""
        plan = partial(self._session.stockpile.photo_errands.of_file, file, words)

        def carry(errand: Errand) -> None:
            opens_with_words = any(
                isinstance(one.error, CourierWordsWrong) for one in errand.refused
            )
            if opens_with_words and not words:
                self.words_wanted.emit(file)
            else:
                self._carry(errand)

        self._desk.ask(self, plan, carry, self.failed.emit)

    def pack(self, packed: Packed, about: Sequence[WeaponId]) -> None:
        """Write the photos beside a courier file, or put those of an earlier one away."""
        of_packed = self._session.stockpile.photo_errands.of_packed
        self._send(partial(of_packed, [packed], about, along=self.along))

    def meet(self, folder: Path, met: Met) -> None:
        """Carry the photos of an exchange through a folder, both ways."""
        of_meeting = self._session.stockpile.photo_errands.of_meeting
        self._send(partial(of_meeting, folder, met.packed, along=self.along))

    def _send(self, plan: Callable[[], Errand]) -> None:
        self._desk.ask(self, plan, self._carry, self.failed.emit)

    def _carry(self, errand: Errand) -> None:
        by, most = self._session.officer, self.megabytes * MEGABYTE
        carry = self._session.stockpile.photo_errands.carry
        work = Work()
        self._desk.closing.connect(work.cancel)
        self._under_way += 1
        if _takes_time(errand):
            self.began.emit(work)
        act = partial(carry, errand, most, work.step, by=by)
        self._desk.ask(self, act, self._end, self._fail, STICKS)

    def _end(self, carried: Carried) -> None:
        self._under_way -= 1
        self.carried.emit(carried)

    def _fail(self, error: StockpileError) -> None:
        self._under_way -= 1
        self.failed.emit(error)


def _takes_time(errand: Errand) -> bool:
    """Say whether there is anything to wait for."""
    return any(one.wanted for one in errand.take) or any(load.photos for _to, load in errand.pack)
