"""What does not read back is never let out: damaged, exchanged, missing and surplus labels."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.layout import LabelLayout
from stockpile.adapters.pdf.stocks import points, stock_named
from stockpile.adapters.pdf.verify import said_by, verify
from stockpile.domain.errors import LabelMisread
from stockpile.domain.tags import matrix_payload

USUAL = ("5160", "l7160", "l7163", "roll-100x50")
"""The stocks on which every rule is tried; the others are drawn and read once each."""


@pytest.fixture(params=USUAL)
def stock(request):
    return stock_named(request.param)


@pytest.fixture
def sheet(stock, tmp_path):
    """Return a drawer of a sheet from labels by cell, with something drawn over it."""

    def draw(pages, over=""):
        file = tmp_path / "sheet.pdf"
        with file.open("wb") as out:
            width, height = points(stock.page.width), points(stock.page.height)
            document = StreamedDocument(out, width, height, "Labels", stock.title)
            layout = LabelLayout(stock, document)
            for page in pages:
                parts = [layout.drawn(label, place) for place, label in page]
                document.add_page("\n".join([*parts, over]))
            document.finish()
        return file

    return draw


def pages_of(labels, stock, start_at=1):
    places = [divmod(place, stock.per_page) for place in range(start_at - 1, 10_000)]
    pages = {}
    for label, (page, place) in zip(labels, places, strict=False):
        pages.setdefault(page, []).append((place, label))
    return list(pages.values())


def read_back(file, stock, labels, start_at=1, done=lambda _: None, gate="whole"):
    said = [said_by(stock, None, label) for label in labels]
    return verify(file, stock, said, start_at=start_at, verified=done, gate=gate)


@pytest.fixture
def labels(stock, make_label):
    return [make_label(f"KB-{number}", "AKM") for number in range(stock.per_page + 2)]


def test_a_right_sheet_passes_and_says_how_far_it_is(stock, sheet, labels):
    done = []
    file = sheet(pages_of(labels, stock))
    assert read_back(file, stock, labels, done=done.append) == len(labels)
    assert done[-1] == len(labels)
    assert done == sorted(done)
    assert len(done) == len(pages_of(labels, stock))


def test_a_sheet_that_starts_later_passes_and_no_other_start_does(stock, sheet, labels):
    start = min(2, stock.per_page)
    file = sheet(pages_of(labels, stock, start))
    read_back(file, stock, labels, start)
    if start > 1:
        with pytest.raises(LabelMisread) as misread:
            read_back(file, stock, labels)
        assert labels[0].tag in misread.value.expected
        assert misread.value.read == ""


def test_two_exchanged_labels_are_found(stock, sheet, labels):
    exchanged = [labels[1], labels[0], *labels[2:]]
    file = sheet(pages_of(exchanged, stock))
    with pytest.raises(LabelMisread) as misread:
        read_back(file, stock, labels)
    assert labels[0].tag in misread.value.expected
    assert labels[1].tag in misread.value.read


def test_symbols_of_another_record_on_one_label_are_found(stock, sheet, labels):
    mixed = [replace(labels[0], mac=labels[1].mac), *labels[1:]]
    file = sheet(pages_of(mixed, stock))
    with pytest.raises(LabelMisread) as misread:
        read_back(file, stock, labels)
    assert matrix_payload(labels[0].tag, labels[0].mac) in misread.value.expected
    assert matrix_payload(labels[0].tag, labels[1].mac) in misread.value.read


@pytest.mark.parametrize("symbol", ["Code128", "DataMatrix"])
def test_a_damaged_symbol_is_found(symbol, stock, sheet, labels):
    cell = stock.cell(0)
    left, top = points(cell.left), points(stock.page.height - cell.top)
    width, height, margin = points(cell.width), points(cell.height), points(stock.label.margin)
    if symbol == "Code128":  # a scratch through all bars
        scratch = f"{left + 2 * margin:.2f} {top - height:.2f} 6 {height:.2f}"
    else:
        scratch = f"{left + width - margin - 16:.2f} {top - margin - 40:.2f} 8 40"
    file = sheet(pages_of(labels, stock), over=f"q 1 g {scratch} re f Q")
    with pytest.raises(LabelMisread) as misread:
        read_back(file, stock, labels)
    assert symbol in misread.value.expected
    assert symbol not in misread.value.read


@pytest.mark.parametrize("stock", ["5160", "l7160", "l7651"], indirect=True)
def test_a_label_too_many_is_found(stock, sheet, labels):
    file = sheet(pages_of(labels[:3], stock))
    with pytest.raises(LabelMisread) as misread:
        read_back(file, stock, labels[:2])
    assert misread.value.expected == ""
    assert labels[2].tag in misread.value.read


def test_a_page_too_many_or_too_few_is_found(stock, sheet, labels):
    file = sheet(pages_of(labels, stock))
    for others in (labels[: stock.per_page], labels * 3):
        with pytest.raises(LabelMisread):
            read_back(file, stock, others)


def test_a_file_that_is_no_pdf_is_found(stock, labels, tmp_path):
    file = tmp_path / "sheet.pdf"
    file.write_bytes(b"%PDF-1.5 cut short")
    with pytest.raises(LabelMisread) as misread:
        read_back(file, stock, labels)
    assert misread.value.expected == "sheet.pdf"


@pytest.mark.parametrize("stock", ["roll-100x50"], indirect=True)
def test_a_sample_reads_the_first_page_the_last_and_every_tenth(stock, sheet, make_label):
    labels = [make_label(f"KB-{number}") for number in range(13)]
    wrong = [*labels[:3], make_label("other"), *labels[4:]]
    file, done = sheet(pages_of(wrong, stock)), []
    assert read_back(file, stock, labels, done=done.append, gate="sample") == 3
    assert done == [1, 11, 13]
    for page in (0, 10, 12):
        wrong = [*labels[:page], make_label("other"), *labels[page + 1 :]]
        with pytest.raises(LabelMisread):
            read_back(sheet(pages_of(wrong, stock)), stock, labels, gate="sample")
