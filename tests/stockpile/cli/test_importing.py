from __future__ import annotations

import json

import pytest

from stockpile.cli import commands
from tests.helpers.house import PASSPHRASE, PIN, build_house
from tests.helpers.lists import a_csv

ROWS = [
    ["Serial", "Type", "Make", "Quantity", "Remarks"],
    ["K1", "pistol", "Glock", "1", ""],
    ["K2", "thing", "FN", "", ""],
    ["", "cartridge", "CBC", "500", ""],
    ["", "", "", "", "Total: 3"],
]
ANSWER = {
    "rows": 4, "accepted": 3, "already_held": 0, "refused": 1, "warnings": 1, "weapons": 2,
    "lots": 1, "refusals": [{"row": 5, "field": "", "reason": "nothing_to_register"}],
}  # fmt: skip


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    """Run the command line in a home of its own; returns code, output and messages."""
    built = build_house(tmp_path / "home")
    built.stockpile.close()
    monkeypatch.setenv("STOCKPILE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("STOCKPILE_PIN", PIN)
    monkeypatch.setenv("LANGUAGE", "en")

    def command(*words):
        with pytest.raises(SystemExit) as ended:
            commands.main(["--home", str(tmp_path / "home"), *map(str, words)])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return command


def test_import_answers_in_the_agreed_words_and_is_safe_to_repeat(run, tmp_path):
    file = a_csv(tmp_path, ROWS)
    again = {"accepted": 0, "already_held": 3, "warnings": 0, "weapons": 0, "lots": 0}
    for words, expected in ((["--dry-run"], {}), ([], {}), ([], again)):
        code, out, _ = run("import", file, *words, "--json")
        answer = json.loads(out)
        assert code == 0
        assert {name: answer[name] for name in ANSWER} == ANSWER | expected


def test_the_meaning_of_every_value_is_told(run, tmp_path):
    answer = json.loads(run("import", a_csv(tmp_path, ROWS), "--dry-run", "--json")[1])
    meanings = {(one["field"], one["value"]): one for one in answer["meanings"]}
    assert meanings["make", "Glock"]["code"] == "glock"
    assert meanings["type", "thing"]["standing"] == "open"
    assert answer["doubts"] == {"unknown_type": 1}


def test_every_row_is_told_with_its_verdict(run, tmp_path):
    rows = [*ROWS, ["1.2E+06", "pistol", "Glock", "1", ""]]
    out = run("import", a_csv(tmp_path, rows), "--dry-run", "--rows", "--json")[1]
    *told, summary = map(json.loads, out.splitlines())
    assert [one["verdict"] for one in told] == ["accepted"] * 3 + ["refused", "accepted"]
    assert told[3]["reason"] == "nothing_to_register"
    (remark,) = told[4]["remarks"]
    assert (remark["doubt"], remark["probable"]) == ("serial_damaged", "12E5")
    assert summary["rows"] == len(told) == 5
    shown = run("import", tmp_path / "list.csv", "--dry-run", "--rows")[1]
    assert "Probably" in shown
    assert "12E5" in shown


def test_a_layout_is_kept_and_known_the_next_time(run, tmp_path):
    strange = [["aaa", "bbb"], ["K1", "pistol"], ["K2", "rifle"]]
    first = a_csv(tmp_path, strange)
    code, _, err = run("import", first, "--map", "serial=aaa", "--map", "type=bbb",
                       "--save-profile", "Our Armoury")  # fmt: skip
    assert code == 0
    assert "our-armoury" in err
    second = a_csv(tmp_path, [strange[0], ["K3", "pistol"]], name="second.csv")
    assert json.loads(run("import", second, "--json")[1])["weapons"] == 1
    known = json.loads(run("import", "--profiles", "--json")[1])
    assert known[0] == {
        "name": "our-armoury", "shipped": False, "columns": ["aaa", "bbb"], "zero_padded": False,
    }  # fmt: skip
    assert {one["name"] for one in known if one["shipped"]} >= {"rio-2021", "leso-1033"}
    (tmp_path / "home" / "profiles" / "broken.toml").write_text("nonsense", "utf-8")
    assert "broken.toml" in run("import", "--profiles")[2]
    code, _, err = run("import", first, "--save-profile", "rio-2021", "--json")
    assert (code, json.loads(err)["error"]) == (1, "ProfileShipped")


def test_a_list_is_taken_back_by_its_file_with_a_reason(run, tmp_path):
    file = a_csv(tmp_path, ROWS)
    run("import", file)
    code, _, err = run("import", "--undo", file, "--json")
    assert (code, json.loads(err)["error"]) == (1, "ReasonMissing")
    code, out, _ = run("import", "--undo", file, "--reason", "wrong list", "--json")
    answer = json.loads(out)
    assert (code, answer["weapons"], answer["lots"], answer["kept"]) == (0, 2, 1, [])
    assert json.loads(run("import", file, "--json")[1])["accepted"] == 3
    assert "3 records withdrawn." in run("import", "--undo", "list.csv", "--reason", "again")[1]
    code, _, err = run("import", "--undo", "other.csv", "--reason", "x", "--json")
    assert (code, json.loads(err)["error"]) == (1, "DocumentUnknown")


def test_a_file_is_wanted(run):
    code, _, err = run("import")
    assert code == 2
    assert "Name a file" in err


def test_a_person_is_shown_how_it_was_understood_and_what_stays_outside(run, tmp_path):
    code, out, err = run("import", a_csv(tmp_path, ROWS), "--map", "model=Make")
    assert code == 0
    assert "Accepted" in out
    assert "Make Model" in " ".join(err.split())
    assert "as told" in err
    assert "Row 5" in err
    assert "This type of weapon is not known" in err


def test_errors_are_one_sentence_and_a_code(run, tmp_path):
    code, out, err = run("import", tmp_path / "none.csv", "--json")
    assert (code, out, json.loads(err)["error"]) == (2, "", "FileUnreadable")
    code, _, err = run("import", a_csv(tmp_path, [["x", "y"], ["1", "2"]]), "--json")
    assert (code, json.loads(err)["error"]) == (2, "LayoutUnknown")
    code, _, err = run("import", a_csv(tmp_path, ROWS), "--place", "Nowhere", "--json")
    assert (code, json.loads(err)["error"]) == (1, "PlaceUnknown")
