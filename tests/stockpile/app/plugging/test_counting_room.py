"""Stocktakes, plugged in: what is on record is what a count expects."""

from __future__ import annotations

from stockpile.app.plugging.counting_room import counting_room_of
from stockpile.domain.opening_counts import Request
from tests.helpers.house import second_officer


def test_a_count_expects_what_is_on_record(ground, keepers, weapons, officer, rifle):
    counts = counting_room_of(ground, keepers, weapons)
    site = keepers.people.site()
    second = second_officer(keepers, officer)
    request = Request(site, counters=(officer.id, second.id))
    stocktake = counts.counting.open(request, by=officer)[1]
    assert list(counts.counting.sheet(stocktake).lines) == [rifle]
