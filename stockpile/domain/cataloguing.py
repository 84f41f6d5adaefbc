"""Rows of a site's own in the catalogue: what may be added, and what a national table comes to.

1. What is added to a term that is there adds to it: aliases and calibres are joined, other values
   replace those that were there, nothing is forgotten.
2. A model stands within a make; what a row names is a term of the catalogue, or is refused.
3. A row that adds nothing is held already, whoever says it and how often.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from stockpile.domain.catalogue import Catalogue, Kind, Term, code_of, folded
from stockpile.domain.errors import FieldMissing, FieldUnreadable
from stockpile.domain.facts import CatalogueExtended, Draft
from stockpile.domain.headings import field_headed
from stockpile.domain.normalising import Normaliser
from stockpile.domain.references import Reference
from stockpile.domain.values import tidied
from stockpile.domain.vocabulary import ACTIONS, picked
from stockpile.domain.weapon_types import TYPES

Column = Literal["make", "model", "type", "calibre", "country", "aliases"]
Outcome = Literal["accepted", "already_held", "refused"]
Reason = Literal["nothing_said", "make_missing"]
Named = Literal["type", "calibre", "country"]
"""Columns whose values must be terms of the catalogue."""

_ALIASES: Final = frozenset({
    "alias", "aliases", "other names", "also known as", "aka", "synonyms", "outros nomes",
    "apelidos", "sinonimos", "otros nombres", "autres noms", "synonymes", "другие названия",
    "اسماء اخرى",
})  # fmt: skip
_SURE: Final = 0.8
"""A value of a table is taken over where the reading is at least so sure."""
_SURE_OF_A_MAKE: Final = 0.85
"""A make by a part of its name, or by likeness, is another make."""
_NAMED: Final[tuple[Named, ...]] = ("type", "calibre", "country")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one row of a table: its number there, and the terms that it adds.

    ``left_open`` names the columns whose value is not understood: the row comes in without it.
    """

    row: int
    text: str
    outcome: Outcome
    reason: Reason | None = None
    terms: tuple[Term, ...] = ()
    left_open: tuple[Named, ...] = ()


def term_of(reference: Reference) -> Term | None:
    """Return the term that a reference stands for."""
    body = reference.now
    if not isinstance(body, CatalogueExtended):
        return None
    return Term(
        body.kind, body.code, body.name, body.aliases, within=body.within, type=body.type,
        action=body.action, calibres=body.calibres, country=body.country, source=body.source,
    )  # fmt: skip


def subject_of(term: Term) -> str:
    """Return the subject of a term's facts: the same on every node that adds the same code."""
    return f"term:{term.kind}:{term.code}"


def extension(term: Term, reference: Reference | None) -> Draft:
    """Return the fact that puts the term on record, after what stands of it."""
    body = CatalogueExtended(
        term.kind, term.code, term.name, term.aliases, within=term.within, type=term.type,
        action=term.action, calibres=term.calibres, country=term.country, source=term.source,
    )  # fmt: skip
    return Draft(subject_of(term), body, reference.heads if reference else ())


def joined(known: Term, said: Term) -> Term:
    """Return the known term with what is said of it added; a name said otherwise is an alias."""
    return replace(
        known,
        aliases=_distinct((known.name, *known.aliases, *said.names))[1:],
        type=said.type or known.type,
        action=said.action or known.action,
        calibres=tuple(dict.fromkeys((*known.calibres, *said.calibres))),
        country=said.country or known.country,
        source=said.source or known.source,
    )


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Return each name once, as it was first written."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(folded(name), name)
    return tuple(found.values())


def adds_nothing(known: Term, new: Term) -> bool:
    """Say whether a joined term holds no more than the known one; who says it is no matter."""
    return replace(new, source=known.source) == known


def understood(catalogue: Catalogue, said: Term) -> Term:
    """Return the term to put on record for what is said: joined to the one it names, if any.

    Raises FieldMissing without a name (or a model's make), FieldUnreadable for a kind, type,
    action, make, calibre or country that is none of the catalogue's.
    """
    if not tidied(said.name):
        raise FieldMissing("name")
    if said.kind == "type" and said.code not in TYPES:
        raise FieldUnreadable("type", said.code)
    clean = replace(
        said,
        name=tidied(said.name),
        aliases=tuple(filter(None, map(tidied, said.aliases))),
        within=_make_code(catalogue, said),
        type=_known_type(said),
        action=picked("action", said.action, ACTIONS) if said.action else "",
        calibres=tuple(_code(catalogue, "calibre", one) for one in said.calibres),
        country=_code(catalogue, "country", said.country) if said.country else "",
    )
    known = named_term(catalogue, clean)
    return joined(known or _bare(clean), clean)


def named_term(catalogue: Catalogue, said: Term) -> Term | None:
    """Return the term that is meant: by its code, else by its name, a model's within its make."""
    if said.code:
        return catalogue.term(said.kind, said.code)
    found = catalogue.named(said.kind, said.name)
    return next((one for one in found if one.within == said.within), None)


def _bare(said: Term) -> Term:
    """Return a new term before anything but its name was said of it."""
    return replace(said, code=said.code or new_code(said), aliases=())


def new_code(term: Term) -> str:
    """Return the code of a new term: of its words; a model's begins with its make's."""
    words = code_of(term.name) or "-"
    return f"{term.within}:{words}" if term.within else words


def _make_code(catalogue: Catalogue, said: Term) -> str:
    if said.kind != "model":
        return ""
    if not said.within:
        raise FieldMissing("make")
    return _code(catalogue, "make", said.within)


def _known_type(said: Term) -> str:
    if said.type and said.type.upper() not in TYPES:
        raise FieldUnreadable("type", said.type)
    return said.type.upper()


def _code(catalogue: Catalogue, kind: Kind, text: str) -> str:
    """Return the code of the term that a text names."""
    if catalogue.term(kind, text):
        return text
    found = catalogue.named(kind, text)
    if not found:
        raise FieldUnreadable(kind, text)
    return found[0].code


# --- tables -------------------------------------------------------------------------------------


def columns_of(headings: Sequence[str]) -> dict[Column, int]:
    """Return which column of a table says what; the first of two that say the same."""
    found: dict[Column, int] = {}
    for number, heading in enumerate(headings):
        column = _column(heading)
        if column is not None:
            found.setdefault(column, number)
    return found


def _column(heading: str) -> Column | None:
    if folded(heading) in _ALIASES:
        return "aliases"
    match field_headed(heading)[0]:
        case "make" | "model" | "type" | "calibre" | "country" as column:
            return column
        case _:
            return None


def judged(
    rows: Iterable[tuple[int, dict[Column, str]]], catalogue: Catalogue, source: str
) -> Iterator[Verdict]:
    """Judge each row of a table against the catalogue and the rows before it."""
    table = _Table(catalogue, source)
    for number, row in rows:
        yield table.judge(number, row)


class _Table:
    """A table being read: what its rows have added so far counts for the next one."""

    def __init__(self, catalogue: Catalogue, source: str) -> None:
        self._catalogue, self._source = catalogue, source
        self._normaliser = Normaliser(catalogue)
        self._added: dict[tuple[Kind, str], Term] = {}
        self._codes: dict[tuple[Kind, str, str], str] = {}

    def judge(self, number: int, row: dict[Column, str]) -> Verdict:
        """Return what becomes of one row."""
        text = " ".join(filter(None, (row.get("make", ""), row.get("model", ""))))
        reason = _missing(row)
        if reason is not None:
            return Verdict(number, text, "refused", reason)
        terms, left_open = self._read(row)
        outcome: Outcome = "accepted" if terms else "already_held"
        return Verdict(number, text, outcome, None, terms, left_open)

    def _read(self, row: dict[Column, str]) -> tuple[tuple[Term, ...], tuple[Named, ...]]:
        """Return the terms that a row adds to, and the columns that are not understood."""
        said: dict[Named, tuple[str, ...]] = {one: self._codes_in(row, one) for one in _NAMED}
        left_open = tuple(one for one in _NAMED if row.get(one, "").strip() and not said[one])
        make, model = self._make(row), tidied(row.get("model", ""))
        country = "".join(said["country"][:1])
        if not model:
            make = replace(make, aliases=_parts(row, "aliases"), country=country)
            return tuple(self._extended(make)), left_open
        terms = tuple(self._extended(make))
        own = Term(
            "model", "", model, _parts(row, "aliases"), within=self._code(make),
            type="".join(said["type"][:1]), calibres=said["calibre"], country=country,
            source=self._source,
        )  # fmt: skip
        return (*terms, *self._extended(own)), left_open

    def _make(self, row: dict[Column, str]) -> Term:
        """Return the make of a row: one that is known under another spelling, else a new one."""
        name = tidied(row["make"])
        if self._known(Term("make", "", name)):
            return Term("make", "", name, source=self._source)
        read = self._normaliser.make(name)
        code = read.code if read.confidence >= _SURE_OF_A_MAKE else ""
        return Term("make", code, name, source=self._source)

    def _codes_in(self, row: dict[Column, str], column: Named) -> tuple[str, ...]:
        """Return the codes that a cell names."""
        text = tidied(row.get(column, ""))
        if not text or self._catalogue.term(column, text):
            return (text,) if text else ()
        if column == "calibre":
            types = row.get("type", "")
            read = [one for part in _parts(row, column)
                    for one in self._normaliser.calibres(part, types)]  # fmt: skip
        else:
            read = [self._normaliser.of(column, text)]
        return tuple(one.code for one in read if one.code and one.confidence >= _SURE)

    def _extended(self, said: Term) -> Iterator[Term]:
        """Give the term as the row leaves it, unless the row adds nothing to it.

        A name that another term bears already is no alias: it would make one of two.
        """
        known = self._known(said)
        start = known or _bare(said)
        free = [one for one in said.aliases if self._bearer(said, one) in ("", start.code)]
        new = joined(start, replace(said, aliases=tuple(free)))
        if known is None or not adds_nothing(known, new):
            self._added[new.kind, new.code] = new
            for name in new.names:
                self._codes.setdefault((new.kind, new.within, folded(name)), new.code)
            yield new

    def _known(self, said: Term) -> Term | None:
        """Return the term that is meant, with what the rows before added to it."""
        code = said.code or self._bearer(said, said.name) or new_code(said)
        return self._added.get((said.kind, code)) or self._catalogue.term(said.kind, code)

    def _bearer(self, like: Term, name: str) -> str:
        """Return the code of the term that bears a name, in the catalogue or the rows before."""
        named = named_term(self._catalogue, replace(like, code="", name=name))
        if named is not None:
            return named.code
        return self._codes.get((like.kind, like.within, folded(name)), "")

    def _code(self, make: Term) -> str:
        known = self._known(make)
        return known.code if known else make.code


def _missing(row: dict[Column, str]) -> Reason | None:
    if not tidied(row.get("make", "")):
        return "make_missing" if tidied(row.get("model", "")) else "nothing_said"
    return None


def _parts(row: dict[Column, str], column: Column) -> tuple[str, ...]:
    """Return the values of a cell that may hold several."""
    cell = row.get(column, "").replace(";", "|")
    return tuple(filter(None, map(tidied, cell.split("|"))))
