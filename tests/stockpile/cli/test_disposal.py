"""destroy and deactivate from a script: ordered, read, kept, certified, drawn."""

from __future__ import annotations

import pytest

from tests.helpers.commands import INIT, Shell
from tests.helpers.house import PIN

ONE = ("--as", "A. Mbuyi")
SIGNED = (*ONE, "--witness", "S. Second")
PRESENT = ("--present", "Col. Odhiambo; chair", "--present", "J. Doe; monitor; UNMAS")


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    made = Shell(tmp_path_factory.mktemp("disposal") / "home")
    made.ok(*INIT)
    made.ok("officer", "add", "S. Second", "--role", "storekeeper", STOCKPILE_NEW_PIN=PIN)
    for serial in ("KB 1", "KB 2", "KB 3"):
        made.ok("register", "--type", "ASR", "--serial", serial, "--as", "A. Mbuyi")
    return made


def test_a_destruction_goes_from_its_order_to_its_certificate(shell, tmp_path):
    said = ("destroy", "order", "KB 1", "KB 2", "--authority", "MoD", "--where", "Luzira")
    assert shell.run(*said, "--methods", "burning", *ONE).error["error"] == "MethodSymbolic"
    made = shell.ok(*said, "--methods", "burning, smelting", *ONE)
    number = made["number"]
    assert [one["kind"] for one in made["cautions"]] == ["no_monitor"]
    assert len(shell.ok("destroy", "add", number, "KB 3", *ONE)["weapons"]) == 3
    assert len(shell.ok("destroy", "remove", number, "KB 3", *ONE)["weapons"]) == 2
    changed = shell.ok("destroy", "change", number, *PRESENT, *ONE)
    assert [one["role"] for one in changed["committee"]] == ["chair", "monitor"]
    read = shell.ok("destroy", "verify", number, "KB 1", "KB 3", *ONE)
    assert [one["outcome"] for one in read["readings"]] == ["verified", "not_listed"]
    certify = ("destroy", "certify", number, "--inoperable", "--scrap-kilograms", "8")
    early = shell.run(*certify, *SIGNED, STOCKPILE_WITNESS_PIN=PIN)
    assert early.error["error"] == "DestructionIncomplete"
    assert shell.ok("destroy", "keep", number, "KB 2", "--reason", "museum", *ONE)["open"] == []
    assert shell.ok("destroy", "reopen", number, "KB 2", *ONE)["kept"] == []
    shell.ok("destroy", "keep", number, "KB 2", "--reason", "museum", *ONE)
    assert [one["state"] for one in shell.ok("destroy", "show", number)] == ["verified", "kept"]
    waiting = shell.ok(*certify, "--later", "the chair signs tonight", *ONE)
    assert waiting["act"] == "destroy"
    assert shell.ok("destroy", "list")[0]["certificate"] == ""
    shell.ok("guard", "refuse", waiting["proposal"], *ONE)
    done = shell.ok(*certify, *SIGNED, STOCKPILE_WITNESS_PIN=PIN)
    assert (done["state"], len(done["destroyed"])) == ("certified", 1)
    (listed,) = shell.ok("destroy", "list")
    assert (listed["verified"], listed["kept"], listed["certificate"]) == (
        1, 1, done["certificate"],
    )  # fmt: skip
    for name, more in (("list.pdf", ()), ("certificate.pdf", ("--certificate",))):
        out = tmp_path / name
        drawn = shell.ok("destroy", "paper", number, *more, "--out", out, *ONE)
        assert drawn["pages"] >= 1
        assert out.read_bytes().startswith(b"%PDF")


def test_an_order_is_withdrawn(shell):
    number = shell.ok("destroy", "order", "KB 3", *ONE)["number"]
    gone = shell.ok("destroy", "withdraw", number, "--reason", "amnesty", *ONE)
    assert gone["state"] == "withdrawn"


def test_a_weapon_is_deactivated_and_its_certificate_drawn(shell, tmp_path):
    out = tmp_path / "deactivation.pdf"
    said = ("deactivate", "KB 3", "--authority", "Proof House", "--method", "welded")
    missing = shell.run(*said, "--component", "barrel", *ONE)
    assert missing.error["details"]["field"] == "deactivation_mark"
    made = shell.ok(
        *said, "--component", "barrel", "--component", "firing pin", "--mark", "UG PH 26",
        "--out", out, *ONE,
    )  # fmt: skip
    assert (made["components"], made["mark"]) == (["barrel", "firing_pin"], "UG PH 26")
    assert out.read_bytes().startswith(b"%PDF")
    again = shell.ok("deactivate", "KB 3", "--paper", "--out", out, *ONE)
    assert again["number"] == made["number"]
