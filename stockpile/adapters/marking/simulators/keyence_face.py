"""The face of the simulated Keyence laser: a START is answered when the marking is complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stockpile.adapters.marking.simulators.face import NOISE, Beginning, Face
from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.keyence_machine import TITLE, KeyenceMachine
from stockpile.adapters.marking.simulators.machine import Phase

_TEXT = re.compile(r"WX,JOB=(\d{4}),BLK=(\d{3}),CharacterString=([^,]*)")
_HELD = re.compile(r"RX,JOB=(\d{4}),BLK=(\d{3}),CharacterString")
_LAID_OUT = re.compile(r"RX,JOB=\d{4},BLK=\d{3},(CharacterFont|CharacterSize|BlockPosition)")
_MARKED = re.compile(r"RX,MarkedCharacter=(\d{4}),(\d{3})")
_LAYOUT: Final = {
    "CharacterFont": "00,0,0.000,0,001,0.0",
    "CharacterSize": "002.000,001.600,0,0000.300,000.000,000.000",
    "BlockPosition": "0001.000,0000.000,0000.000",
}
BUSY, NO_SUCH, WRONG, ERROR = (*("S0123,Busy", "S0001,Command", "S0002,Parameter", "S0200,Error"),)
"""Refusals; the codes are invented, because the list of errors was not found."""
STOPPED: Final = "S0300,Stopped"


def commands(arrived: bytearray) -> Iterator[str]:
    """Take the complete commands out of the bytes."""
    while (end := arrived.find(b"\r")) >= 0:
        yield arrived[:end].removeprefix(b"\n").decode("ascii", "replace")
        del arrived[: end + 1]


class KeyenceFace(Face):
    """A Keyence laser behind its wire."""

    machine: KeyenceMachine

    def __init__(self, machine: KeyenceMachine, plan: FaultPlan) -> None:
        super().__init__(machine, plan)
        self._asked_by_wire = False

    def hear(self, arrived: bytearray, now: float) -> None:
        """Answer every complete command."""
        for command in commands(arrived):
            if command in {"WX,StartMarking=1", "WX,StartMarking=0", "WX,StartMarking"}:
                self._start_marking(now)
            elif command.startswith("WX,"):
                self._set(command, now)
            else:
                self._read(command)

    def finish(self, now: float) -> None:
        """Answer the START now that the marking is complete, unless a fault is about it."""
        lost = self.due("lose-answer") or self.due("lose-end") or not self._asked_by_wire
        if self.due("pull-end"):
            self.unplugged = True
        if self.due("late-answer") or self.due("end-late"):
            self.later(_ok("WX"), now)
        elif not lost:
            self.say(_ok("WX"))
            self.say(_ok("WX") if self.due("answer-twice") else b"")
        self._asked_by_wire = False

    def stop_report(self) -> bytes:
        """Answer the START of a marking that was broken off."""
        asked, self._asked_by_wire = self._asked_by_wire, False
        return _ng("WX", STOPPED) if asked else b""

    def reconnect(self) -> None:
        """Forget half a command, and who is still to be answered."""
        super().reconnect()
        self._asked_by_wire = False

    # --- the start ------------------------------------------------------------------------------

    def _start_marking(self, now: float) -> None:
        was_busy = self.machine.phase in {Phase.MARKING, Phase.PAUSED}
        refusal = BUSY if was_busy else ERROR if self.machine.phase is Phase.FAULT else WRONG

        def answer(beginning: Beginning) -> bytes:
            return b"" if beginning is Beginning.BEGAN else _ng("WX", refusal)

        self.start(now, answer, self._go)

    def _go(self, now: float) -> bool:
        began = self.machine.go(now)
        self._asked_by_wire |= began
        return began

    def _answer_start(self, said: bytes, _now: float) -> None:
        garbage = self.due("garbage")
        if garbage and not garbage.option:
            self.outbox.append(NOISE)
        self.say(said)

    # --- settings -------------------------------------------------------------------------------

    def _set(self, command: str, now: float) -> None:
        if command == "WX,StopMarking":
            stopped = self.machine.busy and self.machine.stop(now)
            self.say(self.stop_report() if stopped else b"")
            self.say(_ok("WX"))
        elif command == "WX,ErrorClear":
            self.machine.acknowledge()
            self.say(_ok("WX"))
        elif self.machine.phase in {Phase.MARKING, Phase.PAUSED}:
            self.say(_ng("WX", BUSY))
        elif self.due("not-master"):
            self.say(_ng("WX", WRONG))
        elif found := _TEXT.fullmatch(command):
            self._put(found[2], found[3], now)
        else:
            self._set_up(command)

    def _put(self, block: str, text: str, now: float) -> None:
        done = self.machine.put(block, self.taken(text))
        said = _ok("WX") if done else _ng("WX", BUSY)
        if text and self.due("late-text"):
            self.later(said, now)
        else:
            self.say(said)

    def _set_up(self, command: str) -> None:
        name, _, value = command.removeprefix("WX,").partition("=")
        if name == "TriggerLock" and value in {"0", "1"}:
            self.machine.locked = value == "1"
            self.say(_ok("WX"))
        elif name == "JobNo":
            there = not self.due("no-layout") and self.machine.select(value)
            self.say(_ok("WX") if there else _ng("WX", WRONG))
        else:
            self.say(_ng("WX", NO_SUCH))

    # --- readings -------------------------------------------------------------------------------

    def _read(self, command: str) -> None:
        garbage = self.due("garbage")
        if garbage and garbage.option == "status" and self.machine.busy and command == "RX,Ready":
            self.outbox.append(NOISE)
            return
        told = self._told(command)
        self.say(_ng("RX", NO_SUCH) if told is None else _ok("RX", told))

    def _told(self, command: str) -> str | None:
        if found := _HELD.fullmatch(command):
            return self.machine.texts.get(int(found[2]), "")
        if found := _LAID_OUT.fullmatch(command):
            return _LAYOUT[found[1]]
        if _MARKED.fullmatch(command):
            return self.machine.last_marked
        if command.endswith(",Title"):
            return f"OTHER {TITLE}" if self.due("stranger") else TITLE
        return {
            "RX,Ready": self._ready(),
            "RX,JobNo": self.machine.number,
            "RX,TriggerLock": str(int(self.machine.locked)),
            "RX,MarkingResult": self.machine.result,
            "RX,Error": "1" if self.machine.phase is Phase.FAULT else "0",
        }.get(command)

    def _ready(self) -> str:
        if self.machine.phase is Phase.FAULT:
            return "1"
        return "0" if self.machine.phase is Phase.READY else "2"


def _ok(word: str, data: str = "") -> bytes:
    return f"{word},OK{',' if word == 'RX' else ''}{data}\r".encode("ascii", "replace")


def _ng(word: str, refusal: str) -> bytes:
    return f"{word},NG,{refusal}\r".encode("ascii")
