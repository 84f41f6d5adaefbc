"""What registries signed for is kept, and must be true of the ledger."""

from __future__ import annotations

from dataclasses import replace

import pytest
from nacl.signing import SigningKey

from stockpile.domain.errors import NodeOvertaken, ReceiptContradicted
from stockpile.domain.exchange import Receipt, signed
from stockpile.domain.facts import Draft, PlaceOpened
from stockpile.domain.ledger import Tip

KEY = SigningKey(b"r" * 32)
PUBLIC = bytes(KEY.verify_key)


def receipt(depot, tip, **changed):
    said = Receipt(depot.node, tip.number, tip.hash, 4, 9, "ab" * 32, 1_790_000_000_000, b"")
    return signed(replace(said, **changed), lambda message: KEY.sign(message).signature)


@pytest.fixture
def full(depot):
    depot.found()
    for number in range(3):
        depot.register_weapon(f"A{number}")
    return depot


def test_the_newest_word_on_an_entry_is_kept(full):
    tip = full.books.tip()
    early, late = receipt(full, tip), receipt(full, tip, log_size=12)
    for one in (early, late, receipt(full, full.books.chains.tip_at(full.node, 2))):
        full.books.keep_receipt(PUBLIC, one)
    kept = full.books.receipts()
    assert [(key, one.number) for key, one in kept] == [(PUBLIC, 2), (PUBLIC, 4)]
    assert kept[1][1] == late
    full.close()
    assert full.books.receipts() == kept
    full.books.check(deep=False)


def test_history_that_was_cut_or_replaced_is_found_by_a_receipt(full):
    tip = full.books.tip()
    for lost in (replace(tip, number=9), replace(tip, hash="cd" * 32)):
        full.books.keep_receipt(PUBLIC, receipt(full, lost))
        with pytest.raises(ReceiptContradicted) as found:
            full.books.check(deep=False)
        assert (found.value.number, found.value.found) == (lost.number, tip.number)
        full.open().store.connection.execute("DELETE FROM receipt")


def test_a_receipt_that_was_changed_proves_nothing(full):
    full.books.keep_receipt(PUBLIC, receipt(full, full.books.tip()))
    full.open().store.connection.execute("UPDATE receipt SET position = 5")
    with pytest.raises(ReceiptContradicted):
        full.books.check(deep=False)


def test_an_old_copy_of_a_node_writes_nothing_more(full):
    assert full.books.overtaken(full.node) is None
    full.books.note_overtaken(full.node, Tip(9, 20, "ab" * 32))
    before = full.books.tip()
    for _ in range(2):
        with pytest.raises(NodeOvertaken) as refused:
            full.books.record([Draft(full.id(), PlaceOpened("P"))], by=None)
        assert refused.value.number == 9
        full.close()  # it is remembered
    assert full.books.tip() == before
    full.books.check(deep=True)
    full.books.note_overtaken(full.node, Tip(11, 30, "cd" * 32))
    assert full.books.overtaken(full.node).number == 11
    assert full.books.overtaken("b" * 16) is None
