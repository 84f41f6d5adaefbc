"""What differs is marked by a sign and said aloud, not by a colour alone."""

from __future__ import annotations

from stockpile.language import plain
from tests.helpers.readable import displayed, faults
from tests.ui.pages.test_conflicts_card import case
from ui.pages.conflicts_sides import Sides, photo_titles
from ui.widgets.text import Label


def test_what_differs_has_a_sign_and_is_said(light, qtbot):
    sides = Sides()
    sides.show_case(case())
    displayed(sides, qtbot, 620, 300)
    words = [plain(one.text()) for one in sides.findChildren(Label)]
    assert "≠ Place" in words
    assert {"1. Moved", "2. Moved", "Rack 0", "Rack 1", "Its clock is in doubt."} <= set(words)
    spoken = [plain(one.accessibleName()) for one in sides.findChildren(Label)]
    assert "Place: Rack 0, differs" in spoken
    assert faults(sides) == []


def test_a_photo_of_several_sides_is_shown_once():
    shown = case()
    both = [*shown.sides, shown.sides[0]]
    assert [plain(title) for _digest, title in photo_titles(both)] == [
        "Account 1, 3", "Account 2",
    ]  # fmt: skip
