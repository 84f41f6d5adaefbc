"""A simulated machine at work: on a thread for tests, or as a program that a signal stops."""

from __future__ import annotations

import base64
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from types import FrameType, TracebackType
from typing import Self

from stockpile.adapters.marking.simulators import pictures
from stockpile.adapters.marking.simulators.control import Control
from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.lines import DialLine, Line, TcpLine, open_pty
from stockpile.adapters.marking.simulators.machines import FACES, Wiring
from stockpile.adapters.marking.simulators.truth import Truth
from stockpile.domain.errors import FieldMissing, FieldUnreadable, MachineUnknown

Announce = Callable[[Mapping[str, object]], None]
"""Told of every physical event, and first of where the machine can be reached."""

_ORDER_SECONDS = 10.0
_NOISE = re.compile(r"[0-9]{1,3}")
_BREATH = 0.001
_IN_PIECES = 12
UNPLUGGED_SECONDS = 1.0
"""How long a pulled cable stays out, at least; a run that goes on is not disturbed."""


def unheard(_event: Mapping[str, object]) -> None:
    """Announce to nobody."""


class Simulator:
    """One simulated machine on a pty or over TCP; as a context, on a thread of its own.

    ``dial`` is the "host:port" that the machine calls, where it is the one that dials.
    """

    def __init__(
        self,
        driver: str,
        *,
        pty_link: Path | None = None,
        tcp_port: int | None = None,
        dial: str = "",
        fault: str = "",
        speed: float = 1.0,
        guard: bool = True,
        control_port: int | None = None,
        log: Path | None = None,
        announce: Announce = unheard,
    ) -> None:
        """Set the machine up; nothing is opened yet.

        Raises MachineUnknown (no simulator of this driver), FieldMissing and FieldUnreadable.
        """
        if driver not in FACES:
            raise MachineUnknown(driver)
        if [pty_link is not None, tcp_port is not None, bool(dial)].count(True) != 1:
            raise FieldMissing("pty" if tcp_port is None else "tcp")
        if not speed > 0:
            raise FieldUnreadable("speed", str(speed))
        self._pty_link, self._tcp_port, self._dial = pty_link, tcp_port, place_of(dial)
        self._control_port = control_port
        self._announce = announce
        self._began = time.monotonic()
        self.truth = Truth(log, announce)
        wiring = Wiring(self.truth.add, FaultPlan(fault), speed, pty_link is not None, guard)
        self._face = FACES[driver](wiring)
        self._machine = self._face.machine
        self._orders: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._line: Line | None = None
        self._control: Control | None = None
        self._out_since: float | None = None

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
        """How a driver reaches the machine."""
        assert self._line is not None
        return self._line.url

    @property
    def control_port(self) -> int:
        """The TCP port of the side door; 0 without one."""
        return self._control.port if self._control else 0

    def open(self) -> None:
        """Open the wire and the side door and announce them; raises PortMissing."""
        self._line = self._opened()
        try:
            if self._control_port is not None:
                self._control = Control(self._control_port, self.order)
        except BaseException:
            self._line.close()
            raise
        self._announce({"event": "ready", "url": self.url, "control": self.control_port})

    def _opened(self) -> Line:
        if self._pty_link is not None:
            return open_pty(self._pty_link)
        return DialLine(*self._dial) if self._dial else TcpLine(self._tcp_port or 0)

    def stop(self) -> None:
        """Ask the machine to end; safe from any thread and from a signal."""
        self._stop.set()

    def close(self) -> None:
        """Take wire and side door away."""
        if self._control is not None:
            self._control.close()
        if self._line is not None:
            self._line.close()

    def run(self) -> None:
        """Be the machine until stopped, on the caller's thread."""
        self.open()
        try:
            self._run()
        finally:
            self.close()

    def order(self, name: str, spec: str = "") -> Mapping[str, object]:
        """Have a running machine carry out an order; raises FieldUnreadable for an unknown one."""
        answer: Future[Mapping[str, object]] = Future()
        self._orders.put(partial(self._carry_out, name, spec, answer))
        return answer.result(_ORDER_SECONDS)

    def picture(self, *, noise: int = 0) -> bytes:
        """Return a PNG of the metal in the running machine, as a camera sees it.

        ``noise`` is how many of 256 shades a pixel may be off.
        """
        return base64.b64decode(str(self.order("picture", str(noise))["png"]))

    def _carry_out(self, name: str, spec: str, answer: Future[Mapping[str, object]]) -> None:
        try:
            answer.set_result(self._carry(name, spec))
        except FieldUnreadable as error:
            answer.set_exception(error)

    def _carry(self, name: str, spec: str) -> Mapping[str, object]:
        now = self._now()
        match name:
            case "truth":
                return {"truth": [asdict(happening) for happening in self.truth.all()]}
            case "pedal":
                return {"started": self._machine.pedal(now)}
            case "picture":
                png = pictures.picture(self._machine.metal, noise=_noise(spec))
                return {"png": base64.b64encode(png).decode("ascii")}
            case _:
                self._do(name, spec, now)
                return self._status()

    def _do(self, name: str, spec: str, now: float) -> None:
        acts: Mapping[str, Callable[[], None]] = {
            "status": lambda: None,
            "fault": lambda: self._face.change_plan(spec),
            "pull": lambda: self._cut(now),
            "plug": self._plug,
            "restart": lambda: self._face.restart(now, keep=spec == "keep"),
            "dtr": lambda: self._face.raise_dtr(now),
            "bare": self._machine.bare,
        }
        if name not in acts:
            raise FieldUnreadable("order", name)
        acts[name]()

    def _status(self) -> Mapping[str, object]:
        machine = self._machine
        return {
            "state": machine.phase.value,
            "job": machine.job,
            "text": machine.text,
            "plugged": self._out_since is None,
        }

    def _run(self) -> None:
        assert self._line is not None
        while not self._stop.is_set():
            arrived = self._line.receive(self._face.tick)
            # Orders are carried out here, so that no cable is pulled out of a reading hand.
            while not self._orders.empty():
                self._orders.get()()
            self._step(arrived, self._now())

    def _step(self, arrived: bytes, now: float) -> None:
        assert self._line is not None
        if arrived:
            self._face.receive(arrived, now)
        self._face.advance(now)
        if self._face.unplugged:
            self._face.unplugged = False
            self._cut(now)
        said, self._face.outbox = b"".join(self._face.outbox), []
        for part in split_up(said) if self._face.due("split") else [said]:
            if part:
                self._line.send(part)
        if self._out_since is not None and not self._machine.busy:
            self._plug_later(now, self._out_since)

    def _plug_later(self, now: float, since: float) -> None:
        if now - since >= UNPLUGGED_SECONDS:
            self._plug()

    def _cut(self, now: float) -> None:
        assert self._line is not None
        self._line.cut()
        self._face.reconnect()
        self._out_since = now

    def _plug(self) -> None:
        assert self._line is not None
        self._line.plug()
        self._out_since = None

    def _now(self) -> float:
        return time.monotonic() - self._began


def place_of(dial: str) -> tuple[str, int] | None:
    """Return host and port of a "host:port"; None for an empty one. Raises FieldUnreadable."""
    host, _, port = dial.rpartition(":")
    if not dial:
        return None
    if not host or not port.isdecimal():
        raise FieldUnreadable("dial", dial)
    return host, int(port)


def _noise(spec: str) -> int:
    """Return how noisy a picture is to be; raises FieldUnreadable."""
    if spec and not _NOISE.fullmatch(spec):
        raise FieldUnreadable("noise", spec)
    return int(spec or 0)


def split_up(said: bytes) -> Iterator[bytes]:
    """Return the bytes as a slow line hands them over: one, two, three at a time, then the rest."""
    at, size = 0, 1
    while at < len(said):
        end = at + size if at < _IN_PIECES else len(said)
        yield said[at:end]
        time.sleep(_BREATH)
        at, size = end, size % 3 + 1


def run_simulator(
    driver: str,
    *,
    pty_link: Path | None = None,
    tcp_port: int | None = None,
    dial: str = "",
    fault: str = "",
    speed: float = 1.0,
    control_port: int | None = None,
    log: Path | None = None,
    announce: Announce = unheard,
) -> None:
    """Be a machine until SIGINT or SIGTERM; call it from the main thread.

    Raises MachineUnknown, FieldMissing, FieldUnreadable, PortMissing.
    """
    simulator = Simulator(
        driver,
        pty_link=pty_link,
        tcp_port=tcp_port,
        dial=dial,
        fault=fault,
        speed=speed,
        control_port=control_port,
        log=log,
        announce=announce,
    )
    with _stopped_by_signals(simulator):
        simulator.run()


@contextmanager
def _stopped_by_signals(simulator: Simulator) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        simulator.stop()

    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, stop) for number in signals]
    try:
        yield
    finally:
        for number, action in zip(signals, before, strict=True):
            signal.signal(number, action)
