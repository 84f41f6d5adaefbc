"""Which languages are spoken, and how a printer's address is opened."""

from __future__ import annotations

from typing import get_args

import pytest

from stockpile.adapters.printing.printers import LANGUAGES, WiredPrinters
from stockpile.domain.errors import PortMissing
from stockpile.domain.label_printers import PrinterKind
from tests.helpers.label_printers import boxes, setup


def test_every_kind_is_spoken():
    assert set(LANGUAGES) == set(get_args(PrinterKind))


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        ("COM4", "COM4?baud=9600"),
        ("/dev/ttyUSB0?baud=115200", "/dev/ttyUSB0?baud=115200"),
        ("socket://10.0.0.7:9100", "socket://10.0.0.7:9100"),
    ],
)
def test_a_serial_port_has_the_speed_that_printers_come_with(url: str, opened: str):
    asked: list[str] = []

    def open_port(wanted: str):
        asked.append(wanted)
        raise PortMissing(wanted, "none")

    with pytest.raises(PortMissing):
        WiredPrinters(open_port, boxes).open(setup("zpl", url))
    assert asked == [opened]
