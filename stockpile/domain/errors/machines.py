"""What a marking machine, a scanner or its port does not do."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Refused, Unavailable


@dataclass(eq=False)
class MachineLayoutChanged(Refused):
    """The layout on the machine is another one than the one that was approved."""

    machine: str


@dataclass(eq=False)
class MachineUnknown(Refused):
    """No marking machine of this name is set up."""

    name: str


@dataclass(eq=False)
class MachineNotReady(Unavailable):
    """The machine answers, but is not ready to mark."""

    machine: str
    state: str


@dataclass(eq=False)
class MachineAstray(Unavailable):
    """The machine was switched on again and no longer knows where its zero lies on the part."""

    machine: str


@dataclass(eq=False)
class MachineSilent(Unavailable):
    """The machine did not answer a harmless question in time."""

    machine: str
    question: str


@dataclass(eq=False)
class MachineRefused(Unavailable):
    """The machine said no to a preparation."""

    machine: str
    said: str


@dataclass(eq=False)
class MachineMisread(Unavailable):
    """The machine reads back another text than the one it was given."""

    machine: str
    sent: str
    read: str


@dataclass(eq=False)
class PortMissing(Unavailable):
    """There is no such port, or it is held by another program."""

    url: str
    why: str


@dataclass(eq=False)
class MachineDidNotCall(Unavailable):
    """No machine dialled this computer in time, where the machine is the one that dials."""

    url: str
    seconds: int


@dataclass(eq=False)
class StopByHand(Unavailable):
    """The machine takes no stop over the wire: a person presses its stop button."""

    machine: str


@dataclass(eq=False)
class PortLost(Unavailable):
    """The cable was pulled or the connection broke."""

    url: str
    why: str


@dataclass(eq=False)
class MachineStranger(Unavailable):
    """Another machine answers on this port than the one that was commissioned."""

    machine: str
    expected: str
    found: str
