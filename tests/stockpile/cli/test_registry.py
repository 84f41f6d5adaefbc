from __future__ import annotations

import json
import socket

import pytest

from stockpile.cli import commands
from stockpile.domain.mandates import Shortfall
from stockpile.domain.values import Digest, NodeId
from stockpile.registry.books import RegistryBooks
from stockpile.registry.verdicts import Unheeded
from tests.helpers.house import PASSPHRASE, PIN, build_house
from tests.helpers.registries import open_registry, own_process


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    """Run the command line in a home of its own; returns code, JSON and error."""
    build_house(tmp_path / "home").stockpile.close()
    monkeypatch.setenv("STOCKPILE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("STOCKPILE_PIN", PIN)

    def command(*words):
        with pytest.raises(SystemExit) as ended:
            commands.main(["--home", str(tmp_path / "home"), "--json", *words])
        said = capsys.readouterr()
        return ended.value.code, json.loads(said.out or "null"), json.loads(said.err or "null")

    return command


@pytest.fixture
def database(tmp_path):
    return str(tmp_path / "registry.db")


def test_a_code_made_at_the_registry_lets_the_node_in(run, database):
    with own_process(database) as (_running, url):
        code, made, _ = run("registry", "enrol", "--database", database, "--name", "Kampala")
        assert (code, list(made)) == (0, ["code"])
        code, enrolled, _ = run("registry", "enrol", "--registry", url, "--code", made["code"])
        assert (code, enrolled["registry"]) == (0, url)
        code, _, error = run("registry", "enrol", "--registry", url, "--code", "wrong")
        assert (code, error["error"]) == (1, "CodeUnknown")
    code, nodes, _ = run("registry", "nodes", "--database", database)
    assert [(one["name"], one["status"]) for one in nodes] == [
        ("registry", "enrolled"), ("Kampala", "enrolled"),
    ]  # fmt: skip
    assert nodes[0]["node"] == enrolled["registry_node"]
    assert nodes[1]["node"] == enrolled["node"]


def test_that_a_line_to_another_computer_is_not_encrypted_is_said(run, database, monkeypatch):
    asked = socket.getaddrinfo

    def answered(host, *rest, **named):
        return asked("127.0.0.1" if host == "registry.example" else host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", answered)
    with own_process(database) as (_running, url):
        far = url.replace("127.0.0.1", "registry.example")
        for address, in_clear in ((far, True), (url, False)):
            words = ("enrol", "--registry", address, "--database", database)
            code, enrolled, _ = run("registry", *words)
            assert (code, enrolled["in_clear"]) == (0, in_clear)


def test_on_one_machine_one_command_does_both(run, database):
    with own_process(database) as (_running, url):
        code, _, _ = run("registry", "enrol", "--registry", url, "--database", database)
        assert code == 0
        code, sent, _ = run("sync")
    assert code == 0
    assert sent["sent"] > 0
    _, nodes, _ = run("registry", "nodes", "--database", database)
    assert nodes[1]["entries"] == sent["receipt"]["number"]
    assert nodes[1]["facts"] == sent["sent"]
    (kept,) = run("registry", "receipts")[1]
    assert (kept["number"], kept["registry"]) == (sent["receipt"]["number"], nodes[0]["node"])
    assert run("registry", "unheeded", "--database", database)[1] == []


def test_what_was_decided_about_an_entry_is_said_in_words(database, capsys, monkeypatch):
    open_registry(database).database.close()
    lacks = Shortfall("judge_entry", "no_right")
    found = [
        Unheeded(at, NodeId("n1"), at, Digest("ab" * 32), lacks, said)
        for at, said in enumerate(("", "accepted", "rejected"), 1)
    ]
    monkeypatch.setattr(RegistryBooks, "unheeded", lambda _books: found)
    with pytest.raises(SystemExit):
        commands.main(["registry", "unheeded", "--database", database])
    waits, accepted, rejected = capsys.readouterr().out.splitlines()[-3:]
    assert accepted.endswith("Accepted after all: it counts now.")
    assert rejected.endswith("Not accepted: it stays evidence.")
    assert waits.split()[:2] == ["n1", "1"]
    assert "ccepted" not in waits


def test_a_revoked_node_is_told_so(run, database):
    with own_process(database) as (_running, url):
        _, enrolled, _ = run("registry", "enrol", "--registry", url, "--database", database)
        words = ("revoke", enrolled["node"], "--reason", "stolen", "--database", database)
        code, revoked, _ = run("registry", *words)
        assert (code, revoked["status"]) == (0, "revoked")
        code, _, error = run("sync")
    assert (code, error["error"]) == (1, "NodeQuarantined")


def test_what_is_missing_is_named(run, database):
    for words, field in (
        (("--database", database), "name"),
        (("--registry", "http://127.0.0.1:1"), "code"),
    ):
        code, _, error = run("registry", "enrol", *words)
        assert (code, error["error"], error["details"]["field"]) == (1, "FieldMissing", field)


def test_nobody_listens(run):
    code, _, error = run("registry", "enrol", "--registry", "http://127.0.0.1:1", "--code", "x")
    assert (code, error["error"]) == (3, "RegistryUnreachable")


def test_a_database_that_is_none_is_refused_by_serve_too(run):
    code, _, error = run("registry", "serve", "--database", "mysql://x/y")
    assert (code, error["error"]) == (1, "DatabaseUnreadable")


def test_a_trial_registry_is_copied_while_it_works(run, database, tmp_path):
    target = tmp_path / "copy.db"
    with own_process(database) as (_running, _url):
        code, made, _ = run("registry", "copy", "--to", str(target), "--database", database)
    assert (code, made) == (0, {"file": str(target)})
    assert run("registry", "nodes", "--database", database) == run(
        "registry", "nodes", "--database", str(target)
    )
    code, _, error = run("registry", "copy", "--to", str(target), "--database", database)
    assert (code, error["error"]) == (1, "CopyThere")


def test_a_node_says_who_witnessed_its_record(run, database):
    with own_process(database) as (_running, url):
        run("registry", "enrol", "--registry", url, "--database", database)
        run("sync")
    (proof,) = run("registry", "log", "proof")[1]
    assert (proof["proved"], proof["witnesses"], proof["alarms"]) == (0, [], [])


def test_of_which_sites_a_node_is_told_is_set_and_it_learns_so(run, database):
    with own_process(database) as (_running, url):
        run("registry", "enrol", "--registry", url, "--database", database, "--site", "KLA")
        node = run("registry", "nodes", "--database", database)[1][1]["node"]
        code, told, _ = run("registry", "scope", node, "--whole", "--database", database)
        assert (code, told["scope"]) == (0, [])
        code, told, _ = run("registry", "scope", node, "--site", "KLA", "--database", database)
        assert (code, told["scope"]) == (0, ["KLA"])
        code, _, error = run("registry", "scope", node, "--site", "GUL", "--database", database)
        assert (code, error["error"]) == (1, "PlaceUnknown")
        code, _, error = run("registry", "scope", node, "--database", database)
        assert (code, error["error"]) == (1, "FieldMissing")
        assert run("sync")[0] == 0
