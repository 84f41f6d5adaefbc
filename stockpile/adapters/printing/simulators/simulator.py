"""A simulated label printer at work: on a thread for tests, or as a program that a signal stops.

The front door hands in its wire, so that it is reached as the simulated machines are.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

from stockpile.adapters.printing.printers import LANGUAGES
from stockpile.adapters.printing.simulators.faces import ANSWERS
from stockpile.adapters.printing.simulators.machine import Printed, PrinterMachine
from stockpile.adapters.printing.tongue import Heard
from stockpile.domain.errors import PrinterUnknown
from stockpile.domain.label_printers import PRINTER_KINDS

Announce = Callable[[Mapping[str, object]], None]
"""Told of where the printer can be reached, and of every label that came out."""

WIDEST_MM: Final = 108
"""How wide a label the simulated head prints."""
LATE_SECONDS: Final = 4.0
_TICK: Final = 0.005
_NOISE: Final = b"\x93\x00\xff~G\r\n"
_MM_PER_INCH: Final = 25.4


class Wire(Protocol):
    """One wire to a host; it can be cut."""

    @property
    def url(self) -> str:
        """How a host reaches the printer."""
        ...

    def receive(self, seconds: float) -> bytes:
        """Return what the host sent, waiting at most so long."""
        ...

    def send(self, said: bytes) -> None:
        """Send to the host, if one is there."""
        ...

    def cut(self) -> None:
        """Pull the cable."""
        ...

    def plug(self) -> None:
        """Put the cable back."""
        ...

    def close(self) -> None:
        """Take the wire away."""
        ...


def unheard(_event: Mapping[str, object]) -> None:
    """Announce to nobody."""


class PrinterSimulator:
    """One simulated printer on a wire; as a context, on a thread of its own."""

    def __init__(
        self,
        kind: str,
        open_wire: Callable[[], Wire],
        *,
        fault: str = "",
        speed: float = 1.0,
        dots_per_inch: int = 203,
        pictures: Path | None = None,
        announce: Announce = unheard,
    ) -> None:
        """Set the printer up; raises PrinterUnknown, FieldUnreadable for an unknown fault.

        ``pictures`` is a folder for a PNG of every label that comes out.
        """
        known = next((one for one in PRINTER_KINDS if one == kind), None)
        if known is None:
            raise PrinterUnknown(kind)
        self._open_wire, self._announce, self._pictures = open_wire, announce, pictures
        self._answer = ANSWERS[known]
        width = round(WIDEST_MM * dots_per_inch / _MM_PER_INCH)
        self._reader = LANGUAGES[known].reader(dots_per_inch, width)
        self._machine = PrinterMachine(self._came_out, fault, speed)
        self._turn = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._wire: Wire | None = None
        self._late: list[tuple[float, bytes]] = []
        self._printed: list[Printed] = []
        self._strange: list[str] = []
        self._pulled: set[int] = set()
        self._received = 0

    def __enter__(self) -> Self:
        self.open()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        self._thread.join()
        self.close()

    @property
    def url(self) -> str:
        """How a driver reaches the printer."""
        assert self._wire is not None
        return self._wire.url

    @property
    def printed(self) -> tuple[Printed, ...]:
        """Every label that came out, in order."""
        with self._turn:
            return tuple(self._printed)

    @property
    def strange(self) -> tuple[str, ...]:
        """What the printer was sent and did not understand."""
        with self._turn:
            return tuple(self._strange)

    def mend(self) -> None:
        """Do what the printer waits for."""
        with self._turn:
            self._machine.mend()

    def plan(self, fault: str) -> None:
        """Have other things go wrong from now on; raises FieldUnreadable."""
        with self._turn:
            self._machine.plan(fault)

    def plug(self) -> None:
        """Put a pulled cable back."""
        with self._turn:
            assert self._wire is not None
            self._wire.plug()

    def open(self) -> None:
        """Open the wire and announce it; raises PortMissing."""
        self._wire = self._open_wire()
        self._announce({"event": "ready", "url": self.url, "control": 0})

    def stop(self) -> None:
        """Ask the printer to end; safe from any thread and from a signal."""
        self._stop.set()

    def close(self) -> None:
        """Take the wire away."""
        if self._wire is not None:
            self._wire.close()

    def run(self) -> None:
        """Be the printer until a signal stops it; call it from the main thread."""
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, lambda _number, _frame: self.stop())
        self.open()
        try:
            self._run()
        finally:
            self.close()

    # --- inside -----------------------------------------------------------------------------

    def _run(self) -> None:
        assert self._wire is not None
        while not self._stop.is_set():
            with self._turn:
                arrived = self._wire.receive(0.0)
                self._step(arrived, time.monotonic())
            if not arrived:
                self._stop.wait(_TICK)

    def _step(self, arrived: bytes, now: float) -> None:
        for heard in self._reader.feed(arrived) if arrived else ():
            self._hear(heard)
            # Each is obeyed before the next is read, as a printer with one processor does.
            self._machine.advance(now)
        self._machine.advance(now)
        while self._late and self._late[0][0] <= now:
            self._send(self._late.pop(0)[1])

    def _hear(self, heard: Heard) -> None:
        machine = self._machine
        if heard.kind == "label" and heard.label is not None:
            self._received += 1
            pull = machine.due("pull", self._received)
            if pull is not None and self._received not in self._pulled:
                self._pulled.add(self._received)
                assert self._wire is not None
                self._wire.cut()
                if pull.option == "lose":
                    return
            machine.take(heard.label)
        elif heard.kind == "question" and not machine.due("silent", self._received):
            self._answer(machine, heard.word, self._say)
        elif heard.kind == "cancel":
            machine.cancel()
        elif heard.kind == "strange":
            self._strange.append(heard.word)

    def _say(self, said: bytes) -> None:
        machine = self._machine
        if machine.due("garbage", self._received):
            said = _NOISE
        if machine.due("late", self._received):
            self._late.append((time.monotonic() + LATE_SECONDS, said))
        elif machine.due("split", self._received):
            for byte in said:
                self._send(bytes([byte]))
                time.sleep(_TICK / 10)
        else:
            self._send(said)

    def _send(self, said: bytes) -> None:
        assert self._wire is not None
        self._wire.send(said)

    def _came_out(self, printed: Printed) -> None:
        self._printed.append(printed)
        read = " ".join(text for _kind, text in printed.label.read())
        if self._pictures is not None:
            self._pictures.mkdir(parents=True, exist_ok=True)
            place = self._pictures / f"label-{printed.number:05d}.png"
            place.write_bytes(printed.label.png())
        event = "label" if printed.whole else "spoilt"
        self._announce({"event": event, "n": printed.number, "text": read})
