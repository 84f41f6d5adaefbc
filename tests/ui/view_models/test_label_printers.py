"""The printers of this computer are remembered, replaced by name and forgotten."""

from __future__ import annotations

from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.label_printers import LabelPrinter
from stockpile.domain.printer_fit import STRAIGHT, PrinterFit, keep_fits
from ui.view_models.label_printers import LabelPrintersModel, lane_of

ZEBRA = LabelPrinter("Zebra", "zpl", "socket://10.0.0.7:9100", "roll-58x40")


def test_printers_are_kept_and_forgotten(seat, qtbot):
    model = LabelPrintersModel(*seat.made_with)
    with qtbot.waitSignal(model.kept):
        model.keep(ZEBRA)
    assert model.printers == (ZEBRA,)
    model.remove("Zebra")
    assert model.printers == ()


def test_one_that_cannot_print_is_refused(seat, qtbot):
    model = LabelPrintersModel(*seat.made_with)
    with qtbot.waitSignal(model.refused) as refused:
        model.keep(LabelPrinter("Zebra", "zpl", "COM4", "papyrus"))
    assert isinstance(refused.args[0], FieldUnreadable)


def test_its_fit_is_that_of_its_name(seat):
    seat.session.remember(printer_fits=keep_fits({"Zebra": PrinterFit(300)}))
    model = LabelPrintersModel(*seat.made_with)
    assert (model.fit("Zebra"), model.fit("Other")) == (PrinterFit(300), STRAIGHT)
    assert lane_of("Zebra") == "printer:Zebra"


def test_only_stocks_of_one_label_after_the_other_are_offered(seat, qtbot):
    model = LabelPrintersModel(*seat.made_with)
    with qtbot.waitSignal(model.offered) as offered:
        model.start()
    assert all(one.columns * one.rows == 1 for one in offered.args[0].faces)
