from __future__ import annotations

import json
import socket
from collections.abc import Mapping

import pytest

from stockpile.adapters.marking.simulators.control import Control, answer_order
from stockpile.domain.errors import FieldUnreadable, PortMissing


def carry(order: str, spec: str) -> Mapping[str, object]:
    if order != "echo":
        raise FieldUnreadable("order", order)
    return {"spec": spec}


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (b'{"order": "echo", "spec": "a"}\n', {"spec": "a"}),
        (b'{"order": "echo"}', {"spec": ""}),
        (b'{"order": "jump"}', {"error": "order", "text": "jump"}),
        (b'{"order": 7}', {"error": "order"}),
        (b"[]", {"error": "order"}),
        (b"nonsense", {"error": "json"}),
        (b"\xff\xfe", {"error": "json"}),
    ],
)
def test_every_line_is_answered(line: bytes, answer: Mapping[str, object]):
    assert answer_order(line, carry) == answer


def test_orders_go_over_tcp_one_line_each():
    control = Control(0, carry)
    with socket.create_connection(("127.0.0.1", control.port)) as visitor:
        lines = visitor.makefile("rwb")
        for spec in ("a", "б"):
            lines.write(json.dumps({"order": "echo", "spec": spec}).encode() + b"\n")
            lines.flush()
            assert json.loads(lines.readline()) == {"spec": spec}
        lines.close()
    control.close()


def test_a_taken_or_impossible_port_is_said():
    control = Control(0, carry)
    for port in (99_999_999,):
        with pytest.raises(PortMissing):
            Control(port, carry)
    control.close()
