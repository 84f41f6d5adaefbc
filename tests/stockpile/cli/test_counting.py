"""Counting from the command line: opened, scanned, closed by two, and safe to repeat throughout."""

from __future__ import annotations

import io
import sys

import pypdfium2
import pytest

from tests.helpers.commands import Shell
from tests.helpers.counting_houses import filled_home

SECOND = {"STOCKPILE_WITNESS_PIN": "1357"}


@pytest.fixture
def shell(tmp_path):
    """A depot with two officers and six rifles in two racks of its store."""
    return Shell(filled_home(tmp_path / "home"))


def acting(shell, *words, **environment):
    return shell.ok(*words, "--as", "A. Mbuyi", **environment)


def refused(shell, *words):
    return shell.run(*words, "--as", "A. Mbuyi").error


def opened(shell, *words):
    counters = ("--counter", "A. Mbuyi", "--counter", "b. okot", "--place", "Store")
    return acting(shell, "count", "open", *counters, *words)


def closed(shell, number):
    return acting(shell, "count", "close", number, "--witness", "B. Okot", **SECOND)


def test_a_count_from_its_opening_to_its_report(shell, tmp_path):
    count = opened(shell)
    assert (count["expected"], count["missing"], count["closed"]) == (6, 6, False)
    assert opened(shell)["number"] == count["number"]
    number = count["number"]
    (paper,) = shell.ok("find", number.lower())
    assert (paper["paper"], paper["number"]) == ("count_sheet", number)
    scan = ("count", "scan", number, "KB0", "KB3", "XX 9", "--place", "R1")
    told = acting(shell, *scan)
    assert [one["outcome"] for one in told] == ["found", "misplaced", "stranger"]
    assert [one["again"] for one in acting(shell, *scan)] == [True, True, True]
    acting(shell, "move", "KB3", "--to", "R1")
    acting(shell, "count", "scan", number, "KB4", "KB5", "--place", "R2")
    assert refused(shell, "count", "close", number)["error"] == "SecondOfficerMissing"
    waiting = acting(shell, "--later", "the second comes at six", "count", "close", number)
    assert (waiting["act"], shell.ok("count", "show", number)["closed"]) == ("close_count", False)
    acting(shell, "guard", "refuse", waiting["proposal"])
    done = closed(shell, number)
    assert closed(shell, number) == done
    assert (done["found"], done["missing"], done["explained"]) == (3, 2, 1)
    told = {(one["kind"], one["said"]) for one in done["differences"]}
    assert told == {("missing", "KB1"), ("missing", "KB2"), ("stranger", "XX 9")}
    acting(shell, "move", "KB1", "--to", "R2")
    assert shell.ok("count", "show", number) == done
    assert shell.ok("count", "show", number, "--now")["missing"] == 1
    assert [one["closed"] for one in shell.ok("count", "show")] == [True]
    for words, text in (((), "KB2"), (("--report",), "Missing")):
        out = tmp_path / f"count{len(words)}.pdf"
        acting(shell, "count", "sheet", number, "--out", out, *words)
        page = pypdfium2.PdfDocument(out)[0].get_textpage().get_text_range()
        assert text in page
        assert number in page


def test_the_memory_of_a_scanner_is_read_line_by_line(shell, monkeypatch):
    number = opened(shell)["number"]
    memory = "R1\tKB0\t2026-11-28T07:00\n\nR2\tKB3\t\n"
    for again in (False, True):
        monkeypatch.setattr(sys, "stdin", io.StringIO(memory))
        told = acting(shell, "count", "scan", number)
        assert [one["again"] for one in told] == [again, again]
    monkeypatch.setattr(sys, "stdin", io.StringIO("R1\tKB2\tyesterday\n"))
    assert refused(shell, "count", "scan", number)["details"]["field"] == "time"
    monkeypatch.setattr(sys, "stdin", io.StringIO("KB2\n"))
    assert refused(shell, "count", "scan", number)["error"] == "FieldMissing"


def test_a_blind_count_tells_what_it_expects_only_when_it_is_closed(shell):
    number = opened(shell, "--blind")["number"]
    acting(shell, "count", "scan", number, "KB0", "--place", "R1")
    told = shell.ok("count", "show", number)
    assert told["found"] == 1
    assert not {"expected", "missing", "differences"} & set(told)
    assert closed(shell, number)["missing"] == 5


def test_a_count_by_number_needs_no_serials(shell):
    number = opened(shell, "--basis", "quantity")["number"]
    acting(shell, "count", "number", number, "3", "--place", "R1")
    for _ in range(2):
        told = acting(shell, "count", "number", number, "4", "--place", "R2")
    assert (told["expected"], told["found"], told["unexpected"]) == (6, 7, 1)
    assert [(one["kind"], one["said"]) for one in told["differences"]] == [("quantity", "4/3")]
    assert acting(shell, "count", "number", number, "3", "--place", "R2")["differences"] == []


def test_what_is_due_is_listed_and_a_rule_may_be_set_or_stopped(shell):
    shipped = {"weekly-type", "weekly-serials", "six-monthly"}
    assert {one["rule"] for one in shell.ok("count", "due")} == shipped
    for _ in range(2):
        acting(shell, "count", "rule", "daily", "--basis", "quantity", "--days", "1")
    acting(shell, "count", "rule", "weekly-type", "--stop")
    names = {one["rule"] for one in shell.ok("count", "due")}
    assert ("daily" in names, "weekly-type" in names) == (True, False)


def test_unknown_words_are_refused_with_a_sentence(shell):
    assert refused(shell, "count", "open", "--counter", "A. Mbuyi")["error"] == "CountersTooFew"
    assert refused(shell, "count", "show", "ST-9")["error"] == "StocktakeUnknown"
    assert refused(shell, "count", "open", "--counter", "Nobody")["error"] == "OfficerUnknown"
    assert refused(shell, "count", "open", "--basis", "smell")["error"] == "FieldUnreadable"
