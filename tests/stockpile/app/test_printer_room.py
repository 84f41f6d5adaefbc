"""Label printers are plugged in with the letters of our papers."""

from __future__ import annotations

from stockpile.adapters.printing.printer import Times
from stockpile.app.printer_room import label_printers
from tests.helpers.label_printers import LAYOUT, label, setup, simulated


def test_a_label_with_arabic_is_printed_as_it_is_plugged_in():
    with simulated("zpl") as printer:
        driver = label_printers(Times(poll=0.002)).open(setup("zpl", printer.url))
        assert driver.print(label(), LAYOUT).ended == "printed"
        driver.close()
        assert len(printer.printed[0].label.read()) == 2
