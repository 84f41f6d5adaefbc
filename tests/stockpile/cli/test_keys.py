"""The commands of the keys, from a printed sheet to a recovered store; no secret is a word."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2
import pyrage
import pytest
import typer
import zxingcpp

from stockpile.app import open_home
from stockpile.cli.commands import command_line
from tests.helpers.commands import Shell
from tests.helpers.house import PASSPHRASE, PIN, copied_house

NEW, NEWER = "five words that belong apart", "another five words altogether"


@dataclass(frozen=True)
class TwoShell(Shell):
    """A shell in which two officers act."""

    two: tuple[str, ...] = ()


@pytest.fixture
def shell(tmp_path):
    built = copied_house(tmp_path / "home")
    second = built.second.officer.name
    built.stockpile.close()
    return TwoShell(tmp_path / "home", ("--as", built.officer.officer.name, "--witness", second))


def half(file):
    picture = pypdfium2.PdfDocument(file)[0].render(scale=4).to_pil()
    return next(one.text for one in zxingcpp.read_barcodes(picture) if "QR" in str(one.format))


def test_a_store_is_recovered_by_its_sheet_and_then_gets_another_key(shell):
    witness = {"STOCKPILE_WITNESS_PIN": PIN}
    assert shell.ok("keys", "status")["way_back"] is False
    made = shell.ok("keys", "recovery-sheet", *shell.two, **witness)
    halves = {f"STOCKPILE_SHEET_HALF_{at}": half(one) for at, one in enumerate(made["halves"], 1)}
    shell.ok("keys", "passphrase", *shell.two, STOCKPILE_NEW_PASSPHRASE=NEW, **witness)
    assert shell.run("keys", "status").error["error"] == "WrongPassphrase"
    said = shell.ok("keys", "recover", STOCKPILE_NEW_PASSPHRASE=NEWER, **halves)
    assert said["recovered"] is True
    now = {"STOCKPILE_PASSPHRASE": NEWER}
    shell.ok("keys", "rotate", *shell.two, **witness, **now)
    state = shell.ok("keys", "status", **now)
    assert (state["recovered"], state["sheet"], state["renewed_at"] > 0) == ("sheet", "", True)
    refused = shell.run("keys", "keyring", "on", *shell.two, **witness, **now)
    assert refused.error["error"] == "NoRecovery"
    assert shell.ok("check", **now)["entries"] > 0
    void = shell.run("keys", "recover", STOCKPILE_NEW_PASSPHRASE=NEW, **halves)
    assert (void.code, void.error["error"]) == (1, "SheetVoid")


def test_a_store_is_recovered_by_a_file_of_the_authoritys_age_identity(shell, tmp_path):
    identity = pyrage.x25519.Identity.generate()
    with open_home(shell.home, PASSPHRASE) as stockpile:
        stockpile.key_desk.room.seal_to(str(identity.to_public()))
    file = tmp_path / "identity.txt"
    missing = shell.run("keys", "recover", "--identity", file, STOCKPILE_NEW_PASSPHRASE=NEW)
    assert missing.error["error"] == "FileUnreadable"
    file.write_text(f"# the authority's\n{identity}\n")
    shell.ok("keys", "recover", "--identity", file, STOCKPILE_NEW_PASSPHRASE=NEW)
    assert shell.ok("keys", "status", STOCKPILE_PASSPHRASE=NEW)["recovered"] == "authority"


def test_a_computer_goes_on_under_another_key_by_two_officers(shell):
    before = shell.ok("check")["entries"]
    alone = shell.run("keys", "new-node", "--reason", "x", "--as", shell.two[1])
    assert alone.error["error"] == "SecondOfficerMissing"
    witness = {"STOCKPILE_WITNESS_PIN": PIN}
    done = shell.ok("keys", "new-node", "--reason", "the year is over", *shell.two, **witness)
    assert (done["waits"], bool(done["aside"])) == (False, True)
    assert shell.ok("check")["entries"] == before + 2  # the last word of the old, the first


def test_no_command_takes_a_secret_as_a_word():
    """Words of a command are read by everybody on the computer, in its list of processes."""
    root = typer.main.get_command(command_line())

    def named(command):
        for one in getattr(command, "commands", {}).values():
            yield from named(one)
        for parameter in command.params:
            if not getattr(parameter, "is_flag", False):
                yield parameter.name

    secrets = {"pin", "passphrase", "new_pin", "new_passphrase", "half", "secret", "password"}
    assert secrets.isdisjoint(named(root))
