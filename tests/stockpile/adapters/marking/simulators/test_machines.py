from __future__ import annotations

import pytest

from stockpile.adapters.marking.markers import DRIVERS
from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.machines import FACES, Wiring


def test_every_driver_but_the_hand_has_a_machine_to_practise_on():
    assert set(DRIVERS) - set(FACES) == {"by_hand"}


@pytest.mark.parametrize("driver", sorted(set(FACES) - {"scanner_string"}))
@pytest.mark.parametrize("on_serial", [True, False])
def test_a_machine_at_rest_cuts_nothing_and_survives_noise(driver: str, *, on_serial: bool):
    """A one-way line is not among them: there every text is a start."""
    metal: list[object] = []
    face = FACES[driver](Wiring(metal.append, FaultPlan(""), 1.0, on_serial, guard=True))
    for now, said in enumerate((b"", b"\x00\xff\x1b", b"\r\n\r\n", bytes(range(256)))):
        face.receive(said, float(now))
        face.advance(float(now))
    assert not any(getattr(one, "event", "") == "start" for one in metal)
