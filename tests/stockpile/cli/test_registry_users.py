from __future__ import annotations

import json

import pyotp
import pytest

from stockpile.cli import commands
from stockpile.registry import audit_files, sessions
from stockpile.registry.clock import now
from stockpile.registry.keys import RegistryKey
from stockpile.registry.opening import found, opened_books
from stockpile.registry.passphrases import LIGHT
from stockpile.registry.proving import Visit
from stockpile.registry.second_factor import STEP
from stockpile.registry.users import Users

WORDS = "seven old rifles in a row"


@pytest.fixture
def run_alone(tmp_path, capsys):
    """Run a command that needs no registry; returns code, JSON and error."""

    def command(*words):
        home = ("--home", str(tmp_path), "--json")
        with pytest.raises(SystemExit) as ended:
            commands.main([*home, "registry", "user", *words])
        said = capsys.readouterr()
        return ended.value.code, json.loads(said.out or "null"), json.loads(said.err or "null")

    return command


@pytest.fixture
def run(tmp_path, run_alone, monkeypatch):
    """Run a command for users of a registry; returns code, JSON and error."""
    monkeypatch.setattr("stockpile.cli.registry_users.Users", lambda books: Users(books, LIGHT))
    found(str(tmp_path / "registry.db"))

    def command(*words):
        return run_alone(*words, "--database", str(tmp_path / "registry.db"))

    return command


def begun(tmp_path, login, given):
    """Set passphrase and second factor as the page would; returns the shared secret."""
    secret = pyotp.random_base32()
    with opened_books(str(tmp_path / "registry.db")) as books:
        users = Users(books, LIGHT)
        cookie, _new = users.sign_in(login, given, "", Visit())
        with books.reading() as connection:
            session = sessions.find(connection, cookie, books.now())
        digits = pyotp.TOTP(secret).generate_otp(now() // STEP - 1)
        users.begin(session, WORDS, secret, digits, Visit())
    return secret


def test_the_first_user_and_those_after_them(run, tmp_path, monkeypatch):
    code, made, _ = run("add", "amina", "--name", "Col. Amina")
    assert code == 0
    assert run("add", "mallory", "--name", "Mallory")[0] != 0  # somebody is in office now
    code, _, error = run(
        "add", "bernard", "--name", "Bernard", "--role", "auditor", "--by", "amina"
    )
    assert error["error"] == "FieldMissing"
    secret = begun(tmp_path, "amina", made["passphrase"])
    monkeypatch.setenv("STOCKPILE_USER_PASSPHRASE", WORDS)
    monkeypatch.setenv("STOCKPILE_USER_DIGITS", pyotp.TOTP(secret).generate_otp(now() // STEP))
    code, made, _ = run("add", "bernard", "--name", "Bernard", "--role", "auditor", "--by", "amina")
    assert (code, made["login"]) == (0, "bernard")
    code, _, error = run("suspend", "bernard", "--reason", "x", "--by", "amina")
    assert error["error"] == "SignInRefused"  # these digits were used
    listed = run("list")[1]
    assert [(one["login"], one["roles"], one["has_begun"]) for one in listed] == [
        ("amina", ["commander"], True), ("bernard", ["auditor"], False),
    ]  # fmt: skip
    assert run("audit")[1]["first_broken"] == 0
    digits = pyotp.TOTP(secret).generate_otp(now() // STEP + 1)
    monkeypatch.setenv("STOCKPILE_USER_DIGITS", digits)
    assert run("suspend", "bernard", "--reason", "left", "--by", "amina")[0] == 0
    assert run("list")[1][1]["office"] == "suspended"


def test_nobody_signs_for_nobody(run):
    for words in (("reset", "amina", "--reason", "x"), ("suspend", "amina", "--reason", "x")):
        code, _, error = run(*words)
        assert (code != 0, error["error"]) == (True, "FieldMissing")


def test_a_file_of_the_audit_log_is_proved_without_the_registry(run_alone, tmp_path):
    key = RegistryKey(bytes(range(32)))
    end = audit_files.begun(key, 5, "", "", (7, "ab" * 32))
    file = tmp_path / "audit.jsonl"
    file.write_bytes(b"".join(audit_files.whole("jsonl", [], [[b"{}\n"]], end, key)))
    code, said, _ = run_alone("audit-file", str(file))
    assert (code, said["rows"], said["registry"]) == (0, 1, key.node)
    assert len(said["words"].split()) == 8
    file.write_bytes(file.read_bytes().replace(b"{}", b"[]"))
    code, _, error = run_alone("audit-file", str(file))
    assert (code != 0, error["error"]) == (True, "AuditExportWrong")
