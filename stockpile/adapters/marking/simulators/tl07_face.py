"""The face of the simulated TL07 machine: its commands and answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from stockpile.adapters.marking.simulators.face import NOISE, Beginning, Face
from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.tl07_machine import IDENTITY, Tl07Machine

_ESCAPE = b"\x1b\x00"
_HEAD = 4
_MODES = {"N": 0, "A": 1, "S": 2}
_LOAD = re.compile(r'LD "([^"\r\n]+)" (\d{1,4}) ([NSA])')
_PUT = re.compile(r'VS (\d) "([^"\r\n]*)"')
_GET = re.compile(r"VG (\d)")
_READ = re.compile(r'GF "([^"\r\n]+)"')
_MASTER = re.compile(r'SP "MASTER":"([01])"')
_KNOWN = {"LD", "VS", "VG", "GO", "ST", "AM", "AD", "OG", "GI", "GP", "SP", "LS", "GF"}
_FOR_MASTER = {"LD", "VS"}
_NOT_MASTER = "ER 4 1"
_CLOSED = "ER 3 8"
_TML = 'GF "{name}" FO(1,2000,0,100) MV(0,0) MK("[V0]")'


def commands(arrived: bytearray, *, counted: bool) -> Iterator[str | None]:
    """Take the complete commands out of the bytes; None for one that is framed wrongly."""
    while arrived:
        length = _counted_length(arrived) if counted else arrived.find(b"\r") + 1
        if not length:
            return
        frame = bytes(arrived[:length])
        del arrived[:length]
        yield _command(frame[_HEAD if counted else 0 :])


def _counted_length(arrived: bytearray) -> int:
    """Return the length of the first frame, 0 while it is not whole; skip what is no frame."""
    start = arrived.find(_ESCAPE[:1])
    del arrived[: start if start >= 0 else len(arrived)]
    if len(arrived) < _HEAD:
        return 0
    length = _HEAD + int.from_bytes(arrived[2:4], "big") + 1
    return length if len(arrived) >= length else 0


def _command(body: bytes) -> str | None:
    try:
        return body[:-1].decode("utf-8") if body.endswith(b"\r") else None
    except UnicodeDecodeError:
        return None


class Tl07Face(Face):
    """A TL07 machine behind its wire; ``counted`` frames on RS-232, lines on TCP."""

    machine: Tl07Machine

    def __init__(self, machine: Tl07Machine, plan: FaultPlan, *, counted: bool) -> None:
        super().__init__(machine, plan)
        self._counted = counted
        self._answers: dict[str, Callable[[str, float], str]] = {
            "LD": self._load,
            "VS": self._put,
            "VG": self._get,
            "ST": self._status,
            "AM": self._stop,
        }

    def hear(self, arrived: bytearray, now: float) -> None:
        """Answer every complete command."""
        for command in commands(arrived, counted=self._counted):
            if command is None:
                self._line("ER 3 3")
            elif command == "GO":
                self._go(now)
            else:
                self._line(self._answer(command, now))

    def end_report(self) -> bytes:
        """Say that the run is finished."""
        return _said("GO F")

    def stop_report(self) -> bytes:
        """Say that the run was stopped."""
        return _said("GO S")

    def pause_report(self) -> bytes:
        """Say that the run is held."""
        return _said("GO P")

    def resume_report(self) -> bytes:
        """Say that the run goes on."""
        return _said("GO M")

    def _line(self, line: str) -> None:
        if line:
            self.say(_said(line))

    def _go(self, now: float) -> None:
        refusal = self.machine.why_not() if self._is_master() else _NOT_MASTER

        def answer(beginning: Beginning) -> bytes:
            return _said("GO M" if beginning is Beginning.BEGAN else refusal or _CLOSED)

        self.start(now, answer, self.machine.go if self._is_master() else lambda _now: False)

    def _answer(self, command: str, now: float) -> str:
        word = command.split(" ", 1)[0]
        if word in _FOR_MASTER and not self._is_master():
            return _NOT_MASTER
        answer = self._answers.get(word)
        if answer is not None:
            return answer(command, now)
        return self._plain(command) if word in _KNOWN else "ER 1 1"

    def _is_master(self) -> bool:
        return self.machine.master and not self.due("not-master")

    def _plain(self, command: str) -> str:
        if found := _MASTER.fullmatch(command):
            self.machine.master = found[1] == "1"
            return "SP 1"
        if command == "AD":
            return "AD 1" if self.machine.acknowledge() else "ER 3 5"
        if found := _READ.fullmatch(command):
            return _TML.format(name=found[1])
        if command.startswith("LS "):
            return f"1\r\n{self.machine.layout}" if self.machine.layout else "0"
        fixed = {
            "OG": "OG 1",
            "GI *": self._who(),
            'GP "MASTER"': f'GP "MASTER":"{int(self.machine.master)}"',
        }
        return fixed.get(command, "ER 1 4")

    def _who(self) -> str:
        return "GI " + (IDENTITY.replace("0001", "0666") if self.due("stranger") else IDENTITY)

    def _load(self, command: str, _now: float) -> str:
        found = _LOAD.fullmatch(command)
        if found is None:
            return "ER 1 4"
        if self.due("no-layout"):
            return "ER 1 5"
        return self.machine.load(found[1], int(found[2]), _MODES[found[3]])

    def _put(self, command: str, now: float) -> str:
        found = _PUT.fullmatch(command)
        if found is None:
            return "ER 1 4"
        text = self.taken(found[2])
        answer = self.machine.put(int(found[1]), text)
        if text and self.due("late-text"):
            self.later(_said(answer), now)
            return ""
        return answer

    def _get(self, command: str, _now: float) -> str:
        found = _GET.fullmatch(command)
        return f'VG {found[1]} "{self.machine.texts.get(int(found[1]), "")}"' if found else "ER 1 4"

    def _status(self, _command: str, _now: float) -> str:
        garbage = self.due("garbage")
        if garbage and garbage.option == "status" and self.machine.left == 0 and self.machine.job:
            self.outbox.append(NOISE)
            return ""
        mode = 2 if self.due("simulation") else 1 if self.due("autonomous") else self.machine.mode
        return f"ST {self.machine.code} 0 {mode}"

    def _stop(self, _command: str, now: float) -> str:
        return "AM 1\r\nGO S" if self.machine.stop(now) else "AM 1"


def _said(line: str) -> bytes:
    return f"{line}\r\n".encode()
