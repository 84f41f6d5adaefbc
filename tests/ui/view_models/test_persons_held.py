"""Personal data at the desk: handed out by two, and what is due by the rule."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from stockpile.domain.errors import FieldMissing
from stockpile.domain.facts import GuardSet
from tests.helpers.holding import put
from tests.helpers.house import PIN
from ui.view_models.persons_held import PersonsHeldModel


@pytest.fixture
def signed(seat):
    """The officer at the desk and a second one."""
    people, by = seat.stockpile.people, seat.session.officer
    seat.on_books(partial(people.appoint, "S. Second", ("commander",), PIN, by=by))
    return by, seat.on_books(partial(people.sign_in, "S. Second", PIN))


def test_what_is_held_is_handed_out_and_a_missing_ground_is_told(seat, signed, qtbot, tmp_path):
    person, model = put(seat, reference="A-118"), PersonsHeldModel(seat.desk, seat.session)
    assert model.may("disclose_person")
    with qtbot.waitSignal(model.refused) as said:
        model.disclose(person.id, "a lawyer", " ", tmp_path / "out", signed)
    assert isinstance(said.args[0], FieldMissing)
    with qtbot.waitSignal(model.disclosed) as told:
        model.disclose(person.id, "a lawyer", "court order", tmp_path / "out", signed)
    assert told.args[0].paper.is_file()
    assert model.folder.parent == seat.stockpile.home.parent


def test_what_is_due_by_the_rule_is_told_and_erased(seat, qtbot):
    put(seat)
    model = PersonsHeldModel(seat.desk, seat.session)
    with qtbot.waitSignal(model.due) as said:
        model.look()
    assert said.args == [(), 0]  # no rule
    guard, by = seat.stockpile.guard, seat.session.officer
    seat.on_books(partial(guard.set, replace(GuardSet(), retain_persons=1), by=by))
    with qtbot.waitSignal(model.due) as said:
        model.look()
    assert said.args == [(), 1]  # they were here today
    with qtbot.waitSignal(model.erased) as gone:
        model.erase_due()
    assert gone.args == [0]
