from __future__ import annotations

from stockpile.adapters.marking.markers import DRIVERS
from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.machines import FACES, Wiring


def test_every_machine_on_a_wire_can_be_simulated():
    assert set(DRIVERS) - set(FACES) == {"by_hand"}
    assert set(FACES) <= set(DRIVERS)


def test_each_machine_stands_ready_with_bare_metal_when_it_is_switched_on():
    for make in FACES.values():
        face = make(Wiring(lambda _happening: None, FaultPlan(), 1.0, on_serial=True, guard=True))
        assert face.machine.phase.value == "ready"
        assert face.machine.metal.dots == []
        assert not face.machine.busy
