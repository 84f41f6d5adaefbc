"""What each simulated printer answers, and when: the languages' other end of the wire."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, Protocol

from stockpile.adapters.printing.simulators.machine import PrinterMachine
from stockpile.domain.label_printers import PrinterKind
from stockpile.services.ports import PrinterTrouble

NAMES: Final = "SIM-PRINTER"
_SILENT_WHEN: Final = frozenset({"paper_out", "ribbon_out", "head_open"})


class Answers(Protocol):
    """Answers a question; ``say`` sends, at once or when its turn in the line has come."""

    def __call__(self, machine: PrinterMachine, word: str, say: Callable[[bytes], None]) -> None:
        """Answer."""
        ...


def _zpl(machine: PrinterMachine, word: str, say: Callable[[bytes], None]) -> None:
    trouble, stopped = machine.trouble, machine.stopped
    if trouble in _SILENT_WHEN and (stopped is None or stopped.option != "told"):
        return
    if word == "~HI":
        say(f"\x02{NAMES}-200dpi,V1.0,8,8192KB\x03\r\n".encode("ascii"))
    elif word == "~HQES":
        say(_zpl_errors(trouble))
    else:
        say(_zpl_status(machine, trouble))


def _zpl_status(machine: PrinterMachine, trouble: PrinterTrouble | None) -> bytes:
    def flag(*troubles: PrinterTrouble) -> int:
        return int(trouble in troubles)

    waiting = machine.waiting
    first = (
        f"030,{flag('paper_out')},{flag('paused')},0320,{min(waiting, 999):03d},0,0,0,000,"
        f"{flag('jam')},0,0"
    )
    remaining = f"{waiting:08d}"
    second = f"001,0,{flag('head_open')},{flag('ribbon_out')},1,2,6,0,{remaining},1,000"
    return "".join(f"\x02{one}\x03\r\n" for one in (first, second, "1234,0")).encode("ascii")


def _zpl_errors(trouble: PrinterTrouble | None) -> bytes:
    bits: Mapping[str, int] = {"paper_out": 1, "ribbon_out": 2, "head_open": 4}
    low = bits.get(trouble or "", 0)
    said = (
        f"\x02\r\n\r\n  PRINTER STATUS\r\n   ERRORS:         {int(bool(low))} 00000000 {low:08X}"
        "\r\n   WARNINGS:       0 00000000 00000000\x03\r\n"
    )
    return said.encode("ascii")


def _tspl(machine: PrinterMachine, word: str, say: Callable[[bytes], None]) -> None:
    if word == "~!T":
        say(f"{NAMES}\r\n".encode("ascii"))
        return
    bits: Mapping[str, int] = {
        "head_open": 0x01, "jam": 0x02, "paper_out": 0x04, "ribbon_out": 0x08, "paused": 0x10,
    }  # fmt: skip
    at_work = 0x20 if machine.is_printing and machine.trouble is None else 0
    say(bytes([bits.get(machine.trouble or "", 0) | at_work]))


def _escpos(machine: PrinterMachine, word: str, say: Callable[[bytes], None]) -> None:
    if word == "1d7201":
        machine.in_turn(lambda: say(b"\x00"))
        return
    trouble = machine.trouble
    cause = {"head_open": 0x04, "paper_out": 0x20, "jam": 0x40, "paused": 0x08}
    answers = {
        "100401": 0x12 | (0x08 if trouble else 0),
        "100402": 0x12 | cause.get(trouble or "", 0x40 if trouble else 0),
        "100403": 0x12 | (0x20 if trouble == "jam" else 0),
        "100404": 0x12 | (0x60 if trouble == "paper_out" else 0),
    }
    say(bytes([answers[word]]))


ANSWERS: Final[Mapping[PrinterKind, Answers]] = MappingProxyType(
    {"zpl": _zpl, "tspl": _tspl, "escpos": _escpos}
)
