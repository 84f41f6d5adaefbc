"""Counting from the command line: opened, scanned, closed by two, and safe to repeat throughout."""

from __future__ import annotations

import io
import sys

import pypdfium2
import pytest

from tests.helpers.commands import INIT, Shell

SECOND = {"STOCKPILE_WITNESS_PIN": "1357"}


@pytest.fixture
def shell(tmp_path):
    """A depot with two officers, two racks and three rifles."""
    said = Shell(tmp_path / "home")
    said.ok(*INIT)
    said.ok("officer", "add", "B. Okot", "--role", "storekeeper", STOCKPILE_NEW_PIN="1357")
    for number in ("1", "2"):
        said.ok("place", "add", f"Rack {number}", "--code", f"R{number}", "--as", "A. Mbuyi")
    for serial, rack in (("KB1001", "R1"), ("KB1002", "R1"), ("KB1003", "R2")):
        acting(said, "register", "--type", "ASR", "--serial", serial, "--place", rack)
    return said


def acting(shell, *words, **environment):
    return shell.ok(*words, "--as", "A. Mbuyi", **environment)


def opened(shell, *words):
    counters = ("--counter", "A. Mbuyi", "--counter", "b. okot")
    return acting(shell, "count", "open", *counters, *words)


def closed(shell, number):
    return acting(shell, "count", "close", number, "--witness", "B. Okot", **SECOND)


def test_a_count_from_its_opening_to_the_end_of_its_investigation(shell):
    count = opened(shell)
    assert (count["expected"], count["missing"], count["closed"]) == (3, 3, False)
    assert opened(shell)["number"] == count["number"]
    number = count["number"]
    told = acting(shell, "count", "scan", number, "KB1001", "KB1003", "XX 9", "--place", "R1")
    assert [one["outcome"] for one in told] == ["found", "misplaced", "stranger"]
    again = acting(shell, "count", "scan", number, "KB1001", "KB1003", "XX 9", "--place", "R1")
    assert [one["again"] for one in again] == [True, True, True]
    acting(shell, "move", "KB1003", "--to", "R1")
    done = closed(shell, number)
    assert closed(shell, number) == done
    assert (done["found"], done["missing"], done["explained"]) == (1, 1, 1)
    assert [(one["kind"], one["said"]) for one in done["differences"]] == [
        ("missing", "KB1002"), ("stranger", "XX 9"),
    ]  # fmt: skip
    open_ones = shell.ok("investigation", "list")
    assert [one["kind"] for one in open_ones] == ["missing", "stranger"]
    assert [one["evidence"] for one in open_ones] == [[], []]
    missing = open_ones[0]["id"]
    refused = shell.run("investigation", "close", missing, "--reason", "-", "--as", "A. Mbuyi")
    assert refused.error["error"] == "EvidenceMissing"
    acting(shell, "move", "KB1002", "--to", "R2")
    (evidence,) = shell.ok("investigation", "list")[0]["evidence"]
    assert evidence["outcome"] == "explained"
    ended = acting(shell, "investigation", "close", missing)
    assert ended["closed"] == "explained"
    assert acting(shell, "investigation", "close", missing) == ended
    assert [one["kind"] for one in shell.ok("investigation", "list")] == ["stranger"]
    assert shell.ok("count", "show", number) == done
    assert shell.ok("count", "show", number, "--now")["missing"] == 0


def test_one_officer_alone_neither_opens_nor_closes(shell):
    refused = shell.run("count", "open", "--counter", "A. Mbuyi", "--as", "A. Mbuyi")
    assert refused.error["error"] == "CountersTooFew"
    number = opened(shell)["number"]
    refused = shell.run("count", "close", number, "--as", "A. Mbuyi")
    assert refused.error["error"] == "SecondOfficerMissing"


def test_the_memory_of_a_scanner_is_read_line_by_line(shell, monkeypatch):
    number = opened(shell)["number"]
    memory = "R1\tKB1001\t2026-11-28T07:00\n\nR2\tKB1003\t\n"
    for again in (False, True):
        monkeypatch.setattr(sys, "stdin", io.StringIO(memory))
        told = acting(shell, "count", "scan", number)
        assert [one["again"] for one in told] == [again, again]
    assert shell.ok("count", "show", number)["found"] == 2
    monkeypatch.setattr(sys, "stdin", io.StringIO("R1\tKB1002\tyesterday\n"))
    refused = shell.run("count", "scan", number, "--as", "A. Mbuyi")
    assert refused.error["details"]["field"] == "time"
    monkeypatch.setattr(sys, "stdin", io.StringIO("KB1002\n"))
    assert shell.run("count", "scan", number, "--as", "A. Mbuyi").error["error"] == "FieldMissing"


def test_a_blind_count_tells_what_it_expects_only_when_it_is_closed(shell):
    number = opened(shell, "--blind")["number"]
    acting(shell, "count", "scan", number, "KB1001", "--place", "R1")
    told = shell.ok("count", "show", number)
    assert told["found"] == 1
    assert not {"expected", "missing", "differences"} & set(told)
    assert closed(shell, number)["missing"] == 2


def test_a_count_by_number_needs_no_serials(shell):
    number = opened(shell, "--basis", "quantity")["number"]
    acting(shell, "count", "number", number, "2", "--place", "R1")
    acting(shell, "count", "number", number, "2", "--place", "R2")
    told = acting(shell, "count", "number", number, "2", "--place", "R2")
    assert (told["expected"], told["found"], told["unexpected"]) == (3, 4, 1)
    assert [(one["kind"], one["said"]) for one in told["differences"]] == [("quantity", "2/1")]
    assert acting(shell, "count", "number", number, "1", "--place", "R2")["differences"] == []


def test_what_is_due_is_listed_and_a_rule_may_be_set_or_stopped(shell):
    assert {one["rule"] for one in shell.ok("count", "due")} == {
        "weekly-type", "weekly-serials", "six-monthly",
    }  # fmt: skip
    for _ in range(2):
        acting(shell, "count", "rule", "daily", "--basis", "quantity", "--days", "1")
    acting(shell, "count", "rule", "weekly-type", "--stop")
    names = {one["rule"] for one in shell.ok("count", "due")}
    assert ("daily" in names, "weekly-type" in names) == (True, False)
    number = opened(shell)["number"]
    before = {one["rule"]: one["by"] for one in shell.ok("count", "due")}
    closed(shell, number)
    after = {one["rule"]: one["by"] for one in shell.ok("count", "due")}
    assert all(after[name] > before[name] for name in before)


def test_the_sheet_and_the_report_are_printed(shell, tmp_path):
    number = opened(shell)["number"]
    for words, text in (((), "KB1002"), (("--report",), "Missing")):
        out = tmp_path / f"count{len(words)}.pdf"
        drawn = acting(shell, "count", "sheet", number, "--out", out, *words)
        assert drawn["pages"] == 1
        page = pypdfium2.PdfDocument(out)[0].get_textpage().get_text_range()
        assert text in page
        assert number in page


def test_unknown_words_are_refused_with_a_sentence(shell):
    cases = {
        ("show", "ST-9"): "StocktakeUnknown",
        ("open", "--counter", "Nobody"): "OfficerUnknown",
        ("open", "--basis", "smell"): "FieldUnreadable",
    }
    for words, error in cases.items():
        assert shell.run("count", *words, "--as", "A. Mbuyi").error["error"] == error
