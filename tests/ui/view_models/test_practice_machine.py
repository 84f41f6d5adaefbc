from __future__ import annotations

from ui.view_models.practice_machine import PracticeMachineModel


def test_in_a_real_depot_nothing_is_looked_at(seat, qtbot):
    model = PracticeMachineModel(*seat.made_with)
    assert not model.is_practice
    model.start()
    assert not model._clock.isActive()
    model.stop()
