from __future__ import annotations

import json

import pytest

from stockpile.cli import commands
from stockpile.domain import tlog, witnessing
from stockpile.registry.opening import found
from tests.helpers import tlog_witness


@pytest.fixture
def run(capsys, tmp_path):
    found(str(tmp_path / "registry.db"))

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


@pytest.mark.logs_warnings
def test_a_witness_is_named_given_an_address_and_asked(run, tmp_path):
    _, key, _ = run("registry", "log", "key")
    with tlog_witness.running(tmp_path / "seen.json", key["key"]) as witness:
        name, _, _ = witness.vkey.partition("+")
        assert run("registry", "witness", "address", witness.vkey, witness.url)[2]["error"] == (
            "WitnessUnknown"
        )
        assert run("registry", "witness", "add", "Another", witness.vkey)[2]["error"] == (
            "FieldUnreadable"
        )
        assert run("registry", "witness", "add", name, witness.vkey)[1]["stands"]
        assert run("registry", "witness", "address", witness.vkey, witness.url)[0] == 0
        (before,) = run("registry", "witness", "list")[1]
        assert (before["url"], before["size"]) == (witness.url, 0)
        code, (after,), _ = run("registry", "witness", "ask")
        assert (code, after["trouble"], after["size"] > 0) == (0, "", True)
    code, (gone,), _ = run("registry", "witness", "ask")
    assert (code, gone["trouble"]) == (0, "unreachable")
    assert run("registry", "witness", "address", witness.vkey)[0] == 0
    (last,) = run("registry", "witness", "list")[1]
    assert (last["url"], last["trouble"], last["size"]) == ("", "", after["size"])


@pytest.mark.logs_warnings
def test_an_alarm_of_a_witness_is_an_error_of_the_command(run, tmp_path):
    _, key, _ = run("registry", "log", "key")
    seen = tmp_path / "seen.json"
    seen.write_text(json.dumps({key["log"]: [10_000, "ab" * 32]}))
    with tlog_witness.running(seen, key["key"]) as witness:
        run("registry", "witness", "add", witness.vkey.partition("+")[0], witness.vkey)
        run("registry", "witness", "address", witness.vkey, witness.url)
        code, (told,), _ = run("registry", "witness", "ask")
    assert (code, told["trouble"], told["seen"]) == (1, "ahead", 10_000)


def test_a_file_that_is_not_there_is_said(run, tmp_path):
    assert run("registry", "log", "take", str(tmp_path / "none"))[2]["error"] == "DiskTrouble"
