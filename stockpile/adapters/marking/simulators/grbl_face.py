"""The face of the simulated GRBL machine: its lines, its realtime bytes, its small buffer.

``ok`` is said when a line is understood and its move has a place in the queue, long before the move
is made. What does not fit into the buffer is lost without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from stockpile.adapters.marking.simulators.face import NOISE, TICK, Beginning, Face
from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.gcode import GcodeError, Words, words_of
from stockpile.adapters.marking.simulators.grbl_machine import LOCKED, GrblMachine, Vector
from stockpile.adapters.marking.simulators.machine import Phase

BUFFER = 128
LONGEST_LINE = 79
QUICK_TICK = 0.0003
_STRAY = 1.3
"""Millimetres by which a digit that a bad wire has turned sends the head astray."""
_STRAYS_AT = 5
_TOO_LONG = 11
_NOT_IDLE = 8
_NO_STATEMENT = 3
_NO_HOMING = 5
_ORIGIN_TOLD_EACH = 10
_COMMENT = re.compile(r"\([^)]*(?:\)|$)|;.*|[^!-~]")
"""Comments, also one that never ends, spaces and what is no letter at all."""
_SETTING = re.compile(r"\$(\d{1,3})=(\d{1,6}(?:\.\d{1,3})?)")
_STATES = {Phase.READY: "Idle", Phase.MARKING: "Run", Phase.PAUSED: "Hold:0", Phase.FAULT: "Alarm"}
_RESET, _HOLD, _RESUME, _ASK, _DOOR = 0x18, ord("!"), ord("~"), ord("?"), 0x84
_FIRST_REALTIME = 0x80
_END = ord("\n")


class GrblFace(Face):
    """A GRBL machine behind its wire."""

    machine: GrblMachine

    def __init__(self, machine: GrblMachine, plan: FaultPlan) -> None:
        super().__init__(machine, plan)
        self._kept = bytearray()
        self._waiting: Callable[[float], bool] | None = None
        self._begun = 0
        self._late_told = 0
        self._asked = 0

    @property
    def tick(self) -> float:
        """Look often while the head moves, so that a quick machine is one."""
        return QUICK_TICK if self.machine.moving or self._waiting else TICK

    def hear(self, arrived: bytearray, now: float) -> None:
        """Take the realtime bytes out at once and keep the others, as far as there is room."""
        self.machine.alone = False
        for byte in bytes(arrived):
            if byte in {_RESET, _HOLD, _RESUME, _ASK} or byte >= _FIRST_REALTIME:
                self._realtime(byte, now)
            elif len(self._kept) < BUFFER:
                self._kept.append(byte)
                if byte == _END:
                    self._serve(now)
        arrived.clear()

    def advance(self, now: float) -> None:
        """Let time pass, and go on with the line that waits for it."""
        super().advance(now)
        if not self.machine.hears(now):
            self._forget_lines()
        self._serve(now)

    def reconnect(self) -> None:
        """Lose the host: what is queued is still moved, and then there is nobody."""
        super().reconnect()
        self._forget_lines()
        self.machine.alone = True

    def raise_dtr(self, now: float) -> None:
        """Restart, as these boards do when a host opens their port carelessly."""
        self.restart(now, keep=False)

    def end_report(self) -> bytes:
        """Say that the program is at its end."""
        return b"[MSG:Pgm End]\r\nok\r\n"

    def stop_report(self) -> bytes:
        """Say why it stopped: the door, or a limit switch for all else."""
        if self.due("door-mid"):
            self.machine.door = True
            return b"[MSG:Check Door]\r\n"
        return b"ALARM:1\r\n[MSG:Reset to continue]\r\n"

    def banner(self) -> bytes:
        """Say that it has started."""
        return b"\r\nGrbl 1.1h ['$' for help]\r\n"

    # --- realtime bytes -------------------------------------------------------------------------

    def _realtime(self, byte: int, now: float) -> None:
        if byte == _ASK:
            self._tell_status()
        elif byte == _RESET:
            self._reset(now)
        elif byte == _HOLD:
            self.machine.hold(now)
        elif byte == _RESUME and not self.machine.door:
            self.machine.resume(now)
        elif byte == _DOOR:
            self.machine.hold(now)
            self.machine.door = True
            self._line_said("[MSG:Check Door]")

    def _reset(self, now: float) -> None:
        if self.machine.reset(now):
            self._line_said("ALARM:3")
        self._forget_lines()
        self._asked = 0
        self.say(self.banner())
        if self.machine.phase is Phase.FAULT:
            self._line_said("[MSG:'$H'|'$X' to unlock]")
        else:
            self._line_said(">G54:ok")

    def _tell_status(self) -> None:
        garbage = self.due("garbage")
        if garbage and garbage.option == "status" and self.machine.busy:
            self.outbox.append(NOISE)
            return
        where, origin = self.machine.where, self.machine.origin
        ours = not self.machine.settings[10]
        x, y, z = where if ours else _sum(where, origin)
        parts = [self._state(), f"{'WPos' if ours else 'MPos'}:{x:.3f},{y:.3f},{z:.3f}", "FS:0,0"]
        if self._asked % _ORIGIN_TOLD_EACH == 0:
            parts.append(f"WCO:{origin[0]:.3f},{origin[1]:.3f},{origin[2]:.3f}")
        self._asked += 1
        self._line_said(f"<{'|'.join(parts)}>")

    def _state(self) -> str:
        if self.machine.door or self.due("door"):
            return "Door:1"
        if self.due("autonomous"):
            return "Jog"
        checking = self.machine.checking or self.due("simulation")
        return "Check" if checking else _STATES[self.machine.phase]

    # --- lines ----------------------------------------------------------------------------------

    def _serve(self, now: float) -> None:
        """Carry out kept lines until one of them has to wait."""
        while True:
            if self._waiting is not None:
                if not self._waiting(now):
                    return
                self._waiting = None
            end = self._kept.find(b"\n") + 1
            if not end:
                return
            line = self._kept[:end].decode("ascii", "replace")
            del self._kept[:end]
            self._line(_COMMENT.sub("", line).upper(), now)

    def _line(self, line: str, now: float) -> None:
        if len(line) > LONGEST_LINE:
            self._error(_TOO_LONG)
        elif not line:
            self._ok()
        elif line.startswith("$"):
            self._system(line, now)
        elif self.machine.phase is Phase.FAULT or self.due("not-master"):
            self._error(LOCKED)
        else:
            self._gcode(line, now)

    def _system(self, line: str, now: float) -> None:
        if line == "$C":
            self._check(now)
        elif line == "$X":
            self.machine.unlock()
            self._line_said("[MSG:Caution: Unlocked]\r\nok")
        elif line == "$H":
            self._error(_NO_HOMING)
        elif line in {"$$", "$I"} and self.machine.moving:
            self._error(_NOT_IDLE)
        elif line == "$$":
            settings = self.machine.settings.items()
            self._line_said("\r\n".join([*(f"${key}={value:g}" for key, value in settings), "ok"]))
        elif line == "$I":
            name = self.identity.replace("0001", "0666") if self.due("stranger") else self.identity
            self._line_said(f"[VER:1.1h.20190825:{name}]\r\n[OPT:V,15,128]\r\nok")
        elif found := _SETTING.fullmatch(line):
            self.machine.settings[int(found[1])] = float(found[2])
            self._ok()
        else:
            self._error(_NO_STATEMENT)

    def _check(self, now: float) -> None:
        if self.machine.checking:
            self._line_said("[MSG:Disabled]")
            self._ok()
            self._reset(now)
        elif self.machine.phase is not Phase.READY or self.due("no-layout"):
            self._error(_NOT_IDLE)
        else:
            self.machine.new_job()
            self.machine.checking, self.machine.looked_over = True, 0
            self._line_said("[MSG:Enabled]\r\nok")

    def _gcode(self, line: str, now: float) -> None:
        try:
            words = self._as_heard(words_of(line))
        except GcodeError as error:
            self._error(error.number)
            return
        if not self.machine.within(words):
            self.machine.stop(now)
            self._line_said("ALARM:2\r\n[MSG:Reset to continue]")
        elif words.dwell:
            self._dwell(words.values.get("P", 0.0))
        elif words.ends:
            self._waiting = self._when_still(self._end)
        elif words.spindle is not None:
            self._waiting = self._when_still(lambda later: self._take(words, later))
        else:
            self._waiting = self._when_room(words)

    def _as_heard(self, words: Words) -> Words:
        """Return the line as the machine takes it: a digit turned on the wire when so planned."""
        if self.machine.checking and self.due("pull-prepare"):
            self.unplugged = True
        if "X" in words.axes and self.due("damage-text") and self.machine.has_cut >= _STRAYS_AT:
            return replace(words, axes={**words.axes, "X": words.axes["X"] + _STRAY})
        return words

    def _take(self, words: Words, now: float) -> None:
        """Take the line, with all faults about it when it is the first that cuts in this job."""
        machine = self.machine
        if machine.checking or machine.job == self._begun or not machine.cuts(words):
            self._answer(words, now)
            return
        self._begun = machine.job

        def begin(at: float) -> bool:
            machine.take(words, at)
            return True

        def answer(beginning: Beginning) -> bytes:
            return b"ok\r\n" if beginning is Beginning.BEGAN else b"error:9\r\n"

        self.start(now, answer, begin)

    def _answer(self, words: Words, now: float) -> None:
        try:
            self.machine.take(words, now)
        except GcodeError as error:
            self._error(error.number)
            return
        if self.machine.checking and self._late_told < self.machine.job and self.due("late-text"):
            self._late_told = self.machine.job
            self.later(b"ok\r\n", now)
        else:
            self._ok()

    def _dwell(self, seconds: float) -> None:
        if self.machine.checking:
            self._ok()
            return
        until: list[float] = []

        def dwelt(now: float) -> bool:
            if not self._still():
                return False
            until[:] = until or [now + self.machine.quick(seconds)]
            if now < until[0]:
                return False
            self._ok()
            return True

        self._waiting = dwelt

    def _end(self, now: float) -> None:
        if not self.machine.checking and self.machine.complete(now):
            self.finish(now)
        else:
            self.say(self.end_report())

    def _when_still(self, act: Callable[[float], None]) -> Callable[[float], bool]:
        """Return what waits until every move is made, and then acts."""

        def still(now: float) -> bool:
            if self._still():
                act(now)
                return True
            return False

        return still

    def _when_room(self, words: Words) -> Callable[[float], bool]:
        def taken(now: float) -> bool:
            if self.machine.full or self.machine.phase is Phase.PAUSED:
                return False
            self._take(words, now)
            return True

        return taken

    def _still(self) -> bool:
        return not self.machine.moving and self.machine.phase is not Phase.PAUSED

    def _forget_lines(self) -> None:
        self._kept.clear()
        self._waiting = None

    def _ok(self) -> None:
        self._line_said("ok")

    def _error(self, number: int) -> None:
        self._line_said(f"error:{number}")

    def _line_said(self, line: str) -> None:
        self.say(f"{line}\r\n".encode("ascii"))


def _sum(one: Vector, other: Vector) -> Vector:
    x, y, z = (first + second for first, second in zip(one, other, strict=True))
    return x, y, z
