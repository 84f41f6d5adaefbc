"""One voucher over the receipts of a unit: what it got, what it brought back, what is short."""

from __future__ import annotations

import pypdfium2
import pytest

from stockpile.domain.errors import FieldMissing, ReceiptsMixed
from stockpile.domain.facts import KitItem, PaperIssued
from stockpile.domain.issuing import Back, Line
from stockpile.domain.lots import RoundsBack, RoundsOut
from stockpile.language import plain
from stockpile.services.slips import HandOver
from tests.helpers.counters import KIT, LOT, counter

__all__ = ["counter"]


def words(file):
    with pypdfium2.PdfDocument(file) as document:
        return plain("\n".join(page.get_textpage().get_text_bounded() for page in document))


@pytest.fixture
def receipts(counter):
    """Three weapons to two people, on two receipts; the rounds with the first."""
    first, second = counter.person("P. Otim"), counter.person("A. Akello")
    lines = tuple(
        Line(weapon, person.id, KIT)
        for weapon, person in zip(counter.weapons, (first, first, second), strict=True)
    )
    rounds = (RoundsOut(counter.lot, first.id, 90),)
    slips = counter.issuing.prepare(HandOver(lines, rounds), by=counter.officer)
    counter.issuing.issue(slips, {}, by=counter.officer)
    return [one.content.number for one in slips]


def test_an_issue_voucher_adds_receipts_up_and_keeps_its_number(counter, receipts):
    vouchers, by = counter.stockpile.vouchers, counter.officer
    recorded, drawn = vouchers.print(receipts, by=by, language="en")
    (fact,) = recorded.facts
    assert isinstance(fact.body, PaperIssued)
    assert (fact.body.number, fact.body.about) == ("IV-KLA-26-0001", tuple(sorted(receipts)))
    assert fact.body.digest == drawn.digest
    said = words(drawn.file)
    for one in ("Issue voucher", "2 Coy", "IV-KLA-26-0001", "KB4470002", *receipts, "P. Otim",
                "A. Akello", LOT, "90", "Magazine", "Receiving officer"):  # fmt: skip
        assert one in said
    assert "9" in said.split("Magazine")[1][:12]  # three magazines with each of three
    again, same = vouchers.print(list(reversed(receipts)), by=by, language="ar")
    assert (again.facts, same.file) == ((), drawn.file)
    assert "KB4470002" in words(same.file)


def test_a_return_voucher_says_what_is_short_and_what_is_out_still(counter, receipts):
    one, holder = counter.weapons[0], counter.people[0].id
    backs = [Back(one, short=(KitItem("magazine"),), remarks="needs cleaning")]
    rounds = [RoundsBack(counter.lot, holder, 60, 25, 5)]
    receipt = counter.issuing.take_back(backs, rounds, by=counter.officer)[1]
    vouchers = counter.stockpile.vouchers
    said = words(vouchers.print([receipt], by=counter.officer, language="en")[1].file)
    for each in ("Return voucher", "short: 1 x Magazine", "needs cleaning", "60", "25", "5",
                 "Not returned", "KB4470001"):  # fmt: skip
        assert each in said
    assert "KB4470002" not in said  # on another receipt
    with pytest.raises(ReceiptsMixed):
        vouchers.print([receipt, receipts[0]], by=counter.officer)
    with pytest.raises(FieldMissing):
        vouchers.print([], by=counter.officer)
    counter.issuing.take_back([Back(counter.weapons[1])], by=counter.officer)
    both = [one.body.number for one in counter.stockpile.receipts.latest("return", 2)]
    complete = vouchers.voucher(both, by=counter.officer)
    assert complete.still_out == ()
