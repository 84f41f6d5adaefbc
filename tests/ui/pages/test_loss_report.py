"""The form of a report: what it says, what it asks for, and where the cursor goes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.errors import FieldUnreadable, SecondOfficerMissing
from ui.pages.loss_report import LossReport
from ui.view_models.losses import LossesModel


@pytest.fixture
def form(seat, qtbot):
    model = LossesModel(*seat.made_with)
    made = LossReport(model)
    made.model_ = model
    qtbot.addWidget(made)
    made.resize(1100, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.begin()
    return made


def test_a_report_needs_a_weapon_and_words(seat, form, qtbot):
    asked = []
    form.sign_wanted.connect(asked.append)
    form.check()
    assert "Scan" in form.scan.message
    form.model_.pick(seat.register("KB 1"))
    qtbot.waitUntil(lambda: len(form.model_.lines) == 1)
    form.check()
    assert form.circumstances.message
    form.circumstances.set_text("lock forced")
    form.how.choose("stolen")
    form.check()
    (loss,) = asked
    assert (loss.how, loss.circumstances, loss.discovered) == ("stolen", "lock forced", "")


def test_enter_alone_goes_on_to_the_words(form, qtbot):
    qtbot.keyClick(form.scan.edit, Qt.Key.Key_Return)
    assert form.circumstances.edit.hasFocus()
    qtbot.keyClick(form.circumstances.edit, Qt.Key.Key_Return)
    assert form.measures.edit.hasFocus()


def test_a_refusal_stands_at_its_field(form):
    form.refuse(FieldUnreadable("discovered", "yesterday"))
    assert form.discovered.message
    form.refuse(SecondOfficerMissing("report_loss"))
    assert form.circumstances.message


def test_an_alarm_stands_on_the_form_too(seat, form):
    form.clear()
    assert not form.result.isVisible()
    form.show_lines()
    assert form.lines.lines == ()
