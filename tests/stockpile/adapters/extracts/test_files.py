"""Extracts stand in their place whole, or not at all."""

from __future__ import annotations

import hashlib
import os

import pytest

from stockpile.adapters.extracts.files import ExtractFiles
from stockpile.domain.errors import Cancelled, DiskTrouble
from stockpile.services.ports import ExtractColumn, ExtractTable

FILES = ExtractFiles({"csv": lambda table, out: [out.write(row[0].encode()) for row in table.rows]})


def table(rows):
    return ExtractTable("T", (), (ExtractColumn("serial", "Serial", 9),), iter(rows), len(rows))


def test_a_file_is_put_in_place_of_the_old_one(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("old")
    made = FILES.write(table([("A",), ("B",)]), "csv", file)
    assert file.read_bytes() == b"AB"
    assert (made.file, made.weapons) == (file, 2)
    assert made.digest == hashlib.sha256(b"AB").hexdigest()
    assert list(tmp_path.iterdir()) == [file]


def test_progress_ends_at_the_end(tmp_path):
    told = []
    rows = [(str(n),) for n in range(450)]
    FILES.write(table(rows), "csv", tmp_path / "l", lambda *step: told.append(step))
    assert told == [(0, 450), (200, 450), (400, 450), (450, 450)]


def test_one_that_was_stopped_leaves_what_was_there(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("old")

    def stop(done, _total):
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        FILES.write(table([("A",)] * 300), "csv", file, stop)
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_takes_nothing_is_said(tmp_path):
    (tmp_path / "shut").mkdir(mode=0o500)
    with pytest.raises(DiskTrouble):
        FILES.write(table([]), "csv", tmp_path / "shut" / "list.csv")


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(DiskTrouble):
        FILES.write(table([]), "csv", tmp_path / "nowhere" / "list.csv")
