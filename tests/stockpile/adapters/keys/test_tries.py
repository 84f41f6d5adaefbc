"""Wrong passphrases wait as wrong PINs do, and the right one is counted anew from."""

from __future__ import annotations

import json
import shutil

import pytest

from stockpile.adapters.keys import tries
from stockpile.adapters.keys.signers import LONGEST_WAIT, Moment
from stockpile.adapters.keys.tries import MARK_LENGTH, TRIES_FILE, TryCount, count_of
from stockpile.domain.errors import DiskFull, PassphraseTooSoon

NOW = Moment(1_790_000_000_000, 50_000)
MARK = b"m" * MARK_LENGTH
NONSENSE = (b"", b"[]", b'{"failures": "x"}', b'{"failures": -3}', b"\xff")


def later(seconds):
    return Moment(NOW.at + seconds * 1_000, NOW.running + seconds * 1_000)


def edited(file, **changes):
    file.write_text(json.dumps(json.loads(file.read_bytes()) | changes))


@pytest.fixture
def kept(tmp_path):
    """The count of a home that must have one."""
    TryCount(tmp_path).begin(MARK)
    return TryCount(tmp_path, MARK, is_kept=True)


def test_the_fourth_waits_until_its_time_has_come(kept):
    for _ in range(3):
        kept.demand_waited(NOW)
        kept.add(NOW)
    with pytest.raises(PassphraseTooSoon) as said:
        kept.demand_waited(NOW)
    assert said.value.seconds == 1
    kept.demand_waited(later(1))
    kept.forget()
    kept.forget()
    kept.demand_waited(NOW)


def test_before_a_count_is_kept_nothing_is_counted_and_nobody_else_reads_it(tmp_path):
    file, count = tmp_path / TRIES_FILE, count_of(tmp_path)
    for nonsense in NONSENSE:
        file.write_bytes(nonsense)
        count.demand_waited(NOW)
    file.unlink()
    count.add(NOW)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_count_of_before_there_were_seals_passes_until_it_is_sealed(tmp_path):
    file = tmp_path / TRIES_FILE
    file.write_bytes(b'{"failures":2,"not_before":0,"since":0,"gone_at":0}')
    before = TryCount(tmp_path, is_kept=True)
    before.demand_waited(NOW)
    assert before.begin(MARK) == 0
    TryCount(tmp_path, MARK, is_kept=True).demand_waited(NOW)
    before.demand_waited(NOW)  # killed before the key file had the mark


@pytest.mark.parametrize(
    "changes",
    [{"failures": 0}, {"not_before": 0}, {"since": 1}, {"seal": ""}, {"gone_at": 5}],
    ids=str,
)
def test_a_count_that_was_edited_costs_what_one_costs_that_is_gone(kept, changes):
    for _ in range(3):
        kept.add(NOW)
    edited(kept.home / TRIES_FILE, **changes)
    with pytest.raises(PassphraseTooSoon) as said:
        kept.demand_waited(NOW)
    assert said.value.seconds == LONGEST_WAIT
    kept.forget()
    assert kept.begin(MARK) == NOW.at


def test_the_count_of_another_home_is_none(kept, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    TryCount(other).begin(b"o" * MARK_LENGTH)
    shutil.copy(other / TRIES_FILE, kept.home / TRIES_FILE)
    with pytest.raises(PassphraseTooSoon):
        kept.demand_waited(NOW)


def test_a_count_that_is_gone_costs_the_longest_wait_and_is_told_once(kept):
    file = kept.home / TRIES_FILE
    for nonsense in (None, *NONSENSE):
        assert kept.begin(MARK) == 0
        kept.demand_waited(NOW)
        file.unlink() if nonsense is None else file.write_bytes(nonsense)
        for _again in range(2):  # nor does asking again begin a wait anew
            with pytest.raises(PassphraseTooSoon) as said:
                kept.demand_waited(later(5 * _again))
            assert said.value.seconds == LONGEST_WAIT - 5 * _again
        kept.add(later(LONGEST_WAIT))
        with pytest.raises(PassphraseTooSoon):
            kept.demand_waited(later(2 * LONGEST_WAIT - 1))
        kept.forget()
        assert kept.begin(MARK) == NOW.at
        assert kept.begin(MARK) == 0


def test_on_a_full_disk_the_home_opens_and_what_was_counted_stays(kept, monkeypatch):
    def full(*_said):
        raise DiskFull(str(kept.home))

    for _ in range(3):
        kept.add(NOW)
    monkeypatch.setattr(tries, "write_whole", full)
    kept.forget()
    with pytest.raises(PassphraseTooSoon):
        kept.demand_waited(NOW)
