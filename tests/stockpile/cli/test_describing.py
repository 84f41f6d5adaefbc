"""How a command's words become marks, parts, checks and runs."""

from __future__ import annotations

import io

import pytest

from stockpile.cli.describing import check_said, mark_said, part_said, run_said, serials_in
from stockpile.domain.errors import FieldUnreadable, FileUnreadable, RangeUnclear
from stockpile.domain.facts import Component, Mark, SafeCheck

NOBODY_LOOKED = {
    "magazine_out": False, "chamber_clear": False, "safety_on": False, "remnant": False,
    "cleared_by": "Sgt Okello", "verified_by": "",
}  # fmt: skip


def test_a_mark_is_its_kind_and_its_text_or_all_of_its_fields():
    assert mark_said("proof: 26:1 ") == Mark("proof", "26:1", script="Zyyy")
    assert mark_said('{"kind": "maker", "text": "ЗИД", "legibility": "doubtful"}') == Mark(
        "maker", "ЗИД", legibility="doubtful"
    )
    with pytest.raises(FieldUnreadable):
        mark_said('{"kind": "maker"}')


def test_a_part_is_numbered_or_not():
    assert part_said("barrel:B 7") == Component("barrel", (Mark("serial", "B 7", script="Latn"),))
    assert part_said("magazine") == Component("magazine")
    assert part_said('{"kind": "barrel", "calibre": ".22"}').calibre == ".22"


def test_a_check_is_one_only_where_somebody_looked():
    assert check_said(**NOBODY_LOOKED) is None
    looked = check_said(**NOBODY_LOOKED | {"chamber_clear": True})
    assert looked == SafeCheck(chamber_clear=True, cleared_by="Sgt Okello")


def test_a_run_is_two_ends_or_a_beginning_and_a_count():
    assert run_said("KB1..KB3", "", 0).serials() == ("KB1", "KB2", "KB3")
    assert run_said("KB1…3", "", 0).highest == "KB3"
    assert run_said("", "KB1", 2).highest == "KB2"
    with pytest.raises(RangeUnclear):
        run_said("KB1", "", 0)


def test_serials_come_from_a_file_or_from_the_standard_input(tmp_path, monkeypatch):
    listed = tmp_path / "serials.txt"
    listed.write_bytes("\ufeffKB1\r\n\r\n KB2 \r\n".encode())
    assert serials_in(str(listed)) == ("KB1", "KB2")
    monkeypatch.setattr("sys.stdin", io.StringIO("KB3\n"))
    assert serials_in("-") == ("KB3",)
    with pytest.raises(FileUnreadable):
        serials_in(str(tmp_path))
