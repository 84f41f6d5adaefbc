"""transfer and courier from a script: two depots, one stick, no window."""

from __future__ import annotations

import pytest

from stockpile.cli import transfers
from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.facts import Licence
from tests.helpers.commands import INIT, Shell
from tests.helpers.house import PIN

THERE = (
    "init", "--country", "UG", "--site", "GUL", "--name", "Gulu Depot", "--officer", "B. Okello",
)  # fmt: skip
SIGNED = ("--as", "A. Mbuyi", "--witness", "S. Second")


@pytest.fixture(scope="module")
def shells(tmp_path_factory):
    """Two depots; the first has a second officer and two rifles."""
    folder = tmp_path_factory.mktemp("depots")
    here, there = Shell(folder / "here"), Shell(folder / "there")
    here.ok(*INIT)
    there.ok(*THERE)
    here.ok("officer", "add", "S. Second", "--role", "storekeeper", STOCKPILE_NEW_PIN=PIN)
    for serial in ("KB 1", "KB 2"):
        here.ok("register", "--type", "ASR", "--serial", serial, "--as", "A. Mbuyi")
    return here, there


def test_a_shipment_goes_there_and_its_receipt_comes_back(shells, tmp_path):
    here, there = shells
    refused = here.run("transfer", "send", "KB 1", "--to", "Gulu", "--as", "A. Mbuyi")
    assert refused.error["error"] == "SecondOfficerMissing"
    sent = here.ok(
        "transfer", "send", "KB 1", "KB 2", "--to", "Gulu", "--seal", "S1", "--due", "2020-01-02",
        *SIGNED, STOCKPILE_WITNESS_PIN=PIN,
    )  # fmt: skip
    assert (sent["state"], len(sent["weapons"]), sent["to"]) == ("open", 2, "Gulu")
    assert [one["number"] for one in here.ok("transfer", "list", "--overdue")] == [sent["number"]]

    stick = tmp_path / "there.courier"
    packed = here.ok("courier", "pack", stick, "--as", "A. Mbuyi")
    unknown = there.run("courier", "open", stick, "--words", packed["words"])
    assert unknown.error["error"] == "SenderUnknown"
    code = unknown.error["details"]["node"]
    node = there.ok("courier", "introduce", stick, "--code", code.upper())
    assert node == {"node": code, "name": "Kampala Central"}
    looked = there.ok("courier", "open", stick, "--words", packed["words"], "--preview")
    assert looked["shipments"] == [{"number": sent["number"], "weapons": 2, "ours": True}]
    assert there.ok("courier", "open", stick, "--words", packed["words"])["taken"] > 0

    came = there.ok("transfer", "receive", sent["number"], "KB 1", "ZZ 9", "--broken", "S1")
    assert (came["state"], len(came["received"]), len(came["short"])) == ("partly", 1, 1)
    assert (came["unknown"], came["broken_seals"]) == (["ZZ 9"], ["S1"])
    note = there.ok("transfer", "paper", sent["number"], "--note", "--out", tmp_path / "n.pdf")
    assert note["pages"] == 1

    back = tmp_path / "back.courier"
    assert there.ok("courier", "pack", back, "--to", "kampala central")["to"] == code
    unknown = here.run("courier", "open", back, "--as", "A. Mbuyi")
    here.ok(
        "courier", "introduce", back, "--code", unknown.error["details"]["node"],
        "--as", "A. Mbuyi",
    )  # fmt: skip
    assert here.ok("courier", "open", back, "--as", "A. Mbuyi")["taken"] > 0
    assert here.ok("transfer", "show", sent["number"]) == came
    (known,) = here.ok("courier", "receivers")
    assert known["name"] == "Gulu Depot"
    assert known["holds"] > 0


def test_a_shipment_that_came_back_is_in_store_again(shells, tmp_path):
    here, _there = shells
    open_ = here.ok("register", "--type", "ASR", "--serial", "KB 3", "--as", "A. Mbuyi")
    sent = here.ok(
        "transfer", "send", open_["number"], "--to", "Gulu", *SIGNED, STOCKPILE_WITNESS_PIN=PIN
    )
    back = here.ok(
        "transfer", "reverse", sent["number"], "--reason", "bridge out", *SIGNED,
        STOCKPILE_WITNESS_PIN=PIN,
    )  # fmt: skip
    assert back["state"] == "reversed"
    waits = here.ok(
        "--later", "in town", "transfer", "send", open_["number"], "--to", "Gulu", "--as",
        "A. Mbuyi",
    )  # fmt: skip
    assert waits["act"] == "dispatch"
    assert "open" not in {one["state"] for one in here.ok("transfer", "list")}
    paper = tmp_path / "waybill.pdf"
    done = here.ok("guard", "confirm", waits["proposal"], "--out", paper, "--as", "S. Second")
    assert done["paper"] == str(paper)
    assert paper.read_bytes().startswith(b"%PDF")
    (gone,) = [one for one in here.ok("transfer", "list") if one["state"] == "open"]
    back = here.ok(
        "--later", "in town", "transfer", "reverse", gone["number"], "--reason", "bridge out",
        "--as", "A. Mbuyi",
    )  # fmt: skip
    back = here.ok("guard", "confirm", back["proposal"], "--as", "S. Second")
    assert back["paper"] is None
    lacking = here.run(
        "transfer", "send", "KB 3", "--to", "Kenya", "--purpose", "export", "--licence",
        "number=X1", *SIGNED, STOCKPILE_WITNESS_PIN=PIN,
    )  # fmt: skip
    assert lacking.error["error"] == "LicenceIncomplete"
    assert "goods" in lacking.error["details"]["licence"]


@pytest.mark.parametrize("pairs", [["colour=red"], ["number"]])
def test_a_licence_says_only_what_a_licence_says(pairs):
    with pytest.raises(FieldUnreadable):
        transfers._licence(pairs)
    with pytest.raises(FieldUnreadable):
        transfers._purpose("gift")


def test_transit_countries_are_apart_by_commas():
    assert transfers._licence(["transit=TZ, KE", "number=X1"]) == Licence(
        "X1", transit=("TZ", "KE")
    )
