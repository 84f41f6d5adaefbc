from __future__ import annotations

import json

import pytest

from stockpile import cli
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
            cli.main(["--home", str(tmp_path / "home"), *map(str, words)])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return command


def test_import_answers_in_the_agreed_words_and_is_safe_to_repeat(run, tmp_path):
    file = a_csv(tmp_path, ROWS)
    code, out, _ = run("import", file, "--dry-run", "--json")
    assert (code, json.loads(out)) == (0, ANSWER)
    code, out, _ = run("import", file, "--json")
    assert (code, json.loads(out)) == (0, ANSWER)
    code, out, _ = run("import", file, "--json")
    again = {"accepted": 0, "already_held": 3, "warnings": 0, "weapons": 0, "lots": 0}
    assert (code, json.loads(out)) == (0, ANSWER | again)


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
