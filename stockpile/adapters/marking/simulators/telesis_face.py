"""The faces of the simulated Telesis and InfoSight machines: their frames and answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stockpile.adapters.marking.simulators.face import NOISE, Beginning, Face
from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.telesis_machine import FIELD, TelesisMachine

_REQUEST = re.compile(rb"\x01([!-~])(?:\d\d)?\x02([ -~]*)\x03(\d{3})?\r")
_ACK, _NAK = b"\x06", b"\x15"
_ENDING: Final = ".TTP"
_DRY_RUN, _REPEAT, _LOCKED = 0x80, 0x800, 0x4
_READY_OUTPUT, _DONE_OUTPUT = 0x01, 0x42
_FOR_MASTER = {"P", "V", "G"}


def requests(arrived: bytearray, *, sealed: bool) -> Iterator[tuple[str, str, bool]]:
    """Take the complete requests out of the bytes: type, data, and whether the frame is whole."""
    while (end := arrived.find(b"\r")) >= 0:
        piece = bytes(arrived[: end + 1])
        del arrived[: end + 1]
        begin = piece.rfind(b"\x01")
        found = _REQUEST.fullmatch(piece[begin:]) if begin >= 0 else None
        if found is not None:
            kind, data = found[1].decode(), found[2].decode()
            whole = not sealed or found[3] == _sum(kind, data)
            yield kind, data, whole


def _sum(kind: str, data: str) -> bytes:
    return b"%03d" % (sum(f"{kind}{data}".encode()) % 256)


class TelesisFace(Face):
    """A Telesis machine behind its wire; a request whose sum is wrong is answered with a no."""

    machine: TelesisMachine
    sealed = True

    def __init__(self, machine: TelesisMachine, plan: FaultPlan) -> None:
        super().__init__(machine, plan)

    def hear(self, arrived: bytearray, now: float) -> None:
        """Answer every complete request."""
        for kind, data, whole in requests(arrived, sealed=self.sealed):
            locked = kind in _FOR_MASTER and self.due("not-master")
            if not whole or locked:
                self.say(self.said(kind, yes=False))
            elif kind == "G":
                self._go(now)
            else:
                self.answer(kind, data, now)

    def answer(self, kind: str, data: str, now: float) -> None:
        """Answer a request that starts nothing."""
        match kind:
            case "O":
                self._reset()
            case "P":
                self._pattern(data)
            case "V":
                self._variable(data, now)
            case "S":
                self._status(now)
            case "I":
                done = _DONE_OUTPUT if self.machine.last_marked else 0
                ready = 0 if self.machine.busy else _READY_OUTPUT
                self.say(self.said("I", f"{done | ready:02X};000"))
            case _:
                self.say(self.said(kind, yes=False))

    def said(self, kind: str, data: str = "", *, yes: bool = True) -> bytes:
        """Return an answer's bytes."""
        seal = _sum(kind, data) if self.sealed else b""
        parts = (b"\x01", kind.encode(), _ACK if yes else _NAK, b"\x02", data.encode(), b"\x03")
        return b"".join((*parts, seal, b"\r"))

    def _go(self, now: float) -> None:
        self.machine.hear_start(now)
        self.start(now, lambda came: self.said("G", yes=came is Beginning.BEGAN))

    def _reset(self) -> None:
        at_rest = not self.machine.busy and not self.due("busy")
        if at_rest:
            self.machine.reset()
        self.say(self.said("O", yes=at_rest))

    def _pattern(self, data: str) -> None:
        if data == "~":
            name = self.machine.pattern
            self.say(self.said("P", name if not name or _ENDING in name else f"{name}{_ENDING}"))
            return
        usable = self.machine.online and not self.machine.busy and not self.due("no-layout")
        if usable:
            self.machine.load(data)
        self.say(self.said("P", yes=usable))

    def _variable(self, data: str, now: float) -> None:
        if data == f"?{FIELD:02}":
            self.say(self.said("V", self.machine.text))
            return
        usable = data.startswith(f"{FIELD:02}") and not self.machine.busy
        text = data[2:]
        if usable:
            self.machine.texts[FIELD] = self.taken(text)
        if text and self.due("late-text"):
            self.later(self.said("V", yes=usable), now)
        else:
            self.say(self.said("V", yes=usable))

    def _status(self, now: float) -> None:
        garbage = self.due("garbage")
        if garbage and garbage.option == "status" and self.machine.was_started:
            self.outbox.append(NOISE)
            return
        word = self.machine.status(now)
        for kind, bit in (
            ("simulation", _DRY_RUN),
            ("autonomous", _REPEAT),
            ("not-master", _LOCKED),
        ):
            word |= bit if self.due(kind) else 0
        self.say(self.said("S", f"{word:08X}"))


class InfoSightFace(TelesisFace):
    """An InfoSight machine: no sums, texts by their own types, and it repeats a text it took."""

    sealed = False

    def answer(self, kind: str, data: str, now: float) -> None:
        """Answer a request that starts nothing."""
        match kind:
            case "C" | "O":
                self.machine.online = True
                self.say(self.said(kind))
            case "A":
                self._assign(data)
            case "B":
                self.say(self.said("B", self.machine.pattern))
            case "1":
                self._take(data, now)
            case _:
                self.say(self.said(kind, yes=False))

    def end_report(self) -> bytes:
        """Speak first: the firmware is a peer. What its status says is nobody's knowledge."""
        return b"\x01S\x02\x03\r"

    def banner(self) -> bytes:
        """Speak first after a restart too."""
        return b"\x01O\x02\x03\r"

    def _assign(self, data: str) -> None:
        usable = data.isdecimal() and not self.machine.busy and not self.due("no-layout")
        if usable:
            self.machine.load(data)
        self.say(self.said("A", yes=usable))

    def _take(self, data: str, now: float) -> None:
        if self.machine.busy:
            self.say(self.said("1", yes=False))
            return
        text = self.machine.texts[FIELD] = self.taken(data)
        if text and self.due("late-text"):
            self.later(self.said("1", text), now)
        else:
            self.say(self.said("1", text))
