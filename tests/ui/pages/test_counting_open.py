"""The plan of a count: Enter is enough where the usual is right."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from tests.helpers.readable import displayed, faults
from ui.pages.counting_open import NewCountDialog
from ui.view_models.counting_plans import WHOLE_SITE, Offer, Plan, Spot

Key = Qt.Key
OFFER = Offer(
    (Spot("p1", "Armoury 1"), Spot("p2", "Armoury 1 › A01")),
    ("ASR", "PST"),
    ("me", "A. Mbuyi"),
    (("two", "P. Ilunga"), ("three", "Z. Auditor")),
)


def opened(qtbot, usual):
    dialog = NewCountDialog(OFFER, usual)
    dialog.plans = []
    dialog.decided.connect(dialog.plans.append)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.open()
        dialog.activateWindow()
    return dialog


def test_enter_starts_the_usual_count(light, qtbot):
    usual = Plan(second="two", rule="six-monthly")
    dialog = opened(qtbot, usual)
    qtbot.keyClick(dialog, Key.Key_Return)
    assert dialog.plans == [usual]


def test_another_plan_is_filled_in_by_keys(light, qtbot):
    dialog = opened(qtbot, Plan(second="two", rule="six-monthly"))
    for field, text in ((dialog.place, "A01"), (dialog.second, "Auditor"), (dialog.share, "10")):
        line = field.box.lineEdit()
        line.setFocus()
        line.selectAll()
        qtbot.keyClicks(line, text)
        qtbot.keyClick(line, Key.Key_Down)
        field.box.setCurrentIndex(field.box.findText(text, Qt.MatchFlag.MatchContains))
    dialog.blind.setChecked(True)
    plan = dialog.plan
    assert (plan.place, plan.second, plan.percent, plan.blind) == ("p2", "three", 10, True)
    assert plan.rule == ""  # it is no longer the count that the rule asked for


def test_a_sample_is_of_serials_only(light, qtbot):
    dialog = opened(qtbot, Plan(second="two", percent=10))
    dialog.basis._parts["quantity"].click()
    assert not dialog.share.isEnabled()
    assert dialog.plan.percent == 100
    assert dialog.plan.basis == "quantity"


@pytest.mark.parametrize(("usual", "field"), [(Plan(), "second"), (Plan(place="x"), "place")])
def test_what_is_missing_is_said_at_its_field(light, qtbot, usual, field):
    dialog = opened(qtbot, usual)
    dialog.accept()
    assert getattr(dialog, field).message
    assert dialog.plans == []
    assert dialog.isVisible()


def test_who_is_the_only_officer_is_told_to_appoint_another_before_they_try(light, qtbot):
    dialog = NewCountDialog(replace(OFFER, others=()), Plan())
    displayed(dialog, qtbot, 680, 460)
    said = dialog.second.message
    assert "Officers" in said
    dialog.accept()
    assert dialog.second.message == said
    assert dialog.isVisible()
    assert faults(dialog) == []


def test_whoever_is_named_independent_is_part_of_the_plan(light, qtbot):
    dialog = opened(qtbot, Plan(second="two"))
    dialog.independent.set_value("me")
    assert dialog.plan.independent == "me"
    assert dialog.plan.place == WHOLE_SITE


def test_everybody_can_use_it(tongue, qtbot):
    dialog = NewCountDialog(OFFER, Plan(second="two"))
    displayed(dialog, qtbot, 680, 460)
    assert faults(dialog) == []
