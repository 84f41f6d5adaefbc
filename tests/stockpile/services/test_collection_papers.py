"""What a hand-in receipt says: what was brought, what was decided, and how to appeal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.facts import CollectionReceived, Fact, RoundsHanded
from stockpile.domain.holders import Holder
from stockpile.domain.values import Digest, NodeId, OfficerId, PersonId, PlaceId, WeaponId
from stockpile.language import plain
from stockpile.services.collection_papers import Receipt, collection_receipt
from stockpile.services.documents import Signatures, Table, Words
from stockpile.services.ports import RegisterRow
from stockpile.services.weapon_files import Printing

ROW = RegisterRow(
    WeaponId("w1"), "8K3M-1T9X-Q2A1", "", "", "ASR", "Izhmash", "AKM", "7.62x39 mm",
    "repairable", "collected", "", "", 0,
)  # fmt: skip
PRINTING = Printing("A. Mbuyi", 1_790_000_000_000, 180, 812, Digest("ab" * 32))


@pytest.fixture
def receipt():
    who = PersonId("p1")
    rounds = (RoundsHanded("9x19 mm", 4, serviceable=False),)
    body = CollectionReceived(
        "CR-KLA-26-0001", PlaceId("s1"), (ROW.id,), who, "2026-11-28", rounds=rounds, how="drawn"
    )
    fact = Fact(
        Digest("h"), NodeId("n" * 16), 1, 1, 1_790_000_000_000, 180, OfficerId("o1"), (), "c1", body
    )  # fmt: skip
    return Receipt(body, fact, Holder(who, "Okot David"), (ROW,), "Kampala", "A. Mbuyi", b"jpeg")


def blocks(receipt, kind):
    return [one for one in collection_receipt(receipt, PRINTING).blocks if isinstance(one, kind)]


def test_all_that_was_brought_stands_there_twice_on_a_sheet(receipt):
    weapons, rounds = blocks(receipt, Table)
    said = [plain(cell) for cell in weapons.rows[0]]
    assert (said[0], said[2], said[-1]) == ("no serial", "7.62x39 mm", ROW.number)
    assert "Izhmash AKM" in said[1]
    assert [plain(cell) for cell in rounds.rows[0]] == ["9x19 mm", "4", "Unserviceable"]
    assert collection_receipt(receipt, PRINTING).copies == 2


def test_who_is_not_eligible_reads_why_and_where_to_appeal(receipt):
    body = replace(receipt.body, eligible=False, reason="not of this group", appeal="AP-7")
    why, appeal = blocks(replace(receipt, body=body), Words)
    assert why.loud
    assert "not of this group" in why.text
    assert "refer to AP-7" in plain(appeal.text)
    (eligible,) = blocks(receipt, Words)
    assert not eligible.loud


def test_what_is_not_signed_says_why_and_the_officer_of_a_child_has_a_box(receipt):
    body = replace(receipt.body, how="unsigned", unsigned="no ink", child_protection="B. Auma")
    changed = replace(receipt, body=body, drawing=b"")
    assert "no ink" in blocks(changed, Words)[0].text
    (signed,), (unsigned,) = blocks(receipt, Signatures), blocks(changed, Signatures)
    assert [one.jpeg for one in signed.boxes] == [b"", b"jpeg"]
    assert [one.name for one in unsigned.boxes] == ["A. Mbuyi", "Okot David", "B. Auma"]
    assert unsigned.boxes[1].said == ""
