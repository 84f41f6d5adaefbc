"""What does not agree, until evidence answers it: the open list, and closing on evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from stockpile.domain.facts import StocktakeOpened
from stockpile.domain.investigating import Outcome
from stockpile.domain.values import Digest, Instant, WeaponId
from stockpile.fact_words import fact_sentence
from stockpile.language import plain
from stockpile.record_words import case_words
from stockpile.services.investigations import Evidence, Inquiry
from stockpile.services.ports import Recorded, RegisterRow
from stockpile.services.stockpile import Stockpile
from stockpile.wording import Names
from ui.desk import PHOTOS, Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest


@dataclass(frozen=True, slots=True)
class Proof:
    """A fact that answers: what it says, when and by whom, and how it would end by it."""

    digest: Digest
    sentence: str
    at: Instant
    by: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Case:
    """An open investigation as it is shown; ``cause`` is the number of the count or paper."""

    id: str
    kind: str
    named: str
    model: str
    place: str
    at: Instant
    by: str
    cause: str
    said: str
    due: str
    days: int
    is_overdue: bool
    weapon: str = ""
    proofs: tuple[Proof, ...] = ()

    @property
    def best(self) -> Proof | None:
        """What answers it best: the newest."""
        return self.proofs[-1] if self.proofs else None


@dataclass(frozen=True, slots=True)
class Attached:
    """A photo or paper that is kept as evidence, and the file it came from."""

    digest: Digest
    name: str


class InvestigationsModel(QObject):
    """The open investigations.

    Signals:
        came: what is open: Cases, what is overdue first.
        closed: one was closed: its Case.
        attached: a photo or paper is kept: Attached.
        refused: an act was refused: the error.
    """

    came = Signal(object)
    closed = Signal(object)
    attached = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._is_watched = desk, session, False
        self._cases = Latest[tuple[Case, ...]](desk, self, self.came.emit, notices.trouble)
        desk.recorded.connect(self._heard)

    @property
    def may_close(self) -> bool:
        """Say whether the officer's role includes investigating."""
        return self._session.may("investigate")

    def watch(self, *, watched: bool) -> None:
        """Say whether somebody looks at the list: only then it follows what is recorded."""
        self._is_watched = watched
        if watched:
            self.start()

    def start(self) -> None:
        """Ask what is open."""
        if self._session.is_open:
            self._cases.ask(partial(_cases, self._session.stockpile))

    def close(
        self, case: Case, outcome: Outcome, evidence: Sequence[Digest], reason: str = ""
    ) -> None:
        """Close one on this evidence."""
        investigations, by = self._session.stockpile.investigations, self._session.officer
        act = partial(investigations.close, case.id, outcome, tuple(evidence), reason, by=by)
        self._desk.record(self, lambda: (act(), case), self.closed.emit, self.refused.emit)

    def attach(self, file: Path) -> None:
        """Keep a photo, or the photo of a paper, as evidence."""
        keep = partial(self._session.stockpile.photographs.keep, file, "document")

        def work() -> Attached:
            return Attached(Digest(keep().digest), file.name)

        self._desk.ask(self, work, self.attached.emit, self.refused.emit, PHOTOS)

    def _heard(self, _recorded: Recorded) -> None:
        """Look again while somebody looks; a count next door is not held up for nobody."""
        if self._is_watched:
            self.start()


def _cases(stockpile: Stockpile) -> tuple[Case, ...]:
    open_ones = stockpile.investigations.open_ones()
    ids = {WeaponId(one.investigation.opened.weapon) for one in open_ones}
    rows = {row.id: row for row in stockpile.register.rows(sorted(filter(None, ids)))}
    names = stockpile.names()
    cases = (_case(stockpile, one, rows, names) for one in open_ones)
    return tuple(sorted(cases, key=lambda one: (one.due, one.kind, one.place, one.named)))


def _case(
    stockpile: Stockpile, one: Inquiry, rows: dict[WeaponId, RegisterRow], names: Names
) -> Case:
    opened = one.investigation.opened
    said = plain(case_words(opened))
    row = rows.get(WeaponId(opened.weapon))
    serial = (row.serial or row.mark or row.number) if row else ""
    return Case(
        one.id, opened.kind, serial or said or names.of(opened.place),
        row.model if row else "", names.of(opened.place), one.investigation.at,
        names.of(one.investigation.by), _cause(stockpile, opened.cause), said, opened.due,
        one.days, one.is_overdue, opened.weapon,
        tuple(_proof(evidence, names) for evidence in one.evidence),
    )  # fmt: skip


def _proof(one: Evidence, names: Names) -> Proof:
    fact = one.fact
    return Proof(one.digest, fact_sentence(fact, names), fact.at, names.of(fact.by), one.outcome)


def _cause(stockpile: Stockpile, cause: str) -> str:
    """Return the number of the count that opened it; nothing where it was something else."""
    reference = stockpile.books.reference(cause)
    opened = reference.opened if reference else None
    return opened.number if isinstance(opened, StocktakeOpened) else ""
