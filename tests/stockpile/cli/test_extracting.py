"""export: the register copied out by filters, columns and order."""

from __future__ import annotations

import csv
import json

import openpyxl
import pytest

from tests.helpers.commands import INIT, Shell


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    for n, make in enumerate(("FN", "Taurus", "TAURUS")):
        shell.ok("register", "--serial", f"=S{n}", "--make", make)
    return shell


def serials(file):
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [line["Serial number"] for line in csv.DictReader(lines)]


def test_the_form_goes_by_the_name_of_the_file(shell, tmp_path):
    for form in ("csv", "xlsx", "json", "pdf"):
        told = shell.ok("export", tmp_path / f"list.{form}")
        assert told["weapons"] == 3
        assert told["file"] == str(tmp_path / f"list.{form}")
    assert serials(tmp_path / "list.csv") == ["'=S0", "'=S1", "'=S2"]
    shell.ok("export", tmp_path / "list.csv", "--no-guard")
    assert serials(tmp_path / "list.csv") == ["=S0", "=S1", "=S2"]
    assert json.loads((tmp_path / "list.json").read_text())["about"]["count"] == 3
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0]
    assert [cell.data_type for cell in sheet["B"]] == ["s"] * 4


def test_filters_columns_and_order(shell, tmp_path):
    file = tmp_path / "list.csv"
    told = shell.ok(
        "export", file, "--filter", "make=taurus", "--filter", "marked=no", "--columns",
        "serial,make", "--order=-serial", "--no-bom",
    )  # fmt: skip
    assert told["weapons"] == 2
    assert file.read_bytes() == b"Serial number,Make\r\n'=S2,TAURUS\r\n'=S1,Taurus\r\n"


def test_dates_places_and_people(shell, tmp_path):
    file = tmp_path / "list.csv"
    shell.ok("holder", "add", "Ilunga")
    for asked, count in (
        ("since=2020-01-01", 3), ("until=2020-01-01", 0), ("place=Kampala Central", 3),
        ("officer=A. Mbuyi", 3), ("officer=nobody", 0), ("text=s1", 1), ("serial=no", 0),
        ("home=Kampala Central", 3), ("holder=Ilunga", 0), ("due_by=2099-01-01", 0),
        ("inspect_by=2099-01-01", 0), ("unfit=no", 3),
    ):  # fmt: skip
        assert shell.ok("export", file, "--filter", asked)["weapons"] == count, asked


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (["--format", "doc"], "format"),
        (["--filter", "colour=red"], "filter"),
        (["--filter", "marked=perhaps"], "marked"),
        (["--filter", "since=yesterday"], "since"),
        (["--filter", "due_by=soon"], "due_by"),
        (["--order", "colour"], "order"),
        (["--columns", "colour"], "columns"),
    ],
)
def test_what_is_not_understood_is_refused(shell, tmp_path, words, field):
    said = shell.run("export", tmp_path / "list.csv", *words)
    assert (said.code, said.error["details"]["field"]) == (1, field)
    assert not (tmp_path / "list.csv").exists()
