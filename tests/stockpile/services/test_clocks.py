from __future__ import annotations

from dataclasses import replace

from stockpile.domain.ledger import read_header
from tests.helpers.sites import SettableClock


def test_the_clock_is_held_against_the_newest_own_entry(house):
    stockpile = house.stockpile
    assert stockpile.clocks.doubt() is None
    house.register("KB 1")
    newest = stockpile.books.entries(stockpile.keys.node, stockpile.books.tip().number - 1, 1)[0]
    last = read_header(newest.header).t
    back = replace(stockpile.clocks, clock=SettableClock(last - 86_400_000)).doubt()
    assert (back.side, back.last) == ("behind", last)
    assert replace(stockpile.clocks, clock=SettableClock(last + 10**11)).doubt().side == "ahead"
