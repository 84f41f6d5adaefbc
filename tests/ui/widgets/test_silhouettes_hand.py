from __future__ import annotations

import pytest

from ui.widgets import silhouettes_hand
from ui.widgets.outlines import outline

NAMES = [name for name in vars(silhouettes_hand) if name.isupper()]


@pytest.mark.parametrize("name", NAMES)
def test_a_body_is_drawn_and_every_muzzle_points_left(name):
    drawn = outline(name, getattr(silhouettes_hand, name))
    body = drawn.of("receiver") or drawn.of("frame")
    barrel = drawn.of("barrel")
    assert body
    if barrel:
        assert barrel.room.left() < body.room.left()
    stock = drawn.of("stock")
    if stock:
        assert stock.room.right() > body.room.right()


@pytest.mark.parametrize("name", [name for name in NAMES if name != "PART"])
def test_a_trigger_stands_in_its_guard(name):
    parts = outline(name, getattr(silhouettes_hand, name)).parts
    guard, *triggers = [part for part in parts if part.component == "trigger_unit"]
    assert triggers
    for trigger in triggers:
        assert guard.room.contains(trigger.room.center())
