"""The site of a destruction: each weapon read immediately before; no screen in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from stockpile.domain.destruction import Destruction
from stockpile.domain.destruction_site import Certification, Check, SiteList, with_order
from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import DestructionVerified, Photo
from stockpile.domain.people import Act
from stockpile.domain.values import Digest, WeaponId
from stockpile.services.destruction_papers import DoomedLine
from stockpile.services.destructions import Reading
from stockpile.services.people import SignedIn
from stockpile.services.photographs import Kept
from stockpile.services.ports import Recorded
from stockpile.services.signing import Later
from stockpile.services.stockpile import Stockpile
from ui.desk import PHOTOS, Desk
from ui.session import Session
from ui.view_models.latest import Latest


@dataclass(frozen=True, slots=True)
class Site:
    """A list at its site: how each weapon stands, and its line, in the order of the places."""

    list: SiteList
    lines: dict[WeaponId, DoomedLine]
    today: str

    @property
    def stands(self) -> Destruction:
        """The order."""
        return self.list.stands


class SiteModel(QObject):
    """The work at the site.

    Signals:
        opened: a list is open: the site.
        heard: what a reading came to.
        changed: the list stands otherwise now.
        photographed: photos of the destruction are kept: how many altogether, how many not.
        working: a certificate is being written, or is not any more.
        certified: the destruction is certified: the order as it stands.
        postponed: a certificate is signed by one and waits for a second officer.
        refused: something was not done: the error.
    """

    opened = Signal(object)
    heard = Signal(object)
    changed = Signal()
    photographed = Signal(int, int)
    working = Signal(bool)
    certified = Signal(object)
    postponed = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self.site: Site | None = None
        self._photos: list[Digest] = []
        self._done: list[WeaponId] = []
        self._busy = False
        self._sites = Latest[Site](desk, self, self._open, self.refused.emit)
        desk.recorded.connect(self._follow)
        session.changed.connect(self.close)

    def may(self, act: Act) -> bool:
        """Say whether the officer's role includes an act."""
        return self._session.may(act)

    @property
    def photos(self) -> int:
        """Return how many photos of the destruction are kept."""
        return len(self._photos)

    def open(self, order: str) -> None:
        """Open the list of an order; another one than before begins without photos."""
        if self.site is None or self.site.stands.id != order:
            self._photos, self._done = [], []
        self._sites.ask(partial(_site, self._session.stockpile, order))

    def close(self) -> None:
        """Put the list away; what was read is on record."""
        self.site, self._photos, self._done, self._busy = None, [], [], False
        self._sites.forget()

    # --- reading --------------------------------------------------------------------------------

    def read(self, text: str) -> None:
        """Read a weapon that was scanned or typed."""
        site = self.site
        if site is None or not text.strip():
            return
        desk, by = self._session.stockpile.destructions, self._session.officer
        act = partial(desk.read, site.list, text, by=by)
        self._desk.record(self, act, self._hear, self.refused.emit)

    def keep(self, weapons: Sequence[WeaponId], reason: str) -> None:
        """Keep weapons from destruction, for one reason."""
        site = self.site
        if site is None or not weapons:
            return
        desk, by = self._session.stockpile.destructions, self._session.officer

        def act() -> tuple[Recorded, None]:
            return desk.keep(site.list, weapons, reason, by=by), None

        self._desk.record(self, act, lambda _none: self._done.extend(weapons), self.refused.emit)

    def reopen(self, weapons: Sequence[WeaponId]) -> None:
        """Take back that weapons were read, or are kept."""
        site = self.site
        if site is None or not weapons:
            return
        desk, by = self._session.stockpile.destructions, self._session.officer

        def act() -> tuple[Recorded, None]:
            return desk.reopen(site.list, weapons, by=by), None

        self._desk.record(self, act, lambda _none: None, self.refused.emit)

    def undo(self) -> bool:
        """Take the last reading of this sitting back; say whether there was one."""
        if not self._done:
            return False
        self.reopen([self._done.pop()])
        return True

    def check(self, weapon: WeaponId) -> Check | None:
        """Return how a weapon of the list stands."""
        return self.site.list.checks.get(weapon) if self.site else None

    # --- certifying -----------------------------------------------------------------------------

    def usual(self) -> Certification:
        """Return what a certificate says where nothing else is said: today, and as ordered."""
        assert self.site is not None
        return with_order(Certification(on=self.site.today), self.site.stands.ordered)

    def photograph(self, files: Sequence[Path]) -> None:
        """Keep photos of the destruction, beside the books."""
        keep = partial(self._session.stockpile.photographs.keep_all, files, "other")
        self._desk.ask(self, keep, self._keep_photos, self.refused.emit, PHOTOS)

    def certify(self, said: Certification, signed: tuple[SignedIn, ...]) -> None:
        """Certify what was read, signed by two officers."""
        site = self.site
        if site is None or self._busy:
            return
        by, witness = signed
        desk = self._session.stockpile.destructions
        whole = replace(said, photos=tuple(self._photos))
        act = partial(desk.certify, site.stands.id, whole, by=by, witness=witness)

        def done(stands: Destruction) -> None:
            self.working.emit(False)
            self.close()
            self.certified.emit(stands)

        self._busy = True
        self.working.emit(True)
        self._desk.record(self, act, done, self._refuse)

    def certify_later(self, said: Certification, reason: str) -> None:
        """Sign the certificate alone, for a second officer to confirm; until then all stands."""
        site = self.site
        if site is None or self._busy:
            return
        desk, by = self._session.stockpile.destructions, self._session.officer
        whole = replace(said, photos=tuple(self._photos))
        act = partial(desk.certify, site.stands.id, whole, by=by, witness=Later(reason))

        def waits() -> None:
            self._busy = False
            self.working.emit(False)
            self.close()
            self.postponed.emit()

        self._busy = True
        self.working.emit(True)
        self._desk.record_for_later(self, act, self._refuse, waits)

    # --- inside ---------------------------------------------------------------------------------

    def _open(self, site: Site) -> None:
        self.site = site
        self.opened.emit(site)

    def _hear(self, reading: Reading) -> None:
        if reading.outcome == "verified" and reading.check is not None:
            self._done.append(reading.check.weapon)
        self.heard.emit(reading)

    def _keep_photos(self, kept: Kept) -> None:
        photo: Photo
        for photo in kept.photos:
            if photo.digest not in self._photos:
                self._photos.append(Digest(photo.digest))
        self.photographed.emit(len(self._photos), len(kept.refused))

    def _refuse(self, error: StockpileError) -> None:
        self._busy = False
        self.working.emit(False)
        self.refused.emit(error)

    def _follow(self, recorded: Recorded) -> None:
        """Keep the list up: a reading of elsewhere is taken in, a weapon that moved read anew."""
        site = self.site
        if site is None:
            return
        order, checks = site.stands.id, site.list.checks
        known = [one for one in recorded.facts if one.subject == order or one.subject in checks]
        if all(isinstance(one.body, DestructionVerified) for one in known):
            for fact in known:
                site.list.take(fact)
            if known:
                self.changed.emit()
        elif not self._busy:
            self.open(order)


def _site(stockpile: Stockpile, order: str) -> Site:
    desk = stockpile.destructions
    site = desk.site(order)
    lines = {WeaponId(one.weapon.id): one for one in desk.lines(site)}
    return Site(site, lines, desk.numbers.now()[:10])
