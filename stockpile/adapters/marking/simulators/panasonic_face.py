"""The face of the simulated Panasonic laser: STX frames, with or without checksums."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from stockpile.adapters.marking.simulators.face import NOISE, Beginning, Face
from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.machine import Phase
from stockpile.adapters.marking.simulators.panasonic_machine import FILES, PanasonicMachine

_STX, _ACK, _NAK = b"\x02", b"\x06", b"\x15"
_SUM_DIGITS = 2
_COMMAND = re.compile(r"([A-Z]{3})([SR])(.*)")
_DIGIT = re.compile(r"[01]")
_LONGEST_COMMAND = 200
_LONGEST_TEXT = 99

STATE, NO_COMMAND, SUM, LENGTH, TERMINAL, SUB, DATA, ALARM, NO_TEXT = (
    *("03", "04", "05", "06", "07", "08", "09", "10", "11"),
)
STOPPED: Final = "E400"

Answer = str | None
"""What a setting comes to: nothing for a yes, else the code of the refusal."""


def frames(arrived: bytearray) -> Iterator[bytes]:
    """Take the complete frames out of the bytes, each from its last STX to before its CR."""
    while (end := arrived.find(b"\r")) >= 0:
        frame = bytes(arrived[:end])
        del arrived[: end + 1]
        start = frame.rfind(_STX)
        if start >= 0:
            yield frame[start:]


class PanasonicFace(Face):
    """A Panasonic laser behind its wire; ``summed`` frames end in a checksum."""

    machine: PanasonicMachine

    def __init__(self, machine: PanasonicMachine, plan: FaultPlan, *, summed: bool) -> None:
        super().__init__(machine, plan)
        self._summed = summed
        self._set: dict[str, Callable[[str, float], Answer]] = {
            "FNO": self._select,
            "SIN": self._give,
            "MKM": self._permit,
            "LSR": self._pump,
            "SHT": self._shutter,
            "MST": self._report,
        }

    def hear(self, arrived: bytearray, now: float) -> None:
        """Answer every complete command."""
        for frame in frames(arrived):
            body = self._unsummed(frame)
            if body is None:
                self.say(self._no(SUM))
            elif len(body) > _LONGEST_COMMAND:
                self.say(self._no(LENGTH))
            else:
                self._answer(body.decode("ascii", "replace"), now)

    def end_report(self) -> bytes:
        """Report a normal end, if that is switched on."""
        return self._read("MST", "0000") if self.machine.reports else b""

    def stop_report(self) -> bytes:
        """Report the alarm that broke a marking off, if that is switched on."""
        return self._read("MST", STOPPED) if self.machine.reports else b""

    # --- frames ---------------------------------------------------------------------------------

    def _unsummed(self, frame: bytes) -> bytes | None:
        if not self._summed:
            return frame[1:]
        told = frame[-_SUM_DIGITS:]
        return frame[1:-_SUM_DIGITS] if told == _sum(frame[:-_SUM_DIGITS]) else None

    def _framed(self, start: bytes, body: str) -> bytes:
        frame = start + body.encode("ascii")
        return frame + (_sum(frame) if self._summed else b"") + b"\r"

    def _yes(self) -> bytes:
        return self._framed(_ACK, "00")

    def _no(self, code: str) -> bytes:
        return self._framed(_NAK, code)

    def _read(self, command: str, data: str) -> bytes:
        return self._framed(_STX, f"{command}A{data}")

    # --- answers --------------------------------------------------------------------------------

    def _answer(self, body: str, now: float) -> None:
        found = _COMMAND.fullmatch(body)
        if found is None:
            self.say(self._no(SUB if _COMMAND.fullmatch(f"{body[:3]}S") else NO_COMMAND))
        elif (found[1], found[2]) == ("MRK", "S"):
            self._trigger(found[3], now)
        elif found[2] == "R":
            self._read_out(found[1], now)
        else:
            self._take(found[1], found[3], now)

    def _trigger(self, data: str, now: float) -> None:
        if data != "1":
            self.say(self._no(DATA))
            return
        refusal = ALARM if self.machine.phase is Phase.FAULT else STATE

        def answer(beginning: Beginning) -> bytes:
            return self._yes() if beginning is Beginning.BEGAN else self._no(refusal)

        self.start(now, answer)

    def _read_out(self, command: str, now: float) -> None:
        if command == "STS":
            self._status(now)
            return
        name = FILES[self.machine.file]
        told = {
            "FNO": self.machine.file,
            "FNM": f"OTHER {name}" if self.due("stranger") else name,
            "MST": str(int(self.machine.reports)),
            "MKM": str(int(not self.machine.takes_settings(now))),
            "LSR": str(int(self.machine.pumping(now) != "0")),
        }.get(command)
        self.say(self._no(NO_COMMAND) if told is None else self._read(command, told))

    def _status(self, now: float) -> None:
        garbage = self.due("garbage")
        if garbage and garbage.option == "status" and self.machine.busy:
            self.outbox.append(NOISE)
            return
        machine = self.machine
        digits = (
            machine.phase is Phase.FAULT,
            int(machine.pumping(now)),
            not machine.takes_settings(now),
            machine.ready(now),
            bool(self.due("autonomous")),
        )
        self.say(self._read("STS", "".join(str(int(digit)) for digit in digits)))

    def _take(self, command: str, data: str, now: float) -> None:
        setting = self._set.get(command)
        if setting is None:
            self.say(self._no(NO_COMMAND))
            return
        refusal = TERMINAL if self.due("not-master") else setting(data, now)
        said = self._yes() if refusal is None else self._no(refusal)
        if command == "SIN" and self.due("late-text"):
            self.later(said, now)
        else:
            self.say(said)

    # --- settings -------------------------------------------------------------------------------

    def _select(self, data: str, now: float) -> Answer:
        if self._at_work or not self.machine.takes_settings(now):
            return STATE
        if self.due("no-layout") or not self.machine.select(data.zfill(4)):
            return DATA
        return None

    def _give(self, data: str, now: float) -> Answer:
        number, text = data[:2], data[2:]
        if not number.isdigit() or len(text) > _LONGEST_TEXT:
            return DATA
        taken = self.taken(text)
        if taken != text and self._summed:
            return SUM
        return None if self.machine.give(taken, now) else NO_TEXT

    def _permit(self, data: str, _now: float) -> Answer:
        if not _DIGIT.fullmatch(data):
            return DATA
        if self._at_work or not self.machine.is_open:
            return STATE
        self.machine.settings = data == "0"
        return None

    def _pump(self, data: str, now: float) -> Answer:
        if not _DIGIT.fullmatch(data):
            return DATA
        broken = self.machine.busy and data == "0"
        self.machine.pump(now, on=data == "1")
        if broken:
            self.say(self.stop_report())
        return None

    def _shutter(self, data: str, now: float) -> Answer:
        if not _DIGIT.fullmatch(data):
            return DATA
        return None if self.machine.move_shutter(now, opens=data == "1") else STATE

    def _report(self, data: str, _now: float) -> Answer:
        if not _DIGIT.fullmatch(data):
            return DATA
        self.machine.reports = data == "1"
        return None

    @property
    def _at_work(self) -> bool:
        return self.machine.phase in {Phase.MARKING, Phase.PAUSED}


def _sum(frame: bytes) -> bytes:
    return b"%02X" % (sum(frame) & 0xFF)
