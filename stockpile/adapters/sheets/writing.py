"""Tables as CSV and JSON, row by row, so that memory stays flat."""

from __future__ import annotations

import csv
import io
import json
from typing import BinaryIO

from stockpile.domain.spreadsheets import harmless
from stockpile.services.ports import ExtractTable


def write_csv(table: ExtractTable, out: BinaryIO) -> None:
    """Write comma-separated values in UTF-8, every cell as it is.

    ``has_bom`` puts the mark before them by which a spreadsheet knows UTF-8. ``is_guarded`` puts an
    apostrophe before what a spreadsheet would take for a formula; other programs read it as part
    of the value.
    """
    encoding = "utf-8-sig" if table.has_bom else "utf-8"
    text = io.TextIOWrapper(out, encoding, newline="", write_through=True)
    lines = csv.writer(text)
    lines.writerow([column.title for column in table.columns])
    for row in table.rows:
        lines.writerow([harmless(cell) for cell in row] if table.is_guarded else row)
    text.flush()
    text.detach()


def write_json(table: ExtractTable, out: BinaryIO) -> None:
    """Write one JSON object: what the extract is, and its weapons, a line each, by column code."""
    codes = [column.code for column in table.columns]
    about = {"title": table.title, "notes": list(table.notes), "count": table.count}
    out.write(f'{{"about": {_json(about)},\n"weapons": [\n'.encode())
    for number, row in enumerate(table.rows):
        before = ",\n" if number else ""
        out.write(f"{before}{_json(dict(zip(codes, row, strict=True)))}".encode())
    out.write(b"\n]}\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
