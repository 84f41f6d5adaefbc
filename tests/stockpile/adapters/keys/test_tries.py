"""Wrong passphrases wait as wrong PINs do, and the right one is counted anew from."""

from __future__ import annotations

import pytest

from stockpile.adapters.keys.signers import Moment
from stockpile.adapters.keys.tries import TRIES_FILE, count_try, demand_waited, forget_tries
from stockpile.domain.errors import PassphraseTooSoon

NOW = Moment(1_790_000_000_000, 50_000)


def test_the_fourth_waits_until_its_time_has_come(tmp_path):
    for _ in range(3):
        demand_waited(tmp_path, NOW)
        count_try(tmp_path, NOW)
    with pytest.raises(PassphraseTooSoon) as said:
        demand_waited(tmp_path, NOW)
    assert said.value.seconds == 1
    demand_waited(tmp_path, Moment(NOW.at + 1_000, NOW.running + 1_000))
    forget_tries(tmp_path)
    forget_tries(tmp_path)
    demand_waited(tmp_path, NOW)


def test_a_file_that_says_nothing_counts_nothing_and_nobody_else_reads_it(tmp_path):
    file = tmp_path / TRIES_FILE
    for nonsense in (b"", b"[]", b'{"failures": "x"}', b"\xff"):
        file.write_bytes(nonsense)
        demand_waited(tmp_path, NOW)
    file.unlink()
    count_try(tmp_path, NOW)
    assert file.stat().st_mode & 0o777 == 0o600
