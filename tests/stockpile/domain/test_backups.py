from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.domain.backups import backup_name, spare
from stockpile.domain.values import NodeId
from tests.helpers.nightly import examples

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def at(moment):
    return int(moment.timestamp() * 1000)


def test_a_name_says_site_node_and_the_time_on_the_wall():
    name = backup_name("KL/A", NodeId("abcdefgh12345678"), at(NOON), 180)
    assert name == "KLA-abcdef-20261128-150000.backup"


def test_seven_days_eight_weeks_and_twenty_four_months_are_kept():
    daily = [at(NOON - timedelta(days=days)) for days in range(1000)]
    kept = sorted(set(daily) - set(spare(daily, 0)), reverse=True)
    assert kept[:7] == daily[:7]
    weeks = {datetime.fromtimestamp(one / 1000, UTC).isocalendar()[:2] for one in kept}
    months = {datetime.fromtimestamp(one / 1000, UTC).strftime("%Y-%m") for one in kept}
    assert len(months) == 24
    assert len(kept) <= 7 + 8 + 24
    assert len(weeks) >= 8


def test_of_one_day_the_newest_is_kept():
    morning, evening = at(NOON - timedelta(hours=4)), at(NOON + timedelta(hours=4))
    assert spare([evening, morning], 0) == (morning,)


@settings(max_examples=examples(50))
@given(st.lists(st.integers(1_600_000_000_000, 1_900_000_000_000), max_size=60))
def test_the_newest_is_never_spare_and_sparing_twice_is_sparing_once(made):
    gone = spare(made, 60)
    if made:
        assert max(made) not in gone
    assert spare(sorted(set(made) - set(gone)), 60) == ()
