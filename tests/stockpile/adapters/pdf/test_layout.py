"""What stands where on a label, and what gives way when there is no room."""

from __future__ import annotations

import io
import re

import pypdfium2
import pytest

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.layout import LabelLayout
from stockpile.adapters.pdf.stocks import points, stock_named
from stockpile.domain.errors import LabelUnprintable
from stockpile.domain.tags import grouped

USUAL = ("5160", "l7160", "l7163", "roll-100x50")
"""The stocks on which every rule is tried; the others are drawn and read once each."""
PLACE = re.compile(r"1 0 0 1 (\S+) (\S+) Tm")
SIZE = re.compile(r"/F\d (\S+) Tf")
SYMBOL = re.compile(r"q (\S+) 0 0 (\S+) (\S+) (\S+) cm")


@pytest.fixture(params=[*USUAL, "tie-on-80x40"])
def stock(request):
    return stock_named(request.param)


@pytest.fixture
def drawn(stock):
    """Return a drawer of one label: its operators, and the text a reader finds on the page."""

    def draw(label, place=0):
        out = io.BytesIO()
        width, height = points(stock.page.width), points(stock.page.height)
        document = StreamedDocument(out, width, height, "Labels", stock.title)
        operators = LabelLayout(stock, document).drawn(label, place)
        document.add_page(operators)
        document.finish()
        opened = pypdfium2.PdfDocument(out.getvalue())
        text = opened[0].get_textpage().get_text_bounded()
        opened.close()
        return operators, text

    return draw


def test_a_label_says_everything(drawn, make_label):
    label = make_label("KB-4567", "AKM · 7.62 × 39 mm", "Rack 12")
    _, text = drawn(label)
    assert text.splitlines() == [*label.lines, grouped(label.tag)]


def test_everything_stays_inside_its_label(drawn, stock, make_label):
    place = stock.per_page - 1
    operators, _ = drawn(make_label("KB-4567", "AKM", "بندقية", "五六式", "more", "more"), place)
    cell = stock.cell(place)
    left = points(cell.left + stock.label.left)
    right = points(cell.left + cell.width - stock.label.right)
    bottom = points(stock.page.height - cell.top - cell.height)
    top = bottom + points(cell.height)
    margin = points(stock.label.margin) - stock.dot
    for x, y in PLACE.findall(operators):
        assert left + margin <= float(x) <= right - margin
        assert bottom + margin <= float(y) <= top - margin
    for columns, (across, up, x, y) in zip((178, 18), SYMBOL.findall(operators), strict=True):
        rows = 1 if columns == 178 else columns
        assert left + margin <= float(x)
        assert float(x) + columns * float(across) <= right - margin + 1e-3
        assert bottom + margin <= float(y)
        assert float(y) + rows * float(up) <= top - margin


def test_symbols_are_whole_dots_on_whole_dots(drawn, stock, make_label):
    operators, _ = drawn(make_label("KB-4567"))
    (bar, _, x, y), (module, up, *_) = SYMBOL.findall(operators)
    assert float(bar) / stock.dot == pytest.approx(stock.bar_dots, abs=1e-3)
    assert float(module) / stock.dot == pytest.approx(stock.matrix_dots, abs=1e-3)
    assert up == module
    for edge in (x, y):
        assert float(edge) / stock.dot == pytest.approx(round(float(edge) / stock.dot), abs=0.01)


def test_lines_keep_clear_of_the_bars(drawn, stock, make_label):
    operators, _ = drawn(make_label("KB-4567", *["line"] * 9))
    (_, bars, _, y), *_ = SYMBOL.findall(operators)
    *lines, tag = (float(place) for _, place in PLACE.findall(operators))
    assert min(lines) > float(y) + float(bars)
    assert tag < float(y)
    assert lines == sorted(lines, reverse=True)


def test_lines_that_find_no_room_of_their_own_share_the_last(drawn, make_label):
    _, text = drawn(make_label("KB-4567", *[f"n{number}" for number in range(9)]))
    assert " · ".join(text.splitlines()[1:-1]).split(" · ") == [f"n{number}" for number in range(9)]


def test_a_long_line_is_made_smaller_and_then_cut(drawn, stock, make_label):
    longer = "Heckler & Koch MP5A3, " * 9
    operators, text = drawn(make_label("KB-4567", longer))
    shown = text.splitlines()[1]
    assert shown.endswith("…")
    assert longer.startswith(shown[:-1])
    _, size, _ = (float(size) for size in SIZE.findall(operators))
    assert size == pytest.approx(6) or size == stock.label.line


def test_the_name_is_made_smaller_and_never_cut(drawn, stock, make_label):
    name = "AB-1234567890-1234/78"
    operators, text = drawn(make_label(name))
    assert text.splitlines()[0] == name
    assert 7 <= float(SIZE.findall(operators)[0]) <= stock.label.serial
    with pytest.raises(LabelUnprintable) as refusal:
        drawn(make_label(name * 6))
    assert (refusal.value.text, refusal.value.missing) == (name * 6, "")


def test_a_line_from_the_right_ends_at_the_right(drawn, stock, make_label):
    operators, _ = drawn(make_label("KB-4567", "بندقية", "AKM"))
    name, from_right, from_left, _ = (float(x) for x, _ in PLACE.findall(operators))
    assert name == from_left < from_right
    assert stock.per_page >= 1


def test_a_label_may_have_no_lines(drawn, make_label):
    label = make_label()
    _, text = drawn(label)
    assert text == grouped(label.tag)
