"""What was found: condition and date, place, marks, safety."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from stockpile.domain.facts import SafeCheck
from stockpile.domain.places import Place
from stockpile.domain.values import JobId
from stockpile.domain.weapons import Applied, Weapon
from tests.helpers.readable import faults
from ui.pages.weapon_findings import InspectDialog, SafetyDialog, SettleDialog, SettleMarksDialog

PLACES = (Place("site", "Kampala Central", "site", None), Place("r1", "Rack 01", "rack", "site"))
MARKED = Weapon(
    "w1",
    applied=tuple(
        Applied(JobId(job), "s", text, 1, "m", "marked", 0)
        for job, text in (("j1", "UG 26 000001"), ("j2", "UG 26 000002"))
    ),
)


@pytest.fixture
def host(tongue, qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    return host


@pytest.mark.parametrize(
    ("condition", "due", "enough"),
    [
        ("", "", False),
        ("repairable", "", True),
        ("repairable", "2027-01-31", True),
        ("repairable", "31.1.2027", False),
        ("repairable", "soon", False),
        ("repairable", "2027-02-31", False),
    ],
)
def test_an_inspection_needs_a_condition_and_a_date_that_is_one(host, condition, due, enough):
    dialog = InspectDialog("unknown", host)
    dialog._condition.set_value(condition)
    dialog._due.set_text(due)
    dialog._judge_found()
    assert dialog.confirm.isEnabled() is enough


def test_an_inspection_is_told(host, qtbot):
    dialog = InspectDialog("repairable", host)
    dialog.show()
    dialog._remarks.set_text(" spring ")
    dialog._due.set_text("2027-01-31")
    with qtbot.waitSignal(dialog.decided) as blocker:
        dialog.accept()
    assert blocker.args == ["repairable", "spring", "2027-01-31", False]


def test_an_unfit_weapon_is_explained(host, qtbot):
    dialog = InspectDialog("unserviceable", host, unfit=True)
    dialog.show()
    assert not dialog.confirm.isEnabled()
    qtbot.keyClicks(dialog._remarks.edit, "barrel bulged")
    with qtbot.waitSignal(dialog.decided) as blocker:
        dialog.accept()
    assert blocker.args == ["unserviceable", "barrel bulged", "", True]


def test_a_place_is_settled_with_a_reason(host, qtbot):
    dialog = SettleDialog(PLACES, ["Kampala Central", "Rack 01"], host)
    dialog.show()
    assert faults(dialog) == []
    dialog._reason.set_text("it stands before me")
    assert not dialog.confirm.isEnabled()
    dialog._place.set_value("r1")
    with qtbot.waitSignal(dialog.decided) as blocker:
        dialog.accept()
    assert blocker.args == [PLACES[1], "it stands before me"]


def test_the_marks_that_stand_are_ticked(host, qtbot):
    dialog = SettleMarksDialog(MARKED, host)
    dialog.show()
    dialog._ticks[JobId("j1")].click()
    dialog._reason.set_text("looked")
    with qtbot.waitSignal(dialog.decided) as blocker:
        dialog.accept()
    assert blocker.args == [("j2",), "looked"]


def test_a_safety_check_begins_with_what_was_said_before(host, qtbot):
    dialog = SafetyDialog(SafeCheck(chamber_clear=True, cleared_by="Sgt Obi"), host)
    dialog.show()
    assert faults(dialog) == []
    dialog._remnant.click()
    dialog._reason.set_text("a round is stuck")
    with qtbot.waitSignal(dialog.decided) as blocker:
        dialog.accept()
    found = SafeCheck(chamber_clear=True, remnant=True, cleared_by="Sgt Obi")
    assert blocker.args == [found, "a round is stuck"]
