"""What a voucher says: quantities at a glance, and of a return all that did not come."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.facts import (
    Fact,
    KitItem,
    ReceiptSigned,
    RoundsIssued,
    RoundsReturned,
    WeaponIssued,
    WeaponReturned,
)
from stockpile.domain.lots import Lot
from stockpile.domain.receipts import Content
from stockpile.domain.values import Digest, NodeId, OfficerId, PersonId, WeaponId
from stockpile.language import plain
from stockpile.services.documents import Heading, Table, Words
from stockpile.services.ports import RegisterRow
from stockpile.services.receipts import Receipt
from stockpile.services.voucher_pages import Voucher, voucher_paper
from stockpile.services.weapon_files import Printing

P = PersonId("p1")
ROWS = tuple(
    RegisterRow(
        WeaponId(f"w{n}"), f"8K3M-1T9X-Q2A{n}", f"KB{n}", "", "ASR", "Izhmash", "AKM",
        "7.62x39 mm", "serviceable", "issued", "", "", 0, holder=P,
    )
    for n in range(2)
)  # fmt: skip
LOT = Lot("lot", "Ball", "7.62x39 mm", "17-539")
PRINTING = Printing("A. Mbuyi", 1_790_000_000_000, 180, 812, Digest("ab" * 32))


def receipt(way, weapons, rounds):
    number = "HR-KLA-26-0001"
    body = ReceiptSigned(number, way, tuple(one for one, _body in weapons), P, P, "pin")
    fact = Fact(
        Digest("h"), NodeId("n" * 16), 1, 1, 1_790_000_000_000, 180, OfficerId("o1"), (), "r1", body
    )  # fmt: skip
    return Receipt("r1", fact, body, Content(number, way, weapons, rounds))


def voucher(way, receipts, still_out=()):
    return Voucher(
        "IV-KLA-26-0001", way, receipts, {one.id: one for one in ROWS}, {"lot": LOT},
        {P: "P. Otim"}, "2 Coy", "Kampala", "2026-11-28", "A. Mbuyi", still_out,
    )  # fmt: skip


@pytest.fixture
def issued():
    weapons = tuple((one.id, WeaponIssued(P, kit=(KitItem("magazine", 3),))) for one in ROWS)
    rounds = (RoundsIssued("lot", 90, P), RoundsIssued("lot", 30, P))
    return voucher("issue", (receipt("issue", weapons, rounds),))


@pytest.fixture
def returned():
    back = ((ROWS[0].id, WeaponReturned("s1", short=(KitItem("magazine"),))),)
    rounds = (RoundsReturned("lot", 60, P, expended=25, short=5),)
    return voucher("return", (receipt("return", back, rounds),), ROWS[1:])


def tables(of):
    paper = voucher_paper(of, PRINTING)
    found = [one for one in paper.blocks if isinstance(one, Table)]
    return [[tuple(map(plain, row)) for row in one.rows] for one in found]


def test_an_issue_adds_up_weapons_kit_and_the_rounds_of_a_lot(issued):
    quantities, _weapons, rounds = tables(issued)
    assert quantities == [("Izhmash AKM", "2"), ("Magazine", "6")]
    assert rounds == [("17-539", "Ball 7.62x39 mm", "120")]


def test_a_return_tells_what_was_fired_what_is_short_and_what_is_out_still(returned):
    *_rest, weapons, rounds, still_out = tables(returned)
    assert "short: 1 x Magazine" in weapons[0]
    assert rounds == [("17-539", "Ball 7.62x39 mm", "60", "25", "5")]
    assert still_out == [("KB1", "Izhmash AKM", "P. Otim", "")]
    complete = voucher_paper(replace(returned, still_out=()), PRINTING).blocks
    assert any(isinstance(one, Words) and "is back" in one.text for one in complete)
    assert not any(isinstance(one, Heading) and "Not returned" in one.text for one in complete)
