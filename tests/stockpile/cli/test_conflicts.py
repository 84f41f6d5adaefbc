"""conflict list, show and settle: a card on paper, settled by the number of a choice."""

from __future__ import annotations

import pytest

from stockpile.app import open_home
from stockpile.cli.commands import main
from stockpile.domain.errors import ChainForked
from stockpile.language import plain
from tests.helpers.commands import ENVIRONMENT, INIT, Shell
from tests.helpers.house import PASSPHRASE
from tests.helpers.sites import Site, a_weapon

AS = ("--as", "A. Mbuyi")


@pytest.fixture
def shell(tmp_path):
    """Two records of one serial, and a third one that agrees with nothing else."""
    said = Shell(tmp_path / "home")
    said.ok(*INIT)
    for serial in ("KB 1", "KB 1", "KB 2"):
        said.ok("register", "--serial", serial, "--model", "AKM")
    return said


def test_a_contradiction_is_listed_shown_and_settled_by_a_number(shell):
    (listed,) = shell.ok("conflict", "list")
    assert (listed["class"], listed["overdue"], len(listed["weapons"])) == (
        "possible_duplicate", False, 2,
    )  # fmt: skip
    card = shell.ok("conflict", "show", listed["id"][:10])
    assert [one["kind"] for one in card["choices"]] == [
        "same_weapon", "same_weapon", "different_weapons",
    ]  # fmt: skip
    assert len(card["sides"]) == 2
    settle = ("conflict", "settle", card["id"], "--choice", "3", "--version", card["version"], *AS)
    assert shell.run(*settle, "--reason", " ").error["error"] == "ReasonMissing"
    settled = shell.ok(*settle, "--reason", "both lie here")
    assert (settled["entries"], settled["open"]) == (2, 0)
    assert shell.ok("conflict", "list") == []
    assert shell.run(*settle, "--reason", "again").error["error"] == "ConflictUnknown"


def test_a_page_of_a_class_a_weapon_and_a_site(shell):
    shell.ok("register", "--serial", "KB 2", "--model", "AKM")
    both = shell.ok("conflict", "list")
    assert len(both) == 2
    first = shell.ok("conflict", "list", "--limit", "1")
    assert [*first, *shell.ok("conflict", "list", "--after", first[0]["id"])] == both
    number = both[0]["weapons"][0]
    assert shell.ok("conflict", "list", "--weapon", number) == both[:1]
    assert shell.ok("conflict", "list", "--class", "custody_fork") == []
    assert shell.run("conflict", "list", "--class", "quarrel").error["error"] == "FieldUnreadable"
    assert shell.run("conflict", "list", "--site", "nowhere").error["error"] == "PlaceUnknown"


def test_a_card_that_changed_and_a_choice_that_there_is_not_settle_nothing(shell):
    (listed,) = shell.ok("conflict", "list")
    said = ("conflict", "settle", listed["id"], "--reason", "looked", *AS)
    stale = shell.run(*said, "--choice", "1", "--version", "0" * 64)
    assert stale.error["error"] == "ConflictChanged"
    assert shell.run(*said, "--choice", "4").error["details"]["field"] == "choice"
    assert len(shell.ok("conflict", "list")) == 1


def test_a_card_reads_as_words(shell, monkeypatch, capsys):
    (listed,) = shell.ok("conflict", "list")
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        main(["--home", str(shell.home), "conflict", "show", listed["id"]])
    words = plain(capsys.readouterr().out)
    assert ended.value.code in (0, None)
    assert "Perhaps one weapon, recorded twice" in words
    assert "3  Different weapons. All records stay" in words


def test_two_histories_of_a_computer_are_told_line_by_line(shell, monkeypatch, capsys):
    """The copy and what went on beside it are heard of by their node's key alone."""
    one = Site()
    one.found_with_officers()
    copy = one.copy()
    for site, name in ((one, "true"), (copy, "copy")):
        site.write(a_weapon(f"{name}-1"))
    with open_home(shell.home, PASSPHRASE) as stockpile:
        stockpile.books.trust(one.node, one.keys.public_key)
        stockpile.books.receive(one.entries)
        with pytest.raises(ChainForked):
            stockpile.books.receive(copy.entries)
    (listed,) = shell.ok("conflict", "list", "--class", "node_fork")
    card = shell.ok("conflict", "show", listed["id"])
    assert [one["kind"] for one in card["choices"]] == ["history_stands"]
    assert card["choices"][0]["two_officers"]
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit):
        main(["--home", str(shell.home), "conflict", "show", listed["id"]])
    said = plain(capsys.readouterr().out)
    for words in ("Strue-1: Put on record", "Scopy-1: Put on record", "beside the chain"):
        assert words in said, words
    (kept,) = shell.ok("conflict", "evidence")
    assert (kept["node"], kept["number"], len(kept["facts"])) == (one.node, 2, 1)
    assert "copy-1" in kept["facts"][0]
    settle = ("conflict", "settle", card["id"], "--choice", "1", "--reason", "in the workshop")
    assert shell.run(*settle, *AS).error["error"] == "SecondOfficerMissing"
