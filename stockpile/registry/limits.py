"""How much one process of the registry does for whom: rates, sizes, turns.

All of it stands in memory and guards this one process: with several processes each gives every
asker its own measure, so that a country's limit is the measure times the processes. Nothing that
is written hangs on it. What decides (codes, chains, receipts) stands in the database.
"""

from __future__ import annotations

import asyncio
import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Final

from stockpile.domain.errors import AskedTooOften, RegistryBusy

MOST_KNOWN: Final = 50_000
"""Askers that are remembered; past that, who asked longest ago begins with a full measure."""
COURIERS: Final = "/couriers"
"""Where the pages take courier files."""
COURIER_BYTES: Final = 64 << 20
"""Bytes of a courier file that the pages take: more than a million facts."""
PHOTOS_BYTES: Final = 256 << 20
"""Bytes of a file of photos that the pages take: what a desk writes unless it is told otherwise."""
HEARD_OUT: Final = 8 * COURIER_BYTES
"""Bytes that are heard out there, so that a browser shows why its file was not taken."""
_SITE_BITS: Final = 64
"""One subscriber of IPv6 has at least all addresses that share so many bits."""

Seconds = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one process allows; rates are requests a second and how many may come at once.

    An address may be a whole headquarters behind one router, a node is one computer.
    """

    address_rate: float = 100.0
    address_burst: int = 1_000
    node_rate: float = 30.0
    node_burst: int = 300
    turns: int = 4
    """Batches taken in at a time."""
    behind: float = 2.0
    """Seconds that a batch waits for the one before it, where that is still on its way."""
    waiting: int = 32
    """Batches that may wait for their turn, each in memory as it travelled."""
    connections: int = 1_000
    """Connections open at a time."""
    stalled: float = 30.0
    """Seconds without a byte after which a request or an answer is given up."""


class Rates:
    """A measure for each asker that fills again by itself (token bucket)."""

    def __init__(self, rate: float, burst: int, seconds: Seconds = time.monotonic) -> None:
        self._rate, self._burst, self._seconds = rate, burst, seconds
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def demand(self, asker: str) -> None:
        """Take one from the asker's measure; raise AskedTooOften where it is empty."""
        with self._lock:
            now = self._seconds()
            left, since = self._left.pop(asker, (float(self._burst), now))
            left = min(self._burst, left + (now - since) * self._rate)
            self._left[asker] = (left - 1 if left >= 1 else left), now
            if len(self._left) > MOST_KNOWN:
                self._left.popitem(last=False)
        if left < 1:
            raise AskedTooOften(math.ceil((1 - left) / self._rate))


class Turns:
    """Lets so many do heavy work at a time, and so many wait for it."""

    def __init__(self, turns: int, waiting: int) -> None:
        self._free = asyncio.Semaphore(turns)
        self._inside = 0
        self._most = turns + waiting

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Wait for a turn and have it; raise RegistryBusy where too many wait already."""
        if self._inside >= self._most:
            raise RegistryBusy("too many batches at once")
        self._inside += 1
        try:
            async with self._free:
                yield
        finally:
            self._inside -= 1


def asker_at(address: str) -> str:
    """Return what an address counts as: itself, or in IPv6 the subscriber's whole network."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return address
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((int(known), _SITE_BITS), strict=False))
