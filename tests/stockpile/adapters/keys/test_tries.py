"""Wrong passphrases wait as wrong PINs do, and the right one is counted anew from."""

from __future__ import annotations

import pytest

from stockpile.adapters.keys import tries
from stockpile.adapters.keys.signers import LONGEST_WAIT, Moment
from stockpile.adapters.keys.tries import (
    TRIES_FILE,
    begin_counting,
    count_try,
    demand_waited,
    forget_tries,
)
from stockpile.domain.errors import DiskFull, PassphraseTooSoon

NOW = Moment(1_790_000_000_000, 50_000)
NONSENSE = (b"", b"[]", b'{"failures": "x"}', b'{"failures": -3}', b"\xff")


def later(seconds):
    return Moment(NOW.at + seconds * 1_000, NOW.running + seconds * 1_000)


def test_the_fourth_waits_until_its_time_has_come(tmp_path):
    for _ in range(3):
        demand_waited(tmp_path, NOW, is_kept=False)
        count_try(tmp_path, NOW)
    with pytest.raises(PassphraseTooSoon) as said:
        demand_waited(tmp_path, NOW, is_kept=False)
    assert said.value.seconds == 1
    demand_waited(tmp_path, later(1), is_kept=True)
    forget_tries(tmp_path)
    forget_tries(tmp_path)
    demand_waited(tmp_path, NOW, is_kept=True)


def test_before_a_count_is_kept_nothing_is_counted_and_nobody_else_reads_it(tmp_path):
    file = tmp_path / TRIES_FILE
    for nonsense in NONSENSE:
        file.write_bytes(nonsense)
        demand_waited(tmp_path, NOW, is_kept=False)
    file.unlink()
    count_try(tmp_path, NOW)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_count_that_is_gone_costs_the_longest_wait_and_is_told_once(tmp_path):
    file = tmp_path / TRIES_FILE
    for nonsense in (None, *NONSENSE):
        file.unlink(missing_ok=True)
        assert begin_counting(tmp_path) == 0
        demand_waited(tmp_path, NOW, is_kept=True)
        file.unlink() if nonsense is None else file.write_bytes(nonsense)
        for _again in range(2):  # nor does asking again begin a wait anew
            with pytest.raises(PassphraseTooSoon) as said:
                demand_waited(tmp_path, later(5 * _again), is_kept=True)
            assert said.value.seconds == LONGEST_WAIT - 5 * _again
        count_try(tmp_path, later(LONGEST_WAIT))
        with pytest.raises(PassphraseTooSoon):
            demand_waited(tmp_path, later(2 * LONGEST_WAIT - 1), is_kept=True)
        forget_tries(tmp_path)
        assert begin_counting(tmp_path) == NOW.at
        assert begin_counting(tmp_path) == 0


def test_on_a_full_disk_the_home_opens_and_what_was_counted_stays(tmp_path, monkeypatch):
    def full(*_said):
        raise DiskFull(str(tmp_path))

    for _ in range(3):
        count_try(tmp_path, NOW)
    monkeypatch.setattr(tries, "write_whole", full)
    forget_tries(tmp_path)
    with pytest.raises(PassphraseTooSoon):
        demand_waited(tmp_path, NOW, is_kept=True)
