"""Every stock fits its paper; its symbols fit its labels in whole dots, stand there, and read."""

from __future__ import annotations

import io
from contextlib import closing
from itertools import pairwise

import pypdfium2
import pytest
import zxingcpp

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.dots import dots_of
from stockpile.adapters.pdf.layout import LabelLayout, symbols_said
from stockpile.adapters.pdf.stocks import face_of, points, single, stock_named, stock_names
from stockpile.domain.errors import StockUnknown
from stockpile.domain.label_layouts import KINDS, least_module

CODE_128_WITH_QUIET = 178 + 20
MATRIX = 18
STOCKS = [stock_named(name) for name in stock_names()]
FINE = 600
FORMATS = zxingcpp.barcode_formats_from_str("Code128,DataMatrix")

every_stock = pytest.mark.parametrize("stock", STOCKS, ids=stock_names())


def test_the_shipped_stocks():
    assert {"5160", "5167", "l7160", "l7163", "l7651", "roll-100x50"} <= set(stock_names())
    assert {stock.kind for stock in STOCKS} == set(KINDS)
    rolls = {stock.page.width for stock in STOCKS if stock.name.startswith("roll")}
    assert rolls == {58, 80, 100}
    assert points(25.4) == pytest.approx(72)
    with pytest.raises(StockUnknown) as refusal:
        stock_named("../l7160")
    assert refusal.value.name == "../l7160"


@every_stock
def test_all_labels_lie_on_the_page_and_apart(stock):
    cells = [stock.cell(place) for place in range(stock.per_page)]
    for cell in cells:
        assert cell.left >= 0
        assert cell.top >= 0
        assert cell.left + cell.width <= stock.page.width + 1e-9
        assert cell.top + cell.height <= stock.page.height + 1e-2
    for one, other in pairwise(cells):
        beside = other.left >= one.left + one.width - 1e-9
        assert beside or other.top >= one.top + one.height - 1e-9
    assert stock.title


@every_stock
def test_the_symbols_have_room_and_are_not_narrower_than_can_be_read(stock):
    dot = 25.4 / stock.dots_per_inch
    assert stock.dot == pytest.approx(points(dot))
    face = stock.label
    width = face.width - face.left - face.right
    if face.bars:
        assert stock.bar_dots * dot * 1000 >= least_module("code128", stock.dots_per_inch) - 1e-6
        assert CODE_128_WITH_QUIET * stock.bar_dots * dot <= width
        assert face.bars >= 6
    assert stock.matrix_dots * dot * 1000 >= least_module("matrix", stock.dots_per_inch) - 1e-6
    matrix = MATRIX * stock.matrix_dots * dot
    assert matrix <= min(width, face.height) - 2 * face.margin
    if face.bars:
        assert matrix + face.tag * 25.4 / 72 < face.height - 2 * face.margin - face.bars


@every_stock
def test_a_label_reads_in_the_last_cell_and_stands_within_a_tenth_of_a_millimetre(
    stock, make_label
):
    label = make_label("KB-4567", "بندقية", "五六式")
    drawn = page_of(stock, label)
    cell = stock.cell(stock.per_page - 1)
    area = (points(cell.left), points(cell.top), points(cell.width), points(cell.height))
    with closing(pypdfium2.PdfDocument(drawn)) as opened:
        with closing(dots_of(opened[0], stock.dots_per_inch, area)) as bitmap:
            # One bit a dot: what a label printer burns.
            image = bitmap.to_pil().point(lambda grey: 255 if grey > 127 else 0)
            found = zxingcpp.read_barcodes(image, formats=FORMATS, try_rotate=False)
        with closing(dots_of(opened[0], FINE, area)) as bitmap:
            fine = bitmap.to_pil().point(lambda grey: 0 if grey > 127 else 255)
    read = tuple(sorted((one.format.name, one.text) for one in found))
    assert read == symbols_said(stock, None, label)
    left, top, side = matrix_place(stock)
    around = [round((edge) * FINE / 25.4) for edge in (left - 0.4, top - 0.4)]
    ends = [round((edge) * FINE / 25.4) for edge in (left + side + 0.4, top + side + 0.4)]
    ink = fine.crop((*around, *ends)).getbbox()
    seen = [(edge + around[n % 2]) * 25.4 / FINE for n, edge in enumerate(ink)]
    assert seen == pytest.approx([left, top, left + side, top + side], abs=0.1)


def page_of(stock, label):
    """Return a page with the label in its last cell."""
    out = io.BytesIO()
    width, height = points(stock.page.width), points(stock.page.height)
    document = StreamedDocument(out, width, height, "", "")
    document.add_page(LabelLayout(stock, document).drawn(label, stock.per_page - 1))
    document.finish()
    return out.getvalue()


def matrix_place(stock):
    """Return where the Data Matrix should stand in its label, and its side, in millimetres."""
    side = MATRIX * stock.matrix_dots * 25.4 / stock.dots_per_inch
    face = stock.label
    return face.width - face.right - face.margin - side, face.margin, side


def test_a_stock_is_told_in_micrometres():
    tag = face_of(stock_named("tie-on-80x40"))
    assert (tag.kind, tag.width, tag.height, tag.dots_per_inch) == ("tie_on", 80_000, 40_000, 203)
    assert (tag.paper, tag.free[0].width) == ("roll", 12_000)
    sheet = face_of(stock_named("l7160"))
    assert (sheet.paper, sheet.columns, sheet.rows) == ("A4", 3, 7)
    assert face_of(stock_named("5160")).paper == "Letter"


def test_a_layout_is_drawn_on_a_stock_of_its_own_size():
    stock = single(60.0, 30.0, 203)
    assert (stock.bar_dots, stock.matrix_dots, stock.per_page) == (2, 4, 1)
    assert stock.cell(0).width == 60
