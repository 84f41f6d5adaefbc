"""The insides of a simulated printer: labels one after the other, and what stops them."""

from __future__ import annotations

from stockpile.adapters.printing.canvas import Canvas
from stockpile.adapters.printing.simulators.machine import SECONDS, Printed, PrinterMachine


def run(machine: PrinterMachine, labels: int, seconds: float = 20.0) -> None:
    for _label in range(labels):
        machine.take(Canvas(8, 8))
    for step in range(int(seconds / SECONDS) * 2):
        machine.advance(step * SECONDS / 2)


def test_labels_come_out_in_their_order():
    out: list[Printed] = []
    machine = PrinterMachine(out.append)
    done: list[str] = []
    machine.take(Canvas(8, 8))
    machine.in_turn(lambda: done.append("turn"))
    machine.advance(0.0)
    assert (machine.is_printing, machine.waiting, done) == (True, 1, [])
    machine.advance(SECONDS)
    assert ([one.number for one in out], machine.waiting, done) == ([1], 0, ["turn"])


def test_out_of_paper_the_same_label_comes_out_when_it_is_mended():
    out: list[Printed] = []
    machine = PrinterMachine(out.append, "paper-out@2")
    run(machine, 3)
    assert (machine.trouble, len(out), machine.waiting) == ("paper_out", 1, 2)
    machine.mend()
    run(machine, 0)
    assert [one.number for one in out] == [1, 2, 3]


def test_a_jam_spoils_its_label_and_what_waits_can_be_dropped():
    out: list[Printed] = []
    machine = PrinterMachine(out.append, "jam@1")
    run(machine, 2)
    assert ([one.whole for one in out], machine.trouble) == ([False], "jam")
    machine.mend()
    machine.cancel()
    run(machine, 0)
    assert len(out) == 1
