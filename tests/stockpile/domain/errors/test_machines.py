from __future__ import annotations

from stockpile.domain.errors import machines
from tests.helpers.rooms import not_refused


def test_the_user_can_put_all_right_but_these():
    assert not_refused(machines) == {
        "MachineNotReady": "Unavailable",
        "MachineAstray": "Unavailable",
        "MachineSilent": "Unavailable",
        "MachineRefused": "Unavailable",
        "MachineMisread": "Unavailable",
        "PortMissing": "Unavailable",
        "MachineDidNotCall": "Unavailable",
        "StopByHand": "Unavailable",
        "PortLost": "Unavailable",
        "MachineStranger": "Unavailable",
    }
