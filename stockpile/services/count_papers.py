"""The printing table of a count: its sheet and its report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stockpile.domain import closing_counts
from stockpile.domain.opening_counts import Stocktake
from stockpile.domain.places import Branch
from stockpile.domain.values import PlaceId, search_key
from stockpile.services.count_pages import Counted, PaperRow, report_paper, sheet_paper
from stockpile.services.counting import Counting
from stockpile.services.documents import Drawn, Paper, Press
from stockpile.services.people import SignedIn
from stockpile.services.places import Places
from stockpile.services.ports import Books, Register
from stockpile.services.weapon_files import Printing
from stockpile.wording import Names


@dataclass(frozen=True, slots=True)
class CountPapers:
    """What a count leaves on paper. Everything but ``draw`` runs on the books lane."""

    books: Books
    register: Register
    places: Places
    counting: Counting
    names: Callable[[], Names]
    printing: Callable[[SignedIn], Printing]
    press: Press

    def rows(self, stocktake: Stocktake) -> tuple[PaperRow, ...]:
        """Return what is expected, as one walks: by the plan of the places, then by serial."""
        lines = [
            one
            for one in self.counting.sheet(stocktake).lines.values()
            if one.expected and one.place
        ]
        shown = self.register.rows([one.weapon for one in lines])
        order = {place: at for at, place in enumerate(self._walk())}
        ranked = sorted(
            zip(lines, shown, strict=True),
            key=lambda pair: (
                order.get(pair[0].place or PlaceId(""), len(order)), pair[0].place,
                search_key(pair[1].serial), pair[1].number,
            ),
        )  # fmt: skip
        said = self._said()
        return tuple(
            PaperRow(at, line.weapon, line.place, said.get(line.place, ""), row)
            for at, (line, row) in enumerate(ranked, start=1)
            if line.place is not None
        )

    def sheet(self, stocktake: Stocktake, by: SignedIn) -> Paper:
        """Return the sheet to count by hand; a blind one names the places only."""
        ground, said = self.counting.cases.ground(), self._said()
        root = stocktake.opened.place
        within = [one for one in self._walk() if root is None or ground.lies_in(one, root)]
        names = [said[one] for one in within if one in said]
        rows = () if stocktake.opened.blind else self.rows(stocktake)
        return sheet_paper(self._told(stocktake), rows, names, self.printing(by))

    def report(self, stocktake: Stocktake, by: SignedIn) -> Paper:
        """Return the report of a count, as it was closed; of an open one, as it stands."""
        found = closing_counts.found(self.counting.sheet(stocktake))
        ids = [one.weapon for one in found.differences if one.weapon is not None]
        rows = {row.id: row for row in self.register.rows(ids)}
        return report_paper(self._told(stocktake), found, rows, self.printing(by))

    def draw(self, paper: Paper, file: Path) -> Drawn:
        """Draw a paper into a file; touches no books. Raises DiskFull, DiskTrouble."""
        return self.press.draw(paper, file)

    def _told(self, stocktake: Stocktake) -> Counted:
        names, known = self.names(), self.books.history(stocktake.id)
        last = known[-1]
        signers = (last.by, *last.witnesses) if stocktake.closed else ()
        return Counted(
            stocktake=stocktake,
            place=self._said().get(stocktake.opened.place or PlaceId(""), ""),
            opened_at=known[0].at,
            closed_at=last.at if stocktake.closed else 0,
            signers=tuple(names.of(one) for one in signers),
            names=names,
        )

    def _said(self) -> dict[PlaceId, str]:
        return {one.id: self.places.said(one) for one in self.places.all()}

    def _walk(self) -> Iterator[PlaceId]:
        """Give every place in the order of the plan, what is in it after itself."""
        yield from _walked(self.places.tree())


def _walked(branches: Sequence[Branch]) -> Iterator[PlaceId]:
    for one in branches:
        yield one.place.id
        yield from _walked(one.branches)
