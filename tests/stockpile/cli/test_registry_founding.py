from __future__ import annotations

import json

import pytest

from stockpile.cli import commands


@pytest.fixture
def run(tmp_path, capsys):
    def command(*words):
        with pytest.raises(SystemExit) as ended:
            commands.main(["--home", str(tmp_path / "home"), "--json", "registry", *words])
        said = capsys.readouterr()
        return ended.value.code, json.loads(said.out or "null"), json.loads(said.err or "null")

    return command


COMMANDS = [
    ["nodes"], ["blocks"], ["unheeded"], ["evidence"], ["enrol", "--name", "Gulu"],
    ["user", "list"], ["log", "key"], ["witness", "list"], ["serve", "--listen", "127.0.0.1:0"],
    ["copy", "--to", "copy.db"], ["scope", "x", "--whole"], ["revoke", "x", "--reason", "y"],
]  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_other_command_begins_a_registry(run, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    place = str(tmp_path / "typo" / "regitsry.db")
    code, said, error = run(*words, "--database", place)
    assert (code, said, error["error"]) == (1, None, "RegistryMissing")
    assert error["details"] == {"place": place}
    assert list(tmp_path.iterdir()) == []


def test_a_registry_is_begun_once_and_then_answers_to_every_command(run, tmp_path):
    place = str(tmp_path / "registry.db")
    code, begun, _ = run("found", "--database", place)
    assert (code, begun["database"]) == (0, place)
    code, nodes, _ = run("nodes", "--database", place)
    assert (code, [one["node"] for one in nodes]) == (0, [begun["registry"]])
    code, _, error = run("found", "--database", place)
    assert (code, error["error"]) == (1, "RegistryThere")
    assert error["details"] == {"place": place, "node": begun["registry"]}
