from __future__ import annotations

import pytest

from stockpile.adapters.sheets.grid import EMPTY, Grid
from stockpile.adapters.sheets.headers import column_names, header_index, letter, listing, promise
from stockpile.services.ports import Cell


def row(*texts):
    return tuple(Cell(one, one) if one else EMPTY for one in texts)


DATA = row("KB4471902", "PST", "9x19")


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        ([row("Serial", "Type", "Calibre"), DATA], 0),
        ([row(), row("", ""), row("Número de Série", "Tipo", "Marca"), DATA], 2),
        ([row("Central Armoury"), row("Date:", "3 May 2020"), row("Serial", "Type", "x"), DATA], 2),
        ([row("Bezeichnung", "Nummer", "Ort"), row("P1", "77123", "Halle")], 0),
        ([row("77123", "9", "12"), row("77124", "9", "13")], None),
        ([row("serial"), row("77123"), row("77124")], 0),
        ([row("just", "titles", "here")], None),
        ([], None),
    ],
)
def test_the_header_is_found_wherever_it_is(rows, index):
    assert header_index(rows) == index


def test_a_list_keeps_its_row_numbers_and_drops_blank_rows_only():
    rows = (row("Title"), row("Serial", "Type", "Calibre"), DATA, row("", ""), row("", "PST"), DATA)
    found = listing(Grid((), "", rows), "l.csv", "d" * 64)
    assert found.header_row == 2
    assert [line.number for line in found.lines] == [3, 5, 6]
    assert {len(line.cells) for line in found.lines} == {3}


def test_a_list_without_a_header_has_letters():
    found = listing(Grid((), "", (row("77123", "9"), row("77124", "9"))), "l.csv", "d" * 64)
    assert found.header_row == 0
    assert found.columns == ("A", "B")
    assert [line.number for line in found.lines] == [1, 2]


def test_columns_without_a_name_or_with_the_same_one():
    names = column_names(row("Serial", "", "Serial", " Place  of\u00a0find "), 5)
    assert names == ("Serial", "B", "Serial (2)", "Place of find", "E")


def test_letters_as_a_spreadsheet_shows_them():
    assert [letter(one) for one in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


def test_a_sheet_with_headings_promises_more_than_one_with_prose():
    list_like = promise([row("Serial", "Type"), DATA])
    assert list_like > promise([row("Read me first"), row("This book was made by ...")])
