from __future__ import annotations

from stockpile.domain.errors import couriers
from tests.helpers.rooms import not_refused


def test_the_user_can_put_all_right_but_these():
    assert not_refused(couriers) == {
        "CourierBrokenOff": "Damaged", "CourierForged": "Damaged",
    }  # fmt: skip
