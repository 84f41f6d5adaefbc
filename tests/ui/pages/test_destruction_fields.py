"""Methods in sequence and who is present, as they are told on two forms."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import Attendant
from tests.helpers.pyres import PRESENT
from ui.pages.destruction_fields import CommitteeField, MethodsField


@pytest.fixture
def methods(light, qtbot):
    made = MethodsField()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def committee(light, qtbot):
    made = CommitteeField()
    qtbot.addWidget(made)
    return made


def test_a_method_for_the_eye_only_asks_for_the_next_one(methods):
    methods.steps[0].box.setCurrentText("Burning")
    assert methods.value() == ("burning",)
    assert methods.steps[0].message
    methods.steps[1].box.setCurrentText("Smelting")
    assert methods.value() == ("burning", "smelting")
    assert not methods.steps[0].message
    methods.show_error("no")
    assert methods.steps[1].message
    methods.set_value(())
    assert methods.value() == ()


def test_people_are_added_and_taken_off_and_one_half_typed_counts(committee):
    assert committee.value() == ()
    committee.set_value(PRESENT)
    committee.name.set_text("Maj. Achieng")
    assert committee.value()[-1] == Attendant("Maj. Achieng")
    committee.take()
    committee.take()
    assert len(committee.value()) == 3
    committee.people.setCurrentIndex(committee.people.rows.index(0))
    committee.take_off()
    assert [one.name for one in committee.value()] == ["J. Doe", "Maj. Achieng"]
    committee.show_error("more")
    assert committee.name.message
