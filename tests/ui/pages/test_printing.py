"""Printing from a page: the dialog, the question why again, the ruler, and real paper."""

from __future__ import annotations

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from stockpile.domain.printer_fit import PrinterFit
from stockpile.language import plain
from tests.helpers.readable import faults
from ui.pages.printing import PrintingActs
from ui.pages.printing_dialog import BorneDialog
from ui.pages.printing_ruler import RulerDialog
from ui.view_models.printing import SYSTEM, HowPrinted

LONG = 20_000


@pytest.fixture
def acts(seat, tongue, light, qtbot):
    page = QWidget()
    page.resize(1024, 700)
    qtbot.addWidget(page)
    page.show()
    made = PrintingActs.of(*seat.made_with, page)
    made.kept = page
    return made


@pytest.fixture
def weapons(seat):
    return tuple(seat.register(f"KB{number}") for number in range(5))


def ask(acts, qtbot, ids):
    with qtbot.waitSignal(acts.model.found, timeout=LONG):
        acts.model.offer(lambda _work: ids)
    return acts.dialog


def test_the_dialog_is_read_whole_and_says_how_many_sheets(acts, seat, weapons, qtbot):
    with qtbot.waitSignal(acts.toast, timeout=LONG):
        acts.print_weapon(weapons[0])
    dialog = ask(acts, qtbot, weapons)
    assert faults(dialog) == []
    dialog.sheet.begin_at(18)
    assert "2" in plain(dialog.where.text())
    dialog.stock.set_value("roll-58x40")
    assert faults(dialog) == []
    assert not dialog.sheet.isEnabled()
    dialog.stock.box.setCurrentText("no such stock")
    assert not dialog.go.isEnabled()
    dialog.accept()
    assert dialog.isVisible()
    dialog.reject()


def test_the_dialogs_of_the_ruler_and_of_why_are_read_whole(acts, qtbot):
    for dialog in (RulerDialog(acts.model, "", "", acts.kept), BorneDialog(3, 5, acts.kept)):
        dialog.open()
        assert faults(dialog) == []
        dialog.reject()


@pytest.mark.parametrize("tongue", ["en"], indirect=True)
def test_a_used_sheet_is_begun_at_its_first_free_label(acts, weapons, qtbot):
    dialog = ask(acts, qtbot, weapons)
    qtbot.keyClick(dialog.sheet, Qt.Key.Key_End)
    with qtbot.waitSignal(acts.toast, timeout=LONG) as told:
        qtbot.keyClick(dialog.go, Qt.Key.Key_Return)
    assert plain(told.args[0]) == "5 labels printed to papers/labels-1.pdf"
    assert acts.dialog is None
    (sheet,) = (acts.model._session.stockpile.home / "papers").glob("labels-*.pdf")
    with pypdfium2.PdfDocument(sheet) as document:
        assert len(document) == 2
    assert acts.model.last("weapons").start_at == 1


@pytest.mark.parametrize("tongue", ["en"], indirect=True)
def test_a_lost_label_is_void_only_if_the_person_says_so(acts, seat, weapons, qtbot):
    with qtbot.waitSignal(acts.toast, timeout=LONG):
        acts.print_weapon(weapons[0])
    for way, tags in (("jam", 1), ("lost", 2)):
        with qtbot.waitSignal(acts.model.bears, timeout=LONG):
            acts.print_weapon(weapons[0])
        acts.dialog.why.ways._press(way)
        with qtbot.waitSignal(acts.toast, timeout=LONG):
            acts.dialog.confirm.click()
        stands = seat.on_books(lambda: seat.stockpile.books.weapon(weapons[0]))
        assert len(stands.tags) == tags


@pytest.mark.parametrize("tongue", ["en"], indirect=True)
def test_a_printer_is_put_right_with_two_numbers_and_what_is_none_is_said(acts, qtbot):
    dialog = RulerDialog(acts.model, SYSTEM + "Laser", "l7160", acts.kept)
    dialog.open()
    with qtbot.waitSignal(dialog.drawn, timeout=LONG) as told:
        dialog.draw.click()
    assert told.args[0].name == "ruler-A4-1.pdf"
    dialog.accept()
    assert dialog.trouble.isVisible()  # nothing was typed yet
    dialog.fields["near_across"].set_text("21,2")
    dialog.fields["near_down"].set_text("19.5")
    dialog.fields["far_across"].set_text("180")
    dialog.accept()
    assert dialog.trouble.isVisible()  # so small a page was made to fit its paper
    dialog.fields["far_across"].set_text("")
    qtbot.keyClick(dialog.fields["near_down"].edit, Qt.Key.Key_Return)
    assert acts.model.fit_of(SYSTEM + "Laser") == PrinterFit(1_200, -500)
    again = RulerDialog(acts.model, SYSTEM + "Laser", "", acts.kept)
    again.forget.click()
    assert acts.model.fit_of(SYSTEM + "Laser") == PrinterFit()


def paper_into(file):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


@pytest.mark.parametrize("tongue", ["en"], indirect=True)
@pytest.mark.parametrize(("stock", "pages"), [("l7160", 1), ("roll-58x40", 5)])
def test_what_comes_out_of_a_printer_is_the_sheet_at_its_true_size(
    acts, seat, weapons, qtbot, tmp_path, stock, pages
):
    acts.paper.made = lambda _name: paper_into(tmp_path / "paper.pdf")
    with qtbot.waitSignal(acts.toast, timeout=LONG) as told:
        acts.model.label(lambda _work: weapons, HowPrinted(stock, printer=SYSTEM + "Laser"))
    assert plain(told.args[0]) == "5 labels sent to Laser. Look at the last one."
    (sheet,) = (seat.stockpile.home / "papers").glob("labels-*.pdf")
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
        read = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.DataMatrix)
        yield {one.text: (one.position.top_left.x, one.position.top_left.y) for one in read}


@pytest.mark.qt_log_ignore("Returned false")
@pytest.mark.parametrize("tongue", ["en"], indirect=True)
def test_a_printer_that_takes_nothing_is_said_and_the_sheet_is_kept(acts, weapons, qtbot, tmp_path):
    acts.paper.made = lambda _name: paper_into(tmp_path / "nowhere" / "paper.pdf")
    with qtbot.waitSignal(acts.toast, timeout=LONG) as told:
        acts.model.label(lambda _work: weapons[:1], HowPrinted(printer=SYSTEM + "Laser"))
    assert plain(told.args[0]) == "Laser takes nothing. The sheet is kept as a file."
    assert told.args[1] == "Open"
