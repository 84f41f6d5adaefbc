"""What a printer of the system is sent, caught in a file and read back."""

from __future__ import annotations

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtPrintSupport import QPrinter

from stockpile.language import plain
from tests.helpers.printing_table import LONG, acts, weapons
from ui.view_models.printing import SYSTEM, HowPrinted

__all__ = ["acts", "weapons"]


def paper_into(file):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


@pytest.mark.parametrize("tongue", ["en"], indirect=True)
@pytest.mark.parametrize(("stock", "pages"), [("l7160", 1), ("roll-58x40", 5)])
def test_what_comes_out_of_a_printer_is_the_sheet_at_its_true_size(
    acts, seat, weapons, qtbot, tmp_path, monkeypatch, stock, pages
):
    monkeypatch.setattr("ui.pages.printing_paper.DOTS", 300)  # as many as do for a test
    acts.paper.made = lambda _name: paper_into(tmp_path / "paper.pdf")
    with qtbot.waitSignal(acts.toast, timeout=LONG) as told:
        acts.model.label(lambda _work: weapons, HowPrinted(stock, printer=SYSTEM + "Laser"))
    assert plain(told.args[0]) == "5 labels sent to Laser. Look at the last one."
    (sheet,) = (seat.stockpile.home / "papers").glob("labels*.pdf")
    with pypdfium2.PdfDocument(sheet) as due, pypdfium2.PdfDocument(tmp_path / "paper.pdf") as out:
        assert len(out) == len(due) == pages
        assert out[0].get_size() == pytest.approx(due[0].get_size(), abs=1)
        for one, other in zip(codes(due), codes(out), strict=True):
            assert set(one) == set(other)
            for text, (x, y) in one.items():
                assert other[text] == pytest.approx((x, y), abs=4)


def codes(document):
    """Return the symbols of each page, by what they say, and where they are in dots."""
    for page in document:
        picture = page.render(scale=203 / 72, grayscale=True).to_pil()
        read = zxingcpp.read_barcodes(
            picture,
            formats=zxingcpp.BarcodeFormat.DataMatrix,
            try_rotate=False,
            try_downscale=False,
            try_invert=False,
        )
        yield {one.text: (one.position.top_left.x, one.position.top_left.y) for one in read}


@pytest.mark.qt_log_ignore("Returned false")
@pytest.mark.parametrize("tongue", ["en"], indirect=True)
def test_a_printer_that_takes_nothing_is_said_and_the_sheet_is_kept(acts, weapons, qtbot, tmp_path):
    acts.paper.made = lambda _name: paper_into(tmp_path / "nowhere" / "paper.pdf")
    with qtbot.waitSignal(acts.toast, timeout=LONG) as told:
        acts.model.label(lambda _work: weapons[:1], HowPrinted(printer=SYSTEM + "Laser"))
    assert plain(told.args[0]) == "Laser takes nothing. The sheet is kept as a file."
    assert told.args[1] == "Open"
