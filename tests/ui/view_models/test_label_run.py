"""A run is paused after the label that is on its way, and goes on with the next."""

from __future__ import annotations

from stockpile.domain.label_printers import LabelPrinter
from tests.helpers.label_printers import simulated
from ui.view_models.label_run import LabelRunModel


def test_a_paused_run_goes_on(seat, qtbot):
    weapons = [seat.register(f"KB {n}") for n in range(2)]
    with simulated("tspl", speed=20.0) as printer:
        model = LabelRunModel(*seat.made_with)
        model.start(weapons, LabelPrinter("Zebra", "tspl", printer.url, "roll-58x40"))
        qtbot.waitUntil(lambda: model.now is not None)
        model.pause()
        qtbot.waitUntil(lambda: model.now.phase == "paused")
        assert (model.now.printed, len(printer.printed)) == (1, 1)
        model.go_on()
        qtbot.waitUntil(lambda: model.now.phase == "done")
        assert model.now.printed == 2
