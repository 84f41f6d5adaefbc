"""A million weapons with serials of real shapes, and the words people write beside them.

Shapes, makes, models and calibres are taken as written from a real list where that is at hand, and
from a few invented lines elsewhere; digits and half of the letters are drawn anew.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import openpyxl

from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.domain.facts import Draft, Mark, WeaponRegistered
from stockpile.domain.serials import read_serial
from stockpile.domain.values import WeaponId, new_id
from stockpile.services.stockpile import Stockpile
from tests.helpers.lists import REAL

WORKBOOK = REAL / "rio" / "rj_2021_apreensao.xlsx"
ACT = 1000
_FORMULA = re.compile(r'=CONCATENATE\("(.*)"\)')
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LONGEST = 14
_INVENTED = (
    ("123456", "TAURUS", "RT 82", ".38 SPL", "REVÓLVER"),
    ("KBD12345", "Forjas Taurus S/A", "PT 92", "9 MM PARABELLUM (9X19MM)", "PISTOLA"),
    ("BXLH307", "GLOCK", "17", "9 MM", "PISTOLA"),
    ("K54321", "ROSSI", "M 68", ".38", "REVÓLVER"),
    ("12345", "S&W", "", ".32 S&W LONG", "REVÓLVER"),
    ("AB 123456", "IMBEL", "MD 1", "7,62 MM NATO", "FUZIL"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A weapon as a list has it."""

    serial: str
    make: str
    model: str
    calibre: str
    type: str


def examples() -> list[Line]:
    """Lines to draw shapes from: real ones where they are at hand."""
    if not WORKBOOK.exists():
        return [Line(*one) for one in _INVENTED]
    book = openpyxl.load_workbook(WORKBOOK, read_only=True)
    rows = islice(book.worksheets[0].iter_rows(values_only=True), 3, None)
    lines = [_line(row) for row in rows if row[3] == "ARMA DE FOGO" and row[1] is not None]
    return [one for one in lines if _is_plain(one.serial)]


def crowd(seed: int, count: int) -> Iterator[Line]:
    """So many weapons, the same for the same seed."""
    chance = random.Random(seed)
    shapes = examples()
    for _ in range(count):
        shape = chance.choice(shapes)
        yield Line(
            redrawn(chance, shape.serial), shape.make, shape.model, shape.calibre, shape.type
        )


def redrawn(chance: random.Random, serial: str) -> str:
    """Another serial of the same shape: a digit at its head and half of the prefixes stay."""
    keep_letters = chance.random() < 0.5
    drawn = [
        str(chance.randrange(10)) if one.isdigit() and place
        else chance.choice(_LETTERS) if one.isalpha() and one.isascii() and not keep_letters
        else one
        for place, one in enumerate(serial)
    ]  # fmt: skip
    return "".join(drawn)


def settle(stockpile: Stockpile, lines: Iterator[Line]) -> int:
    """Put the lines on record in acts of a thousand; returns how many."""
    clock, chance = SystemClock(), SystemChance()
    done = 0
    while portion := list(islice(lines, ACT)):
        drafts = [
            Draft(
                WeaponId(new_id(clock.now(), chance.bytes(10))),
                WeaponRegistered(
                    type=one.type, make=one.make, model=one.model, calibre=one.calibre,
                    marks=(Mark("serial", one.serial, is_identity=True),),
                ),
            )
            for one in portion
        ]  # fmt: skip
        stockpile.books.record(drafts, by=None)
        done += len(drafts)
    return done


def is_settled(home: Path, count: int) -> bool:
    """Say whether the home was filled to the end before."""
    told = home / "crowd"
    return told.exists() and told.read_text("utf-8") == str(count)


def _line(row: tuple[object, ...]) -> Line:
    serial, make, model, calibre, kind = (
        "" if row[at] is None else str(row[at]).strip() for at in (1, 5, 6, 7, 4)
    )
    formula = _FORMULA.fullmatch(serial)
    return Line(formula.group(1).strip() if formula else serial, make, model, calibre, kind)


def _is_plain(serial: str) -> bool:
    read = read_serial(serial)
    digits = sum(one.isdigit() for one in read.key)
    return read.status == "read" and digits >= 2 and 4 <= len(read.key) <= _LONGEST
