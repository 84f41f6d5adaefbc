"""Receipts: what was signed stands, and a word changed afterwards breaks the signature."""

from __future__ import annotations

from dataclasses import replace

import pytest
from nacl.signing import SigningKey

from stockpile.domain import receipts
from stockpile.domain.errors import ReceiptForged
from stockpile.domain.facts import (
    KitItem,
    RoundsIssued,
    RoundsReturned,
    WeaponIssued,
    WeaponReturned,
)
from stockpile.domain.receipts import Content, Signature
from stockpile.domain.values import PersonId, PlaceId, WeaponId

P, Q = PersonId("p1"), PersonId("p2")
ONE, TWO = WeaponId("w1"), WeaponId("w2")
KEY = SigningKey(b"k" * 32)
KIT = (KitItem("magazine", 3), KitItem("sling"))
CONTENT = Content(
    "HR-KLA-26-0001",
    "issue",
    (
        (TWO, WeaponIssued(Q, due="2026-11-28", receipt="r1")),
        (ONE, WeaponIssued(P, due="2026-11-28", receipt="r1", kit=KIT)),
    ),
    (RoundsIssued("lot", 360, P, "r1"),),
)


def by_pin(content=CONTENT, key=KEY):
    signature = key.sign(receipts.words(content)).signature.hex()
    return Signature("pin", P, bytes(key.verify_key).hex(), signature)


def body_of(signature, content=CONTENT):
    return receipts.signed("r1", content, signature, P).body


def test_a_pin_under_the_words_is_good_in_whatever_order_they_come():
    body = body_of(by_pin())
    turned = replace(CONTENT, weapons=CONTENT.weapons[::-1])
    assert body.weapons == (ONE, TWO)
    assert receipts.standing(body, turned) == "good"


@pytest.mark.parametrize(
    "content",
    [
        replace(CONTENT, number="HR-KLA-26-0002"),
        replace(CONTENT, way="return"),
        replace(CONTENT, rounds=()),
        replace(CONTENT, rounds=(RoundsIssued("lot", 361, P, "r1"),)),
        replace(CONTENT, rounds=(RoundsIssued("lot", 360, Q, "r1"),)),
        replace(CONTENT, weapons=(CONTENT.weapons[0],)),
        replace(CONTENT, weapons=((TWO, WeaponIssued(P)), CONTENT.weapons[1])),
        replace(
            CONTENT,
            weapons=(CONTENT.weapons[0], (ONE, replace(CONTENT.weapons[1][1], kit=KIT[:1]))),
        ),
        replace(
            CONTENT,
            weapons=(CONTENT.weapons[0], (ONE, replace(CONTENT.weapons[1][1], due="2026-12-28"))),
        ),
    ],
)
def test_a_word_that_was_changed_afterwards_breaks_the_signature(content):
    body = body_of(by_pin())
    with pytest.raises(ReceiptForged):
        receipts.standing(body, content)


def test_the_signature_of_somebody_else_is_refused_before_it_is_written():
    other = replace(by_pin(key=SigningKey(b"o" * 32)), public_key=by_pin().public_key)
    with pytest.raises(ReceiptForged):
        body_of(other)
    with pytest.raises(ReceiptForged):
        body_of(replace(by_pin(), signature="no hexadecimal"))


def test_a_return_is_signed_too():
    back = WeaponReturned(PlaceId("r"), "repairable", "r2", KIT[:1], "bolt sticks")
    content = Content(
        "RT-KLA-26-0001", "return", ((ONE, back),), (RoundsReturned("lot", 300, P, "r2", 50, 10),)
    )
    body = body_of(by_pin(content), content)
    assert receipts.standing(body, content) == "good"
    lighter = replace(content, rounds=(RoundsReturned("lot", 310, P, "r2", 50, 0),))
    with pytest.raises(ReceiptForged):
        receipts.standing(body, lighter)


def test_a_drawn_signature_and_a_paper_are_there_to_be_looked_at():
    draft = receipts.signed("r1", CONTENT, Signature("drawn", P, proof="ab" * 32), None, "Patrol 4")
    assert draft.attachments == ("ab" * 32,)
    assert receipts.standing(draft.body, CONTENT) == "drawn"
    assert receipts.standing(body_of(Signature("paper", proof="cd" * 32)), CONTENT) == "paper"
    with pytest.raises(ReceiptForged):
        body_of(Signature("drawn"))


def test_an_unsigned_receipt_keeps_the_reason():
    body = body_of(Signature(reason="right hand bandaged"))
    assert (body.how, body.reason) == ("unsigned", "right hand bandaged")
    assert receipts.standing(body, CONTENT) == "unsigned"
