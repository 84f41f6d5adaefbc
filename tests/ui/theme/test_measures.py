from __future__ import annotations

from ui.theme.measures import Height, Radius, Space


def test_no_control_is_lower_than_a_finger_needs():
    heights = [value for name, value in vars(Height).items() if name.isupper()]
    assert min(heights) >= 24  # WCAG 2.2, 2.5.8
    assert Height.SCAN == 52


def test_gaps_grow_by_steps_of_four():
    gaps = [value for name, value in vars(Space).items() if name.isupper()]
    assert all(gap % 4 == 0 for gap in gaps)
    assert gaps == sorted(gaps)


def test_the_larger_the_ground_the_rounder():
    assert Radius.CHIP < Radius.CONTROL < Radius.CARD < Radius.PAPER < Radius.HERO
