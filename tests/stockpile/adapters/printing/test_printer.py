"""The driver: asks first, sends once, and believes only what the printer tells after."""

from __future__ import annotations

import pytest

from stockpile.adapters.printing.printer import Times, WiredPrinter
from stockpile.adapters.printing.tspl.reader import TsplReader
from stockpile.adapters.printing.tspl.words import STATUS, TsplTongue
from stockpile.domain.errors import PortLost, PrinterSilent, PrinterStopped
from tests.helpers.label_printers import LAYOUT, boxes, label, setup

TIMES = Times(answer=0.02, label=0.3, start=0.1, poll=0.0)
IDLE, BUSY, OPEN = b"\x00", b"\x20", b"\x01"


class Scripted:
    """A link whose answers to the status question are written down; b"" is silence."""

    url = "scripted"

    def __init__(self, *answers: bytes) -> None:
        self.answers, self.sent = list(answers), b""
        self._waiting = b""

    def send(self, frame: bytes) -> None:
        if frame != STATUS:
            self.sent += frame
        elif self.answers:
            self._waiting = self.answers.pop(0)
        else:
            raise PortLost(self.url, "gone")

    def receive(self, seconds: float) -> bytes:
        arrived, self._waiting = (self._waiting, b"") if seconds else (b"", self._waiting)
        return arrived

    def close(self) -> None:
        self.answers = []


def printer(link: Scripted) -> WiredPrinter:
    return WiredPrinter(
        setup("tspl", "x"), link, TsplTongue(), lambda _face: TsplReader(), boxes, TIMES
    )


def test_a_label_is_out_when_the_printer_was_seen_at_work_and_is_not_any_more():
    link = Scripted(IDLE, BUSY, BUSY, IDLE)
    assert printer(link).print(label(), LAYOUT).ended == "printed"
    assert link.sent.count(b"PRINT 1,1") == 1


def test_a_printer_that_never_began_is_doubted():
    link = Scripted(*[IDLE] * 100_000)
    assert printer(link).print(label(), LAYOUT).ended == "doubtful"


def test_a_printer_that_stands_or_is_silent_is_sent_nothing():
    link = Scripted(OPEN)
    with pytest.raises(PrinterStopped) as raised:
        printer(link).print(label(), LAYOUT)
    assert raised.value.trouble == "head_open"
    silent = Scripted(b"", b"", b"")
    with pytest.raises(PrinterSilent):
        printer(silent).print(label(), LAYOUT)
    assert link.sent == silent.sent == b""


def test_noise_is_no_answer():
    assert printer(Scripted(b"\x00\xff", b"\x93\x00", b"\x00\x00")).state().standing == "silent"


def test_silence_and_a_lost_cable_after_sending_leave_a_label_in_doubt():
    for rest in ([b"", b""], []):
        outcome = printer(Scripted(IDLE, *rest)).print(label(), LAYOUT)
        assert (outcome.ended, outcome.state.standing) == ("doubtful", "silent")
