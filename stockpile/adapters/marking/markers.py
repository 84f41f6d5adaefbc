"""Which drivers there are, by the name that a machine is set up with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from stockpile.adapters.marking.by_hand import marker as by_hand
from stockpile.adapters.marking.couth import marker as couth
from stockpile.adapters.marking.grbl import marker as grbl
from stockpile.adapters.marking.keyence import marker as keyence
from stockpile.adapters.marking.link import Link, OpenLink
from stockpile.adapters.marking.panasonic import marker as panasonic
from stockpile.adapters.marking.scanner_string import marker as scanner_string
from stockpile.adapters.marking.sic import marker as sic
from stockpile.adapters.marking.talk import Times
from stockpile.adapters.marking.tap import TappedLink
from stockpile.adapters.marking.telesis import infosight
from stockpile.adapters.marking.telesis import marker as telesis
from stockpile.adapters.marking.tl07 import marker as tl07
from stockpile.adapters.marking.tl07.marker import open_tl07
from stockpile.domain.errors import MachineUnknown
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import Capabilities, Marker, PluggedPort, Tap

Open = Callable[[MachineSet, OpenLink, Times | None], Marker]
"""Opens a machine of one family: raises PortMissing, MachineSilent when nobody answers."""
DRIVERS: Mapping[str, Open] = {
    "tl07": open_tl07,
    "telesis": telesis.open_telesis,
    "infosight": infosight.open_infosight,
    "panasonic": panasonic.open_panasonic,
    "keyence": keyence.open_keyence,
    "grbl": grbl.open_grbl,
    "sic": sic.open_sic,
    "couth": couth.open_couth,
    "by_hand": by_hand.open_by_hand,
    "scanner_string": scanner_string.open_scanner_string,
}
"""Every driver, by name; a new one is a line here."""
PROMISES: Mapping[str, Capabilities] = {
    "tl07": tl07.CAPABILITIES,
    "telesis": telesis.CAPABILITIES,
    "infosight": infosight.CAPABILITIES,
    "panasonic": panasonic.CAPABILITIES,
    "keyence": keyence.CAPABILITIES,
    "grbl": grbl.CAPABILITIES,
    "sic": sic.CAPABILITIES,
    "couth": couth.CAPABILITIES,
    "by_hand": by_hand.CAPABILITIES,
    "scanner_string": scanner_string.CAPABILITIES,
}
"""What each driver can promise before any port is opened; a line beside each of the above."""


@dataclass(frozen=True, slots=True)
class WiredMarkers:
    """The drivers of machines on a wire, over links that the front door can open."""

    open_link: OpenLink
    list_ports: Callable[[], tuple[PluggedPort, ...]] = tuple

    def open(self, machine: MachineSet, tap: Tap | None = None) -> Marker:
        """Open a machine; ``tap`` is told every byte. Raises PortMissing, MachineUnknown."""
        driver = DRIVERS.get(machine.driver)
        if driver is None:
            raise MachineUnknown(machine.driver)
        open_link = self.open_link if tap is None else partial(_tapped, self.open_link, tap)
        return driver(machine, open_link, None)

    def capabilities(self, machine: MachineSet) -> Capabilities:
        """Return what a machine's driver can promise, unopened; raises MachineUnknown."""
        found = PROMISES.get(machine.driver)
        if found is None:
            raise MachineUnknown(machine.driver)
        return found

    def plugged(self) -> tuple[PluggedPort, ...]:
        """Return the serial ports that are plugged now."""
        return self.list_ports()


def _tapped(open_link: OpenLink, tap: Tap, url: str) -> Link:
    return TappedLink(open_link(url), tap)
