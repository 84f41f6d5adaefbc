"""What a receipt says: every weapon with its holder, in red what is not as it should be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.facts import Fact, KitItem, ReceiptSigned, RoundsIssued, WeaponIssued
from stockpile.domain.holders import Holder
from stockpile.domain.lots import Lot
from stockpile.domain.receipts import Content
from stockpile.domain.values import Digest, NodeId, OfficerId, PersonId, WeaponId
from stockpile.language import plain
from stockpile.services.documents import Signatures, Table, Words
from stockpile.services.ports import RegisterRow
from stockpile.services.receipt_pages import Shown, receipt_paper
from stockpile.services.weapon_files import Printing

P, Q = PersonId("p1"), PersonId("p2")
BY = OfficerId("o1")
ROW = RegisterRow(
    WeaponId("w1"), "8K3M-1T9X-Q2A1", "KB447", "", "ASR", "Izhmash", "AKM", "7.62x39 mm",
    "serviceable", "issued", "", "", 0,
)  # fmt: skip


@pytest.fixture
def shown():
    issued = WeaponIssued(P, due="2026-11-30 18:00", kit=(KitItem("magazine", 3),))
    rounds = (RoundsIssued("lot", 360, P),)
    content = Content("HR-KLA-26-0001", "issue", ((ROW.id, issued),), rounds)
    body = ReceiptSigned("HR-KLA-26-0001", "issue", (ROW.id,), P, P, "pin", patrol="North gate")
    fact = Fact(
        Digest("h"), NodeId("n" * 16), 1, 1, 1_790_000_000_000, 180, BY, (), "r1", body
    )  # fmt: skip
    people = {P: Holder(P, "P. Otim", rank="Sgt")}
    lots = {"lot": Lot("lot", "Ball", "7.62x39 mm", "17-539")}
    printing = Printing("A. Mbuyi", 1_790_000_000_000, 180, 812, Digest("ab" * 32))
    return Shown(body, content, fact, "good", (ROW,), people, lots, {BY: "A. Mbuyi"}, b"", printing)


def said(paper):
    return plain(repr(paper))


def blocks(paper, kind):
    return [one for one in paper.blocks if isinstance(one, kind)]


def test_a_weapon_is_told_with_its_holder_kit_and_due_time(shown):
    paper = receipt_paper(shown)
    weapons, rounds = blocks(paper, Table)
    assert [plain(cell) for cell in weapons.rows[0]] == [
        "KB447", "Izhmash AKM", "Sgt P. Otim", "3 x Magazine",
    ]  # fmt: skip
    assert [plain(cell) for cell in rounds.rows[0]] == [
        "17-539", "Ball 7.62x39 mm", "Sgt P. Otim", "360",
    ]  # fmt: skip
    assert "2026-11-30 18:00" in said(paper)
    assert (paper.code, paper.subject) == ("HR-KLA-26-0001", "North gate")


def test_both_who_signed_stand_in_their_boxes(shown):
    (signatures,) = blocks(receipt_paper(shown), Signatures)
    officer, receiver = signatures.boxes
    assert (officer.name, receiver.name) == ("A. Mbuyi", "Sgt P. Otim")
    assert "PIN" in receiver.said
    drawn = receipt_paper(replace(shown, standing="drawn", drawing=b"jpeg"))
    assert blocks(drawn, Signatures)[0].boxes[1].jpeg == b"jpeg"


def test_an_unsigned_receipt_is_red_and_its_box_is_empty_to_be_signed(shown):
    body = replace(shown.body, how="unsigned", reason="hand bandaged")
    paper = receipt_paper(replace(shown, body=body, standing="unsigned"))
    (loud,) = blocks(paper, Words)
    assert loud.loud
    assert "hand bandaged" in loud.text
    assert blocks(paper, Signatures)[0].boxes[1].said == ""


def test_a_person_who_was_erased_is_named_by_nothing(shown):
    paper = receipt_paper(replace(shown, holders={}))
    assert "Otim" not in said(paper)
    assert "p1" not in said(paper)


def test_an_override_is_told_under_the_weapons(shown):
    issued = replace(shown.content.weapons[0][1], override="armourer beside")
    content = replace(shown.content, weapons=((ROW.id, issued),))
    (loud,) = blocks(receipt_paper(replace(shown, content=content)), Words)
    assert "armourer beside" in loud.text
