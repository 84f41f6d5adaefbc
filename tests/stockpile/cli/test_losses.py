"""loss and hotlist from a script: reported by two, listed, amended, recovered; checked offline."""

from __future__ import annotations

import pytest

from stockpile.app import open_home
from stockpile.domain import hot_list
from stockpile.domain.hot_list import HotListHead
from stockpile.services.ports import Peer
from tests.helpers.commands import INIT, Shell
from tests.helpers.house import PASSPHRASE, PIN
from tests.helpers.sites import SiteKeys

SIGNED = ("--as", "A. Mbuyi", "--witness", "S. Second")


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    made = Shell(tmp_path_factory.mktemp("losses") / "home")
    made.ok(*INIT)
    made.ok("officer", "add", "S. Second", "--role", "storekeeper", STOCKPILE_NEW_PIN=PIN)
    for serial in ("KB 1", "KB 2", "KB 3"):
        made.ok("register", "--type", "ASR", "--serial", serial, "--as", "A. Mbuyi")
    return made


def test_a_loss_is_reported_amended_printed_and_answered(shell, tmp_path):
    said = ("loss", "report", "KB 1", "KB 2", "--how", "stolen", "--circumstances", "lock forced")
    alone = shell.run(*said, "--as", "A. Mbuyi")
    assert alone.error["error"] == "SecondOfficerMissing"
    made = shell.ok(*said, *SIGNED, STOCKPILE_WITNESS_PIN=PIN)
    number = made["number"]
    (listed,) = shell.ok("loss", "list")
    assert (listed["number"], listed["how"], listed["sent"]) == (number, "stolen", False)
    assert shell.ok("hotlist", "check", "KB 1")["alarm"] == "lost"
    amended = shell.ok(
        "loss", "amend", number, "--incident", "CRB 77", *SIGNED, STOCKPILE_WITNESS_PIN=PIN
    )
    assert (amended["incident"], amended["circumstances"]) == ("CRB 77", "lock forced")
    out = tmp_path / "report.pdf"
    assert shell.ok("loss", "paper", number, "--out", out, "--as", "A. Mbuyi")["pages"] >= 1
    assert out.read_bytes().startswith(b"%PDF")
    back = ("loss", "recover", "KB 1", "KB 2", "--circumstances", "found in the workshop")
    assert len(shell.ok(*back, "--as", "A. Mbuyi")["weapons"]) == 2
    assert shell.ok("loss", "list") == []
    assert shell.ok("hotlist", "check", "KB 1")["alarm"] == ""


def test_a_loss_that_one_officer_reports_waits_for_the_second(shell):
    said = ("loss", "report", "KB 3", "--how", "lost", "--circumstances", "not in its rack")
    waiting = shell.ok("--as", "A. Mbuyi", "--later", "the second is on patrol", *said)
    assert waiting["act"] == "report_loss"
    assert shell.ok("loss", "list") == []
    shell.ok("--as", "S. Second", "guard", "confirm", waiting["proposal"], STOCKPILE_PIN=PIN)
    (report,) = shell.ok("loss", "list")
    shell.ok("loss", "recover", "KB 3", "--circumstances", "misread", "--as", "A. Mbuyi")
    assert report["how"] == "lost"


def test_an_unknown_way_to_lose_is_refused(shell):
    said = shell.run(
        "loss", "report", "KB 3", "--how", "mislaid", "--circumstances", "?", *SIGNED,
        STOCKPILE_WITNESS_PIN=PIN,
    )  # fmt: skip
    assert said.error["error"] == "FieldUnreadable"


def test_the_list_is_shown_and_asked_offline(shell):
    assert shell.ok("hotlist", "show") == []
    registry = SiteKeys()
    head = HotListHead(1, registry.node, 3, 1_800_000_000_000, b"s" * 16, 1, 1, 0, b"")
    raw = hot_list.made(head, [hot_list.key_of("s:FOREIGN7", b"s" * 16, 1)], registry.sign)
    with open_home(shell.home, PASSPHRASE) as stockpile:
        stockpile.books.keep_peer(Peer("http://r", registry.node, registry.public_key))
        assert stockpile.hot_lists.accept(raw)
    (held,) = shell.ok("hotlist", "show")
    assert (held["number"], held["keys"], held["registry"]) == (3, 1, registry.node)
    assert shell.ok("hotlist", "check", "foreign-7") == {
        "alarm": "hot_list", "certain": False, "kind": "unknown",
    }  # fmt: skip
