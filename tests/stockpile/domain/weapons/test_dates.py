from __future__ import annotations

from stockpile.domain import facts
from tests.helpers.depots import START
from tests.helpers.one_weapon import J1, SOUTH, begun, lived


def test_each_milestone_is_the_first_of_its_kind():
    weapon = lived(
        begun(), facts.MarkingEnded(J1, "marked"), facts.MarkVerified(J1, "XX 1", "scan"),
        facts.WeaponLost("lost"), facts.WeaponRecovered(SOUTH), facts.WeaponLost("lost"),
        facts.TraceAsked("T"), facts.WeaponDeactivated("C"), facts.WeaponDestroyed("D"),
    )  # fmt: skip
    at = [(getattr(weapon.dates, name) - START) // 1000 for name in
          ("marked", "lost", "recovered", "traced", "deactivated", "destroyed")]  # fmt: skip
    assert at == [2, 4, 5, 7, 8, 9]
