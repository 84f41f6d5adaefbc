"""holder add, change, pin, list, show, import and erase."""

from __future__ import annotations

import pytest

from tests.helpers.commands import INIT, Shell
from tests.helpers.shots import a_file


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    return shell


def add(shell, name="Ilunga Paul", *words, **environment):
    return shell.ok("holder", "add", name, *words, **environment)


def test_a_person_is_put_on_record_found_and_changed(shell, tmp_path):
    made = add(
        shell, "Ilunga Paul", "--number", "A-118", "--rank", "Cpl", "--unit", "2 Coy", "--card",
        "C1", "--cleared", "asr=2099-06-30", "--cleared", "*", "--photo", str(a_file(tmp_path)),
        "--pin", STOCKPILE_NEW_PIN="4711",
    )  # fmt: skip
    assert (made["cleared"], made["pin"]) == (["ASR=2099-06-30", "*"], True)
    add(shell, "Okello Ana")
    assert [one["name"] for one in shell.ok("holder", "list")] == ["Ilunga Paul", "Okello Ana"]
    assert [one["name"] for one in shell.ok("holder", "list", "a118")] == ["Ilunga Paul"]
    changed = shell.ok("holder", "change", "c1", "--rank", "Sgt", "--card", "")
    assert (changed["rank"], changed["card"], changed["number"]) == ("Sgt", "", "A-118")
    assert changed["cleared"] == made["cleared"]
    assert shell.run("holder", "change", "X", "--rank", "Y").error["error"] == "HolderUnknown"


def test_several_who_answer_are_named(shell):
    add(shell, "Ilunga Paul")
    add(shell, "Ilunga Ana")
    refused = shell.run("holder", "show", "ilunga")
    assert refused.error["error"] == "HolderAmbiguous"
    assert shell.ok("holder", "show", "ilunga ana")["name"] == "Ilunga Ana"


def test_a_new_pin_comes_from_the_environment(shell):
    assert not add(shell)["pin"]
    assert shell.ok("holder", "pin", "ilunga", STOCKPILE_NEW_PIN="4711")["pin"]
    assert (
        shell.run("holder", "pin", "ilunga", STOCKPILE_NEW_PIN="1").error["error"] == "PinTooShort"
    )


def test_a_list_comes_in_and_says_what_does_not(shell, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("Name,Number,Card\nIlunga,1,C1\nOkello,2,C1\n", "utf-8")
    report = shell.ok("holder", "import", str(file))
    assert (report["added"], report["refused"][0]["row"]) == (1, 3)


def test_a_person_is_shown_with_what_they_answer_for_and_erased(shell):
    add(shell)
    shown = shell.ok("holder", "show", "ilunga")
    assert (shown["weapons"], shown["rounds"], shown["receipts"]) == ([], [], [])
    shell.ok("holder", "erase", "ilunga", "--reason", "left")
    assert shell.ok("holder", "list") == []
    shell.ok("check", "--deep")
