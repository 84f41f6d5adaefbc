"""Where the site's rule wants two for an act, the second one sees it and signs, now or later."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import SecondOfficerMissing
from stockpile.domain.facts import GuardSet
from tests.helpers.house import PIN
from ui.pages.seconding import SecondOfficer
from ui.view_models.weapon_detail import WeaponDetailModel

WAIT = 20_000


@pytest.fixture
def strict(seat):
    """A site that asks for two to correct records, and what asks them."""
    asking = SecondOfficer(seat.desk, seat.session)
    seat.desk.ask_second = asking.ask
    people, guard, by = seat.stockpile.people, seat.stockpile.guard, seat.session.officer

    def rule():
        people.appoint("S. Second", ("commander",), PIN, by=by)
        return guard.set(GuardSet(("correct",)), by=by), None

    seat.write(rule)
    return asking


def asked(seat, strict, qtbot):
    """Correct a record; return the model, the weapon and the dialog that asks."""
    weapon = seat.register("KB4471902")
    model = WeaponDetailModel(*seat.made_with)
    model.correct(weapon, {"model": "AKMS"}, "misread")
    qtbot.waitUntil(lambda: strict.dialog is not None, timeout=WAIT)
    return model, weapon, strict.dialog


def test_the_second_officer_sees_what_changes_and_signs_at_the_desk(seat, strict, qtbot):
    model, weapon, dialog = asked(seat, strict, qtbot)
    assert "KB4471902" in dialog.what.text()
    assert "AKMS" in dialog.what.text()
    books = seat.stockpile.books
    assert seat.on_books(lambda: books.weapon(weapon)).model == "AKM"
    first, second = dialog.rows
    qtbot.waitUntil(lambda: second.name == "S. Second", timeout=WAIT)
    first.pin.set_text(PIN)
    second.pin.set_text(PIN)
    with qtbot.waitSignal(model.corrected, timeout=WAIT):
        dialog.confirm.click()
    assert seat.on_books(lambda: books.weapon(weapon)).model == "AKMS"


def test_one_signs_and_a_second_later_and_nothing_has_happened_yet(seat, strict, qtbot):
    model, weapon, dialog = asked(seat, strict, qtbot)
    with qtbot.waitSignal(model.corrected, timeout=WAIT):  # the form that asked for it goes
        dialog.later.emit("alone tonight")
    (waits,) = seat.on_books(seat.stockpile.proposals.open)
    assert waits.reason == "alone tonight"
    assert seat.on_books(lambda: seat.stockpile.books.weapon(weapon)).model == "AKM"


def test_where_nobody_signs_it_is_refused_and_nothing_is_written(seat, strict, qtbot):
    model, _weapon, dialog = asked(seat, strict, qtbot)
    with qtbot.waitSignal(model.refused, timeout=WAIT) as refused:
        dialog.reject()
    assert isinstance(refused.args[0], SecondOfficerMissing)
    assert seat.on_books(seat.stockpile.proposals.open) == ()
