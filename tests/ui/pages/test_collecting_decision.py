"""Rounds are read as they are typed; a decision against somebody has its reason."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import FieldMissing, ReasonMissing
from stockpile.domain.facts import RoundsHanded
from stockpile.domain.values import PlaceId
from ui.pages.collecting_decision import DecisionPane, RoundsPane
from ui.view_models.collecting import CollectingModel


@pytest.fixture
def decision(light, qtbot):
    pane = DecisionPane()
    qtbot.addWidget(pane)
    return pane


def said(pane):
    return pane.said(PlaceId("s1"), under_18=False, child_protection="", category="combatant")


def test_a_reason_is_kept_only_while_the_person_is_not_eligible(decision):
    decision.reason.set_text("not of this group")
    assert (said(decision).eligible, said(decision).reason) == (True, "")
    assert decision._why.isHidden()
    decision.turn()
    assert (said(decision).eligible, said(decision).reason) == (False, "not of this group")
    assert not decision._why.isHidden()
    decision.where.set_value("mobile")
    decision.empty()
    assert decision.is_eligible
    assert decision.reason.text() == ""
    assert said(decision).where == "mobile"  # the next person comes to the same site


def test_a_refusal_is_said_at_its_own_field_or_left_to_the_page(decision):
    assert decision.refuse(ReasonMissing("collect"))
    assert decision.reason.message
    assert not decision.on.message
    assert decision.refuse(FieldMissing("on"))
    assert decision.on.message
    assert not decision.refuse(FieldMissing("bearer"))


def test_rounds_are_counted_and_enter_in_the_empty_field_goes_on(seat, qtbot):
    model = CollectingModel(*seat.made_with)
    pane = RoundsPane(model)
    qtbot.addWidget(pane)
    model.refused.connect(pane.refuse)
    pane.rounds.set_text("sixty")
    pane.rounds.submitted.emit()
    assert "7.62x39 mm 60" in pane.rounds.message
    pane.rounds.set_text("9x19 mm 7")
    pane.bad.setChecked(True)
    pane.rounds.submitted.emit()
    assert model.table.rounds == (RoundsHanded("9x19 mm", 7, serviceable=False),)
    pane.clear()
    assert not pane.bad.isChecked()
    with qtbot.waitSignal(pane.done):
        pane.rounds.submitted.emit()
