"""The witness's program beside a real registry: named, by net, and by a stick."""

from __future__ import annotations

import json
from functools import partial

import pytest

from stockpile.adapters.keys.strength import LIGHT
from stockpile.app import witness_room
from stockpile.cli import commands
from stockpile.domain import tlog
from stockpile.registry.opening import found
from tests.helpers.registries import own_process


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    """Run commands of a witness and of a registry; returns code, JSON and error."""
    monkeypatch.setenv("STOCKPILE_WITNESS_FOLDER", str(tmp_path / "witness"))
    monkeypatch.setenv("STOCKPILE_WITNESS_PASSPHRASE", "a long passphrase")
    light = partial(witness_room.make_witness, strength=LIGHT)
    monkeypatch.setattr(witness_room, "make_witness", light)

    def command(*words):
        with pytest.raises(SystemExit) as ended:
            commands.main(["--json", *map(str, words)])
        said = capsys.readouterr()
        return ended.value.code, json.loads(said.out or "null"), json.loads(said.err or "null")

    return command


@pytest.fixture
def database(tmp_path):
    place = str(tmp_path / "registry.db")
    found(place)
    return place


@pytest.fixture
def named(run, database):
    """A witness that follows the registry's log and stands named there."""
    _, log, _ = run("registry", "log", "key", "--database", database)
    _, made, _ = run("witness", "make", "Inspectorate")
    _, stands, _ = run("registry", "witness", "add", "Inspectorate", made["key"],
                       "--database", database)  # fmt: skip
    assert stands["stands"]
    code, followed, _ = run("witness", "follow", log["key"])
    assert (code, followed["log"]) == (0, log["log"])
    return made


def test_a_head_is_cosigned_by_net(run, named, database):
    with own_process(database) as (_running, url):
        code, done, _ = run("witness", "cosign", url)
    assert (code, done["before"]) == (0, 0)
    (word,) = run("registry", "witness", "list", "--database", database)[1]
    assert (word["name"], word["size"], word["attested"]) == ("Inspectorate", done["size"], False)
    (seen,) = run("witness", "list")[1]
    assert seen["size"] == done["size"]
    assert run("witness", "key")[1] == named


def test_a_head_is_cosigned_by_a_stick(run, named, database, tmp_path):
    offer, answer = tmp_path / "log.offer", tmp_path / "log.note"
    code, made, _ = run("registry", "log", "offer", offer, "--database", database)
    assert code == 0
    code, done, _ = run("witness", "answer", offer, answer)
    assert (code, done["size"]) == (0, made["size"])
    code, heard, _ = run("registry", "log", "take", answer, "--database", database)
    assert (code, heard["witnesses"]) == (0, "Inspectorate")
    assert run("registry", "log", "take", answer, "--database", database)[0] == 0
    code, _, error = run("registry", "log", "take", offer, "--database", database)
    assert (code != 0, error["error"]) == (True, "NoteUnreadable")
    note = tlog.read_note(answer.read_bytes())
    assert tlog.cosigned_at(note, tlog.read_key(named["note_key"]))


def test_a_witness_says_loudly_what_it_does_not_cosign(run, named, database, tmp_path):
    other = str(tmp_path / "other.db")
    found(other)
    offer = tmp_path / "log.offer"
    run("registry", "log", "offer", offer, "--database", other)
    code, _, error = run("witness", "answer", offer, tmp_path / "log.note")
    assert (code != 0, error["error"]) == (True, "LogUnknown")
    assert not (tmp_path / "log.note").exists()


def test_a_withdrawn_witness_is_no_longer_heard(run, named, database, tmp_path):
    offer, answer = tmp_path / "log.offer", tmp_path / "log.note"
    run("registry", "log", "offer", offer, "--database", database)
    run("witness", "answer", offer, answer)
    _, gone, _ = run("registry", "witness", "withdraw", "Inspectorate", named["key"],
                     "--database", database)  # fmt: skip
    assert gone["stands"] is False
    code, _, error = run("registry", "log", "take", answer, "--database", database)
    assert (code != 0, error["error"]) == (True, "WitnessUnknown")
    assert run("registry", "log", "alarms", "--database", database)[1] == []


def test_without_its_passphrase_the_witness_asks_for_its_own(run, named, monkeypatch, capsys):
    monkeypatch.delenv("STOCKPILE_WITNESS_PASSPHRASE")
    code, _, error = run("witness", "list")
    assert (code, error["details"]["field"]) == (1, "witness_passphrase")
    with pytest.raises(SystemExit):
        commands.main(["witness", "list"])
    assert "Passphrase of the witness" in capsys.readouterr().err
