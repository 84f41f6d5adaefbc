"""The catalogue as this site knows it: what came with the program, and the site's own rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from stockpile.domain import cataloguing, codec, people
from stockpile.domain.catalogue import Catalogue, Kind, Term
from stockpile.domain.cataloguing import Column, Verdict
from stockpile.domain.errors import LayoutUnknown
from stockpile.domain.facts import CatalogueExtended
from stockpile.domain.ledger import Tip
from stockpile.domain.values import NodeId
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Listing, Listings, Progress, Recorded, silent

AN_ACT: Final = 500
"""Terms written in one act; between two of them the work can be stopped."""
OFFERED: Final = 12
"""Terms offered at once while somebody types."""

_FEW: Final = 200
_KIND: Final = next(
    name.encode() for name, body in codec.KINDS.items() if body is CatalogueExtended
)
"""How a row of a site's own is called in the bytes of its fact."""

Tips = tuple[tuple[NodeId, Tip], ...]


@dataclass(frozen=True, slots=True)
class TableReport:
    """What a national table came to: a verdict for every row, and the terms that it adds to."""

    name: str
    verdicts: tuple[Verdict, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """Return each term that is new or holds more than before, as the whole table leaves it."""
        found = {(one.kind, one.code): one for verdict in self.verdicts for one in verdict.terms}
        return tuple(found.values())

    def count(self, outcome: cataloguing.Outcome) -> int:
        """Return how many rows came to this."""
        return sum(one.outcome == outcome for one in self.verdicts)


@dataclass(slots=True)
class _Held:
    """The catalogue as it was made last, with what it was made of."""

    tips: Tips = ()
    own: tuple[Term, ...] = ()
    catalogue: Catalogue | None = None


@dataclass(frozen=True, slots=True)
class Cataloguing:
    """The desk for the open catalogue. ``shipped`` is what came with the program."""

    books: Books
    listings: Listings
    shipped: Catalogue
    _held: _Held = field(default_factory=_Held, repr=False, compare=False)

    def catalogue(self) -> Catalogue:
        """Return the whole catalogue; made anew only where a row of a site's own has come."""
        held, tips = self._held, self.books.tips()
        if held.catalogue is None or self._may_have_come(held.tips, tips):
            held.catalogue, held.own = self._made(held)
        held.tips = tips
        return held.catalogue

    def search(
        self, kind: Kind, typed: str, limit: int = OFFERED, *, within: str = ""
    ) -> tuple[Term, ...]:
        """Return the terms that a text being typed may become, best first."""
        return self.catalogue().search(kind, typed, limit, within=within)

    def add(self, term: Term, *, by: SignedIn) -> tuple[Recorded, Term]:
        """Add a term, or what is new in it to the term that it names; nothing new writes nothing.

        Raises OfficerNotAuthorised, FieldMissing, FieldUnreadable.
        """
        people.authorise(by.officer, "catalogue")
        catalogue = self.catalogue()
        whole = cataloguing.understood(catalogue, term)
        known = catalogue.term(whole.kind, whole.code)
        if known is not None and cataloguing.adds_nothing(known, whole):
            return Recorded((), ()), known
        return self._write([whole], by), whole

    def import_table(
        self,
        file: Path,
        *,
        by: SignedIn | None,
        dry_run: bool = False,
        progress: Progress = silent,
    ) -> TableReport:
        """Take a national table of makes and models in; what is there already is never written.

        A dry run needs no officer. Raises OfficerNotAuthorised before anything is written,
        FileUnreadable, FileHostile, LayoutUnknown (neither a make nor a model column), Cancelled.
        """
        if by is not None and not dry_run:
            people.authorise(by.officer, "catalogue")
        listing = self.listings.read(file, progress=progress)
        report = TableReport(listing.name, self._judged(file, listing))
        if by is not None and not dry_run:
            terms = report.terms
            for start in range(0, len(terms), AN_ACT):
                progress(start, len(terms))
                self._write(terms[start : start + AN_ACT], by)
            progress(len(terms), len(terms))
        return report

    def _judged(self, file: Path, listing: Listing) -> tuple[Verdict, ...]:
        columns = cataloguing.columns_of(listing.columns)
        if not columns.keys() & {"make", "model"}:
            raise LayoutUnknown(str(file), listing.columns)
        rows = (
            (line.number, _row([cell.value for cell in line.cells], columns))
            for line in listing.lines
        )
        return tuple(cataloguing.judged(rows, self.catalogue(), listing.name))

    def _write(self, terms: Sequence[Term], by: SignedIn) -> Recorded:
        drafts = [
            cataloguing.extension(one, self.books.reference(cataloguing.subject_of(one)))
            for one in terms
        ]
        return self.books.record(drafts, by=by.id)

    def _made(self, held: _Held) -> tuple[Catalogue, tuple[Term, ...]]:
        """Return the catalogue and the own rows in it: the one held, where these are the same."""
        own = self._own()
        if held.catalogue is not None and own == held.own:
            return held.catalogue, own
        joined = map(self._joined, own)
        return self.shipped.with_terms(joined) if own else self.shipped, own

    def _may_have_come(self, before: Tips, now: Tips) -> bool:
        """Say whether a row may have come since: in few new facts they are looked for."""
        known = dict(before)
        for node, tip in now:
            old = known.get(node, Tip())
            if tip.seq - old.seq > _FEW:
                return True
            new = self.books.entries(node, old.number, _FEW) if tip != old else ()
            if any(_KIND in raw for entry in new for raw in entry.facts):
                return True
        return False

    def _own(self) -> tuple[Term, ...]:
        found = map(cataloguing.term_of, self.books.references(CatalogueExtended))
        return tuple(one for one in found if one is not None)

    def _joined(self, own: Term) -> Term:
        """Return a site's own row on top of the shipped one of its code."""
        shipped = self.shipped.term(own.kind, own.code)
        return cataloguing.joined(shipped, own) if shipped else own


def _row(cells: Sequence[str], columns: dict[Column, int]) -> dict[Column, str]:
    return {name: cells[at] for name, at in columns.items()}
