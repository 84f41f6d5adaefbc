"""The driver of Panasonic LP lasers: prepare, one trigger, watch, evidence, disarm, stop.

The laser's report at the end is the only proof of a mark. Its text cannot be read back and its
status does not tell work from rest, so being ready again settles nothing. What it has instead is a
text that one trigger uses up: it cannot mark it twice, by whatever trigger.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from stockpile.adapters.marking import address
from stockpile.adapters.marking.link import Link, OpenLink
from stockpile.adapters.marking.panasonic import words
from stockpile.adapters.marking.panasonic.words import Kind, PanasonicTongue, Pumping, Reply, Status
from stockpile.adapters.marking.talk import Talk, Times
from stockpile.adapters.marking.watch import Watch
from stockpile.domain.errors import MachineNotReady, MachineRefused, Unavailable
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import (
    Capabilities,
    EndResult,
    Evidence,
    MachineState,
    StartResult,
    Work,
)

DEFAULT_FILE: Final = "0"
"""The file on the machine whose one line is "characters specified by SIN command", number 00."""

PUMP_SECONDS: Final = 25.0
"""How long to wait for the laser: pumping takes 8 to 15 s (manual, page 57), and some air."""
SHUTTER_SECONDS: Final = 5.0
"""The shutter takes up to 1 s, up to 4 s the first time on some models (manual, page 58)."""

CAPABILITIES: Final = Capabilities(
    evidence=2,
    can_read_back=False,
    can_abort=True,
    longest_text=words.LONGEST_TEXT,
    alphabet=words.ALPHABET,
    end="told",
    repeatable=words.REPEATABLE,
)

_BAUD: Final = 9600
"""As delivered (manual, page 21)."""


class PanasonicMarker:
    """A Panasonic LP laser on an open link; one thread at a time, except for ``abort``."""

    def __init__(
        self, machine: MachineSet, link: Link, times: Times | None = None, *, summed: bool
    ) -> None:
        self._machine = machine
        self._summed = summed
        self._times = times or Times()
        self.talk = Talk(machine.name, link, PanasonicTongue(summed=summed), self._times)
        self._trigger = words.order(f"{words.TRIGGER}1", summed=summed)
        self._text = ""
        self._started: StartResult | None = None

    @property
    def capabilities(self) -> Capabilities:
        """What this driver can promise."""
        return CAPABILITIES

    @property
    def start_bytes(self) -> bytes:
        """The exact bytes that START will put on the wire, for the journal."""
        return self._trigger.frame

    def identity(self) -> str:
        """Return nothing: the command that asks who the machine is has not been found.

        A swapped cable is noticed by the file's name, see ``fingerprint``. Raises MachineSilent,
        PortLost: the machine must at least be one that answers.
        """
        self._status()
        return ""

    def status(self) -> MachineState:
        """Ask the machine how it is; raises MachineSilent, PortLost."""
        return _state(self._status()) or MachineState.NOT_READY

    def fingerprint(self) -> str:
        """Select the file and return the digest of its number and name; raises as ``prepare``.

        Give the file another name on each machine: that is what tells two of them apart.
        """
        number = self._select()
        name = self._told("FNMR")
        return hashlib.sha256(f"{number} {name}".encode()).hexdigest()

    def prepare(self, work: Work) -> None:
        """Pump the laser, select the file, open the shutter and give the text; nothing is marked.

        Raises MarkNotPossible, MachineNotReady, MachineRefused, MachineSilent, PortLost.
        """
        self.talk.outlet.unarm()
        self._text, self._started = "", None
        text = work.text
        command = words.set_text(text)
        self.talk.clear()
        self._demand_rest()
        self._pump()
        self._tell("MSTS1")
        self._select()
        self._open_shutter()
        self._tell(command)
        self._await(lambda status: status.is_ready, self._times.settle)
        self._text = text
        self.talk.outlet.arm()

    def start(self) -> StartResult:
        """Put exactly one trigger on the wire, ever, for what was prepared; never raises.

        Asked again, it sends nothing and says again what came of the one. REFUSED means that
        nothing was sent, or that the machine said no and its text is still waiting.
        """
        if self._started is None:
            self._started = self._start() if self._still_ready() else StartResult.REFUSED
        return self._started

    def watch(self, seconds: float) -> EndResult:
        """Wait for the report of the end, at most so long; never raises and never triggers."""
        if self._started in {None, StartResult.REFUSED}:
            return EndResult.SILENT
        accepted = self._started is StartResult.ACCEPTED
        return Watch(self.talk, self, self._text, accepted=accepted, proven=False).until_end(
            seconds
        )

    def evidence(self) -> Evidence:
        """Ask how the machine is now; its text it cannot show. Raises MachineSilent, PortLost."""
        return Evidence(self.status(), None)

    def state(self) -> MachineState | None:
        """Return how it is; None when its status tells no work from rest, which is after a trigger.

        Raises MachineSilent, PortLost.
        """
        return _state(self._status())

    def held(self) -> str | None:
        """Return None: a text for the next trigger cannot be read back."""
        return None

    def disarm(self) -> None:
        """Close the shutter and select the file anew, so that no trigger can mark what waits.

        That a file's selection drops a waiting text is inferred, that a closed shutter marks
        nothing is the manual's. Raises MachineSilent, PortLost, MachineRefused (while it marks).
        """
        self.talk.outlet.unarm()
        status = self._status()
        if status is None or not status.takes_settings:
            self._tell("SHTS0")
            self._await(lambda status: status.takes_settings, SHUTTER_SECONDS)
        self._tell(f"FNOS{self._file}")

    def abort(self) -> None:
        """Take the laser's pumping away at once, from any thread; no trigger can follow.

        The manual (page 57) says that this breaks a marking off. What was cut until then is cut.
        Raises PortLost: use the stop button.
        """
        self.talk.outlet.send_last(words.order("LSRS0", summed=self._summed))

    def close(self) -> None:
        """Let go of the port; an unused trigger goes with it."""
        self.talk.close()

    # --- the start ------------------------------------------------------------------------------

    def _start(self) -> StartResult:
        if not self.talk.outlet.armed:
            return StartResult.REFUSED
        try:
            reply = self.talk.start(self._trigger)
            if reply is None:
                return StartResult.UNCERTAIN
            if reply.kind is Kind.DONE:
                return StartResult.ACCEPTED
            return self._refused(reply)
        except Unavailable:
            return StartResult.UNCERTAIN

    def _refused(self, reply: Reply) -> StartResult:
        """Believe a no only while the text still waits: a trigger that marks uses it up."""
        status = self._status()
        waits = status is not None and (status.trigger_ready or status.failed)
        sure = reply.proves_no_start and waits
        return StartResult.REFUSED if sure else StartResult.UNCERTAIN

    def _still_ready(self) -> bool:
        """Ask afresh, because minutes may lie between prepare and start; nothing is sent if not.

        The machine forgets to report ends when it leaves its remote mode, so that is asked too.
        """
        if not self._text:
            return False
        with suppress(Unavailable, MachineRefused):
            status = self._status()
            reports = self._told("MSTR") == "1"
            self.talk.clear()
            return status is not None and status.is_ready and reports
        return False

    # --- the preparation ------------------------------------------------------------------------

    @property
    def _file(self) -> str:
        return words.file_number(self._machine.layout or DEFAULT_FILE)

    def _demand_rest(self) -> None:
        status = self._status()
        state = MachineState.NOT_READY if status is None else _state(status)
        if status is None or state in {MachineState.FAULT, MachineState.SIMULATION}:
            raise MachineNotReady(self._machine.name, (state or MachineState.NOT_READY).value)

    def _pump(self) -> None:
        status = self._status()
        if status is not None and status.pumping is Pumping.OFF:
            self._tell("LSRS1")
        self._await(lambda status: status.pumping is Pumping.DONE, PUMP_SECONDS)

    def _select(self) -> str:
        """Select the file and return its number; settings are taken behind the shutter or by MKM.

        A selection also drops a text that still waits, so that the new one is not refused.
        """
        file = self._file
        status = self._status()
        if status is not None and not status.takes_settings:
            self._tell("MKMS0")
        self._tell(f"FNOS{file}")
        found = self._told("FNOR")
        if found != file:
            raise MachineRefused(self._machine.name, f"FNO {found}")
        return found

    def _open_shutter(self) -> None:
        """Open the shutter, or end the taking of settings when it is open already."""
        try:
            self._tell("SHTS1")
        except MachineRefused:
            self._tell("MKMS1")
        self._await(lambda status: not status.takes_settings, SHUTTER_SECONDS)

    # --- words ----------------------------------------------------------------------------------

    def _status(self) -> Status | None:
        return words.status_of(self._ask("STSR"))

    def _await(self, fits: Callable[[Status], bool], seconds: float) -> None:
        """Ask until the status fits; raises MachineNotReady after so long, or when it fails."""
        deadline = time.monotonic() + seconds
        while True:
            status = self._status()
            if status is not None and status.failed:
                raise MachineNotReady(self._machine.name, MachineState.FAULT.value)
            if status is not None and fits(status):
                return
            if time.monotonic() >= deadline:
                raise MachineNotReady(self._machine.name, MachineState.NOT_READY.value)
            self.talk.listen(self._times.poll)

    def _told(self, command: str) -> str:
        """Read a setting out; raises MachineRefused."""
        reply = self._ask(command)
        if reply.kind is not Kind.READ:
            raise MachineRefused(self._machine.name, reply.said)
        return reply.data

    def _tell(self, command: str) -> None:
        """Give an order that may be repeated; only the machine's plain yes will do."""
        reply = self._ask(command)
        if reply.kind is not Kind.DONE:
            raise MachineRefused(self._machine.name, reply.said)

    def _ask(self, command: str) -> Reply:
        return self.talk.ask(words.order(command, summed=self._summed))


def _state(status: Status | None) -> MachineState | None:
    """Return what a status means; None when it may mean work or rest."""
    if status is None:
        return None
    if status.failed:
        return MachineState.FAULT
    if status.at_intervals:
        return MachineState.SIMULATION  # it marks when it likes, and nobody asked for that
    if status.pumping is not Pumping.DONE or status.takes_settings:
        return MachineState.NOT_READY
    return MachineState.READY if status.trigger_ready else None


def open_panasonic(
    machine: MachineSet, open_link: OpenLink, times: Times | None = None
) -> PanasonicMarker:
    """Open a Panasonic laser: with checksums on RS-232, without on ``socket://``.

    A text cannot be read back, so a serial line must have the checksum switched on at the machine;
    ``?sum=on`` says that a socket leads to an RS-232 server. Raises PortMissing.
    """
    url, options = address.split(machine.url, {"sum"})
    summed = not url.startswith("socket://") or options.get("sum") == "on"
    link = open_link(address.at_speed(url, _BAUD))
    return PanasonicMarker(machine, link, times, summed=summed)
