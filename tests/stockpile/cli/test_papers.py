"""label and label stocks."""

from __future__ import annotations

import os

import pytest

from tests.helpers.commands import INIT, Shell


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


def test_a_dossier_is_printed_in_the_language_asked_for(shell, tmp_path):
    number = shell.ok("register", "--type", "ASR", "--serial", "KB 1")["number"]
    file = tmp_path / "dossier.pdf"
    told = shell.ok("paper", "dossier", number, "--out", file, "--lang", "ar")
    assert told["pages"] >= 1
    assert file.read_bytes().startswith(b"%PDF")
    said = shell.run("paper", "poem", number, "--out", file)
    assert (said.code, said.error["error"]) == (1, "FieldUnreadable")
