"""What goes to others and comes from them, plugged in: line and stick tell by the same proofs."""

from __future__ import annotations

from stockpile.app.plugging.correspondence import correspondence_of


def test_the_line_and_the_stick_go_by_the_same_lists_and_proofs(ground, keepers, weapons, bench):
    told = correspondence_of(ground, keepers, weapons, bench)
    assert told.exchange.hot_lists is weapons.hot_lists
    assert told.couriers.hot_lists is weapons.hot_lists
    assert told.exchange.numbers is bench.numbers
    assert told.inspections.export is told.chain_export
