"""The face of the simulated TL07 machine: bytes in, bytes out, and the faults between."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from stockpile.adapters.marking.simulators.faults import Fault, FaultPlan
from stockpile.adapters.marking.simulators.tl07_machine import (
    FAULT,
    IDENTITY,
    MARKING,
    READY,
    Tl07Machine,
    Turn,
)

LATE_SECONDS = 4.0
"""How late a late answer is: later than any careful host waits."""

_ESCAPE = b"\x1b\x00"
_HEAD = 4
_NOISE = b"\x93\x00\xff~G\r\n"
_MODES = {"N": 0, "A": 1, "S": 2}
_LOAD = re.compile(r'LD "([^"\r\n]+)" (\d{1,4}) ([NSA])')
_PUT = re.compile(r'VS (\d) "([^"\r\n]*)"')
_GET = re.compile(r"VG (\d)")
_MASTER = re.compile(r'SP "MASTER":"([01])"')
_KNOWN = {"LD", "VS", "VG", "GO", "ST", "AM", "AD", "OG", "GI", "GP", "SP", "LS"}
_FOR_MASTER = {"LD", "VS"}
_NOT_MASTER = "ER 4 1"


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


class Tl07Face:
    """A machine behind its wire. ``outbox`` is what it says; ``unplugged`` asks for a pull."""

    def __init__(self, machine: Tl07Machine, plan: FaultPlan, *, counted: bool) -> None:
        self.machine = machine
        self.plan = plan
        self.outbox: list[bytes] = []
        self.unplugged = False
        self._counted = counted
        self._arrived = bytearray()
        self._late: list[tuple[float, bytes]] = []
        self._resting = 0
        self._answers: dict[str, Callable[[str, float], str]] = {
            "LD": self._load,
            "VS": self._put,
            "VG": self._get,
            "ST": self._status,
            "AM": self._stop,
        }

    def receive(self, arrived: bytes, now: float) -> None:
        """Take bytes from the host and answer every complete command."""
        if not self.machine.hears(now):
            self._arrived.clear()
            return
        self._arrived += arrived
        for command in commands(self._arrived, counted=self._counted):
            if self._due("silent"):
                continue
            if command is None:
                self._say("ER 3 3")
            elif command == "GO":
                self._go(now)
            else:
                self._say(self._answer(command, now))

    def advance(self, now: float) -> None:
        """Let time pass: the run, its faults, and answers that are late."""
        self._rest()
        while self._late and self._late[0][0] <= now:
            self.outbox.append(self._late.pop(0)[1])
        match self.machine.advance(now):
            case Turn.HALF:
                self._half(now)
            case Turn.FINISHED:
                self._finish(now)
            case Turn.RESUMED:
                self._say("GO M")
            case None:
                pass

    def reconnect(self) -> None:
        """Forget half a command: another host is at the other end now."""
        self._arrived.clear()

    def change_plan(self, spec: str) -> None:
        """Plan other faults from now on and free a stuck machine. Raises FieldUnreadable."""
        self.plan.change(spec)
        self._resting = 0
        if self.machine.state == MARKING and not self.machine.busy:
            self.machine.state = READY

    def _due(self, kind: str) -> Fault | None:
        return self.plan.at(max(1, self.machine.job), kind)

    def _say(self, line: str) -> None:
        if line:
            self.outbox.append(f"{line}\r\n".encode())

    def _rest(self) -> None:
        """Bring the machine into the state that the plan wants it in before this job."""
        job = max(1, self.machine.job)
        if self._resting == job or self.machine.busy:
            return
        self._resting = job
        if self._due("busy"):
            self.machine.state = MARKING
        elif self._due("fault"):
            self.machine.state = FAULT

    def _answer(self, command: str, now: float) -> str:
        word = command.split(" ", 1)[0]
        if word in _FOR_MASTER and not self._is_master():
            return _NOT_MASTER
        answer = self._answers.get(word)
        if answer is not None:
            return answer(command, now)
        return self._plain(command) if word in _KNOWN else "ER 1 1"

    def _is_master(self) -> bool:
        return self.machine.master and not self._due("not-master")

    def _plain(self, command: str) -> str:
        if found := _MASTER.fullmatch(command):
            self.machine.master = found[1] == "1"
            return "SP 1"
        if command == "AD":
            return self.machine.acknowledge()
        if command.startswith("LS "):
            return f"1\r\n{self.machine.layout}" if self.machine.layout else "0"
        fixed = {
            "OG": "OG 1",
            "GI *": f"GI {IDENTITY}",
            'GP "MASTER"': f'GP "MASTER":"{int(self.machine.master)}"',
        }
        return fixed.get(command, "ER 1 4")

    def _load(self, command: str, _now: float) -> str:
        found = _LOAD.fullmatch(command)
        if found is None:
            return "ER 1 4"
        if self._due("no-layout"):
            return "ER 1 5"
        return self.machine.load(found[1], int(found[2]), _MODES[found[3]])

    def _put(self, command: str, now: float) -> str:
        found = _PUT.fullmatch(command)
        if found is None:
            return "ER 1 4"
        if self._due("pull-prepare"):
            self.unplugged = True
        text = found[2]
        if text and self._due("damage-text"):
            text = f"{text[:-1]}{'8' if text[-1] != '8' else '3'}"
        answer = self.machine.put(int(found[1]), text)
        if text and self._due("late-text"):
            self._later(answer, now)
            return ""
        return answer

    def _get(self, command: str, _now: float) -> str:
        found = _GET.fullmatch(command)
        return f'VG {found[1]} "{self.machine.variables[int(found[1])]}"' if found else "ER 1 4"

    def _status(self, _command: str, _now: float) -> str:
        garbage = self._due("garbage")
        if garbage and garbage.option == "status" and self.machine.left == 0 and self.machine.job:
            self.outbox.append(_NOISE)
            return ""
        mode = 2 if self._due("simulation") else 1 if self._due("autonomous") else self.machine.mode
        return f"ST {self.machine.state} 0 {mode}"

    def _stop(self, _command: str, now: float) -> str:
        broken = self.machine.stop(now)
        return "AM 1\r\nGO S" if broken else "AM 1"

    def _go(self, now: float) -> None:
        if self._due("lose-request"):
            return
        if self._due("refuse"):
            self._say("ER 3 8")
            return
        answer = self.machine.go(now) if self._is_master() else _NOT_MASTER
        if pull := self._due("pull-start"):
            self._pull(pull, now)
        self._answer_go(answer, now)

    def _answer_go(self, answer: str, now: float) -> None:
        garbage = self._due("garbage")
        if self._due("lose-answer"):
            return
        if self._due("late-answer"):
            self._later(answer, now)
        elif garbage and not garbage.option:
            self.outbox.append(_NOISE)
        else:
            self._say(answer)
            self._say(answer if self._due("answer-twice") else "")

    def _half(self, now: float) -> None:
        if pull := self._due("pull-mid"):
            self._pull(pull, now)
        if restart := self._due("restart-mid"):
            self.machine.lose_power(now, keep=restart.option == "keep")
        if self._due("estop-mid"):
            self.machine.stop(now)
            self._say("GO S")
        if self._due("pause-mid"):
            self.machine.pause(now)
            self._say("GO P")

    def _finish(self, now: float) -> None:
        if self._due("pull-end"):
            self.unplugged = True
        if self._due("end-late"):
            self._later("GO F", now)
        elif not self._due("lose-end"):
            self._say("GO F")

    def _pull(self, pull: Fault, now: float) -> None:
        self.unplugged = True
        if pull.option == "stop":
            self.machine.halt(now)

    def _later(self, line: str, now: float) -> None:
        self._late.append((now + LATE_SECONDS, f"{line}\r\n".encode()))
