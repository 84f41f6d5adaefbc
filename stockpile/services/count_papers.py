"""The printing table of a count: its sheet and its report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stockpile.domain import closing_counts
from stockpile.domain.facts import Fact
from stockpile.domain.opening_counts import Stocktake
from stockpile.domain.places import Branch
from stockpile.domain.values import Digest, PlaceId, WeaponId, search_key
from stockpile.services.count_pages import Counted, PaperRow, Reported, report_paper, sheet_paper
from stockpile.services.counting import Counting
from stockpile.services.documents import Drawn, Paper, Press
from stockpile.services.people import SignedIn
from stockpile.services.places import Places
from stockpile.services.ports import Books, Progress, Register, silent
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
        order = {one.place.id: at for at, one in enumerate(_walked(self.places.tree()))}
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
        """Return the sheet to count by hand; a blind one names only the places that hold weapons.

        Those are the innermost ones, and others in which something stands beside what is in them.
        """
        ground, said = self.counting.cases.ground(), self._said()
        root = stocktake.opened.place
        names = [
            said[one.place.id]
            for one in _walked(self.places.tree())
            if (root is None or ground.lies_in(one.place.id, root))
            and (one.here or not one.branches)
        ]
        rows = () if stocktake.opened.blind else self.rows(stocktake)
        return sheet_paper(self._told(stocktake), rows, names, self.printing(by))

    def report(self, stocktake: Stocktake, by: SignedIn) -> Paper:
        """Return the report of a count, as it was closed; of an open one, as it stands."""
        found = closing_counts.found(self.counting.sheet(stocktake))
        shown = [one for one in found.lines if one.kind != "found"]
        rows = {row.id: row for row in self.register.rows([one.weapon for one in shown])}
        acts = {one.by: self._act(one.weapon, one.by) for one in shown if one.by}
        what = Reported(found, rows, acts)
        return report_paper(self._told(stocktake), what, self.printing(by))

    def draw(self, paper: Paper, file: Path, progress: Progress = silent) -> Drawn:
        """Draw a paper into a file; touches no books. Raises DiskFull, DiskTrouble, Cancelled."""
        return self.press.draw(paper, file, progress)

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
            zone=known[0].zone,
        )

    def _said(self) -> dict[PlaceId, str]:
        return {one.id: self.places.said(one) for one in self.places.all()}

    def _act(self, weapon: WeaponId, digest: Digest) -> Fact:
        return next(one for one in self.books.history(weapon) if one.hash == digest)


def _walked(branches: Sequence[Branch]) -> Iterator[Branch]:
    """Give every place in the order of the plan, what is in it after itself."""
    for one in branches:
        yield one
        yield from _walked(one.branches)
