"""What is open stands in a list, each with its one button."""

from __future__ import annotations

from stockpile.domain.matters import Matter
from tests.helpers.readable import displayed, faults
from ui.pages.weapon_matters import OpenMatters
from ui.widgets.button import Button

MATTERS = (
    Matter("readings_differ", "correct", "KB4471907"),
    Matter("mark_missing", "mark"),
    Matter("not_normalised", "correct", "make"),
)


def test_each_has_one_button_that_says_what_it_closes(tongue, qtbot):
    card = OpenMatters()
    card.show_matters(MATTERS)
    displayed(card, qtbot, 620, 260)
    assert faults(card) == []
    buttons = card.findChildren(Button)
    assert len(buttons) == len(MATTERS)
    assert len({one.accessibleName() for one in buttons}) == len(MATTERS)
    with qtbot.waitSignal(card.wanted) as blocker:
        buttons[1].click()
    assert blocker.args == [MATTERS[1]]


def test_it_goes_away_when_nothing_is_open(light, qtbot):
    card = OpenMatters()
    displayed(card, qtbot, 620, 260)
    card.show_matters(MATTERS)
    assert card.isVisible()
    card.show_matters(())
    assert not card.isVisible()
