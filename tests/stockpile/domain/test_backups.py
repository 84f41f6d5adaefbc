from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.domain.backups import Copied, backup_name, is_due, read_every, spare
from stockpile.domain.values import NodeId
from tests.helpers.nightly import examples

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR = 3_600_000
copies = st.lists(
    st.builds(
        Copied,
        st.text("abcdef", min_size=1, max_size=4),
        st.integers(1_600_000_000_000, 1_900_000_000_000),
        st.integers(1, 50),
        st.booleans(),
    ),
    max_size=60,
    unique_by=lambda one: one.name,
)


def at(moment):
    return int(moment.timestamp() * 1000)


def copied(moments):
    return [Copied(str(one), one, one) for one in moments]


def test_a_name_says_site_node_and_the_time_on_the_wall():
    name = backup_name("KL/A", NodeId("abcdefgh12345678"), at(NOON), 180)
    assert name == "KLA-abcdef-20261128-150000.backup"


def test_seven_days_eight_weeks_and_twenty_four_months_are_kept():
    daily = [at(NOON - timedelta(days=days)) for days in range(1000)]
    gone = {one.at for one in spare(copied(daily), 0)}
    kept = sorted(set(daily) - gone, reverse=True)
    assert kept[:7] == daily[:7]
    weeks = {datetime.fromtimestamp(one / 1000, UTC).isocalendar()[:2] for one in kept}
    months = {datetime.fromtimestamp(one / 1000, UTC).strftime("%Y-%m") for one in kept}
    assert len(months) == 24
    assert len(kept) <= 7 + 8 + 24
    assert len(weeks) >= 8


def test_of_one_day_the_newest_is_kept():
    morning, evening = at(NOON - timedelta(hours=4)), at(NOON + timedelta(hours=4))
    assert [one.at for one in spare(copied([evening, morning]), 0)] == [morning]


def test_a_clock_set_far_ahead_removes_no_good_one_of_the_days_before():
    days = [at(NOON - timedelta(days=days)) for days in range(6)]
    ahead = at(NOON + timedelta(days=20_000))
    assert spare(copied([*days, ahead]), 0) == ()


def test_a_clock_set_back_does_not_make_the_furthest_one_spare():
    back = at(NOON - timedelta(days=4_000))
    many = [Copied(f"d{n}", at(NOON - timedelta(days=n)), 100 - n) for n in range(800)]
    assert Copied("furthest", back, 101) not in spare([*many, Copied("furthest", back, 101)], 0)


def test_what_was_not_checked_neither_goes_nor_makes_another_go():
    good = Copied("good", at(NOON), 5)
    torn = Copied("torn", at(NOON + timedelta(hours=3)), 6, is_checked=False)
    assert spare([good, torn], 0) == ()


@settings(max_examples=examples(60))
@given(copies)
def test_the_last_good_one_is_never_spare_and_sparing_twice_is_sparing_once(made):
    gone = spare(made, 60)
    checked = [one for one in made if one.is_checked]
    assert all(one.is_checked for one in gone)
    if checked:
        assert max(checked, key=lambda one: one.at).at not in {one.at for one in gone}
        assert max(one.number for one in checked) in {
            one.number for one in checked if one not in gone
        }
    left = [one for one in made if one not in gone]
    assert len([one for one in left if one.is_checked]) <= 7 + 8 + 24 + 1
    assert spare(left, 60) == ()


def test_a_backup_is_due_on_another_day_in_another_week_or_never():
    now = at(NOON)
    assert is_due("day", 0, now, 0)
    assert not is_due("day", now - 11 * HOUR, now, 0)
    assert is_due("day", now - 13 * HOUR, now, 0)
    assert is_due("day", now + 48 * HOUR, now, 0)  # made before the clock was set right
    assert not is_due("week", now - 48 * HOUR, now, 0)
    assert is_due("week", now - 7 * 24 * HOUR, now, 0)
    assert not is_due("never", 0, now, 0)
    assert [read_every(one) for one in ("week", "never", "hour", "")] == [
        "week", "never", "day", "day",
    ]  # fmt: skip
