"""How much of real lists the normaliser understands, and how fast; run by hand.

    python -m tests.bench.normalising [ROWS]

For every list and column: rows that say something (not empty, not a word for unknown), the share of
them understood, the share sure of (at least 0.8), and the most frequent that were not understood.
The lists lie beside the project and are not part of it; without them the bench says so.
"""

from __future__ import annotations

import csv
import lzma
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import load_workbook

from stockpile.adapters.catalogue.term_files import shipped_catalogue
from stockpile.domain.catalogue import Catalogue
from stockpile.domain.normalising import Normal, Normaliser

LISTS = Path(__file__).resolve().parents[3] / "shared" / "data"
SURE = 0.8
SHOWN = 12
Row = dict[str, str]


@dataclass
class Tally:
    """What one column came to."""

    saying: int = 0
    understood: int = 0
    sure: int = 0
    missed: Counter[str] = field(default_factory=Counter)

    def count(self, answer: Normal) -> None:
        if not answer.says_something:
            return
        self.saying += 1
        self.understood += answer.understood
        self.sure += answer.understood and answer.confidence >= SURE
        if not answer.understood:
            self.missed[answer.value.strip().casefold()] += 1

    def shown(self) -> str:
        share = self.understood / max(self.saying, 1)
        sure = self.sure / max(self.saying, 1)
        return f"{self.saying:8,} {share:8.2%} {sure:8.2%}"


def csv_rows(name: str, encoding: str, delimiter: str) -> Iterator[Row]:
    with (LISTS / name).open(encoding=encoding, newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


def xz_rows(name: str) -> Iterator[Row]:
    with lzma.open(LISTS / name, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def weapons_2021() -> Iterator[Row]:
    sheet = load_workbook(LISTS / "rio/rj_2021_apreensao.xlsx", read_only=True).worksheets[0]
    rows = sheet.iter_rows(values_only=True, min_row=3)
    header = [str(cell) for cell in next(rows)]
    for cells in rows:
        row = {name: without_formula(cell) for name, cell in zip(header, cells, strict=True)}
        if row["Classe"] == "ARMA DE FOGO":
            yield row


def without_formula(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return text.removeprefix('=CONCATENATE("').removesuffix('")') if text.startswith("=") else text


RIO = {"type": "tipo", "calibre": "calibre", "make": "marca"}
SEIZED = {
    "type": "Tipo", "calibre": "Calibre", "make": "Marca", "model": "Modelo", "country": "País",
    "serial": "Número de Série",
}  # fmt: skip
FILES: dict[str, tuple[Callable[[], Iterable[Row]], dict[str, str]]] = {
    "rio 2018": (lambda: csv_rows("rio/rj_2018_armas.csv", "utf-8", ";"), RIO),
    "rio 2019-2023": (lambda: csv_rows("rio/rj_dadosRJ_armas.csv", "latin-1", ";"), RIO),
    "rio 2021": (weapons_2021, SEIZED),
    "sinarm": (
        lambda: csv_rows("sinarm/sinarm_occurrences_2200.csv", "utf-8", ","),
        {"type": "ESPECIE_ARMA", "calibre": "CALIBRE_ARMA", "make": "MARCA_ARMA"},
    ),
    "leso 10xx": (
        lambda: xz_rows("leso_1033/leso_2020-03-31_fsc10_weapons.csv.xz"),
        {"type": "Item Name"},
    ),
}


def beside(kind: str, row: Row, columns: dict[str, str]) -> str:
    """A model's make and a calibre's type stand in another column of the row."""
    other = {"model": "make", "calibre": "type"}.get(kind, "")
    return (row[columns[other]] or "") if other in columns else ""


def measured(normaliser: Normaliser) -> None:
    print(f"{'list':14} {'column':8} {'rows':>8} {'known':>8} {'sure':>8}")
    missed: list[tuple[str, str, Counter[str]]] = []
    for name, (rows, columns) in FILES.items():
        tallies = {kind: Tally() for kind in columns}
        for row in rows():
            for kind, column in columns.items():
                tallies[kind].count(
                    normaliser.of(kind, row[column] or "", beside(kind, row, columns))
                )
        for kind, tally in tallies.items():
            print(f"{name:14} {kind:8} {tally.shown()}")
            missed.append((name, kind, tally.missed))
    for name, kind, words in missed:
        if words:
            most = ", ".join(f"{word!r} {times}" for word, times in words.most_common(SHOWN))
            print(f"{name} {kind}, not understood: {most}")


def timed(rows: int) -> None:
    """Print how many values a second are read: each new, and each from a list's few hundred."""
    started = time.perf_counter()
    normaliser = Normaliser(Catalogue(shipped_catalogue()))
    print(f"tables read in {time.perf_counter() - started:.2f} s")
    patterns = (("calibre", "7.62 x {0} mm"), ("make", "Maker {0} SA"), ("type", "tipo {0}"))
    for kind, made in patterns:
        for label, every in (("all different", rows), ("few hundred", 300)):
            started = time.perf_counter()
            for number in range(rows):
                normaliser.of(kind, made.format(number % every))
            seconds = time.perf_counter() - started
            print(f"{kind:8} {label:14} {rows / seconds:12,.0f} a second")


if __name__ == "__main__":
    timed(int(sys.argv[1]) if sys.argv[1:] else 20_000)
    if LISTS.is_dir():
        measured(Normaliser(Catalogue(shipped_catalogue())))
    else:
        print("the lists are not here: nothing measured but speed")
