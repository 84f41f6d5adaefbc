"""What is to go wrong is written in words, and what is none of them is refused."""

from __future__ import annotations

import pytest

from stockpile.adapters.printing.simulators.faults import Fault, parse
from stockpile.app.printer_room import simulated_printer
from stockpile.domain.errors import FieldMissing, FieldUnreadable, PrinterUnknown


def test_faults_are_read():
    assert parse("paper-out:told@3, garbage") == (
        Fault("paper-out", "told", 3),
        Fault("garbage"),
    )
    assert parse("") == ()


@pytest.mark.parametrize("spec", ["fire", "jam:told", "jam@0", "jam@", "@3"])
def test_what_is_no_fault_is_refused(spec: str):
    with pytest.raises(FieldUnreadable):
        parse(spec)


def test_a_simulator_needs_a_language_and_one_wire():
    with pytest.raises(PrinterUnknown):
        simulated_printer("epl", tcp_port=0)
    with pytest.raises(FieldMissing):
        simulated_printer("zpl")
    with pytest.raises(FieldUnreadable):
        simulated_printer("zpl", tcp_port=0, speed=0.0)
