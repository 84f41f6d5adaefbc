"""A marking bench for tests: a simulated machine, real pyserial, and a driver between them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from stockpile.adapters.marking.markers import DRIVERS, PROMISES
from stockpile.adapters.marking.simulators.metal import modules
from stockpile.adapters.marking.simulators.simulator import Simulator
from stockpile.adapters.marking.talk import Times
from stockpile.adapters.serial.port import open_port
from stockpile.domain.drawings import Drawing
from stockpile.domain.errors import PortLost
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import Marker, Work

TEXT = "UGA-26-00042"
QUICK = Times(answer=1.0, start=1.0, poll=0.05, settle=0.3, pause=0.05)
SPEED = 10.0
LAYOUTS = {"couth": "", "infosight": "3", "panasonic": "0001", "keyence": "0007"}
"""The layout on the machine, where a family writes it in another way than as a file's name."""

_numbers = itertools.count()


def simulated(
    folder: Path, wire: str, fault: str = "", driver: str = "tl07", **options: object
) -> Simulator:
    """A machine on a wire, "pty" or "tcp", that does what the fault says."""
    options = {"speed": SPEED, **options}
    if wire == "tcp":
        return Simulator(driver, tcp_port=0, fault=fault, **options)  # type: ignore[arg-type]
    link = folder / f"machine{next(_numbers)}"
    return Simulator(driver, pty_link=link, fault=fault, **options)  # type: ignore[arg-type]


def work_for(driver: str) -> Work:
    """What is to be marked; a family that draws gets its drawing here."""
    return Work(TEXT, matrix_of(TEXT)) if PROMISES[driver].draws else Work(TEXT)


def matrix_of(text: str) -> Drawing:
    """The text as the dots of a Data Matrix, row by row from below, 0.4 mm apart."""
    rows = reversed(modules(text))
    return Drawing(
        tuple(
            (1000 + 400 * column, 1000 + 400 * row)
            for row, line in enumerate(rows)
            for column, module in enumerate(line)
            if module == "#"
        ),
        width_um=240,
    )


@contextmanager
def driven(
    sim: Simulator,
    *,
    driver: str = "tl07",
    identity: str = "",
    layout: str | None = None,
    options: str = "",
    proven: bool = False,
) -> Iterator[Marker]:
    """The driver on the machine's wire, over real pyserial; options stand behind the address."""
    shown = LAYOUTS.get(driver, "UGA.tml") if layout is None else layout
    machine = MachineSet("desk", driver, sim.url + options, shown, identity, proven)
    marker = DRIVERS[driver](machine, open_port, QUICK)
    try:
        yield marker
    finally:
        marker.close()


@dataclass
class Transcript:
    """A link that answers from a recorded talk: each command has its answers, in order."""

    answers: dict[str, list[bytes]]
    url: str = "transcript"
    sent: list[bytes] = field(default_factory=list)
    dropped: int = 0
    closed: bool = False
    lost: bool = False
    waiting: list[bytes] = field(default_factory=list)
    on_send: Callable[[bytes], None] = lambda _frame: None

    def send(self, frame: bytes) -> None:
        self.on_send(frame)
        if self.lost:
            raise PortLost(self.url, "pulled")
        self.sent.append(frame)
        command = frame[4:-1].decode() if frame.startswith(b"\x1b") else frame[:-1].decode()
        answers = self.answers.get(command, [])
        if answers:
            self.waiting.append(answers.pop(0) if len(answers) > 1 else answers[0])

    def receive(self, seconds: float) -> bytes:
        if self.lost:
            raise PortLost(self.url, "pulled")
        return self.waiting.pop(0) if self.waiting else b""

    def drop_output(self) -> None:
        self.dropped += 1

    def close(self) -> None:
        self.closed = True
