from __future__ import annotations

import pytest

from ui.theme import Mode
from ui.widgets.stepper import StepMark, Stepper
from ui.widgets.text import Label

pytestmark = pytest.mark.usefixtures("light")
STEPS = ["Scan weapon", "Engrave", "Scan the new mark"]


def test_the_step_under_way_is_bold_and_spoken_in_every_theme(qtbot, light):
    stepper = Stepper(STEPS)
    qtbot.addWidget(stepper)
    stepper.show()
    stepper.show_step(1)
    light.use(Mode.DARK)
    light.use(Mode.LIGHT)
    weights = [label.font().weight() for label in stepper.findChildren(Label)]
    assert weights == [500, 600, 500]
    assert stepper.accessibleName() == "Step 2 of 3: Engrave"
    stepper.show_step(3)
    assert stepper.accessibleName() == "All 3 steps are done"


def test_a_done_step_is_told_by_its_shape(qtbot):
    stepper = Stepper(STEPS)
    qtbot.addWidget(stepper)
    marks = stepper.findChildren(StepMark)
    pictures = [mark.grab().toImage() for mark in marks]
    stepper.show_step(2)
    assert all(
        mark.grab().toImage() != before for mark, before in zip(marks, pictures, strict=True)
    )


def test_steps_run_from_where_reading_starts(qtbot, mirrored):
    stepper = Stepper(STEPS)
    qtbot.addWidget(stepper)
    stepper.resize(700, 40)
    stepper.show()
    places = [
        mark.mapTo(stepper, mark.rect().center()).x() for mark in stepper.findChildren(StepMark)
    ]
    assert places == sorted(places, reverse=True)
