"""The rules of the guard are set where they are shown, and every earlier setting stands below."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import GuardSet
from stockpile.language import figure
from tests.helpers.house import PIN
from tests.helpers.readable import displayed, faults
from ui.pages.guard_rules import GuardRulesSection
from ui.pages.seconding import SecondOfficer
from ui.view_models.guard_rules import GuardRulesModel
from ui.widgets.text import Label

WAIT = 20_000


@pytest.fixture
def rules(seat, qtbot):
    model = GuardRulesModel(*seat.made_with)
    section = GuardRulesSection(model)
    displayed(section, qtbot, 720, 900)
    with qtbot.waitSignal(model.came, timeout=WAIT):
        model.start()
    return section


def test_rules_are_set_and_what_they_were_stands_below(seat, rules, qtbot):
    assert rules.lock.text() == "10"
    assert any("destroy weapons" in one.text() for one in rules.findChildren(Label))
    rules.acts.set_value("correct,set_guard")
    rules.lock.set_text("3")
    with qtbot.waitSignal(rules._model.came, timeout=WAIT) as came:
        rules.save.click()
    assert came.args[0].rules == GuardSet(("correct", "set_guard"), 3)
    (once,) = came.args[0].history
    assert once.by == "A. Mbuyi"
    assert faults(rules) == []


def test_tracing_is_forbidden_and_allowed_again(seat, rules, qtbot):
    assert rules.tracing.isChecked()
    for allowed in (False, True):
        rules.tracing.setChecked(allowed)
        with qtbot.waitSignal(rules._model.came, timeout=WAIT) as came:
            rules.save.click()
        assert came.args[0].rules == GuardSet(tracing_allowed=allowed)
    words = came.args[0].history[0].changes
    assert [(one.what, one.before, one.after) for one in words] == [
        ("Tracing is allowed", "no", "yes")
    ]


def test_a_second_officer_is_asked_where_the_rules_want_one(seat, rules, qtbot):
    people, guard = seat.stockpile.people, seat.stockpile.guard
    by, asking = seat.session.officer, SecondOfficer(seat.desk, seat.session)
    seat.desk.ask_second = asking.ask

    def strict():
        people.appoint("S. Second", ("commander",), PIN, by=by)
        return guard.set(GuardSet(("set_guard",)), by=by), None

    with qtbot.waitSignal(rules._model.came, timeout=WAIT):
        seat.write(strict)
    rules.lock.set_text("20")
    rules.save.click()
    qtbot.waitUntil(lambda: asking.dialog is not None, timeout=WAIT)
    assert f"before: {figure(10)}" in asking.dialog.what.text()
    first, second = asking.dialog.rows
    qtbot.waitUntil(lambda: second.name == "S. Second", timeout=WAIT)
    first.pin.set_text(PIN)
    second.pin.set_text(PIN)
    with qtbot.waitSignal(rules._model.kept, timeout=WAIT) as kept:
        asking.dialog.confirm.click()
    assert kept.args == [True]
    assert seat.on_books(guard.rules).lock_after == 20


def test_a_number_that_is_none_is_said_beside_its_field(rules, qtbot):
    rules.lock.set_text("soon")
    with qtbot.waitSignal(rules._model.refused, timeout=WAIT):
        rules.save.click()
    assert "soon" in rules.lock.accessibleDescription() + rules.lock.edit.accessibleDescription()


def test_who_may_not_set_them_sees_them_and_is_told(seat, qtbot):
    seat.sit_down("C. Clerk", "clerk")
    model = GuardRulesModel(*seat.made_with)
    section = GuardRulesSection(model)
    qtbot.addWidget(section)
    with qtbot.waitSignal(model.came, timeout=WAIT):
        model.start()
    assert not section.save.isEnabled()
    assert "does not include" in section.save.toolTip()
