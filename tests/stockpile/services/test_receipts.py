"""The receipt book: numbered, proved, printed again on any day."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2 as pdfium
import pytest

from stockpile.domain.errors import ReceiptForged, ReceiptUnknown
from stockpile.domain.facts import Authorisation, Draft, ReceiptSigned, WeaponIssued
from stockpile.domain.issuing import Back, Line, Terms
from stockpile.domain.lots import RoundsBack, RoundsOut
from stockpile.domain.receipts import Signature
from stockpile.domain.values import new_id
from stockpile.language import use_language
from stockpile.services.slips import HandOver
from tests.helpers.counters import HOLDER_PIN, KIT, LOT, counter
from tests.helpers.house import house
from tests.helpers.shots import drawn, encoded

__all__ = ["counter", "house"]


def hand_over(counter, *, how="pin", **terms):
    person = counter.person("P. Otim", "", Authorisation("PST"), pin=HOLDER_PIN)
    line = Line(counter.weapons[0], person.id, KIT, override="armourer beside")
    handed = HandOver(
        (line,), (RoundsOut(counter.lot, person.id, 90),), Terms(purpose="Gate guard", **terms)
    )
    slips = counter.issuing.prepare(handed, by=counter.officer)
    signature = counter.issuing.sign(slips[0], HOLDER_PIN) if how == "pin" else how
    return counter.issuing.issue(slips, {slips[0].receipt: signature}, by=counter.officer)[1][0]


def words_of(file):
    document = pdfium.PdfDocument(file)
    said = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(said.split())


def test_a_receipt_is_found_by_id_and_by_number_however_it_is_typed(counter):
    receipt = hand_over(counter)
    book = counter.stockpile.receipts
    number = book.one(receipt).body.number
    assert book.one(f" {number.lower()} ").id == receipt
    with pytest.raises(ReceiptUnknown):
        book.one("HR-KLA-26-9999")
    with pytest.raises(ReceiptUnknown):
        book.one(counter.weapons[0])


def test_numbers_go_on_by_year_and_way(counter):
    first = counter.stockpile.receipts.one(hand_over(counter)).body.number
    assert first.endswith("-0001")
    book = counter.stockpile.receipts
    assert book.next_number("issue") == first.replace("-0001", "-0002")
    assert book.next_number("issue", [first.replace("-0001", "-0002")]).endswith("-0003")
    assert book.next_number("return").startswith("RT-KLA-")
    assert book.is_taken(first)


def test_the_paper_says_who_what_and_who_signed(counter):
    receipt = hand_over(counter, due="2999-12-31")
    drawn_ = counter.stockpile.receipts.print(receipt)
    said = words_of(drawn_.file)
    number = counter.stockpile.receipts.one(receipt).body.number
    assert drawn_.file.name == f"{number}.pdf"
    for expected in (
        "Hand receipt", number, "Sgt P. Otim", "KB4470000", "Izhmash AKM", "3 x Magazine",
        "Gate guard", "2999-12-31", LOT, "90", "A. Mbuyi", "Signed with PIN", "armourer beside",
        "Seal of the ledger",
    ):  # fmt: skip
        assert expected in said, expected


def test_the_paper_of_a_return_says_what_is_missing(counter):
    hand_over(counter)
    person = counter.people[0]
    back = Back(counter.weapons[0], short=KIT[1:], condition="repairable", remarks="bolt sticks")
    _, receipt = counter.issuing.take_back(
        [back], [RoundsBack(counter.lot, person.id, 60, 20, 10)], by=counter.officer
    )
    said = words_of(counter.stockpile.receipts.print(receipt).file)
    for expected in ("Return of weapons", "Sling", "bolt sticks", "Rack 01", "20 fired", "10 miss"):
        assert expected in said, expected


def test_a_drawn_signature_stands_on_the_paper_and_an_unsigned_one_says_why(counter):
    photo = counter.stockpile.photographs.keep(encoded(picture=drawn(300, 100)), "document")
    signed = hand_over(counter, how=Signature("drawn", None, proof=photo.digest))
    plain_size = counter.stockpile.receipts.print(signed).file.stat().st_size
    counter.issuing.take_back([Back(counter.weapons[0])], by=counter.officer)
    unsigned = hand_over(counter, how=Signature(reason="hand bandaged"))
    paper = counter.stockpile.receipts.print(unsigned).file
    assert "hand bandaged" in words_of(paper)
    assert plain_size > paper.stat().st_size  # the picture is in it


def test_a_paper_can_be_made_in_any_language(counter):
    receipt = hand_over(counter)
    use_language("ar")
    try:
        assert counter.stockpile.receipts.print(receipt).pages == 1
    finally:
        use_language("en")


def test_a_receipt_that_was_changed_afterwards_is_refused(counter):
    """Somebody hands in a forged receipt: the same signature under another weapon's hand-over."""
    receipt = hand_over(counter)
    books, book = counter.stockpile.books, counter.stockpile.receipts
    body = book.one(receipt).body
    forged = new_id(1_890_000_000_000, b"f" * 10)
    swapped = replace(body, weapons=(counter.weapons[1],), number="HR-KLA-26-0666")
    heads = counter.weapon(1).heads.custody
    gone = WeaponIssued(body.holder, receipt=forged)
    books.record(
        [Draft(counter.weapons[1], gone, heads), Draft(forged, swapped)], by=counter.officer.id
    )
    with pytest.raises(ReceiptForged):
        book.verify(forged)
    with pytest.raises(ReceiptForged):
        book.print(forged)
    assert book.verify(receipt) == "good"


def test_a_good_signature_by_a_key_that_was_never_the_signers_is_refused(counter):
    other = counter.person("J. Were", pin=HOLDER_PIN)
    person = counter.person("P. Otim", pin=HOLDER_PIN)
    slips = counter.issuing.prepare(
        HandOver((Line(counter.weapons[0], person.id),), leader=other.id), by=counter.officer
    )
    signature = counter.issuing.sign(slips[0], HOLDER_PIN)
    claimed = replace(signature, signer=person.id)
    _, (receipt,) = counter.issuing.issue(slips, {slips[0].receipt: claimed}, by=counter.officer)
    with pytest.raises(ReceiptForged):
        counter.stockpile.receipts.verify(receipt)


def test_a_new_pin_leaves_what_the_old_one_signed_good(counter):
    receipt = hand_over(counter)
    counter.stockpile.holders.set_pin(counter.people[0].id, "8642", by=counter.officer)
    assert counter.stockpile.receipts.verify(receipt) == "good"


def test_the_newest_receipts_come_first_and_only_those_of_several_where_asked(counter):
    receipt = hand_over(counter)
    person = counter.people[0]
    lines = [Line(one, person.id, override="x y z") for one in counter.weapons[1:]]
    slips = counter.issuing.prepare(HandOver(tuple(lines)), by=counter.officer)
    _, (several,) = counter.issuing.issue(slips, {}, by=counter.officer)
    book = counter.stockpile.receipts
    assert [one.id for one in book.latest("issue", 5)] == [several, receipt]
    assert [one.id for one in book.latest("issue", 5, several=True)] == [several]
    assert book.latest("return", 5) == ()
    assert isinstance(book.latest("issue", 1)[0].fact.body, ReceiptSigned)
