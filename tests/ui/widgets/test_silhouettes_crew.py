from __future__ import annotations

import pytest

from ui.widgets import silhouettes_crew
from ui.widgets.outlines import outline

NAMES = [name for name in vars(silhouettes_crew) if name.isupper()]


@pytest.mark.parametrize("name", NAMES)
def test_what_bears_the_serial_is_drawn(name):
    drawn = outline(name, getattr(silhouettes_crew, name))
    assert any(drawn.of(one) for one in ("receiver", "tube", "launch_tube"))


@pytest.mark.parametrize("name", NAMES)
def test_legs_reach_the_ground(name):
    drawn = outline(name, getattr(silhouettes_crew, name))
    legs = [part for part in drawn.parts if part.component in ("tripod", "bipod", "baseplate")]
    lowest = max(part.room.bottom() for part in drawn.parts)
    if legs:
        assert max(part.room.bottom() for part in legs) == lowest
