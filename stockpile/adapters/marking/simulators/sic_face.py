"""The face of the simulated SIC machine: the text protocol, as far as its manual could be read.

RUN is answered when the mark begins, or with the manner ``answers-at-end`` when it is made: which
of them a real machine does is not known, so a driver must stand both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stockpile.adapters.marking.simulators.face import Beginning, Face
from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.machine import Machine, Phase

_LOAD: Final = re.compile(r"LOADFILE ([A-Za-z0-9_.-]{1,11})")
_PUT: Final = re.compile(r"SETVAR ([A-Z0-9_]{1,20}) ([^ ]+)")
_KNOWN: Final = {
    "LOADFILE", "SETVAR", "RUN", "RESETERROR", "NEWFILE", "SETFILEOPTION", "INSERTTEXTLINE",
    "INSERTPAUSELINE", "INSERTLOGOLINE", "INSERTECC200LINE", "INSERTAUTOZLINE",
    "INSERTMOVEZLINE", "INSERTROTATIONLINE", "SETLINEOPTION", "SAVEFILE", "FILEDELETE",
}  # fmt: skip


def commands(arrived: bytearray) -> Iterator[str]:
    """Take the complete commands out of the bytes."""
    while (end := arrived.find(b"\n")) >= 0:
        yield arrived[:end].decode("ascii", "replace")
        del arrived[: end + 1]


class SicFace(Face):
    """A SIC machine behind its wire."""

    def __init__(self, machine: Machine, plan: FaultPlan) -> None:
        super().__init__(machine, plan)
        self._file = ""
        self._variables: list[str] = []

    def hear(self, arrived: bytearray, now: float) -> None:
        """Answer every complete command; to what is none it says nothing."""
        for command in commands(arrived):
            word = command.split(" ", 1)[0]
            if word == "RUN":
                self.start(now, self._said_of_run, self._run)
            elif word in _KNOWN:
                self.say(self._answer(command, word, now))

    def end_report(self) -> bytes:
        """Return the answer to RUN where it comes at the end."""
        return _said("RUN", ok=True) if self.due("answers-at-end") else b""

    def _said_of_run(self, beginning: Beginning) -> bytes:
        began = beginning is Beginning.BEGAN
        return b"" if began and self.due("answers-at-end") else _said("RUN", ok=began)

    def _run(self, now: float) -> bool:
        return bool(self._file) and self.machine.go(now)

    def _answer(self, command: str, word: str, now: float) -> bytes:
        if word == "RESETERROR":
            return _said(word, ok=self.machine.acknowledge())
        if self.machine.phase is not Phase.READY:
            return _said(word, ok=False)
        if found := _LOAD.fullmatch(command):
            return _said(word, ok=self._load(found[1]))
        if found := _PUT.fullmatch(command):
            return self._put(found[1], found[2], now)
        return _said(word, ok=word not in {"LOADFILE", "SETVAR"})

    def _load(self, file: str) -> bool:
        if self.due("no-layout"):
            return False
        self._file, self._variables, self.machine.texts = file, [], {}
        self.machine.new_job()
        return True

    def _put(self, variable: str, text: str, now: float) -> bytes:
        if variable not in self._variables:
            self._variables.append(variable)
        self.machine.texts[self._variables.index(variable)] = self.taken(text)
        answer = _said("SETVAR", ok=True)
        if self.due("late-text"):
            self.later(answer, now)
            return b""
        return answer


def _said(word: str, *, ok: bool) -> bytes:
    # The manual prints a blank before the CR LF of a no.
    return f"{word} {'OK' if ok else 'BAD ARGUMENTS '}\r\n".encode()
