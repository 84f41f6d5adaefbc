from __future__ import annotations

import pytest

from stockpile.adapters.marking import address


@pytest.mark.parametrize(
    ("url", "place", "options"),
    [
        ("/dev/ttyUSB0", "/dev/ttyUSB0", {}),
        ("COM4?start=:", "COM4", {"start": ":"}),
        ("COM4?start=:&end=crlf", "COM4", {"start": ":", "end": "crlf"}),
        ("COM4?start=:&baud=9600&end=crlf", "COM4?baud=9600", {"start": ":", "end": "crlf"}),
        ("COM4?baud=9600", "COM4?baud=9600", {}),
        ("COM4?start=%02", "COM4", {"start": "\x02"}),
        ("socket://host:4001?end=lf", "socket://host:4001", {"end": "lf"}),
        ("COM4?end", "COM4", {"end": ""}),
        ("COM4?", "COM4", {}),
    ],
)
def test_options_of_the_driver_leave_the_address(url: str, place: str, options: dict[str, str]):
    assert address.split(url, {"start", "end"}) == (place, options)


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        ("COM4", "COM4?baud=9600"),
        ("/dev/ttyUSB0", "/dev/ttyUSB0?baud=9600"),
        ("COM4?baud=1200", "COM4?baud=1200"),
        ("socket://host:4001", "socket://host:4001"),
        ("listen://:4001", "listen://:4001"),
        (r"hwgrep://SER=A5XK3R\b", r"hwgrep://SER=A5XK3R\b?baud=9600"),
    ],
)
def test_a_port_without_a_speed_gets_the_usual_one(url: str, opened: str):
    assert address.at_speed(url, 9600) == opened
