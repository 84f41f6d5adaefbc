"""Labels lie where they belong, and a printer that is off is put right with a ruler and numbers."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from pypdfium2 import raw

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.layout import LabelLayout
from stockpile.adapters.pdf.ruler import draw_ruler
from stockpile.adapters.pdf.sheets import PdfLabelSheets, fitted
from stockpile.adapters.pdf.stocks import points, stock_named, stock_names
from stockpile.domain.printer_fit import (
    CROSSES,
    STRAIGHT,
    Measured,
    PrinterFit,
    fit_from_ruler,
    micrometres_of,
)
from stockpile.domain.tags import matrix_payload

COARSE, FINE = 200, 300
"""Dots an inch, of the sheets of labels and of the ruler page."""
PATH = raw.FPDF_PAGEOBJ_PATH
OFF = PrinterFit(across=2_300, down=-1_700, stretch_across=7_000, stretch_down=-5_000)
"""Printers are off by this much at the worst: two millimetres, and half a per cent in length."""


def rendered(pdf, dpi):
    with pypdfium2.PdfDocument(pdf) as document:
        return document[0].render(scale=dpi / 72, grayscale=True).to_pil()


def printed(picture, fit, dpi):
    """Return the paper as such a printer leaves it: shifted and stretched from its corner."""
    scale = [1 + one / 1_000_000 for one in (fit.stretch_across, fit.stretch_down)]
    shift = [one / 1000 * dpi / 25.4 for one in (fit.across, fit.down)]
    back = (1 / scale[0], 0, -shift[0] / scale[0], 0, 1 / scale[1], -shift[1] / scale[1])
    return picture.transform(
        picture.size, Image.Transform.AFFINE, back, Image.Resampling.BILINEAR, fillcolor=255
    )


def line_near(dark, due):
    """Return where the darkest line lies, in millimetres, within 6 mm of where it should."""
    mm = FINE / 25.4
    first = round((due - 6) * mm)
    span = dark[first : first + round(12 * mm)]
    weight = np.where(span > span.max() * 0.6, span, 0)
    return float((np.arange(len(span)) + first + 0.5) @ weight / weight.sum() / mm)


def as_a_person_reads(picture, due):
    """Measure the crosses as with a ruler: to the nearest fifth of a millimetre, then typed."""
    ink = 255.0 - np.asarray(picture, dtype=float)
    arm = round(9 * FINE / 25.4)

    def typed(across, down):
        x, y = (round(one / 1000 * FINE / 25.4) for one in (across, down))
        found = (
            line_near(ink[y - arm : y + arm, :].sum(axis=0), across / 1000),
            line_near(ink[:, x - arm : x + arm].sum(axis=1), down / 1000),
        )
        return [micrometres_of(f"{round(one * 5) / 5:.1f}", "near_across") for one in found]

    return Measured(
        *typed(due.near_across, due.near_down), *typed(due.far_across, due.far_down)
    )  # fmt: skip


def matrices(picture):
    """Return the middle of each Data Matrix in millimetres, by what it says."""
    read = zxingcpp.read_barcodes(
        picture,
        formats=zxingcpp.BarcodeFormat.DataMatrix,
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
    )
    sides = ("top_left", "top_right", "bottom_right", "bottom_left")
    corners = {one.text: [getattr(one.position, side) for side in sides] for one in read}
    return {
        text: np.mean([(at.x, at.y) for at in found], axis=0) * 25.4 / COARSE
        for text, found in corners.items()
    }


def measured(printer):
    """Return what is found with a ruler on the page of a printer."""
    out = io.BytesIO()
    draw_ruler("A4", out, stock_named("l7160"))
    page = rendered(out.getvalue(), FINE)
    return as_a_person_reads(printed(page, printer, FINE), CROSSES["A4"])


def test_a_printer_that_prints_straight_is_found_straight():
    assert measured(STRAIGHT) == CROSSES["A4"]


def test_the_numbers_from_the_ruler_bring_every_label_back_within_half_a_millimetre(
    make_label, tmp_path
):
    labels = [make_label(f"KB-{number}") for number in range(21)]
    said = [matrix_payload(one.tag, one.mac) for one in labels]

    def farthest(fit, printer=OFF, only=said):
        PdfLabelSheets().draw(labels, "l7160", tmp_path / "labels.pdf", fit=fit)
        found = matrices(printed(rendered(tmp_path / "labels.pdf", COARSE), printer, COARSE))
        assert set(found) == set(said)
        due = places or found
        return found, max(float(np.abs(found[one] - due[one]).max()) for one in only)

    places = {}
    places, _none = farthest(STRAIGHT, STRAIGHT)
    assert farthest(STRAIGHT)[1] > 2
    found = measured(OFF)
    assert farthest(fit_from_ruler(CROSSES["A4"], found))[1] < 0.5
    two_numbers = Measured(found.near_across, found.near_down)
    assert farthest(fit_from_ruler(CROSSES["A4"], two_numbers), only=said[:1])[1] < 0.5


@pytest.mark.parametrize("name", stock_names())
def test_every_label_lies_within_a_tenth_of_a_millimetre_of_its_place(name, make_label, tmp_path):
    stock = stock_named(name)
    labels = [make_label(f"KB-{number}") for number in range(stock.per_page)]
    out = io.BytesIO()
    width, height = points(stock.page.width), points(stock.page.height)
    document = StreamedDocument(out, width, height, "Labels", stock.title)
    drawn = map(LabelLayout(stock, document).drawn, labels, range(stock.per_page))
    document.add_page("\n".join(drawn))
    document.finish()
    size = 18 * stock.matrix_dots * stock.dot
    with pypdfium2.PdfDocument(out.getvalue()) as opened:
        bounds = [one.get_bounds() for one in opened[0].get_objects(filter=[PATH])]
    squares = [one for one in bounds if one[2] - one[0] == pytest.approx(size, abs=0.1)]
    found = [one for one in squares if one[3] - one[1] == pytest.approx(size, abs=0.1)]
    assert len(found) == stock.per_page
    # The Data Matrix stands in the label's upper right corner, on the printer's dots.
    for place, (_left, _bottom, right, top) in enumerate(found):
        cell, face = stock.cell(place), stock.label
        due = cell.left + cell.width - face.right - face.margin, cell.top + face.margin
        printed_at = right / 72 * 25.4, (height - top) / 72 * 25.4
        assert printed_at == pytest.approx(due, abs=0.1)


def test_sizes_are_never_changed_by_a_fit():
    stock = stock_named("l7160")
    moved = fitted(stock, OFF)
    assert (moved.label, moved.dots_per_inch, moved.bar_dots) == (
        stock.label, stock.dots_per_inch, stock.bar_dots,
    )  # fmt: skip
    assert moved.grid != stock.grid
    assert fitted(stock, STRAIGHT) is stock


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_ruler_page_says_what_to_measure(paper, tmp_path):
    file = tmp_path / "ruler.pdf"
    PdfLabelSheets().ruler(paper, file, stock="5160")
    with pypdfium2.PdfDocument(file) as document:
        said = document[0].get_textpage().get_text_bounded()
        size = [round(one * 25.4 / 72) for one in document[0].get_size()]
    assert size == {"A4": [210, 297], "Letter": [216, 279]}[paper]
    far = CROSSES[paper]
    assert f"about {far.far_across // 1000} mm" in said
    assert f"about {far.far_down // 1000} mm" in said
    assert list(tmp_path.iterdir()) == [file]
