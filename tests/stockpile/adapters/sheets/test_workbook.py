from __future__ import annotations

import datetime as dt
import re
import zipfile

import pytest

from stockpile.adapters.sheets import limits
from stockpile.adapters.sheets.workbook import read_workbook
from stockpile.domain.errors import Cancelled, FileHostile, FileUnreadable
from stockpile.services.ports import silent
from tests.helpers.lists import a_workbook, rezipped

HEAD = ["serial", "type", "calibre"]
SHEET = "xl/worksheets/sheet1.xml"
ROW = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData><row>%b</row></sheetData></worksheet>"
)


def read(file, sheet="", progress=silent):
    return read_workbook(file.read_bytes(), str(file), sheet, progress)


def cells(grid):
    return [[(cell.text, cell.value) for cell in row] for row in grid.rows]


def test_values_as_a_person_sees_them(tmp_path):
    row = ["0012", 12, 7.62, 1200000.0, (42, "00000"), dt.date(2021, 1, 4), True, None, "x"]
    grid = read(a_workbook(tmp_path, ("List", [HEAD, row])))
    said = ["0012", "12", "7.62", "1200000", "00042", "2021-01-04", "TRUE", "", "x"]
    assert cells(grid)[1] == [(one, one) for one in said]


def test_equal_numbers_in_other_formats_are_not_confused(tmp_path):
    grid = read(a_workbook(tmp_path, ("List", [HEAD, [(42, "00000"), 42, (42, "0000"), True, 1]])))
    assert [cell.text for cell in grid.rows[1]] == ["00042", "42", "0042", "TRUE", "1"]


def test_a_constant_formula_is_read_and_any_other_only_remembered(tmp_path):
    row = ['=CONCATENATE("00123")', "=A2", "=SUM(1,2)"]
    file = a_workbook(tmp_path, ("List", [HEAD, row]))
    assert cells(read(file))[1] == [
        ('=CONCATENATE("00123")', "00123"),
        ("=A2", ""),
        ("=SUM(1,2)", ""),
    ]
    remembered = b"<c><f>A9</f><v>77</v></c><c t='str'><f>B9</f><v>K1</v></c><c><f>C9</f></c>"
    sheet = ROW % remembered
    assert cells(read(rezipped(file, {SHEET: sheet})))[0] == [
        ("=A9", "77"),
        ("=B9", "K1"),
        ("=C9", ""),
    ]


def test_the_sheet_with_the_list_is_chosen_and_all_are_named(tmp_path):
    file = a_workbook(
        tmp_path,
        ("Read me", [["This list was made in 2021"], ["by the armoury"]]),
        ("Stock", [["Title"], HEAD, ["K1", "pistol", "9"], ["K2", "pistol", "9"]]),
        ("Codes", [["code", "meaning"], ["1", "new"]]),
    )
    grid = read(file)
    assert (grid.sheets, grid.sheet, len(grid.rows)) == (("Read me", "Stock", "Codes"), "Stock", 4)
    assert read(file, "Codes").sheet == "Codes"
    with pytest.raises(FileUnreadable, match="no_such_sheet"):
        read(file, "Nowhere")


@pytest.mark.parametrize("claimed", [b"A1:XFD1048576", b"A1:A1", b"A1"])
def test_dimensions_that_lie(tmp_path, claimed):
    file = a_workbook(tmp_path, ("List", [HEAD, ["K1", "pistol", "9"]]))
    sheet = read_part(file, SHEET)
    lied = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + claimed + b'"', sheet)
    assert lied != sheet
    grid = read(rezipped(file, {SHEET: lied}))
    assert [cell.text for cell in grid.rows[1]] == ["K1", "pistol", "9"]


def test_a_row_far_below_is_refused_and_not_walked_to(tmp_path):
    file = a_workbook(tmp_path, ("List", [HEAD, ["K1", "pistol", "9"]]))
    far = read_part(file, SHEET).replace(b'<row r="2"', b'<row r="999999999"')
    with pytest.raises(FileHostile, match="rows"):
        read(rezipped(file, {SHEET: far}))


def test_a_million_columns(tmp_path):
    file = a_workbook(tmp_path, ("List", [HEAD, ["K1"] * (limits.MOST_COLUMNS + 1)]))
    with pytest.raises(FileHostile, match="columns"):
        read(file)


def test_an_entity_bomb(tmp_path):
    file = a_workbook(tmp_path, ("List", [HEAD, ["K1", "pistol", "9"]]))
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    for part in (SHEET, "xl/styles.xml", "xl/workbook.xml"):
        bare = re.sub(rb"^<\?xml[^>]*\?>\s*", b"", read_part(file, part))
        with pytest.raises(FileHostile, match="entities"):
            read(rezipped(file, {part: bomb + bare}))


@pytest.mark.parametrize(
    "changes",
    [
        {SHEET: b"<worksheet><sheetData>"},
        {SHEET: b"no xml at all"},
        {SHEET: None},
        {SHEET: ROW % b"<c t='s'><v>99</v></c>"},
        {SHEET: ROW % b"<c r='nonsense'><v>1</v></c>"},
        {"[Content_Types].xml": b"<Types/>"},
        {"xl/workbook.xml": b"<workbook/>"},
    ],
)
def test_broken_parts_are_one_clear_refusal(tmp_path, changes):
    file = a_workbook(tmp_path, ("List", [HEAD, ["K1", "pistol", "9"]]))
    with pytest.raises(FileUnreadable) as caught:
        read(rezipped(file, changes))
    assert caught.value.why in ("damaged", "empty")


def test_a_gigantic_cell(tmp_path):
    sheet = ROW % (b"<c t='str'><v>" + b"x" * (limits.LONGEST_CELL + 1) + b"</v></c>")
    file = a_workbook(tmp_path, ("List", [HEAD]))
    with pytest.raises(FileHostile, match="cell"):
        read(rezipped(file, {SHEET: sheet}))


def test_progress_can_stop_it(tmp_path):
    file = a_workbook(tmp_path, ("List", [HEAD] * 1200))
    told = []

    def stop(done, total):
        told.append((done, total))
        if done >= 1000:
            raise Cancelled

    with pytest.raises(Cancelled):
        read(file, progress=stop)
    assert told == [(500, 1200), (1000, 1200)]


def read_part(file, part):
    with zipfile.ZipFile(file) as archive:
        return archive.read(part)
