"""investigation list and close: by evidence alone, and safe to repeat."""

from __future__ import annotations

import pytest

from tests.helpers.commands import Shell
from tests.helpers.counting_houses import filled_home


@pytest.fixture
def shell(tmp_path):
    """A count of rack one was closed with all its three rifles missing."""
    said = Shell(filled_home(tmp_path / "home"))
    counters = ("--counter", "A. Mbuyi", "--counter", "B. Okot", "--as", "A. Mbuyi")
    number = said.ok("count", "open", "--place", "R1", *counters)["number"]
    witness = ("--witness", "B. Okot", "--as", "A. Mbuyi")
    said.ok("count", "close", number, *witness, STOCKPILE_WITNESS_PIN="1357")
    return said


def test_an_investigation_is_closed_by_what_answers_it_and_never_by_words(shell):
    open_ones = shell.ok("investigation", "list")
    assert [(one["kind"], one["evidence"], one["days"]) for one in open_ones] == [
        ("missing", [], 0)
    ] * 3
    missing = open_ones[0]["id"]
    close = ("investigation", "close", missing, "--as", "A. Mbuyi")
    assert shell.run(*close, "--reason", "it is there").error["error"] == "EvidenceMissing"
    forged = ("--evidence", "a" * 64)
    assert shell.run(*close, *forged).error["error"] == "EvidenceUnfit"
    shell.ok("move", open_ones[0]["weapon"], "--to", "R2", "--as", "A. Mbuyi")
    told = next(one for one in shell.ok("investigation", "list") if one["id"] == missing)
    (evidence,) = told["evidence"]
    assert evidence["outcome"] == "explained"
    assert shell.run(*close, "--outcome", "magic").error["details"]["field"] == "outcome"
    ended = shell.ok(*close)
    assert ended["closed"] == "explained"
    assert shell.ok(*close) == ended
    assert len(shell.ok("investigation", "list")) == 2


def test_an_unknown_one_is_refused(shell):
    said = shell.run("investigation", "close", "none", "--as", "A. Mbuyi")
    assert (said.code, said.error["error"]) == (1, "InvestigationUnknown")
