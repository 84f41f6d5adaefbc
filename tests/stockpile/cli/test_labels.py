"""label, its stocks, its runs, and how a printer is put right."""

from __future__ import annotations

import os

import pytest
from PIL import Image

from tests.helpers.commands import INIT, Shell
from tests.helpers.degraded import degraded_case
from tests.helpers.shots import a_file, encoded


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    return shell


def test_labels_of_all_of_one_and_of_a_place(shell, tmp_path):
    numbers = [shell.ok("register", "--serial", f"KB {n}")["number"] for n in range(3)]
    file = tmp_path / "labels.pdf"
    told = shell.ok("label", "--all", "--out", file)
    assert told == {"labels": 3, "pages": 1, "file": str(file)}
    assert file.read_bytes().startswith(b"%PDF")
    stock = shell.ok("label", "stocks")[-1]
    assert shell.ok("label", numbers[0], "--stock", stock, "--out", file)["labels"] == 1
    shell.ok("place", "add", "Rack 1")
    assert shell.run("label", "--place", "Rack 1", "--out", file).error["error"] == "FieldMissing"


def test_after_a_jam_what_follows_the_last_good_label_is_printed(shell, tmp_path):
    for n in range(3):
        shell.ok("register", "--serial", f"KB {n}")
    shell.ok("label", "--all", "--out", tmp_path / "1.pdf")
    assert shell.ok("label", "--after", "KB 0", "--out", tmp_path / "2.pdf")["labels"] == 2
    refused = shell.run("label", "--after", "KB 2", "--out", tmp_path / "3.pdf")
    assert refused.error["error"] == "SheetFinished"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_takes_nothing_is_said(shell, tmp_path):
    shell.ok("register", "--serial", "KB 1")
    (tmp_path / "shut").mkdir(mode=0o500)
    said = shell.run("label", "--all", "--out", tmp_path / "shut" / "l.pdf")
    assert (said.code, said.error["error"]) == (3, "DiskTrouble")


def test_an_unknown_stock_is_refused(shell, tmp_path):
    shell.ok("register", "--serial", "KB 1")
    said = shell.run("label", "--all", "--stock", "gold", "--out", tmp_path / "l.pdf")
    assert (said.code, said.error["error"]) == (1, "StockUnknown")


def test_a_run_goes_on_from_a_number_and_is_listed_with_its_labels(shell, tmp_path):
    for n in range(3):
        shell.ok("register", "--serial", f"KB {n}")
    shell.ok("label", "--all", "--out", tmp_path / "1.pdf")
    assert shell.ok("label", "--from", 2, "--out", tmp_path / "2.pdf")["labels"] == 2
    newest, older = shell.ok("label", "runs")
    assert (newest["labels"], older["labels"]) == (2, 3)
    shell.ok("label", "KB 0", "--anew", "--out", tmp_path / "3.pdf")
    labels = shell.ok("label", "runs", older["run"])
    assert [one["place"] for one in labels] == [1, 2, 3]
    assert [one["is_void"] for one in labels] == [True, False, False]
    refused = shell.run("label", "--from", 9, "--out", tmp_path / "4.pdf")
    assert refused.error["error"] == "FieldUnreadable"


def test_a_printer_is_put_right_by_its_ruler_page_and_remembered(shell, tmp_path):
    shell.ok("register", "--serial", "KB 1")
    shell.ok("label", "ruler", "--stock", "l7160", "--out", tmp_path / "ruler.pdf")
    assert (tmp_path / "ruler.pdf").read_bytes().startswith(b"%PDF")
    measured = ("--a", "21.2", "--b", "19,5")
    (told,) = shell.ok("label", "fit", "Office laser", *measured)
    assert (told["printer"], told["across"], told["down"]) == ("Office laser", 1200, -500)
    out = ("--out", tmp_path / "l.pdf")
    straight = shell.ok("label", "KB 1", *out) and (tmp_path / "l.pdf").read_bytes()
    shell.ok("label", "KB 1", "--printer", "Office laser", *out)
    assert (tmp_path / "l.pdf").read_bytes() != straight
    unknown = shell.run("label", "KB 1", "--printer", "another", *out)
    assert unknown.error["error"] == "FieldUnreadable"
    scaled = shell.run("label", "fit", "Office laser", "--a", "22.5", "--b", "20", "--c", "187.5")
    assert scaled.error["error"] == "PrintScaled"
    assert shell.ok("label", "fit", "Office laser", "--forget") == []


def test_pictures_are_read_however_bad_and_a_blank_one_is_said(shell, tmp_path):
    case = degraded_case(6, 30)
    bad = a_file(tmp_path, "dots.png", case.png())
    blank = a_file(tmp_path, "blank.png", encoded("PNG", Image.new("L", (40, 40), 9)))
    (told,) = shell.ok("label", "read", bad)
    assert [bytes.fromhex(one["hex"]) for one in told["symbols"]] == [case.payload]
    said = shell.run("label", "read", bad, blank)
    assert said.code == 1
