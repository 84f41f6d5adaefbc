"""What simulated printers answer is what the drivers' words understand."""

from __future__ import annotations

import pytest

from stockpile.adapters.printing.canvas import Canvas
from stockpile.adapters.printing.printers import LANGUAGES
from stockpile.adapters.printing.simulators.faces import ANSWERS
from stockpile.adapters.printing.simulators.machine import PrinterMachine
from stockpile.domain.label_printers import PRINTER_KINDS, PrinterKind

QUESTIONS = {"zpl": ("~HS",), "tspl": ("\x1b!?",), "escpos": ("100402", "100404")}


def answer(kind: PrinterKind, machine: PrinterMachine) -> bytes:
    said: list[bytes] = []
    for word in QUESTIONS[kind]:
        ANSWERS[kind](machine, word, said.append)
    return b"".join(said)


@pytest.mark.parametrize("kind", PRINTER_KINDS)
@pytest.mark.parametrize(
    ("fault", "trouble"),
    [("", ()), ("paper-out:told", ("paper_out",)), ("head-open:told", ("head_open",))],
)
def test_a_state_is_understood(kind: PrinterKind, fault: str, trouble: tuple[str, ...]):
    machine = PrinterMachine(lambda _printed: None, fault)
    machine.take(Canvas(8, 8))
    machine.advance(0.0)
    told = LANGUAGES[kind].tongue().told(answer(kind, machine))
    assert told is not None
    assert told.troubles == trouble


def test_a_zpl_printer_without_paper_says_nothing_at_all():
    machine = PrinterMachine(lambda _printed: None, "paper-out")
    machine.take(Canvas(8, 8))
    machine.advance(0.0)
    assert answer("zpl", machine) == b""
