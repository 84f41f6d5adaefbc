"""The side door of a simulator: orders as JSON lines over TCP, so that a test can stage a fault.

``{"order": "fault", "spec": "pull-mid"}``, ``{"order": "status"}``, ``{"order": "truth"}``,
``pull``, ``plug``, ``pedal``, ``restart``, ``dtr`` (the line that resets some boards), ``picture``
(the metal as a PNG in base64, ``spec`` its noise), ``bare`` (a new piece of metal, zero set): each
is answered by one JSON object.
"""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Callable, Mapping

from stockpile.domain.errors import FieldUnreadable, PortMissing

Carry = Callable[[str, str], Mapping[str, object]]
"""Carries out an order (its name and its specification) and returns the answer."""

_LONGEST = 65536


class _Door(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int, carry: Carry) -> None:
        self.carry = carry
        super().__init__(("127.0.0.1", port), _Visitor)


class _Visitor(socketserver.StreamRequestHandler):
    server: _Door

    def handle(self) -> None:
        while line := self.rfile.readline(_LONGEST):
            answer = answer_order(line, self.server.carry)
            self.wfile.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")


class Control:
    """The open side door."""

    def __init__(self, port: int, carry: Carry) -> None:
        try:
            self._door = _Door(port, carry)
        except (OSError, OverflowError) as error:
            raise PortMissing(f"tcp:{port}", str(error)) from error
        self._thread = threading.Thread(target=self._door.serve_forever, args=(0.05,))
        self._thread.start()

    @property
    def port(self) -> int:
        """The TCP port of the door, on this computer only."""
        return int(self._door.server_address[1])

    def close(self) -> None:
        """Shut the door."""
        self._door.shutdown()
        self._thread.join()
        self._door.server_close()


def answer_order(line: bytes, carry: Carry) -> Mapping[str, object]:
    """Carry out the order in a JSON line; what cannot be done is answered with an error."""
    try:
        order = json.loads(line)
        if not isinstance(order, dict) or not isinstance(order.get("order"), str):
            return {"error": "order"}
        return carry(order["order"], str(order.get("spec", "")))
    except ValueError:
        return {"error": "json"}
    except FieldUnreadable as error:
        return {"error": error.field, "text": error.text}
