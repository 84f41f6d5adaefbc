"""The label printers of this computer: set up, asked, tried, set up otherwise, forgotten."""

from __future__ import annotations

from PySide6.QtCore import Qt

from stockpile.domain.label_printers import LabelPrinter, keep_printers, kept_printers
from stockpile.language import plain
from tests.helpers.label_printers import simulated
from tests.helpers.readable import bare, displayed, faults, tongue
from ui.pages.settings_printers import PrintersSection
from ui.view_models.label_printers import LabelPrintersModel

__all__ = ["tongue"]

Key = Qt.Key
NARROW = 520  # pixels: what the smallest window leaves for a section
ZEBRA = LabelPrinter("Zebra", "zpl", "socket://10.0.0.7:9100", "roll-58x40")
DESK = LabelPrinter("Desk", "tspl", "/dev/ttyUSB0", "roll-80x50", 300, mute=True)


def shown(seat, qtbot, *printers):
    seat.session.remember(printers=keep_printers(printers))
    model = LabelPrintersModel(*seat.made_with)
    section = PrintersSection(model)
    section.model = model
    with qtbot.waitSignal(model.offered):
        model.start()
    displayed(section, qtbot, NARROW, 1400)
    return section


def kept(seat):
    return kept_printers(seat.session.settings.printers)


def test_without_a_printer_it_is_said_what_to_do(seat, qtbot):
    section = shown(seat, qtbot)
    assert section._none.isVisible()
    assert "sheets" in section._none.text()


def test_a_printer_is_set_up_by_keys(seat, qtbot):
    section = shown(seat, qtbot)
    form = section.form
    form.name.setFocus()
    qtbot.keyClicks(form.name.edit, "Armoury")
    qtbot.keyClick(form.name.edit, Key.Key_Return)
    assert form.address.message == "This is needed."
    form.kind.set_value("tspl")
    form.address.set_value("COM4")
    qtbot.keyClick(form.add, Key.Key_Space)
    qtbot.waitUntil(lambda: kept(seat) != ())
    (printer,) = kept(seat)
    assert (printer.name, printer.kind, printer.url) == ("Armoury", "tspl", "COM4")
    assert printer.stock.startswith("roll-")
    assert not section._none.isVisible()
    assert form.name.text() == ""
    assert "test label" in form.name.message


def test_words_that_name_no_choice_are_said_and_nothing_is_kept(seat, qtbot):
    section = shown(seat, qtbot)
    form = section.form
    qtbot.keyClicks(form.name.edit, "Armoury")
    form.address.set_value("COM4")
    for field in (form.kind, form.stock, form.dots, form.layout_):
        field.box.lineEdit().selectAll()
        qtbot.keyClicks(field.box.lineEdit(), "zzz")
        qtbot.keyClick(form.add, Key.Key_Space)
        assert field.message == "This is needed."
    assert kept(seat) == ()


def test_a_printer_that_is_asked_tells_how_it_is_and_prints_a_test(seat, qtbot):
    with simulated("tspl", "paper-out@2") as printer:
        url = printer.url
        section = shown(seat, qtbot, LabelPrinter("Zebra", "tspl", url, "roll-58x40"))
        line = section.line("Zebra")
        qtbot.keyClick(line.ask, Key.Key_Space)
        assert line.ask.is_busy
        qtbot.waitUntil(lambda: not line.ask.is_busy)
        assert plain(line.said.text()) == "Ready: SIM-PRINTER."
        qtbot.keyClick(line.trial, Key.Key_Space)
        qtbot.waitUntil(lambda: not line.trial.is_busy)
        assert "the label is out" in line.said.text()
        qtbot.keyClick(line.trial, Key.Key_Space)
        qtbot.waitUntil(lambda: not line.trial.is_busy)
        assert "out of labels" in line.said.text().lower()
        assert line.state.text == "Stands"
        assert len(printer.printed) == 1


def test_a_printer_that_cannot_be_reached_is_said_with_what_to_do(seat, qtbot):
    section = shown(seat, qtbot, LabelPrinter("Zebra", "zpl", "device:///none", "roll-58x40"))
    line = section.line("Zebra")
    qtbot.keyClick(line.ask, Key.Key_Space)
    qtbot.waitUntil(lambda: not line.ask.is_busy)
    assert "cannot be opened" in line.said.text()


def test_a_printer_is_set_up_otherwise_and_forgotten_after_a_question(seat, qtbot):
    section = shown(seat, qtbot, ZEBRA, DESK)
    qtbot.keyClick(section.line("Zebra").change, Key.Key_Space)
    assert not section.form.name.isEnabled()
    section.form.dots.set_value("300")
    qtbot.keyClick(section.form.add, Key.Key_Space)
    qtbot.waitUntil(lambda: [one.dots_per_inch for one in kept(seat)] == [300, 300])
    qtbot.keyClick(section.line("Desk").remove, Key.Key_Space)
    section.leaving.confirm.click()
    assert [one.name for one in kept(seat)] == ["Zebra"]


def test_the_section_is_readable(tongue, seat, qtbot):
    section = shown(seat, qtbot, ZEBRA, DESK)
    assert faults(section) == []
    assert bare(section, ZEBRA.url, DESK.url, "58 x 40 mm") == []
