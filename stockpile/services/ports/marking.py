"""Marking machines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal, Protocol

from stockpile.domain.drawings import Drawing
from stockpile.domain.facts import MachineSet
from stockpile.services.ports.journal import Tap


class MachineState(Enum):
    """What a machine says of itself."""

    NOT_READY = "not_ready"
    READY = "ready"
    MARKING = "marking"
    BUSY = "busy"  # it moves and does not mark: homing, parking
    PAUSED = "paused"
    FAULT = "fault"
    SIMULATION = "simulation"


class StartResult(Enum):
    """What came of the one START: there is no boolean."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


class EndResult(Enum):
    """How a run ended, as far as the machine tells."""

    DONE = "done"
    STOPPED = "stopped"
    RESTARTED = "restarted"
    SILENT = "silent"
    LINK_LOST = "link_lost"
    UNTOLD = "untold"
    """The machine tells no end, as its driver knows: only the read-back says what is there."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a machine is to put on the metal: the text, and how to draw it where we draw.

    Machines with letters of their own take the text into their own layout; ``drawing`` is for those
    that are told every dot or stroke.
    """

    text: str
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a driver can promise.

    ``evidence`` is the level 0 to 4 of the machine protocol notes: nothing, the start, the end, the
    text before and after, the last text marked. ``end`` is how the end is learnt: told by the
    machine, asked for, or none. ``alphabet`` is the white list of characters, ``repeatable`` the
    orders that do no harm twice. ``by_hand``: a person sets and starts the machine by a work order.
    ``beta``: nobody has heard this machine answer; every mark is scanned.
    """

    evidence: int
    can_read_back: bool
    can_abort: bool
    longest_text: int
    alphabet: frozenset[str]
    end: Literal["told", "asked", "none"] = "asked"
    repeatable: frozenset[str] = frozenset()
    draws: bool = False
    by_hand: bool = False
    beta: bool = False

    @property
    def scan_always(self) -> bool:
        """Whether every mark must be read back: the machine itself proves too little."""
        return self.evidence < 2 or self.beta  # noqa: PLR2004 - the level from which an end is known


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the machine shows after a run: its state, and the text it holds now."""

    state: MachineState
    text: str | None


class Marker(Protocol):
    """A marking machine on an open link. Everything but ``start`` may be repeated without harm."""

    @property
    def capabilities(self) -> Capabilities:
        """What this driver can promise."""
        ...

    def identity(self) -> str:
        """Ask the machine who it is."""
        ...

    def status(self) -> MachineState:
        """Ask the machine how it is; raises MachineSilent, PortLost."""
        ...

    def fingerprint(self) -> str:
        """Return the digest of the layout on the machine; "" where it cannot be asked for."""
        ...

    def prepare(self, work: Work) -> None:
        """Load layout and text and read them back; no motion.

        Raises MarkNotPossible, MachineNotReady, MachineRefused, MachineMisread, MachineSilent.
        """
        ...

    @property
    def start_bytes(self) -> bytes:
        """The exact bytes that START will put on the wire, for the journal."""
        ...

    def start(self) -> StartResult:
        """Put exactly one START on the wire, ever, for what was prepared; never raises PortLost."""
        ...

    def watch(self, seconds: float) -> EndResult:
        """Wait for the end of the run, at most so long; never raises."""
        ...

    def evidence(self) -> Evidence:
        """Ask what the machine holds now; raises MachineSilent, PortLost."""
        ...

    def disarm(self) -> None:
        """Blank the text so that a pedal cannot mark it again; raises MachineSilent, PortLost."""
        ...

    def abort(self) -> None:
        """Stop at once, jumping every queue; never means "not marked"."""
        ...

    def close(self) -> None:
        """Let go of the port."""
        ...


@dataclass(frozen=True, slots=True)
class PluggedPort:
    """A serial port that is there now: how to reach it again, its name, and what it says it is.

    The address holds when the name is given to another port; it is the name where nothing better
    is known.
    """

    address: str
    device: str
    said: str


class Markers(Protocol):
    """The drivers this program has."""

    def open(self, machine: MachineSet, tap: Tap | None = None) -> Marker:
        """Open a machine; ``tap`` is told every byte. Raises PortMissing, MachineUnknown."""
        ...

    def capabilities(self, machine: MachineSet) -> Capabilities:
        """Return what a machine's driver can promise, unopened; raises MachineUnknown."""
        ...

    def plugged(self) -> tuple[PluggedPort, ...]:
        """Return the serial ports that a machine may hang on, as they are plugged now."""
        ...
