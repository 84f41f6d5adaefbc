"""Workbooks whose cells are texts and nothing else, read back by another program's library."""

from __future__ import annotations

import io
import zipfile

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.adapters.sheets.workbook_writing import write_xlsx
from stockpile.services.ports import ExtractColumn, ExtractTable
from tests.helpers.nightly import examples


def book(rows, width=2, **options):
    columns = tuple(ExtractColumn(f"c{n}", f"Column {n}", 12) for n in range(width))
    out = io.BytesIO()
    write_xlsx(ExtractTable("Extract", ("by A",), columns, iter(rows), len(rows), **options), out)
    out.seek(0)
    return out


def cells(out):
    sheet = openpyxl.load_workbook(out).worksheets[0]
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=2)]


MANGLED = [
    ("00123", "1.2E+06"),
    ("=HYPERLINK(1)", "+1"),
    ("-5", "@SUM(A1)"),
    ("MAR 3", "3/4"),
    ("12345678901234567", "TRUE"),
    ("<&>\"'", "  two  spaces "),
    ("a\nb", "тест 测试 عربي"),
]


def test_no_cell_is_anything_but_a_text():
    sheet = openpyxl.load_workbook(book(MANGLED)).worksheets[0]
    for row, said in zip(sheet.iter_rows(min_row=2), MANGLED, strict=True):
        assert tuple(cell.value for cell in row) == said
        assert {(cell.data_type, cell.number_format) for cell in row} == {("s", "@")}


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_any_text_is_well_formed_and_comes_back(texts):
    kept = [text for text in texts if not set(text) & set(map(chr, range(32)))]
    kept = [text for text in kept if not set(text) & {"\ufffe", "\uffff"}]
    found = cells(book([(text, "x") for text in kept] or [("y", "x")]))
    assert [row[0] for row in found] == (kept or ["y"])


def test_what_xml_cannot_hold_is_spelled_as_the_format_does():
    (row,) = cells(book([("a\x07b", "_x0041_")]))
    raw = zipfile.ZipFile(book([("a\x07b", "_x0041_")])).read("xl/worksheets/sheet1.xml")
    assert b"a_x0007_b" in raw
    assert b"_x005F_x0041_" in raw
    assert row[0] != ""


def test_the_head_stays_in_sight_and_filters():
    sheet = openpyxl.load_workbook(book(MANGLED)).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B8"
    assert [cell.value for cell in sheet[1]] == ["Column 0", "Column 1"]
    assert not sheet.sheet_view.rightToLeft


def test_a_right_to_left_language_begins_at_the_right():
    assert openpyxl.load_workbook(book([], is_mirrored=True)).worksheets[0].sheet_view.rightToLeft


def test_the_last_sheet_says_what_it_is():
    last = openpyxl.load_workbook(book([("1", "2")])).worksheets[-1]
    assert [cell.value for (cell,) in last.iter_rows()] == ["Extract", "by A"]


def test_more_rows_than_a_sheet_holds_go_to_the_next():
    rows = [(str(n), "x") for n in range(7)]
    out = io.BytesIO()
    columns = (ExtractColumn("c", "Column", 9), ExtractColumn("d", "Column", 9))
    write_xlsx(ExtractTable("Extract", (), columns, iter(rows), 7), out, rows_a_sheet=4)
    found = openpyxl.load_workbook(out)
    assert len(found.worksheets) == 4
    said = [cell.value for sheet in found.worksheets[:3] for (cell,) in
            sheet.iter_rows(min_row=2, max_col=1)]  # fmt: skip
    assert said == [str(n) for n in range(7)]


def test_columns_beyond_z_have_two_letters():
    sheet = openpyxl.load_workbook(book([tuple(map(str, range(30)))], width=30)).worksheets[0]
    assert sheet["AD2"].value == "29"
