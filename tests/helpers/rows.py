"""Rows of lists as the rules see them, without a file around them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stockpile.adapters.catalogue.term_files import shipped_catalogue
from stockpile.domain.catalogue import Catalogue
from stockpile.domain.importing import judged
from stockpile.domain.layouts import understood
from stockpile.domain.normalising import Normaliser
from stockpile.domain.values import Digest

DOCUMENT = Digest("d" * 64)


@cache
def meanings():
    """What written values mean by the catalogue that comes with the program."""
    return Normaliser(Catalogue(shipped_catalogue()))


@dataclass(frozen=True)
class Said:
    text: str
    value: str


@dataclass(frozen=True)
class Row:
    number: int
    cells: tuple[Said, ...]


def rows_of(*rows, first=2):
    """Rows of texts; a pair is a cell whose text and value differ."""
    return [
        Row(number, tuple(Said(*one) if isinstance(one, tuple) else Said(one, one) for one in row))
        for number, row in enumerate(rows, first)
    ]


def judge(columns, *rows, told=(), document=DOCUMENT, **more):
    lines = rows_of(*rows)
    values = [[cell.value for cell in line.cells] for line in lines]
    layout = understood(columns, values, told=told, **more)
    return list(judged(lines, layout, document, meanings()))
