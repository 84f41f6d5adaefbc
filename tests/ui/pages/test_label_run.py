"""A run on a label printer: watched, paused, asked about, gone on with, and left for later."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test needs a window to stand on

from stockpile.domain.facts import LabelPrinted
from stockpile.domain.label_printers import LabelPrinter, keep_printers
from stockpile.language import plain
from tests.helpers.label_printers import simulated
from tests.helpers.readable import displayed, faults, tongue
from ui.pages.label_run import LabelRunDialog
from ui.pages.printing import PrintingActs
from ui.pages.settings_printers import PrintersSection
from ui.view_models.label_printers import LabelPrintersModel

__all__ = ["tongue"]

Key = Qt.Key


@pytest.fixture
def floor(seat, qtbot):
    """A window, and three weapons on record."""
    window = QWidget()
    displayed(window, qtbot, 800, 600)
    window.weapons = [seat.register(f"KB {n}") for n in range(3)]
    return window


def begun(seat, floor, url, **more):
    dialog = LabelRunDialog(*seat.made_with, floor)
    dialog.start(floor.weapons, LabelPrinter("Zebra", "tspl", url, "roll-58x40", **more))
    return dialog


def phase(dialog):
    return dialog.model.now.phase if dialog.model.now else ""


def prints(seat, floor):
    histories = seat.on_books(lambda: [seat.stockpile.books.history(one) for one in floor.weapons])
    return [sum(isinstance(fact.body, LabelPrinted) for fact in one) for one in histories]


def test_a_run_is_printed_and_told(seat, floor, qtbot):
    with simulated("tspl", speed=20.0) as printer:
        dialog = begun(seat, floor, printer.url)
        qtbot.waitUntil(lambda: phase(dialog) == "done")
        assert plain(dialog.count.text()) == "3 of 3"
        assert len(printer.printed) == 3
    assert prints(seat, floor) == [1, 1, 1]
    with qtbot.waitSignal(dialog.ended) as ended:
        qtbot.keyClick(dialog, Key.Key_Escape)
    assert ended.args == [3, 3]


def test_a_label_in_doubt_is_asked_about_and_printed_again(seat, floor, qtbot):
    with simulated("tspl", "jam@2", speed=20.0) as printer:
        dialog = begun(seat, floor, printer.url)
        qtbot.waitUntil(lambda: phase(dialog) == "asks")
        said = plain(dialog.said.text())
        assert said.startswith("Label 2 (KB 1) was sent")
        assert "A label is jammed" in said
        assert dialog.leave.hasFocus()
        printer.mend()
        qtbot.keyClick(dialog.again, Key.Key_Space)
        qtbot.waitUntil(lambda: phase(dialog) == "done")
        assert [one.whole for one in printer.printed] == [True, False, True, True]
    assert prints(seat, floor) == [1, 1, 1]


def test_a_run_that_was_left_is_gone_on_with(seat, floor, qtbot):
    with simulated("tspl", "paper-out@2", speed=20.0) as printer:
        dialog = begun(seat, floor, printer.url)
        qtbot.waitUntil(lambda: phase(dialog) == "asks")
        dialog.close()
        (run,) = seat.stockpile.label_printing.open_runs()
        printer.mend()
        qtbot.waitUntil(lambda: len(printer.printed) == 2)
        later = LabelRunDialog(*seat.made_with, floor)
        later.resume(run)
        assert phase(later) == "asks"
        qtbot.keyClick(later.came_out, Key.Key_Space)
        qtbot.waitUntil(lambda: phase(later) == "done")
        assert len(printer.printed) == 3
    assert prints(seat, floor) == [1, 1, 1]


def test_a_printer_that_tells_nothing_is_asked_about_by_number(seat, floor, qtbot):
    with simulated("tspl", speed=20.0) as printer:
        dialog = begun(seat, floor, printer.url, mute=True)
        qtbot.waitUntil(lambda: phase(dialog) == "asks")
        assert "Labels 1 to 3" in plain(dialog.said.text())
        dialog.last_good.set_text("9")
        qtbot.keyClick(dialog.last_good.edit, Key.Key_Return)
        assert plain(dialog.last_good.message) == "A number from 0 to 3."
        dialog.last_good.set_text("3")
        qtbot.keyClick(dialog.last_good.edit, Key.Key_Return)
        qtbot.waitUntil(lambda: phase(dialog) == "done")
    assert prints(seat, floor) == [1, 1, 1]


def test_a_printer_that_is_not_there_is_said_and_tried_again(seat, floor, qtbot, tmp_path):
    dialog = begun(seat, floor, f"device://{tmp_path / 'none'}")
    qtbot.waitUntil(lambda: phase(dialog) == "stands")
    assert "cannot be opened" in dialog.said.text()
    assert dialog.going.text() == "Go on"
    assert prints(seat, floor) == [0, 0, 0]


def test_the_dialog_is_readable(tongue, seat, floor, qtbot):
    with simulated("tspl", "jam@1", speed=20.0) as printer:
        dialog = begun(seat, floor, printer.url)
        qtbot.waitUntil(lambda: phase(dialog) == "asks")
        assert faults(dialog) == []


# --- from a page, and from the settings ----------------------------------------------------------


def test_labels_go_to_the_label_printer_that_was_chosen_last(seat, floor, qtbot):
    with simulated("zpl", speed=20.0) as printer:
        zebra = LabelPrinter("Zebra", "zpl", printer.url, "roll-58x40")
        seat.session.remember(printers=keep_printers([zebra]))
        acts = PrintingActs.of(*seat.made_with, floor)
        with qtbot.waitSignal(acts.model.found):
            acts.print_weapon(floor.weapons[0], ask=True)
        dialog = acts.dialog
        dialog.printer.set_value("label:Zebra")
        dialog._show_printer()
        assert dialog.stock.value() == "roll-58x40"
        assert not dialog.stock.isEnabled()
        dialog.accept()
        qtbot.waitUntil(lambda: isinstance(acts.dialog, LabelRunDialog))
        qtbot.waitUntil(lambda: phase(acts.dialog) == "done")
        acts.dialog.close()
        # The next time it needs no question.
        acts.print_weapon(floor.weapons[1])
        qtbot.waitUntil(lambda: isinstance(acts.dialog, LabelRunDialog))
        qtbot.waitUntil(lambda: phase(acts.dialog) == "done")
        acts.dialog.close()
        assert len(printer.printed) == 2
    assert prints(seat, floor) == [1, 1, 0]


def test_a_run_that_waits_is_gone_on_with_or_given_up_in_the_settings(seat, floor, qtbot):
    with simulated("tspl", speed=20.0) as printer:
        zebra = LabelPrinter("Zebra", "tspl", printer.url, "roll-58x40")
        by = seat.session.officer
        begin = seat.stockpile.label_printing.begin_run
        runs = [seat.on_books(lambda: begin(floor.weapons, zebra, by=by)) for _run in range(2)]
        model = LabelPrintersModel(*seat.made_with)
        section = PrintersSection(model)
        displayed(section, qtbot, 560, 900)
        model.start()
        qtbot.waitUntil(section.runs.isVisible)
        qtbot.keyClick(section.runs.buttons[runs[0].run][1], Key.Key_Space)
        qtbot.waitUntil(lambda: list(section.runs.buttons) == [runs[1].run])
        qtbot.keyClick(section.runs.buttons[runs[1].run][0], Key.Key_Space)
        qtbot.waitUntil(lambda: phase(section.runs.dialog) == "done")
        section.runs.dialog.close()
        qtbot.waitUntil(lambda: not section.runs.isVisible())
        assert len(printer.printed) == 3
