"""Two depots on a slow, lossy line that is cut twice, as ``tests.bench.thin_line`` has them at 2G.

Networks of their own want root; without it there is nothing to lay the line between.
"""

from __future__ import annotations

import socket
import threading
import time

import pytest

from tests.bench import thin_line
from tests.helpers.thin_lines import Room, Speed, line, why_not

REASON = why_not()
pytestmark = pytest.mark.skipif(bool(REASON), reason=REASON)
QUICKER = Speed(bits=200_000, delay=0.02, loss=0.03)


def test_two_depots_end_equal_whatever_the_line_does(tmp_path):
    registry = thin_line.a_registry(str(tmp_path / "registry.db"))
    depots = thin_line.exchanged(
        registry, tmp_path, 80, QUICKER, cut=(1_500, 1_500), seconds=0.5, wait=0.1
    )
    registry.database.close()
    first, second = depots
    assert first.facts == second.facts
    assert len(first.facts) >= 80 + 2
    assert all(one.talks >= 1 and one.line.up.lost > 0 for one in depots)
    assert all(len(one.line.up.calls) >= 2 for one in depots)


def test_a_line_carries_whole_what_the_kernel_sends_and_no_faster_than_it_says():
    near, far = Room(), Room()
    sent = bytes(range(256)) * 40
    with line(near, far, QUICKER) as laid:
        with far.inside():
            taking = socket.create_server((laid.far, 0))
        heard = []
        thread = threading.Thread(target=lambda: heard.append(_all_of(taking)))
        thread.start()
        begun = time.monotonic()
        with near.inside(), socket.create_connection(taking.getsockname()) as opened:
            opened.sendall(sent)
        thread.join()
        taking.close()
        assert time.monotonic() - begun >= len(sent) * 8 / QUICKER.bits + 3 * QUICKER.delay
    near.close()
    far.close()
    assert heard == [sent]
    assert laid.up.carried > len(sent)


def test_a_room_is_left_as_it_was_found():
    with socket.create_server(("127.0.0.1", 0)) as outside:
        room = Room()
        with room.inside(), pytest.raises(ConnectionRefusedError):
            socket.create_connection(outside.getsockname())
        room.close()
        with socket.create_connection(outside.getsockname()):
            pass


def _all_of(taking):
    taken, found = taking.accept()[0], b""
    with taken:
        while more := taken.recv(65_536):
            found += more
    return found
