"""export chain; inspection prepare, draw, list; and what take-in refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.commands import INIT, Shell
from tests.helpers.exports import verdict


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    shell.ok("register", "--serial", "KB1")
    return shell


def test_the_ledger_is_copied_out_and_an_inspector_is_served(shell, tmp_path):
    made = shell.ok("export", "chain", tmp_path / "ledger.chains.gz")
    result = verdict(Path(made["file"]), made["head"])
    assert (result["holds"], result["entries"], result["weapons"]) == (True, made["entries"], 1)
    alone = shell.run(
        "export", "chain", tmp_path / "with", "--persons", "--to", "A", "--ground", "B"
    )
    assert alone.error["error"] == "SecondOfficerMissing"
    dossier = shell.ok("inspection", "prepare", tmp_path / "stick")
    assert dossier["weapons"] == 1
    drawn = shell.ok("inspection", "draw", dossier["folder"], "--seed", "dice", "--count", 3)
    assert [one["serial"] for one in drawn] == ["KB1"]
    assert shell.ok("inspection", "list") == []
    refused = shell.run("inspection", "take-in", dossier["folder"])
    assert refused.error["error"] == "FileUnreadable"
    assert shell.ok("export", tmp_path / "list.csv")["weapons"] == 1
