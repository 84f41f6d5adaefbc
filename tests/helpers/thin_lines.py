"""Lines as the field has them: rooms with a network of their own, and a slow, lossy line between.

A room is a network namespace of Linux; a line is a pair of TUN devices, one in each room, whose
packets this process carries from one to the other: late, one after another at the line's speed,
some lost. What speaks over it is the kernel's own TCP. It stands in for ``tc netem``, which not
every kernel has. Making a room needs root and /dev/net/tun.
"""

from __future__ import annotations

import ctypes
import fcntl
import heapq
import itertools
import os
import random
import select
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_TUN: Final = Path("/dev/net/tun")
_NEW_NETWORK: Final = 0x40000000
_SET_TUN: Final = 0x400454CA
_PLAIN_PACKETS: Final = 0x0001 | 0x1000
_MTU: Final = 1400
_IPV4: Final = 4
_SYN: Final = 0x02
_SYN_ACK: Final = 0x12
_PORTS: Final = slice(20, 24)
"""Where the two ports stand, after a head of IPv4 without options."""
_libc: Final = ctypes.CDLL(None, use_errno=True)
_numbers: Final = itertools.count(1)


def why_not() -> str:
    """Return why no room can be made here; empty where one can."""
    if not hasattr(_libc, "setns") or not _TUN.exists():
        return "no network namespaces or no /dev/net/tun here"
    if os.geteuid() != 0:
        return "only root makes networks"
    try:
        Room().close()
    except OSError as error:
        return f"no network namespace: {error}"
    return ""


class Room:
    """A network of its own; who is inside opens sockets there, and so does what they start."""

    def __init__(self) -> None:
        self._handle = -1
        self._failed: OSError | None = None
        thread = threading.Thread(target=self._make)
        thread.start()
        thread.join()
        if self._failed:
            raise self._failed

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Let the thread that asks be in the room for a while."""
        home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        try:
            _demand(_libc.setns(self._handle, _NEW_NETWORK))
            yield
        finally:
            _demand(_libc.setns(home, _NEW_NETWORK))
            os.close(home)

    def close(self) -> None:
        """Let go of the room; the kernel takes it apart once nobody is in it."""
        os.close(self._handle)

    def _make(self) -> None:
        try:
            _demand(_libc.unshare(_NEW_NETWORK))
            self._handle = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
            _ip("link", "set", "lo", "up")
        except OSError as error:
            self._failed = error


@dataclass(frozen=True, slots=True)
class Speed:
    """What a line is like: bits a second, seconds one way, part lost, packets that may wait."""

    bits: int = 30_000
    delay: float = 0.4
    loss: float = 0.01
    waiting: int = 30


@dataclass(slots=True)
class _Way:
    """One direction of a line: where packets come from and go to, when it is free, what it did.

    ``calls`` are the connections that were begun in it, each by its ports.
    """

    source: int
    sink: int
    free: float = 0.0
    carried: int = 0
    packets: int = 0
    lost: int = 0
    calls: set[bytes] = field(default_factory=set)
    on_the_way: list[tuple[float, int, bytes]] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """A line between two rooms; the near end has the address ``near``, the other one ``far``."""

    near: str
    far: str
    speed: Speed
    up: _Way
    down: _Way
    is_cut: bool = False
    _over: bool = False

    @property
    def carried(self) -> int:
        """Bytes that it took on so far, both ways, with every header."""
        return self.up.carried + self.down.carried

    def run(self) -> None:
        """Carry packets until it is over."""
        draw = random.Random(7)
        ways = {self.up.source: self.up, self.down.source: self.down}
        while not self._over:
            waiting = [way.on_the_way[0][0] for way in ways.values() if way.on_the_way]
            patience = min(max(min(waiting, default=1.0) - time.monotonic(), 0.0), 0.1)
            for source in select.select(list(ways), [], [], patience if waiting else 0.1)[0]:
                self._take(ways[source], os.read(source, 65_536), draw)
            for way in ways.values():
                self._deliver(way)

    def end(self) -> None:
        """Carry no more."""
        self._over = True

    def _take(self, way: _Way, packet: bytes, draw: random.Random) -> None:
        now = time.monotonic()
        if _is_call(packet):
            way.calls.add(packet[_PORTS])
        queued = max(way.free - now, 0.0) * self.speed.bits / 8 / _MTU
        if self.is_cut or draw.random() < self.speed.loss or queued > self.speed.waiting:
            way.lost += 1
            return
        way.carried += len(packet)
        way.packets += 1
        way.free = max(way.free, now) + len(packet) * 8 / self.speed.bits
        heapq.heappush(way.on_the_way, (way.free + self.speed.delay, way.packets, packet))

    def _deliver(self, way: _Way) -> None:
        now = time.monotonic()
        while way.on_the_way and way.on_the_way[0][0] <= now:
            packet = heapq.heappop(way.on_the_way)[2]
            if not self.is_cut:
                os.write(way.sink, packet)


def _is_call(packet: bytes) -> bool:
    """Say whether a packet of IPv4 begins a connection of TCP."""
    head = (packet[0] & 0x0F) * 4
    is_tcp = packet[0] >> 4 == _IPV4 and packet[9] == socket.IPPROTO_TCP
    return is_tcp and packet[head + 13] & _SYN_ACK == _SYN


@contextmanager
def line(near: Room, far: Room, speed: Speed | None = None) -> Iterator[Line]:
    """Lay a line between two rooms while the context lasts."""
    number = next(_numbers) % 250
    ends = f"10.77.{number}.1", f"10.77.{number}.2"
    handles = _end(near, number, *ends), _end(far, number, *reversed(ends))
    laid = Line(*ends, speed or Speed(), _Way(*handles), _Way(*reversed(handles)))
    carrying = threading.Thread(target=laid.run)
    carrying.start()
    try:
        yield laid
    finally:
        laid.end()
        carrying.join()
        for handle in handles:
            os.close(handle)


def _end(room: Room, number: int, own: str, other: str) -> int:
    """Make one end of a line in a room; return the handle that its packets are read from."""
    name = f"line{number}"
    with room.inside():
        handle = os.open(_TUN, os.O_RDWR)
        fcntl.ioctl(handle, _SET_TUN, struct.pack("16sH22x", name.encode(), _PLAIN_PACKETS))
        _ip("address", "add", own, "peer", other, "dev", name)
        _ip("link", "set", name, "mtu", str(_MTU), "up")
    return handle


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


def _demand(answer: int) -> None:
    if answer != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
