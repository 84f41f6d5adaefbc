"""Photos for a page: small and whole ones fetched, new ones kept, all beside the books lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import Photo, View
from stockpile.domain.values import WeaponId
from stockpile.services.photographs import Kept
from stockpile.services.ports import Recorded
from ui.desk import PHOTOS, Desk
from ui.lanes import Refusal
from ui.session import Session


class Photos(QObject):
    """Where a page's strip and large view get their pictures from, and where new ones go.

    Signals:
        thumbnail: a small photo came: its digest and its JPEG.
        picture: a whole photo came: its digest and its JPEG.
        missing: a photo is on record and cannot be shown: its digest.
        refused: a file was not taken: the error.
    """

    thumbnail = Signal(str, bytes)
    picture = Signal(str, bytes)
    missing = Signal(str)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._session = desk, session

    def want_thumbnail(self, digest: str, edge: int) -> None:
        """Fetch a photo, small; the answer is a signal."""
        photographs = self._session.stockpile.photographs
        self._fetch(partial(photographs.thumbnail, digest, edge), digest, self.thumbnail.emit)

    def want_picture(self, digest: str) -> None:
        """Fetch a whole photo; the answer is a signal."""
        photographs = self._session.stockpile.photographs
        self._fetch(partial(photographs.read, digest), digest, self.picture.emit)

    def add(
        self,
        weapon: WeaponId,
        taken: Sequence[Path | bytes],
        view: View = "other",
        caption: str = "",
        done: Callable[[Kept], None] | None = None,
        mark: int | None = None,
    ) -> None:
        """Keep photos and put those that could be read on a weapon's record.

        ``done`` is called at the end, also where nothing was taken; each file that was not is told
        by ``refused``, and so is a failure of all.
        """
        photographs, by = self._session.stockpile.photographs, self._session.officer
        deed = photographs.adding(weapon, taken, view, caption, mark, by=by)

        def end(kept: Kept) -> None:
            for error in kept.refused:
                self.refused.emit(error)
            if done is not None:
                done(kept)

        def fail(error: StockpileError) -> None:
            self.refused.emit(error)
            end(Kept(()))

        self._desk.perform(self, deed, PHOTOS, end, fail)

    def keep(
        self,
        taken: Path | bytes,
        view: View,
        caption: str,
        kept: Callable[[Photo], None],
        refused: Refusal | None = None,
    ) -> None:
        """Keep a photo before its weapon is on record."""
        keep = self._session.stockpile.photographs.keep
        question = partial(keep, taken, view, caption)
        self._desk.ask(self, question, kept, refused or self.refused.emit, PHOTOS)

    def remove(
        self, weapon: WeaponId, digest: str, reason: str, done: Callable[[], None] | None = None
    ) -> None:
        """Show a photo no more on a weapon's record."""
        remove, by = self._session.stockpile.photographs.remove, self._session.officer

        def act() -> tuple[Recorded, None]:
            return remove(weapon, digest, reason, by=by), None

        self._desk.record(self, act, lambda _none: done() if done else None, self.refused.emit)

    def _fetch(
        self, question: Callable[[], bytes], digest: str, came: Callable[[str, bytes], None]
    ) -> None:
        def not_here(_error: StockpileError) -> None:
            self.missing.emit(digest)

        self._desk.ask(self, question, partial(came, digest), not_here, PHOTOS)
