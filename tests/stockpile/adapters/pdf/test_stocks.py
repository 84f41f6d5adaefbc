"""Every stock fits its paper, and its symbols fit its labels in whole dots."""

from __future__ import annotations

from itertools import pairwise

import pytest

from stockpile.adapters.pdf.stocks import points, stock_named, stock_names
from stockpile.domain.errors import StockUnknown

CODE_128_WITH_QUIET = 178 + 20
MATRIX = 18
STOCKS = [stock_named(name) for name in stock_names()]


def test_the_shipped_stocks():
    assert stock_names() == ("5160", "l7160", "l7163", "roll-100x50")
    assert points(25.4) == pytest.approx(72)
    with pytest.raises(StockUnknown) as refusal:
        stock_named("../l7160")
    assert refusal.value.name == "../l7160"


@pytest.mark.parametrize("stock", STOCKS, ids=stock_names())
def test_all_labels_lie_on_the_page_and_apart(stock):
    cells = [stock.cell(place) for place in range(stock.per_page)]
    for cell in cells:
        assert cell.left >= 0
        assert cell.top >= 0
        assert cell.left + cell.width <= stock.page.width + 1e-9
        assert cell.top + cell.height <= stock.page.height + 1e-9
    for one, other in pairwise(cells):
        beside = other.left >= one.left + one.width - 1e-9
        assert beside or other.top >= one.top + one.height - 1e-9
    assert stock.title


@pytest.mark.parametrize("stock", STOCKS, ids=stock_names())
def test_the_symbols_have_room(stock):
    dot = 25.4 / stock.dots_per_inch
    assert stock.dot == pytest.approx(points(dot))
    bar = stock.bar_dots * dot
    assert stock.bar_dots >= 2
    assert 0.19 <= bar <= 0.5
    assert CODE_128_WITH_QUIET * bar <= stock.label.width
    matrix = MATRIX * stock.matrix_dots * dot
    rest = stock.label.height - 2 * stock.label.margin - stock.label.bars
    assert matrix + stock.label.tag * 25.4 / 72 < rest
