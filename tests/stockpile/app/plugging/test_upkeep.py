"""What is looked after, plugged in: a home is proved, and its day is told, as it stands."""

from __future__ import annotations

import pytest

from stockpile.app.plugging.counting_room import counting_room_of
from stockpile.app.plugging.upkeep import upkeep_of


@pytest.mark.usefixtures("rifle")
def test_a_home_is_proved_and_its_day_is_told(ground, keepers, weapons, bench):
    counts = counting_room_of(ground, keepers, weapons)
    upkeep = upkeep_of(ground, keepers, weapons, bench, counts)
    assert upkeep.checking.check(deep=True).weapons == 1
    assert upkeep.days.backups is upkeep.backups
    assert upkeep.proposals.open() == ()
