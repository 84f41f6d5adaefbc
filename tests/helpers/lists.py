"""Lists for tests: real ones from the workplace, and workbooks and archives made to order."""

from __future__ import annotations

import csv
import os
import zipfile
from io import StringIO
from pathlib import Path

import openpyxl
import pytest

REAL = Path(os.environ.get("STOCKPILE_REAL_LISTS", Path(__file__).parents[3] / "shared" / "data"))


def real(*parts: str) -> Path:
    """A real list, or a skip with its reason: it belongs to somebody and is not shipped."""
    file = REAL.joinpath(*parts)
    if not file.exists():
        pytest.skip(f"no real list {file}")
    return file


def csv_text(rows, delimiter=","):
    written = StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue()


def a_csv(folder, rows, *, name="list.csv", delimiter=",", encoding="utf-8"):
    file = folder / name
    file.write_bytes(csv_text(rows, delimiter).encode(encoding))
    return file


def a_workbook(folder, *sheets, name="list.xlsx"):
    """Write (title, rows) pairs as sheets; a cell may be (value, number format)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if isinstance(value, tuple):
                    sheet.cell(number, column, value[0]).number_format = value[1]
                else:
                    sheet.cell(number, column, value)
    book.save(folder / name)
    return folder / name


def rezipped(file, changes, *, name="changed.xlsx"):
    """Write the archive again with some of its parts replaced (None takes one away)."""
    target = file.parent / name
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {part: old.read(part) for part in old.namelist()} | changes
        for part, content in parts.items():
            if content is not None:
                new.writestr(part, content)
    return target
