"""The face of the simulated Couth machine: frames as the public driver sends them.

It is strict about length and check bytes unless its manner is ``lenient``, and silent unless that
is ``answers``. What a real machine is, nobody knows; its answers here are made up, so that a driver
is tried against an answer that it cannot read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stockpile.adapters.marking.simulators.face import Beginning, Face
from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.machine import Machine, Phase

_HEAD: Final = 0x10
_CHECK: Final = b"\x03\x03"
_OVERHEAD: Final = 7
_LONGEST: Final = 300
_STATUS, _CLEAR, _TEXT, _START, _CANCEL = 0x02, 0x21, 0x25, 0x31, 0x34
_SYMBOL: Final = b"\x1e"
_DONE, _NOT_DONE = 0x06, 0x15


def frames(arrived: bytearray, *, strict: bool) -> Iterator[tuple[int, bytes]]:
    """Take the complete frames out of the bytes, as command and data; drop what is none.

    A strict machine believes the length and wants its check bytes; a lenient one takes all until
    two bytes 03h with nothing or a new frame behind them.
    """
    while (head := arrived.find(_HEAD)) >= 0:
        del arrived[:head]
        length = _length(arrived) if strict else _lenient_length(arrived)
        if not length:
            return
        frame = bytes(arrived[:length])
        if not frame.endswith(_CHECK):
            del arrived[:1]
            continue
        del arrived[:length]
        yield frame[4], frame[5:-2]
    arrived.clear()


def _length(arrived: bytearray) -> int:
    """Return the length that the frame declares; 0 while it is not whole, 1 when it is none."""
    if len(arrived) < _OVERHEAD:
        return 0
    told = int.from_bytes(arrived[2:4], "little")
    if not _OVERHEAD <= told <= _LONGEST:
        return 1
    return told if len(arrived) >= told else 0


def _lenient_length(arrived: bytearray) -> int:
    end = arrived.find(_CHECK, _OVERHEAD - 2)
    while end >= 0 and arrived[end + 2 : end + 3] not in (b"", bytes([_HEAD])):
        end = arrived.find(_CHECK, end + 1)
    return end + 2 if end >= 0 else 0


class CouthFace(Face):
    """A Couth machine behind its wire. ``symbols`` are the Data Matrices and logos, by line."""

    def __init__(self, machine: Machine, plan: FaultPlan) -> None:
        super().__init__(machine, plan)
        self.symbols: dict[int, bytes] = {}

    def hear(self, arrived: bytearray, now: float) -> None:
        """Carry out every complete frame."""
        for command, data in frames(arrived, strict=not self.due("lenient")):
            if command == _START:
                self.start(now, self._said_of_start)
            else:
                self.say(self._said(command, done=self._carry_out(command, data, now)))

    def _carry_out(self, command: int, data: bytes, now: float) -> bool:
        if command == _CANCEL:
            return self.machine.stop(now)
        if command == _STATUS:
            return self.machine.phase is Phase.READY
        if self.machine.phase is not Phase.READY:
            return False
        if command == _CLEAR:
            self.machine.texts, self.symbols = {}, {}
            self.machine.new_job()
        elif command == _TEXT and data:
            self._put(data[0], data[1:])
        return True

    def _put(self, line: int, said: bytes) -> None:
        if said.startswith(_SYMBOL):
            self.symbols[line] = said
        else:
            self.machine.texts[line] = self.taken(said.decode("latin-1"))

    def _said_of_start(self, beginning: Beginning) -> bytes:
        return self._said(_START, done=beginning is Beginning.BEGAN)

    def _said(self, command: int, *, done: bool) -> bytes:
        if not self.due("answers"):
            return b""
        word = _DONE if done else _NOT_DONE
        return bytes([_HEAD, 0x02, _OVERHEAD + 1, 0x00, command, word]) + _CHECK
