"""A reason is typed, or taken again from those given lately."""

from __future__ import annotations

import pytest

from tests.helpers.readable import displayed, faults
from ui.pages.weapon_reason import ReasonField
from ui.widgets.button import Button


@pytest.fixture
def field(light, qtbot):
    field = ReasonField(["misread in bad light", "x" * 90])
    displayed(field, qtbot, 300, 320)
    return field


def offers(field):
    return [one for one in field.findChildren(Button) if one.isVisible()]


def test_a_reason_given_lately_is_taken_again(field, qtbot):
    with qtbot.waitSignal(field.edited):
        offers(field)[0].click()
    assert field.text() == "misread in bad light"
    assert field.is_enough


def test_a_long_one_is_offered_short_and_taken_whole(field):
    assert len(offers(field)[1].text()) < 90
    offers(field)[1].click()
    assert field.text() == "x" * 90


@pytest.mark.parametrize(("text", "enough"), [("", False), ("  x ", False), ("worn", True)])
def test_blanks_are_no_reason(field, text, enough):
    field.field.set_text(text)
    assert field.is_enough is enough


def test_without_reasons_nothing_is_offered(field):
    field.offer([])
    assert offers(field) == []
    assert faults(field) == []
