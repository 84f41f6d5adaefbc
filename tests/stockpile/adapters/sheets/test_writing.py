"""CSV and JSON, read back by the standard library."""

from __future__ import annotations

import csv
import io
import json

import pytest

from stockpile.adapters.sheets.writing import write_csv, write_json
from stockpile.services.ports import ExtractColumn, ExtractTable

COLUMNS = (ExtractColumn("serial", "Serial", 9), ExtractColumn("make", "Make", 9))
ROWS = [
    ("0012", "Smith, Wesson"),
    ("=1+1", 'He said "no"'),
    ("+4", "two\nlines"),
    ("", "ижмаш"),
]


def written(write, **options):
    out = io.BytesIO()
    write(ExtractTable("T", ("by",), COLUMNS, iter(ROWS), len(ROWS), **options), out)
    return out.getvalue()


@pytest.mark.parametrize("bom", [True, False])
def test_every_cell_comes_back_as_it_was(bom):
    raw = written(write_csv, has_bom=bom)
    assert raw.startswith(b"\xef\xbb\xbf") == bom
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert lines == [["Serial", "Make"], *map(list, ROWS)]


def test_what_looks_like_a_formula_is_guarded_when_asked():
    raw = written(write_csv, is_guarded=True)
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert [line[0] for line in lines[1:]] == ["0012", "'=1+1", "'+4", ""]


def test_json_names_each_column_by_its_code():
    said = json.loads(written(write_json))
    assert said["about"] == {"title": "T", "notes": ["by"], "count": 4}
    assert said["weapons"][1] == {"serial": "=1+1", "make": 'He said "no"'}
    assert len(said["weapons"]) == len(ROWS)
