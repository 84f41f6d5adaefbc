"""People from a list in a file: a personnel office's CSV or XLSX, as it is.

1. A row with a number that is on record is that person: what the list says of them is taken over,
   what it leaves empty stays. Any other row with a name is somebody new.
2. What cannot be taken in is said with its row, and the rest comes in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from stockpile.domain import people
from stockpile.domain.errors import ListNamesNobody, Refused
from stockpile.domain.facts import Draft
from stockpile.domain.holders import Details, Holder
from stockpile.domain.values import search_key, tidied
from stockpile.services.holders import Holders
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Listing, Listings, Recorded

_HEADERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "name": (
        "name", "full name", "surname and name", "nom", "nom et prénom", "nombre",
        "apellidos y nombre", "nome", "nome completo", "الاسم", "имя", "фио", "姓名",
    ),
    "reference": (
        "number", "service number", "service no", "no", "id", "matricule", "numéro", "número",
        "matrícula", "الرقم", "رقم الخدمة", "номер", "личный номер", "编号",
    ),
    "rank": ("rank", "grade", "grado", "rango", "posto", "patente", "الرتبة", "звание", "军衔"),
    "unit": (
        "unit", "company", "unité", "unidad", "unidade", "الوحدة", "подразделение", "часть", "单位",
    ),
    "card": (
        "card", "badge", "card number", "carte", "tarjeta", "cartão", "البطاقة", "карта", "卡",
    ),
})  # fmt: skip
"""What personnel lists call their columns, in the languages of the program."""


@dataclass(frozen=True, slots=True)
class RowRefused:
    """A row that was not taken in: its number in the file, whom it names, and why."""

    row: int
    name: str
    error: Refused


@dataclass(frozen=True, slots=True)
class ListReport:
    """What a list came to."""

    added: int = 0
    changed: int = 0
    same: int = 0
    refused: tuple[RowRefused, ...] = ()


@dataclass(slots=True)
class _Tally:
    """What has become of the rows so far."""

    added: int = 0
    changed: int = 0
    same: int = 0
    refused: list[RowRefused] = field(default_factory=list)

    def count(self, holder: Holder | None, draft: Draft | None) -> None:
        """Count a row that was taken in."""
        self.same += draft is None
        self.added += draft is not None and holder is None
        self.changed += draft is not None and holder is not None

    def report(self) -> ListReport:
        """Return it as it stays."""
        return ListReport(self.added, self.changed, self.same, tuple(self.refused))


@dataclass(frozen=True, slots=True)
class HolderLists:
    """The desk where lists of people come in."""

    books: Books
    holders: Holders
    listings: Listings

    def bring_in(self, file: Path, *, by: SignedIn) -> tuple[Recorded, ListReport]:
        """Take people in from a file, one act for all of them.

        Raises FileUnreadable, FileHostile, ListNamesNobody where no column has names.
        """
        people.authorise(by.officer, "hold")
        listing = self.listings.read(file)
        known = {search_key(one.reference): one for one in self.holders.all() if one.reference}
        cards, tally, drafts = self.holders.cards(), _Tally(), list[Draft]()
        for number, said in _rows(listing):
            holder, details = _merged(known, said)
            try:
                draft = self.holders.drafted(holder, details, cards)
            except Refused as error:
                tally.refused.append(RowRefused(number, details.name, error))
                continue
            tally.count(holder, draft)
            drafts += [draft] if draft else []
        recorded = self.books.record(drafts, by=by.id) if drafts else Recorded((), ())
        return recorded, tally.report()


def _rows(listing: Listing) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each row that says anything, by the names of our fields."""
    columns = _columns(listing)
    for line in listing.lines:
        said = {
            name: tidied(line.cells[at].value)
            for name, at in columns.items()
            if at < len(line.cells)
        }
        if any(said.values()):
            yield line.number, said


def _columns(listing: Listing) -> dict[str, int]:
    keys = [search_key(one) for one in listing.columns]
    found = {}
    for name, headers in _HEADERS.items():
        wanted = {search_key(one) for one in headers}
        at = next((at for at, key in enumerate(keys) if key in wanted), None)
        if at is not None:
            found[name] = at
    if "name" not in found:
        raise ListNamesNobody(listing.name)
    return found


def _merged(known: Mapping[str, Holder], said: dict[str, str]) -> tuple[Holder | None, Details]:
    """Return whom a row is about, if they are on record, and what is to stand of them."""
    number = search_key(said.get("reference", ""))
    holder = known.get(number) if number else None
    base = holder.details if holder else Details("")
    return holder, replace(
        base,
        name=said.get("name") or base.name,
        reference=said.get("reference") or base.reference,
        rank=said.get("rank") or base.rank,
        unit=said.get("unit") or base.unit,
        card=said.get("card") or base.card,
    )
