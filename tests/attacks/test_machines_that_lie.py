"""A machine or printer that never stops talking, or talks nonsense, is given up in time."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from stockpile.adapters.marking.markers import DRIVERS
from stockpile.adapters.marking.talk import Times
from stockpile.adapters.serial.port import open_port
from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import MachineSet
from tests.helpers.attacks import sentence
from tests.helpers.nightly import NIGHTLY

QUICK = Times(answer=0.1, start=0.1, poll=0.02, settle=0.1, pause=0.02)
BABBLE = {
    "tl07": b"ER 99\r\n" * 40 + b"VS 1\r\n", "telesis": b"\x01P9999\x03\r" * 40,
    "keyence": b"WX,NG,99\r" * 40, "panasonic": b"\x15 99\r" * 40, "sic": b"XX ERR 9\r\n" * 40,
    "grbl": b"[MSG:busy]\r\nerror:99\r\n" * 40, "infosight": b"?\r" * 40,
}  # fmt: skip
BY_DAY = ("tl07", "keyence", "grbl")


@contextmanager
def talking(line: bytes) -> Iterator[str]:
    """Listen on a port and say the same to whoever calls, for as long as they bear it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def talk() -> None:
            try:
                caller, _ = listening.accept()
                with caller:
                    while True:
                        caller.sendall(line)
            except OSError:
                return

        thread = threading.Thread(target=talk)
        thread.start()
        try:
            yield f"socket://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


@pytest.mark.parametrize("driver", [*BABBLE] if NIGHTLY else BY_DAY)
def test_a_machine_that_never_stops_talking_keeps_nobody_waiting(driver):
    with talking(BABBLE[driver]) as url:
        marker = DRIVERS[driver](MachineSet("desk", driver, url), open_port, QUICK)
        said: list[object] = []

        def ask() -> None:
            try:
                said.append(marker.status())
            except StockpileError as error:
                said.append(sentence(error))

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(30)
        assert not asking.is_alive(), "it is still being listened to"
        marker.close()
    assert len(said) == 1


def test_a_clerk_is_told_that_it_does_not_answer():
    with talking(b"\x00\xff" * 2000) as url:
        marker = DRIVERS["tl07"](MachineSet("desk", "tl07", url), open_port, QUICK)
        with pytest.raises(StockpileError) as refused:
            marker.status()
        marker.close()
    assert "did not answer" in sentence(refused.value)
    assert "Check power and cable, and try again." in sentence(refused.value)
