from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.sheets.plain_tables import harmless, table_text, write_table, write_whole
from stockpile.domain.errors import DiskTrouble

ROWS = [["Row", "Verdict"], ["2", "Akzeptiert; ü"], ["3", '=HYPERLINK("http://x")']]


def test_a_table_is_there_whole_and_reads_back(tmp_path):
    file = tmp_path / "new" / "verdicts.csv"
    write_table(file, ROWS)
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert read == [*ROWS[:2], ["3", '\'=HYPERLINK("http://x")']]
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_begins_like_a_formula(cell):
    assert harmless(cell) == f"'{cell}"
    book = openpyxl.Workbook()
    book.active["A1"] = harmless(cell).strip("\t\r")
    assert book.active["A1"].data_type == "s"


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=3)))
def test_any_text_is_kept_but_for_the_apostrophe(rows):
    read = list(csv.reader(io.StringIO(table_text(rows), newline="")))
    assert read == [[harmless(cell) for cell in row] for row in rows]


def test_a_file_whose_place_is_taken_is_trouble_and_leaves_nothing(tmp_path):
    (tmp_path / "there").mkdir()
    with pytest.raises(DiskTrouble):
        write_whole(tmp_path / "there", b"x")
    assert [one.name for one in tmp_path.iterdir()] == ["there"]
