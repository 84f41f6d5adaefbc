"""The small number of a label in its run: where there is room, and never in a symbol's way."""

from __future__ import annotations

import pypdfium2
import pytest

from stockpile.adapters.pdf.running_numbers import RunningNumbers
from stockpile.adapters.pdf.sheets import PdfLabelSheets
from stockpile.adapters.pdf.stocks import stock_named, stock_names
from stockpile.domain.facts import LabelElement, LabelLayoutSet


def layout_with(*elements):
    return LabelLayoutSet("ours", "weapon", 63_500, 38_100, elements)


MATRIX = LabelElement("matrix", 1_000, 1_000, 14_000, 14_000)
LOW = LabelElement("headline", 1_000, 33_000, 61_000, 5_000)


@pytest.mark.parametrize("name", stock_names())
def test_every_stock_reads_back_with_its_numbers(name, make_label, tmp_path):
    labels = [make_label(f"KB-{number}") for number in range(3)]
    sheet = PdfLabelSheets().draw(labels, name, tmp_path / "l.pdf", numbered=True)
    assert sheet.read == 3
    with pypdfium2.PdfDocument(sheet.file) as document:
        said = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    has_room = RunningNumbers(stock_named(name), None).has_room
    assert has_room == ({"1", "2", "3"} <= set(said.split()))


def test_nearly_every_stock_has_room_for_numbers():
    without = [one for one in stock_names() if not RunningNumbers(stock_named(one), None).has_room]
    assert len(without) <= 1


@pytest.mark.parametrize(("elements", "room"), [((MATRIX,), True), ((MATRIX, LOW), False)])
def test_a_layout_that_needs_the_edge_has_no_numbers(elements, room):
    numbers = RunningNumbers(stock_named("l7160"), None, layout_with(*elements))
    assert numbers.has_room == room
    if not room:
        assert numbers.drawn(1, 0) == ""


def test_a_sheet_that_is_not_numbered_is_as_it_was(make_label, tmp_path):
    labels = [make_label("KB-1")]
    plain = PdfLabelSheets().draw(labels, "l7160", tmp_path / "a.pdf")
    numbered = PdfLabelSheets().draw(labels, "l7160", tmp_path / "b.pdf", numbered=True)
    assert plain.digest != numbered.digest
