"""Which serial ports there are now, each with an address that stays true.

A USB adapter with a serial number of its own is addressed by it: the port's name is given out anew
at every plugging, and a machine must not be looked for at its neighbour's.
"""

from __future__ import annotations

import re
from typing import Final

from serial.tools.list_ports import comports
from serial.tools.list_ports_common import ListPortInfo

from stockpile.services.ports import PluggedPort

_OWN_NUMBER: Final = re.compile(r"[A-Za-z0-9]{2,40}")
_UNNAMED: Final = "n/a"


def plugged_ports() -> tuple[PluggedPort, ...]:
    """Return the ports that are there, the likely ones first: those of USB adapters."""
    found = sorted(comports(), key=lambda port: (port.vid is None, port.device))
    return tuple(map(_plugged, found))


def _plugged(port: ListPortInfo) -> PluggedPort:
    number = str(port.serial_number or "")
    said = "" if port.description == _UNNAMED else str(port.description)
    if port.vid is not None and _OWN_NUMBER.fullmatch(number):
        return PluggedPort(
            rf"hwgrep://SER={number}\b", str(port.device), f"{said} {number}".strip()
        )
    return PluggedPort(str(port.device), str(port.device), said)
