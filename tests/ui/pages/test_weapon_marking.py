"""Marks and components are said anew in one form, with a reason."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from stockpile.domain.errors import ReasonMissing
from stockpile.domain.facts import Component, Mark
from stockpile.domain.weapons import Weapon
from ui.pages.weapon_marking import MarksForm

SERIAL = Mark("serial", "KB1", is_identity=True)
BOLT = Component("bolt", (Mark("serial", "77"),))
WEAPON = Weapon("w1", marks=(SERIAL,), components=(BOLT,))


@pytest.fixture
def form(light, qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1024, 640)
    host.show()
    form = MarksForm(WEAPON, ["seen under the paint"], host)
    form.show()
    yield form
    host.close()


def test_untouched_nothing_can_be_confirmed(form):
    form._reason.take("seen under the paint")
    assert not form.confirm.isEnabled()


def test_another_mark_and_a_reason_are_told_whole(form, qtbot):
    form.editor.set_marks((SERIAL, Mark("symbol", "", symbol="star")), (BOLT,))
    form.editor.changed.emit()
    assert not form.confirm.isEnabled()
    form._reason.take("seen under the paint")
    with qtbot.waitSignal(form.decided) as blocker:
        form.accept()
    marks, components, reason = blocker.args
    assert marks == (SERIAL, Mark("symbol", "", symbol="star"))
    assert components == (BOLT,)
    assert reason == "seen under the paint"


def test_it_waits_for_the_answer(form):
    form.editor.set_marks((), ())
    form._reason.take("seen under the paint")
    form.accept()
    assert form.confirm.is_busy
    form.show_error(ReasonMissing("correct"))
    assert not form.confirm.is_busy
    assert form._reason.field.message
    form.close_decided()
    assert not form.isVisible()
