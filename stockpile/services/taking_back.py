"""Taking a list back: its records withdrawn, but for those that have moved on since.

1. Nothing is deleted: each record says by whom and why it was withdrawn, and so does the list.
2. Written in acts; stopped between two of them, the next run goes on where it stopped.
3. Afterwards the same list can come in again, as if for the first time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from stockpile.domain import merging, people, taking_back
from stockpile.domain.errors import DocumentUnknown
from stockpile.domain.facts import DocumentImported, Draft, Fact, ImportUndone, LotRegistered
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, Instant, OfficerId, WeaponId
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Progress, Register, RegisterFilter, silent

AN_ACT: Final = 500
"""Records withdrawn in one act; between two of them the work can be stopped."""
_PAGE: Final = 5_000
_FEWEST_LETTERS: Final = 8


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What taking a list back came to: records withdrawn in this run, and weapons that stay."""

    document: Digest
    weapons: int
    lots: int
    kept: tuple[WeaponId, ...]
    lots_kept: int = 0


@dataclass(frozen=True, slots=True)
class EarlierList:
    """A list that came in before: when, by whom, what became of its rows, and if it was taken back.

    ``accepted`` counts all that came in since it was last taken back, over all runs. One that is
    not ``finished`` was stopped, and never told its name and what became of its other rows.
    """

    document: Digest
    name: str
    at: Instant
    by: OfficerId | None
    rows: int
    accepted: int
    refused: int
    undone: ImportUndone | None = None
    finished: bool = True


@dataclass(frozen=True, slots=True)
class TakingBack:
    """The part of the desk for lists that knows what came in before."""

    books: Books
    register: Register

    def earlier(self) -> tuple[EarlierList, ...]:
        """Return the lists that came in before, the last one first."""
        known = {one.subject for one in self.books.references(DocumentImported)}
        found = [_earlier(one, self.books.history(one)) for one in known]
        found += [self._unfinished(one) for one in self._documents() - known]
        return tuple(sorted(found, key=lambda one: (-one.at, one.name)))

    def named(self, text: str) -> Digest:
        """Return the list that a digest, the beginning of one, or a name means.

        Raises DocumentUnknown where none or several answer to it.
        """
        said = text.strip()
        known = self.books.references(DocumentImported)
        found = {one.subject for one in known if said in _names(one)}
        if len(said) >= _FEWEST_LETTERS:
            documents = self._documents().union(one.subject for one in known)
            found |= {one for one in documents if one.startswith(said.lower())}
        if len(found) != 1:
            raise DocumentUnknown(text)
        return Digest(found.pop())

    def has_left(self, document: Digest) -> bool:
        """Say whether anything that stands on record came from the list."""
        return self.register.count(RegisterFilter(document=document)) > 0 or bool(
            self._lots(document)
        )

    def take_back(
        self, document: Digest, reason: str, *, by: SignedIn, progress: Progress = silent
    ) -> TakenBack:
        """Withdraw what came from a list and has not moved on; safe to repeat after a stop.

        Raises OfficerNotAuthorised, ReasonMissing and DocumentUnknown before anything is written,
        Cancelled, DiskFull and DiskTrouble between two acts.
        """
        people.authorise(by.officer, "import")
        said = taking_back.demand_reason(reason)
        weapons, lots = self._weapons(document), self._lots(document)
        known = self.books.reference(document)
        if known is None and not weapons and not lots:
            raise DocumentUnknown(document)
        total = len(weapons) + len(lots)
        kept = self._withdraw(weapons, said, by, lambda done: progress(done, total))
        lots_kept = self._withdraw_lots(
            lots, said, by, lambda done: progress(len(weapons) + done, total)
        )
        report = TakenBack(
            document, len(weapons) - len(kept), len(lots) - lots_kept, tuple(kept), lots_kept
        )
        self._close(known, report, said, by)
        progress(total, total)
        return report

    def _documents(self) -> set[str]:
        """Return the lists from which anything in account came, finished or not."""
        values = self.register.values("document", RegisterFilter())
        return {one.value for one in values if one.value}

    def _unfinished(self, document: str) -> EarlierList:
        among = RegisterFilter(document=document)
        (first,) = self.register.page("recorded", 0, 1, among)
        rows = self.register.count(among)
        by = OfficerId(first.recorded_by) if first.recorded_by else None
        at = first.recorded_at
        return EarlierList(Digest(document), "", at, by, rows, rows, 0, finished=False)

    def _weapons(self, document: Digest) -> list[WeaponId]:
        """Return all weapons in account that came from the list, before any of them changes."""
        among, found = RegisterFilter(document=document), list[WeaponId]()
        for index in count():
            page = self.register.page("recorded", index, _PAGE, among)
            found += [row.id for row in page]
            if len(page) < _PAGE:
                break
        return found

    def _lots(self, document: Digest) -> list[Reference]:
        return [
            one
            for one in self.books.references(LotRegistered)
            if taking_back.is_lot_of(one, document) and not one.is_closed
        ]

    def _withdraw(
        self, ids: Sequence[WeaponId], reason: str, by: SignedIn, told: Callable[[int], None]
    ) -> list[WeaponId]:
        kept: list[WeaponId] = []
        for start in range(0, len(ids), AN_ACT):
            told(start)
            weapons = self.books.weapons(ids[start : start + AN_ACT])
            staying = [one for one in weapons if taking_back.has_moved_on(one)]
            going = [one for one in weapons if not taking_back.has_moved_on(one)]
            self._record([merging.withdraw(one, reason) for one in going], by)
            kept += [one.id for one in staying]
        return kept

    def _withdraw_lots(
        self, lots: Sequence[Reference], reason: str, by: SignedIn, told: Callable[[int], None]
    ) -> int:
        going = [one for one in lots if not taking_back.lot_has_moved_on(one)]
        for start in range(0, len(going), AN_ACT):
            told(start)
            part = going[start : start + AN_ACT]
            self._record([taking_back.withdraw_lot(one, reason) for one in part], by)
        return len(lots) - len(going)

    def _close(self, known: Reference | None, report: TakenBack, reason: str, by: SignedIn) -> None:
        """Write down that the list was taken back, with what all runs since it came in withdrew."""
        kept = len(report.kept) + report.lots_kept
        if known is None:
            heads = self._opened(report.document, report.weapons + report.lots + kept, by)
        else:
            heads = known.heads
        gone = max(self._withdrawn(report.document), report.weapons + report.lots)
        if known is not None and known.is_closed and not report.weapons + report.lots:
            return
        self._record([Draft(report.document, ImportUndone(reason, gone, kept), heads)], by)

    def _opened(self, document: Digest, rows: int, by: SignedIn) -> tuple[Digest, ...]:
        """Write down that a list came in whose import was stopped before it could say so."""
        body = DocumentImported("", rows, rows, 0, 0)
        recorded = self.books.record([Draft(document, body)], by=by.id)
        return tuple(fact.hash for fact in recorded.facts)

    def _withdrawn(self, document: Digest) -> int:
        """Return how many records were withdrawn since the list was last taken back."""
        now = self.register.count(RegisterFilter(document=document, status="withdrawn"))
        lots = self.books.references(LotRegistered)
        now += sum(taking_back.is_lot_of(one, document) and one.is_closed for one in lots)
        before = (fact.body for fact in self.books.history(document))
        return now - sum(body.withdrawn for body in before if isinstance(body, ImportUndone))

    def _record(self, drafts: Sequence[Draft], by: SignedIn) -> None:
        if drafts:
            self.books.record(drafts, by=by.id)


def _earlier(document: str, facts: Sequence[Fact]) -> EarlierList:
    last = facts[-1].body
    imported = [(fact, fact.body) for fact in facts if isinstance(fact.body, DocumentImported)]
    fact, body = imported[-1]
    return EarlierList(
        document=Digest(document),
        name=body.name,
        at=fact.at,
        by=fact.by,
        rows=body.rows,
        accepted=sum(one.accepted for one in _since_taken_back(facts)),
        refused=body.refused,
        undone=last if isinstance(last, ImportUndone) else None,
    )


def _since_taken_back(facts: Sequence[Fact]) -> Iterator[DocumentImported]:
    """Return the imports of a list after it was last taken back; all where it is taken back now."""
    bodies = [fact.body for fact in facts]
    undone = [at for at, body in enumerate(bodies[:-1]) if isinstance(body, ImportUndone)]
    start = undone[-1] + 1 if undone else 0
    return (body for body in bodies[start:] if isinstance(body, DocumentImported))


def _names(reference: Reference) -> set[str]:
    bodies = (reference.opened, *(head.body for head in reference.standing))
    return {body.name for body in bodies if isinstance(body, DocumentImported) and body.name}
