"""Schemes and numbers on the command line."""

from __future__ import annotations

import pytest

from stockpile.app import open_home
from tests.helpers.builders import YEAR, mark_text
from tests.helpers.commands import Shell
from tests.helpers.house import PASSPHRASE, PIN, TOLD, House, build_house
from tests.helpers.registries import answering, open_registry
from tests.stockpile.services.test_schemes import begun


@pytest.fixture
def shell(tmp_path):
    build_house(tmp_path / "home").stockpile.close()
    return Shell(tmp_path / "home")


def test_schemes_are_listed_each_with_an_example(shell):
    found = {one["id"]: one for one in shell.ok("scheme", "list")}
    assert found["MOSAIC_IMPORT_FULL"]["example"] == f"UG {YEAR} 000001"
    assert len(found) == 9
    assert shell.ok("scheme", "show")["source"].startswith("MOSAIC 05.30")
    assert shell.run("scheme", "show", "NONE").error["error"] == "SchemeUnknown"
    assert shell.ok("scheme", "add-shipped")["added"] == []


def test_a_national_scheme_is_set_and_then_versioned(shell):
    made = shell.ok(
        "scheme", "set", "UG_STATE", "--name", "Uganda", "--pattern",
        "{star} {iso2} {force} {seq}-{check}", "--digits", "5", "--word", "force=POL=Police",
        "--word", "force=UPDF=Army", "--check-system", "mod_37_36", "--reason", "state_stock",
        "--also", "barrel", "--polymer", "plate", "--height", "2", "--depth", "0.1",
    )  # fmt: skip
    assert made["example"].startswith("★ UG POL 00001-")
    assert (made["version"], made["min_height_um"], made["min_depth_nm"]) == (1, 2000, 100_000)
    assert (made["also"], made["reasons"]) == (["barrel"], ["state_stock"])
    assert shell.ok("scheme", "set", "UG_STATE", "--digits", "6")["version"] == 1
    reopened = open_house(shell.home)
    begun(reopened, "UG_STATE")
    reopened.stockpile.close()
    later = shell.ok("scheme", "set", "UG_STATE", "--digits", "7")
    assert (later["version"], later["digits"], later["name"]) == (2, 7, "Uganda")
    assert shell.ok("scheme", "retire", "UG_STATE")["retired"]


def open_house(home):
    stockpile = open_home(home, PASSPHRASE)
    return House(home, stockpile, stockpile.people.sign_in(TOLD.officer, PIN))


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("ug", "--name", "n", "--pattern", "{seq}"), "FieldUnreadable"),
        (("UG", "--name", "n", "--pattern", "{sequence}"), "SchemePatternWrong"),
        (("UG", "--name", "n"), "FieldMissing"),
        (("UG", "--name", "n", "--pattern", "{seq}", "--reason", "fun"), "FieldUnreadable"),
        (("UG", "--name", "n", "--pattern", "{seq}", "--word", "POL"), "FieldUnreadable"),
    ],
)
def test_a_scheme_that_cannot_be_is_refused(shell, words, refusal):
    assert shell.run("scheme", "set", *words).error["error"] == refusal


def test_numbers_are_shown_cut_and_given_back(shell):
    shown = shell.ok("numbers", "show")
    assert (shown["left"], shown["next"], shown["low"]) == (10_000, mark_text(1), False)
    cut = shell.ok("numbers", "grant", "--count", "100", "--machine", "Bench")
    assert [(one["lo"], one["machine"]) for one in cut["blocks"]] == [(1, ""), (9901, "bench")]
    assert shell.run("numbers", "grant", "--count", "5").error["error"] == "FieldMissing"
    home = shell.ok("numbers", "give-back")
    assert (home["left"], home["next"], home["low"]) == (0, "", True)
    assert {one["state"] for one in home["blocks"]} == {"returned"}
    short = shell.ok("numbers", "show", "MOSAIC_IMPORT")
    assert (short["left"], short["next"]) == (0, f"UG {YEAR}")


def test_numbers_are_requested_and_granted_by_the_registry(shell, tmp_path):
    database = str(tmp_path / "registry.db")
    opened = open_registry(database)
    with answering(opened.books) as url:
        shell.ok("registry", "enrol", "--registry", url, "--database", database)
        asked = shell.ok("numbers", "request", "--count", "50")
        assert [(one["lo"], one["hi"]) for one in asked["blocks"]] == [(10_001, 10_050)]
        node = shell.ok("registry", "nodes", "--database", database)[1]["node"]
        grant = ("registry", "grant", "--node", node, "--scheme", "MOSAIC_IMPORT_FULL")
        given = shell.ok(
            *grant, "--count", "10", "--until", "2030-06-30", "--database", database
        )  # fmt: skip
        assert (given["lo"], given["hi"], given["until"]) == (10_051, 10_060, "2030-06-30 23:59")
        wrong = shell.run(*grant, "--count", "1", "--until", "soon", "--database", database)
        assert wrong.error["error"] == "FieldUnreadable"
        shell.ok("sync")
    assert [one["until"] for one in shell.ok("numbers", "show")["blocks"]][1:] == [given["until"]]
    listed = shell.ok("registry", "blocks", "--database", database)
    assert [one["lo"] for one in listed if one["scheme"] == grant[-1]] == [10_001, 10_051]
    opened.database.close()
