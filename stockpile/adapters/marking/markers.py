"""Which drivers there are, by the name that a machine is set up with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from stockpile.adapters.marking.link import OpenLink
from stockpile.adapters.marking.talk import Times
from stockpile.adapters.marking.tl07.marker import open_tl07
from stockpile.domain.errors import MachineUnknown
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import Marker

Open = Callable[[MachineSet, OpenLink, Times | None], Marker]
"""Opens a machine of one family: raises PortMissing, MachineSilent when nobody answers."""
DRIVERS: Mapping[str, Open] = {
    "tl07": open_tl07,
}
"""Every driver, by name; a new one is a line here."""


@dataclass(frozen=True, slots=True)
class WiredMarkers:
    """The drivers of machines on a wire, over links that the front door can open."""

    open_link: OpenLink

    def open(self, machine: MachineSet) -> Marker:
        """Open a machine; raises PortMissing, MachineUnknown (no such driver)."""
        driver = DRIVERS.get(machine.driver)
        if driver is None:
            raise MachineUnknown(machine.driver)
        return driver(machine, self.open_link, None)
