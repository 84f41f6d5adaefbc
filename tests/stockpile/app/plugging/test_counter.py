"""The counter, plugged in: every desk of it asks the same receipts and the same holders."""

from __future__ import annotations

from stockpile.app.plugging.counter import counter_of


def test_each_desk_of_the_counter_asks_the_same_receipts(ground, keepers, weapons):
    counter = counter_of(ground, keepers, weapons)
    assert counter.issuing.receipts is counter.receipts
    assert counter.vouchers.receipts is counter.receipts
    assert counter.gate_passes.receipts is counter.receipts
    assert counter.gate_passes.transfers is counter.transfers
    assert counter.issuing.holders is keepers.holders
