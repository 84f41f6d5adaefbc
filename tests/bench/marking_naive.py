"""A marking host as many are written: it sends again on silence, and ready means done.

It speaks each family's words as our driver does; only its manners differ. Its start is resent up to
three times, as the manual of one maker asks for every message; any answer is a yes; and a machine
that does not mark any more has marked.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Literal

from stockpile.adapters.marking.link import Link
from stockpile.adapters.marking.markers import DRIVERS
from stockpile.adapters.marking.talk import Times
from stockpile.adapters.serial.port import open_port
from stockpile.domain.errors import PortLost, Refused, StockpileError, Unavailable
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import MachineState, Marker, Work

TRIES = 3
TIMES = Times(answer=0.5, start=0.5, poll=0.03, settle=0.1, pause=0.03)
PATIENCE = 3.0
Claim = Literal["done", "not marked"]


def mark(machine: MachineSet, text: str, locks: Path) -> Claim:
    """Mark once, as it thinks; whatever goes wrong on the way was not a mark to it."""
    link = open_port(machine.url.split("?")[0], locks=locks)
    try:
        marker = DRIVERS[machine.driver](machine, lambda _url: link, TIMES)
        prepared = _prepared(marker, text)
        return _run(marker, link) if prepared and _started(marker, link) else "not marked"
    except PortLost:
        return "not marked"
    finally:
        link.close()


def _prepared(marker: Marker, text: str) -> bool:
    for _ in range(TRIES):
        with suppress(Unavailable, Refused):
            marker.prepare(Work(text))
            return True
    return False


def _started(marker: Marker, link: Link) -> bool:
    for _ in range(TRIES):
        link.send(marker.start_bytes)
        if link.receive(TIMES.start):
            return True
    # A machine that never says a word was started, then.
    return marker.capabilities.evidence == 0


def _run(marker: Marker, link: Link) -> Claim:
    if marker.capabilities.end == "none":
        return "done"
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        state = None
        with suppress(StockpileError):
            state = marker.status()
        if state is MachineState.FAULT:
            return "not marked"
        if state in {MachineState.READY, MachineState.NOT_READY}:
            return "done"
        link.receive(TIMES.poll)
    return "not marked"
