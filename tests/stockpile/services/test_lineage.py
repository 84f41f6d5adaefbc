from __future__ import annotations

from stockpile.services.lineage import own_nodes


def test_a_node_that_continues_nobody_is_alone(house):
    stockpile = house.stockpile
    assert own_nodes(stockpile.books, stockpile.keys.node) == (stockpile.keys.node,)
