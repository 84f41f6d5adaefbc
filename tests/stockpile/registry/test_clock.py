from __future__ import annotations

from stockpile.registry import clock

THIS_PROGRAM = 1_790_000_000_000


def test_the_clock_shows_milliseconds_and_does_not_stand():
    first = clock.now()
    assert first > THIS_PROGRAM
    while clock.now() == first:
        pass
    assert clock.now() > first
