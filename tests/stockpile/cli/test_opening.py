"""Which home, whose secrets: in a fixed order, and never a hanging prompt."""

from __future__ import annotations

import io

import keyring
import pytest

from stockpile.app import key_room
from stockpile.cli.opening import Asked, default_home, passphrase, pin
from stockpile.cli.output import Output
from stockpile.domain.errors import FieldMissing, FileUnreadable
from tests.helpers.safes import SOCKETS, real_safe

__all__ = ["real_safe"]


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """Options of a command run by a script: no terminal, nothing in the environment."""
    for name in ("STOCKPILE_PASSPHRASE", "STOCKPILE_PIN", "STOCKPILE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return Asked(tmp_path / "home", Output(as_json=True))


def test_the_home_is_named_or_usual(tmp_path, monkeypatch):
    monkeypatch.setenv("STOCKPILE_HOME", str(tmp_path))
    assert default_home() == tmp_path
    monkeypatch.delenv("STOCKPILE_HOME")
    assert default_home().name == "stockpile"


def test_the_environment_comes_before_the_file(asked, tmp_path, monkeypatch):
    secret = tmp_path / "secret"
    secret.write_text("from file\n", "utf-8")
    told = Asked(asked.home, asked.output, passphrase_file=secret)
    assert passphrase(told) == "from file"
    monkeypatch.setenv("STOCKPILE_PASSPHRASE", "from environment")
    assert passphrase(told) == "from environment"


def test_what_nobody_gave_is_said_and_not_asked_of_a_script(asked):
    with pytest.raises(FieldMissing) as refused:
        passphrase(asked)
    assert refused.value.field == "passphrase"
    with pytest.raises(FieldMissing):
        pin(asked)


def test_whatever_a_keyring_raises_the_prompt_remains(asked, monkeypatch):
    def broken(_service, _user):
        raise ConnectionResetError

    monkeypatch.setattr("keyring.get_password", broken)
    with pytest.raises(FieldMissing):
        passphrase(asked)


def test_a_passphrase_that_its_user_keeps_in_the_keyring_is_found(asked, real_safe):
    keyring.set_password("stockpile", str(asked.home.resolve()), "from the keyring")
    assert passphrase(asked) == "from the keyring"


@SOCKETS
def test_a_keyring_that_is_silent_or_locked_is_told_and_the_prompt_comes(
    asked, real_safe, monkeypatch, capsys
):
    monkeypatch.setattr(key_room, "AT_A_PROMPT", 1.0)
    told = Asked(asked.home, Output(as_json=False))
    with real_safe.silent(), pytest.raises(FieldMissing):
        passphrase(told)
    assert "does not answer" in capsys.readouterr().err
    real_safe.lock()
    with pytest.raises(FieldMissing):
        passphrase(told)
    assert "is locked" in capsys.readouterr().err


def test_a_missing_secret_file_is_unreadable_input(asked, tmp_path):
    with pytest.raises(FileUnreadable):
        passphrase(Asked(asked.home, asked.output, passphrase_file=tmp_path / "no"))


def test_a_practice_depot_asks_for_nothing(asked):
    asked.home.mkdir()
    (asked.home / "practice-depot").touch()
    assert (passphrase(asked), pin(asked)) == ("practice", "1234")
