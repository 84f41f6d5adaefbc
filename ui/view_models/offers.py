"""What the open catalogue offers while somebody types, and what a chosen model fills in.

The catalogue never changes under a screen: it is handed over whole, searched on the GUI thread in
less than a millisecond, and handed over again when a row was added.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from stockpile.domain.catalogue import Catalogue, Kind, Term
from stockpile.domain.facts import CatalogueExtended
from stockpile.language import isolated
from stockpile.services.ports import Recorded
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest

OFFERED = 10
"""Terms offered at once: as many as are taken in at a glance."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One term as a field offers it: its code, what is written when it is taken, and the rest."""

    code: str
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Filling:
    """What a chosen model says of the other fields, as they are written; empty where nothing.

    ``type`` is a type's code; a model of several calibres says none: the weapon is looked at.
    """

    type: str = ""
    make: str = ""
    calibre: str = ""
    country: str = ""


class OffersModel(QObject):
    """The catalogue at the fields.

    Signals:
        changed: the catalogue is here, or another one than before.
    """

    changed = Signal()

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._session = session
        self._catalogue = Catalogue(())
        self._latest = Latest[Catalogue](desk, self, self._take, notices.trouble)
        desk.recorded.connect(self._heard)
        session.changed.connect(self.start)

    def start(self) -> None:
        """Ask for the catalogue of the open home."""
        if self._session.is_open:
            self._latest.ask(self._session.stockpile.cataloguing.catalogue)

    def offers(self, kind: Kind, typed: str, make: str = "") -> tuple[Offered, ...]:
        """Return what the typed text may become; models of the make as written come first."""
        if not typed.strip():
            return ()
        found = self._catalogue.search(kind, typed, OFFERED, within=self._make_code(make))
        return tuple(Offered(one.code, one.name, self._detail(one)) for one in found)

    def filling(self, code: str) -> Filling:
        """Return what the model of this code says of the other fields."""
        model = self._catalogue.term("model", code)
        if model is None:
            return Filling()
        calibre = model.calibres[0] if len(model.calibres) == 1 else ""
        return Filling(
            type=model.type,
            make=self._name("make", model.within),
            calibre=self._name("calibre", calibre),
            country=self._name("country", model.country),
        )

    def _take(self, catalogue: Catalogue) -> None:
        if catalogue is not self._catalogue:
            self._catalogue = catalogue
            self.changed.emit()

    def _heard(self, recorded: Recorded) -> None:
        if any(isinstance(fact.body, CatalogueExtended) for fact in recorded.facts):
            self.start()

    def _make_code(self, make: str) -> str:
        named = self._catalogue.named("make", make) if make else ()
        return named[0].code if named else ""

    def _detail(self, term: Term) -> str:
        """Return what tells a term from others of its name."""
        make, country = self._name("make", term.within), self._name("country", term.country)
        calibres = [self._name("calibre", one) for one in term.calibres]
        parts = (make, *calibres) if term.kind == "model" else (country,)
        return " · ".join(isolated(one) for one in parts if one)

    def _name(self, kind: Kind, code: str) -> str:
        term = self._catalogue.term(kind, code) if code else None
        return term.name if term else ""
