"""The machine's clock and chance."""

from __future__ import annotations

from datetime import UTC, datetime

from stockpile.adapters.clock import SystemChance, SystemClock


def test_the_clock_speaks_utc_milliseconds():
    before = datetime.now(UTC).timestamp()  # noqa: TID251 - the witness beside our clock
    said = SystemClock().now()
    after = datetime.now(UTC).timestamp()  # noqa: TID251
    assert int(before * 1000) <= said <= int(after * 1000) + 1


def test_the_zone_is_the_computers_own():
    offset = datetime.now(UTC).astimezone().utcoffset()  # noqa: TID251
    assert SystemClock().zone() * 60 == offset.total_seconds()


def test_chance_never_repeats():
    chance = SystemChance()
    drawn = {chance.bytes(16) for _ in range(100)}
    assert len(drawn) == 100
    assert {len(one) for one in drawn} == {16}
