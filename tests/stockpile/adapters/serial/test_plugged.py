from __future__ import annotations

import re

import pytest
from serial.tools.list_ports_common import ListPortInfo

from stockpile.adapters.serial import plugged
from stockpile.adapters.serial.plugged import plugged_ports
from stockpile.adapters.serial.port import open_port
from stockpile.domain.errors import PortMissing
from stockpile.services.ports import PluggedPort


def port(device: str, product: str | None = None, number: str | None = None) -> ListPortInfo:
    found = ListPortInfo(device)
    if product is not None:
        found.vid, found.pid = 0x0403, 0x6001
        found.product, found.serial_number, found.location = product, number, "1-1.2"
        found.apply_usb_info()
    return found


PORTS = [
    port("/dev/ttyS0"),
    port("/dev/ttyUSB1", "USB-Serial", None),
    port("/dev/ttyUSB0", "FT232R", "A5XK3R"),
    port("/dev/ttyUSB2", "CH340", "0 &"),
]


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugged, "comports", lambda: PORTS)


@pytest.mark.usefixtures("there")
def test_adapters_come_first_and_are_known_by_their_own_number():
    assert plugged_ports() == (
        PluggedPort(r"hwgrep://SER=A5XK3R\b", "/dev/ttyUSB0", "FT232R A5XK3R"),
        PluggedPort("/dev/ttyUSB1", "/dev/ttyUSB1", "USB-Serial"),
        PluggedPort("/dev/ttyUSB2", "/dev/ttyUSB2", "CH340"),
        PluggedPort("/dev/ttyS0", "/dev/ttyS0", ""),
    )


@pytest.mark.usefixtures("there")
def test_the_number_finds_this_adapter_and_no_other_of_a_longer_number():
    number = plugged_ports()[0].address.removeprefix("hwgrep://")
    assert [one.device for one in PORTS if re.search(number, one.hwid)] == ["/dev/ttyUSB0"]
    assert not re.search(number, "USB VID:PID=0403:6001 SER=A5XK3RB LOCATION=1-1.2")


def test_the_ports_of_this_computer_can_be_asked_for():
    assert isinstance(plugged_ports(), tuple)


def test_an_adapter_that_is_not_plugged_is_missing():
    with pytest.raises(PortMissing):
        open_port(r"hwgrep://SER=A5XK3RNOTHERE\b?baud=9600")
