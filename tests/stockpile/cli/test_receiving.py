"""register, correct, move."""

from __future__ import annotations

import pytest

from tests.helpers.commands import INIT, Shell


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    return shell


def test_a_weapon_is_registered_corrected_moved_and_shown(shell):
    made = shell.ok("register", "--type", "ASR", "--make", "Izhmash", "--model", "AK",
                    "--serial", "KB 4471902")  # fmt: skip
    number = made["number"]
    corrected = shell.ok("correct", number, "model=AKM", "--reason", "misread")
    assert corrected["model"] == "AKM"
    grounds = "grounds=unmarked,embargo"
    corrected = shell.ok("correct", number, "mode=seized", grounds, "--reason", "misread")
    assert corrected["acquired"]["grounds"] == ["unmarked", "embargo"]
    shell.ok("place", "add", "Rack 4")
    assert shell.ok("move", number, "--to", "rack 4")["moved"] == 1
    assert shell.ok("move", number, "--to", "rack 4")["moved"] == 0
    shown = shell.ok("show", "kb4471902")
    assert [one["kind"] for one in shown["history"]] == [
        "weapon.registered", "weapon.corrected", "weapon.corrected", "weapon.relocated",
    ]  # fmt: skip
    assert shown["place"] == "Rack 4"
    assert shown["history"][0]["by"] == "A. Mbuyi"


def test_a_look_alike_is_named(shell):
    first = shell.ok("register", "--serial", "KB0O1")
    second = shell.ok("register", "--serial", "KBOO1")
    assert [one["number"] for one in second["look_alikes"]] == [first["number"]]


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("register",), 1, "FieldMissing"),
        (("register", "--type", "GUN"), 1, "FieldUnreadable"),
        (("show", "nothing"), 1, "WeaponUnknown"),
        (("move", "nothing", "--to", "nowhere"), 1, "PlaceUnknown"),
        (("register", "--serial", "1", "--as", "Nobody"), 1, "OfficerUnknown"),
    ],
)
def test_refusals_name_their_reason(shell, words, code, error):
    said = shell.run(*words)
    assert (said.code, said.error["error"], said.out) == (code, error, "")
    assert said.error["message"]


def test_a_wrong_pin_and_a_wrong_passphrase_are_told_apart(shell):
    assert shell.run("register", "--serial", "1", STOCKPILE_PIN="0000").error["error"] == "WrongPin"
    said = shell.run("check", STOCKPILE_PASSPHRASE="guess")
    assert said.error["error"] == "WrongPassphrase"


def test_the_whole_record_can_be_said_and_is_shown(shell, tmp_path):
    made = shell.ok(
        "register", "--type", "SMG", "--make", "Sterling", "--serial", "US 1", "--action",
        "selective fire", "--origin", "industrial", "--frame", "steel", "--custody", "temporary",
        "--mode", "ddr", "--on", "2026-05-03", "--where", "camp", "--case", "17", "--ground",
        "unmarked", "--ground", "embargo", "--import-country", "UG", "--import-year", "1999",
        "--importer", "Army", "--missing-parts", "sight", "--magazine-out", "--chamber-clear",
        "--cleared-by", "Sgt Okello", "--mark", "proof:ЖК", "--mark",
        '{"kind": "symbol", "text": "26", "symbol": "triangle_number", "position": "left"}',
        "--component", "barrel:B 7",
    )  # fmt: skip
    shown = shell.ok("show", made["number"])
    assert (shown["action"], shown["frame"], shown["custody_type"]) == (
        "selective_fire", "steel", "temporary",
    )  # fmt: skip
    assert shown["acquired"]["grounds"] == ["unmarked", "embargo"]
    assert shown["imported"] == {"country": "UG", "year": "1999", "importer": "Army"}
    assert shown["safe"]["chamber_clear"] is True
    assert [mark["text"] for mark in shown["marks"]] == ["US 1", "ЖК", "26"]
    assert [mark["script"] for mark in shown["marks"]][1] == "Cyrl"
    assert shown["components"][0]["marks"][0]["text"] == "B 7"
    assert shown["classes"]["unroca"]


def test_consecutive_serials_come_on_record_in_one_act(shell):
    shell.ok("register", "--serial", "KB0003")
    many = shell.ok("register", "--model", "AKM", "--range", "KB0001..KB0005", "--skip-doubles")
    assert (many["registered"], many["left_out"]) == (4, 1)
    assert [one["verdict"] for one in many["lines"]].count("on_record") == 1
    assert [one["number"] != "" for one in many["lines"]] == [True, True, False, True, True]
    counted = shell.ok("register", "--serial", "ZZ 098", "--count", "5")
    assert [one["serial"] for one in counted["lines"]][-1] == "ZZ 102"
    again = shell.ok("register", "--range", "KB0001..0005")
    assert again["registered"] == 5


def test_a_file_of_serials_is_judged_line_by_line(shell, tmp_path):
    listed = tmp_path / "serials.txt"
    listed.write_text("KB1\nKB2\n\nKB1\nSUPRIMIDO\n", "utf-8")
    told = shell.ok("register", "--file", listed, "--skip-doubles")
    assert [one["verdict"] for one in told["lines"]] == ["new", "new", "twice", "removed"]
    assert told["registered"] == 3
    missing = shell.run("register", "--file", tmp_path / "none.txt")
    assert (missing.code, missing.error["error"]) == (2, "FileUnreadable")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("--range", "KB1..XY9"), "RangeUnclear"),
        (("--serial", "KB1", "--count", "99999"), "RangeTooLong"),
        (("--serial", "KB1", "--mark", "nonsense:1"), "FieldUnreadable"),
        (("--serial", "KB1", "--mark", '{"kind": 1}'), "FieldUnreadable"),
        (("--serial", "KB1", "--component", "wing:1"), "FieldUnreadable"),
    ],
)
def test_what_is_no_run_mark_or_part_is_refused(shell, words, error):
    said = shell.run("register", *words)
    assert said.error["error"] == error
    assert said.out == ""


def test_a_second_officer_reads_back(shell):
    number = shell.ok("register", "--serial", "KB 4471902")["number"]
    assert shell.run("readback", number, "--read", "KB4471902").error["error"] == "ReaderSame"
    shell.ok("officer", "add", "E. Auma", "--role", "clerk", STOCKPILE_NEW_PIN="2580")
    agreed = shell.ok("readback", number, "--read", "kb4471902", "--as", "E. Auma")
    assert agreed["agrees"] is True
    differs = shell.ok("readback", number, "--read", "KB4471982", "--as", "E. Auma")
    assert differs["agrees"] is False
    assert [one["agrees"] for one in shell.ok("show", number)["read_backs"]] == [True, False]
