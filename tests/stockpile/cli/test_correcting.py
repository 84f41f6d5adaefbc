"""merge, part, distinct, withdraw, reinstate, component, inspect."""

from __future__ import annotations

import pytest

from tests.helpers.commands import INIT, Shell


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    return shell


@pytest.fixture
def pair(shell):
    return [shell.ok("register", "--serial", "KB 4471902") for _twice in range(2)]


def kinds(shown):
    return [one["kind"] for one in shown["history"]]


def test_two_records_are_joined_and_parted_and_it_is_safe_to_say_it_twice(shell, pair):
    stays, goes = (one["number"] for one in pair)
    for _twice in range(2):
        shown = shell.ok("merge", stays, pair[1]["id"], "--reason", "one photo")
        assert kinds(shown).count("weapon.merged") == 1
    joined = shell.ok("show", goes)  # an old label still names it, and it points onward
    assert (joined["status"], joined["absorbed_into"]) == ("merged", pair[0]["id"])
    parted = shell.ok("part", stays, pair[1]["id"], "--reason", "two after all")
    assert parted["number"] == goes
    assert parted["status"] == "in_store"
    said = shell.run("part", stays, goes, "--reason", "again")
    assert (said.code, said.error["error"]) == (1, "RecordNotJoined")


def test_look_alikes_are_told_apart_once(shell, pair):
    numbers = [one["number"] for one in pair]
    for _twice in range(2):
        shown = shell.ok("distinct", *numbers, "--reason", "both are here")
    assert kinds(shown).count("weapons.distinct") == 1
    assert shown["conflicts"] == []


def test_what_waits_shows_no_weapon_as_if_it_were_done(shell, pair):
    one, other = (each["id"] for each in pair)
    for words in (
        ("merge", one, other), ("distinct", one, other),
        ("correct", pair[0]["number"], "model=AKMS"),
    ):  # fmt: skip
        waits = shell.ok("--later", "at the gate", *words, "--reason", "seen")
        assert set(waits) == {"proposal", "act"}, words
    assert shell.ok("show", pair[1]["number"])["status"] == "in_store"


def test_records_are_withdrawn_and_put_back(shell, pair):
    one, other = (one["id"] for one in pair)
    assert shell.ok("withdraw", one, other, "--reason", "typed twice")["withdrawn"] == 2
    assert shell.ok("withdraw", one, "--reason", "typed twice") == {"withdrawn": 0, "asked": 1}
    assert shell.ok("reinstate", one, "--reason", "it was right")["status"] == "in_store"


def test_parts_are_fitted_and_removed(shell, pair):
    number = pair[0]["number"]
    shell.ok("component", "fit", number, "bolt", "--mark", "77", "--reason", "new bolt")
    shown = shell.ok("component", "remove", number, "bolt", "--reason", "cracked")
    assert kinds(shown)[1:] == ["component.swapped", "component.swapped"]
    for words in (("remove", number, "bolt"), ("fit", number, "bolt"), ("fit", number, "wing")):
        said = shell.run("component", *words, "--reason", "again")
        assert said.code == 1


def test_an_inspection_is_written_down(shell, pair):
    number = pair[0]["number"]
    shown = shell.ok("inspect", number, "--condition", "Repairable", "--due", "2027-01-31")
    assert shown["condition"] == "repairable"
    said = shell.run("inspect", number, "--condition", "fine")
    assert said.error["error"] == "FieldUnreadable"


def test_each_of_them_wants_a_reason_in_words(shell, pair):
    numbers = [one["number"] for one in pair]
    for words in (("merge", *numbers), ("distinct", *numbers), ("withdraw", numbers[0])):
        said = shell.run(*words, "--reason", " ")
        assert (said.code, said.error["error"]) == (1, "ReasonMissing")
