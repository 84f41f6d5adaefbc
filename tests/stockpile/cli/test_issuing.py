"""issue, issue list, issue receipt, and return."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import Authorisation
from tests.helpers.commands import Shell
from tests.helpers.counters import HOLDER_PIN, LOT, set_counter
from tests.helpers.house import build_house

HOLDER = {"STOCKPILE_HOLDER_PIN": HOLDER_PIN}


def a_counter(folder):
    """A home with a rack of rifles and two people, as the commands find it."""
    house = build_house(folder / "home")
    counter = set_counter(house.stockpile, house.officer)
    counter.person("P. Otim", "CARD-7", pin=HOLDER_PIN)
    counter.person("J. Were", "CARD-8", Authorisation("PST"))
    house.stockpile.close()
    return Shell(folder / "home")


@pytest.fixture
def shell(tmp_path):
    return a_counter(tmp_path)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    """One home for all that is refused: each of them leaves it as it was."""
    return a_counter(tmp_path_factory.mktemp("refused"))


def test_a_weapon_goes_out_signed_and_comes_back(shell):
    given = shell.ok(
        "issue", "CARD-7", "KB4470000", "KB4470001", "--due", "2999-12-31", "--purpose", "Gate",
        "--rounds", f"{LOT}=90", **HOLDER,
    )  # fmt: skip
    assert (given["holder"], given["weapons"]) == ("P. Otim", 2)
    proved = shell.ok("issue", "receipt", given["receipt"])
    assert (proved["signature"], proved["way"]) == ("good", "issue")
    out = shell.ok("issue", "list")
    assert {(one["serial"], one["holder"], one["overdue"]) for one in out} == {
        ("KB4470000", "P. Otim", False), ("KB4470001", "P. Otim", False),
    }  # fmt: skip
    back = shell.ok("return", "KB4470000", "--short", "magazine=1", "--condition", "repairable")
    assert back["receipt"].startswith("RT-")
    shell.ok("return", "KB4470001", "--rounds", f"{LOT}=60,20,10")
    assert shell.ok("issue", "list") == []


def test_what_is_late_is_listed_alone(shell):
    shell.ok("issue", "CARD-7", "KB4470000", "--due", "2020-01-01", "--unsigned", "at the range")
    shell.ok("issue", "otim", "KB4470001", "--override", "gate must be manned", "--assignment")
    assert [one["serial"] for one in shell.ok("issue", "list", "--overdue")] == ["KB4470000"]
    assert len(shell.ok("issue", "list")) == 2


def test_what_stands_against_it_is_told_and_may_be_overridden(shell):
    refused = shell.run("issue", "CARD-8", "KB4470000")
    assert refused.error["error"] == "OverrideMissing"
    given = shell.ok("issue", "CARD-8", "KB4470000", "--override", "armourer beside")
    assert shell.ok("issue", "receipt", given["receipt"])["signature"] == "unsigned"
    again = shell.run("issue", "CARD-7", "KB4470000", "--override", "because")
    assert again.error["error"] == "NotToBeIssued"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("issue", "nobody", "KB4470000"), "HolderUnknown"),
        (("issue", "CARD-7"), "CounterEmpty"),
        (("issue", "CARD-7", "KB4470000", "--due", "soon"), "FieldUnreadable"),
        (("issue", "CARD-7", "--rounds", f"{LOT}=many"), "QuantityUnreadable"),
        (("issue", "CARD-7", "--rounds", "no such lot=5"), "LotUnknown"),
        (("issue", "CARD-7", "--rounds", f"{LOT}=5001"), "LotShort"),
        (("return", "KB4470000"), "WeaponNotOut"),
        (("return", "KB4470000", "KB4470001", "--short", "sling"), "FieldUnreadable"),
        (("return", "--rounds", f"{LOT}=5", "--holder", "CARD-7"), "RoundsTooMany"),
        (("issue", "receipt", "HR-KLA-26-9999"), "ReceiptUnknown"),
    ],
)
def test_what_cannot_be_is_refused(untouched, words, error):
    said = untouched.run(*words)
    assert (said.code != 0, said.error["error"]) == (True, error)


def test_a_wrong_pin_of_the_receiver_hands_nothing_over(untouched):
    said = untouched.run("issue", "CARD-7", "KB4470000", STOCKPILE_HOLDER_PIN="0000")
    assert said.error["error"] == "WrongPin"
    assert untouched.ok("issue", "list") == []
