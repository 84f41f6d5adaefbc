"""What every label printer promises whatever goes wrong, on every one that can be simulated.

The truth is what came out of the simulated printer: a label that is called printed came out whole
and reads as the record, one that was refused before it was sent never came out, and no label that
was sent once comes out twice.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from stockpile.adapters.printing.canvas import Canvas
from stockpile.adapters.printing.simulators.faults import KINDS
from stockpile.domain.errors import PortLost, PrinterSilent, PrinterStopped
from stockpile.domain.label_printers import PRINTER_KINDS, PrinterKind
from stockpile.domain.tags import matrix_payload
from stockpile.services.ports import Label, LabelOutcome
from tests.helpers.label_printers import LAYOUT, driven, label, simulated, until
from tests.helpers.nightly import NIGHTLY
from tests.helpers.wires import needs_ptys

FAULTS = ["", *(f"{kind}:{option}" if option else kind for kind in KINDS
                for option in ("", *sorted(KINDS[kind])))]  # fmt: skip


def texts(printed: Canvas) -> set[str]:
    return {text for _kind, text in printed.read()}


def due(wanted: Label) -> set[str]:
    return {wanted.tag, matrix_payload(wanted.tag, wanted.mac)}


@pytest.mark.parametrize("kind", PRINTER_KINDS)
def test_labels_come_out_one_after_the_other_and_say_what_the_record_says(kind: PrinterKind):
    labels = [label(number) for number in range(3)]
    with simulated(kind) as printer, driven(kind, printer.url) as driver:
        assert driver.state().standing == "ready"
        for one in labels:
            assert driver.print(one, LAYOUT).ended == "printed"
        assert [texts(one.label) for one in printer.printed] == [due(one) for one in labels]
        assert printer.strange == ()


@needs_ptys
@pytest.mark.parametrize("kind", PRINTER_KINDS)
def test_a_serial_printer_prints_as_one_in_the_network_does(kind: PrinterKind, tmp_path: Path):
    with (
        simulated(kind, pty=tmp_path / "printer") as printer,
        driven(kind, f"{printer.url}?baud=115200") as driver,
    ):
        assert driver.print(label(), LAYOUT).ended == "printed"
        assert texts(printer.printed[0].label) == due(label())


def shared_out() -> list[tuple[PrinterKind, str]]:
    """A third of the faults for each language, all over the languages; or everything."""
    step = 1 if NIGHTLY else 3
    return [
        (kind, one) for at, kind in enumerate(PRINTER_KINDS) for one in FAULTS[at % step :: step]
    ]


@pytest.mark.parametrize(("kind", "fault"), shared_out())
def test_no_claim_is_untrue(kind: PrinterKind, fault: str):
    with simulated(kind, fault) as printer, driven(kind, printer.url) as driver:
        outcome: LabelOutcome | None
        try:
            outcome = driver.print(label(), LAYOUT)
        except (PrinterSilent, PrinterStopped, PortLost):
            outcome = None
        whole = [one for one in printer.printed if one.whole]
        assert len(printer.printed) <= 1
        if outcome is None:
            assert not printer.printed
        elif outcome.ended == "printed":
            assert [texts(one.label) for one in whole] == [due(label())]
        else:
            assert outcome.ended == "doubtful"


@pytest.mark.parametrize("kind", PRINTER_KINDS)
def test_a_silent_printer_is_told_from_one_that_stands(kind: PrinterKind):
    with simulated(kind, "silent") as printer, driven(kind, printer.url) as driver:
        assert driver.state().standing == "silent"
        with pytest.raises(PrinterSilent):
            driver.print(label(), LAYOUT)
        assert printer.printed == ()


@pytest.mark.parametrize("kind", PRINTER_KINDS)
def test_a_printer_that_says_why_it_stands_is_quoted(kind: PrinterKind):
    with simulated(kind, "paper-out:told@1") as printer, driven(kind, printer.url) as driver:
        outcome = driver.print(label(), LAYOUT)
        assert (outcome.ended, outcome.state.troubles) == ("doubtful", ("paper_out",))
        state = driver.state()
        assert (state.standing, state.troubles) == ("stopped", ("paper_out",))
        with pytest.raises(PrinterStopped):
            driver.print(label(1), LAYOUT)
        printer.mend()
        # What it held comes out by itself, once; then the next is taken.
        until(lambda: len(printer.printed) == 1)
        until(lambda: driver.state().standing == "ready")
        assert driver.print(label(1), LAYOUT).ended == "printed"
        assert [texts(one.label) for one in printer.printed] == [due(label()), due(label(1))]


@pytest.mark.parametrize("kind", PRINTER_KINDS)
def test_what_a_printer_forgets_does_not_come_out(kind: PrinterKind):
    with simulated(kind, "paper-out:told@1") as printer, driven(kind, printer.url) as driver:
        assert driver.print(label(), LAYOUT).ended == "doubtful"
        driver.forget()
        printer.mend()
        until(lambda: driver.state().standing == "ready")
        assert driver.print(label(), LAYOUT).ended == "printed"
        assert len(printer.printed) == 1


@pytest.mark.parametrize("kind", PRINTER_KINDS)
def test_a_jammed_label_is_not_called_printed(kind: PrinterKind):
    with simulated(kind, "jam@1") as printer, driven(kind, printer.url) as driver:
        assert driver.print(label(), LAYOUT).ended == "doubtful"
        assert [one.whole for one in printer.printed] == [False]


@pytest.mark.parametrize("kind", PRINTER_KINDS)
def test_a_printer_that_tells_nothing_is_believed_nothing(kind: PrinterKind):
    with simulated(kind) as printer, driven(kind, printer.url, mute=True) as driver:
        assert driver.state().standing == "mute"
        assert driver.print(label(), LAYOUT).ended == "untold"
        until(lambda: len(printer.printed) == 1)
