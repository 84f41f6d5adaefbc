"""In words: what a marking machine, a scanner or its port does not do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.MachineLayoutChanged: lambda: _(
            "The layout on {machine} is not the one that was approved. Nothing was marked: look at"
            " it, mark a coupon, and approve it anew."
        ),
        errors.MachineUnknown: lambda: _(
            "No marking machine {name} is set up, or another machine answered in its place. Nothing"
            " was marked. Check the cable and the settings."
        ),
        errors.MachineNotReady: lambda: _(
            "{machine} is not ready ({state}). Nothing was marked. Clear it at the machine."
        ),
        errors.MachineAstray: lambda: _(
            "{machine} was switched on again and has lost its zero. Nothing was marked. Set the zero"
            " at the corner of the marking zone, and try again."
        ),
        errors.MachineSilent: lambda: _(
            "{machine} did not answer ({question}). Check power and cable, and try again."
        ),
        errors.MachineRefused: lambda: _("{machine} refused ({said}). Nothing was marked."),
        errors.MachineMisread: lambda: _(
            "{machine} reads back {read} where {sent} was sent. Nothing was marked. Check the cable."
        ),
        errors.PortMissing: lambda: _(
            "{url} cannot be opened ({why}). Check the cable and that no other program holds it."
        ),
        errors.MachineDidNotCall: lambda: _(
            "No machine called {url} within {seconds} s. Check that it is switched on and set to call this computer."
        ),
        errors.StopByHand: lambda: _(
            "{machine} cannot be stopped from here. Press its stop button now. Part of the mark may be cut."
        ),
        errors.PortLost: lambda: _("The connection {url} broke ({why}). Check the cable."),
        errors.MachineStranger: lambda: _(
            "Another machine answers in place of {machine}: {found} instead of {expected}. Nothing was marked. Check the cable."
        ),
    }
)
MACHINE_STATES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "not_ready": lambda: _("Not ready"),
        "ready": lambda: _("Ready"),
        "marking": lambda: _("Marking"),
        "busy": lambda: _("Moving, not marking"),
        "paused": lambda: _("Paused"),
        "fault": lambda: _("Fault"),
        "simulation": lambda: _("Simulation: it would move and not mark"),
    }
)
