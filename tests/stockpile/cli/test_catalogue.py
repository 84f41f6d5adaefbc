"""catalogue search, add and import."""

from __future__ import annotations

from tests.helpers.commands import INIT, Shell
from tests.helpers.lists import a_csv

TABLE = (
    ("Make", "Model", "Type", "Calibre", "Country", "Aliases"),
    ("Mzee Arms", "MK 1", "assault rifle", "7.62x39", "Uganda", "Mzee One"),
    ("Taurus", "PT 92", "pistol", "9x19", "Brazil", ""),
    ("", "Orphan", "", "", "", ""),
)


def test_a_national_table_is_tried_taken_in_and_found_while_typing(tmp_path):
    shell, file = Shell(tmp_path / "home"), a_csv(tmp_path, TABLE)
    shell.ok(*INIT)
    assert [one["code"] for one in shell.ok("catalogue", "search", "make", "mzee")] == []
    tried = shell.ok("catalogue", "import", file, "--dry-run")
    counts = {"rows": 3, "accepted": 1, "already_held": 1, "refused": 1, "terms": 2}
    assert counts.items() <= tried.items()
    assert tried["verdicts"][2]["reason"] == "make_missing"
    assert shell.ok("catalogue", "search", "make", "mzee") == []
    assert shell.ok("catalogue", "import", file) == tried
    again = shell.ok("catalogue", "import", file)
    assert (again["accepted"], again["already_held"], again["terms"]) == (0, 2, 0)
    (found,) = shell.ok("catalogue", "search", "model", "mzee 1")
    assert (found["type"], found["calibres"], found["country"]) == ("ASR", ["7.62x39"], "UG")
    assert found["source"] == "list.csv"
    assert shell.ok("check", "--deep")


def test_a_term_is_added_once(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    words = ("catalogue", "add", "model", "Kilo 9", "--make", "Taurus", "--type", "PST",
             "--calibre", "9x19", "--alias", "K9", "--country", "Brazil")  # fmt: skip
    added = shell.ok(*words)
    assert (added["added"], added["code"], added["country"]) == (True, "taurus:kilo-9", "BR")
    assert shell.ok(*words) == {**added, "added": False}
    first = shell.ok("catalogue", "search", "model", "k9", "--within", "taurus", "--limit", "1")
    assert [one["code"] for one in first] == ["taurus:kilo-9"]


def test_what_is_refused_is_said(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    assert shell.run("catalogue", "search", "colour", "x").error["error"] == "FieldUnreadable"
    said = shell.run("catalogue", "add", "model", "X", "--make", "Nobody at all")
    assert said.error["details"] == {"field": "make", "text": "Nobody at all"}
