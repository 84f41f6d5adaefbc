from __future__ import annotations

import json

import pytest

from stockpile.cli import commands
from stockpile.domain import tlog, witnessing


@pytest.fixture
def run(capsys, tmp_path):
    def command(*words):
        with pytest.raises(SystemExit) as ended:
            commands.main(["--json", *words, "--database", str(tmp_path / "registry.db")])
        said = capsys.readouterr()
        return ended.value.code, json.loads(said.out or "null"), json.loads(said.err or "null")

    return command


def test_the_logs_key_is_the_one_its_heads_are_signed_with(run, tmp_path):
    _, key, _ = run("registry", "log", "key")
    code, made, _ = run("registry", "log", "offer", str(tmp_path / "offer"))
    offer = witnessing.read_offer((tmp_path / "offer").read_bytes())
    tlog.demand_signed(offer.note, tlog.read_key(key["key"]))
    assert (code, made["size"]) == (0, tlog.read_checkpoint(offer.note.text).size)


def test_nothing_is_offered_from_a_size_that_never_was(run, tmp_path):
    code, _, error = run("registry", "log", "offer", str(tmp_path / "offer"), "--old", "999")
    assert (code != 0, error["error"]) == (True, "QuantityUnreadable")
    assert not (tmp_path / "offer").exists()


@pytest.mark.parametrize("key", ["", "zz", "ab" * 31, "ab" * 33])
def test_a_key_that_is_none_names_nobody(run, key):
    code, _, error = run("registry", "witness", "add", "Inspectorate", key)
    assert (code != 0, error["error"]) == (True, "FieldUnreadable")
    assert run("registry", "witness", "add", " ", "ab" * 32)[2]["error"] == "FieldMissing"
    assert run("registry", "witness", "list")[1] == []


def test_a_file_that_is_not_there_is_said(run, tmp_path):
    assert run("registry", "log", "take", str(tmp_path / "none"))[2]["error"] == "DiskTrouble"
