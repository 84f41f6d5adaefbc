"""What an import costs, against bare batched inserts of the same log rows. Run by hand:

    python -m tests.bench.importing [list]

Without a list it is the 2021 seizures workbook of Rio de Janeiro, where that is at hand, else
12,000 generated rows. Reading and judging the file is excluded: counted is ``Importing.bring_in``,
from the verdicts on: keys sought, acts written, all durable. Aim: 0.4 of the bare driver, which
``tests.bench.bare`` gives in two ways, ``least`` and ``same``; each round in books of its own.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from pathlib import Path

from stockpile.adapters.catalogue.term_files import shipped_catalogue
from stockpile.adapters.sheets.profiles import ProfileShelf
from stockpile.adapters.sheets.reader import FileListings
from stockpile.domain.catalogue import Catalogue
from stockpile.services.importing import Importing
from stockpile.services.meanings import CatalogueMeanings
from tests.bench.bare import timed
from tests.bench.ledger import (
    CHANCE,
    CLOCK,
    PLACE,
    Ratios,
    an_officer,
    compared,
    new_books,
    others_in,
    told,
)
from tests.helpers.lists import REAL

ROUNDS = 5
CATALOGUE = Catalogue(shipped_catalogue())
WORKBOOK = REAL / "rio" / "rj_2021_apreensao.xlsx"


def a_list(folder: Path) -> Path:
    """Write a list as an office keeps it."""
    file = folder / "list.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(["Serial", "Type", "Make", "Model", "Calibre", "Date", "Case"])
        lines.writerows(
            [CHANCE.bytes(4).hex(), "pistol", f"Make {number % 40}", f"PT{number % 90}", "9x19",
             "2021-03-04", f"DP {number % 300}"]
            for number in range(12_000)
        )  # fmt: skip
    return file


def brought_in(file: Path, folder: Path) -> Ratios:
    """Import the list into new books, then write what came of it twice more."""
    opened, sign = new_books(folder / "home")
    others = others_in(folder, sign)
    desk = Importing(
        opened.books, opened.register, FileListings(), ProfileShelf(folder / "profiles"),
        CatalogueMeanings(lambda: CATALOGUE), CLOCK, CHANCE,
    )  # fmt: skip
    preview = desk.preview(file)
    officer = an_officer(sign)
    found = compared(
        opened,
        others,
        lambda _: timed(lambda: desk.bring_in(preview, by=officer, place=PLACE)),
        len(preview.verdicts),
    )
    for one in (*others, opened):
        one.close()
    return found


def main() -> None:
    """Print rows a second, and the ratios."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        folder = Path(name)
        file = WORKBOOK if WORKBOOK.exists() else a_list(folder)
        file = Path(sys.argv[1]) if len(sys.argv) > 1 else file
        told(
            f"rows of {file.name}",
            [brought_in(file, folder / str(number)) for number in range(ROUNDS)],
        )


if __name__ == "__main__":
    main()
