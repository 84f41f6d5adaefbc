"""Instants as dates, whatever a node wrote."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.codec import LARGEST_INTEGER
from stockpile.domain.moments import moment

ANY = st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)


@given(ANY, ANY)
def test_every_instant_that_a_fact_can_hold_has_a_date(at, zone):
    assert 1 <= moment(at, zone).year <= 9999


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1970, 1, 1)))  # noqa: DTZ001 - UTC above
def test_those_of_this_age_are_what_they_are(when):
    at = int(when.timestamp() * 1000)
    if at < 253_402_214_400_000:
        assert abs((moment(at, 180) - when).total_seconds()) < 1


def test_a_zone_moves_the_clock_and_not_the_moment():
    assert f"{moment(0, 180):%Y-%m-%d %H:%M %z}" == "1970-01-01 03:00 +0300"
    assert f"{moment(0, -99_999):%Y-%m-%d %H:%M}" == "1969-12-31 00:01"
