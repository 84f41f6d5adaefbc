"""What lies on the counter is still there after the plug is pulled, judged anew."""

from __future__ import annotations

import json
from functools import partial

import pytest

from stockpile.domain.issuing import Line
from stockpile.services.slips import HandOver
from tests.helpers.counters import LOT, set_counter
from ui.view_models.counter import Counter, Header
from ui.view_models.counter_draft import note, put_back
from ui.view_models.counter_reading import Facing
from ui.view_models.issuing import IssuingModel


@pytest.fixture
def counter(seat):
    made = seat.on_books(partial(set_counter, seat.stockpile, seat.session.officer, 3))
    for name in ("P. Otim", "J. Were"):
        seat.on_books(partial(made.person, name))
    return made


def settle(seat):
    for _trip in range(4):
        seat.desk.wait()


def work(seat):
    model = IssuingModel(*seat.made_with)
    model.start()
    settle(seat)
    return model


@pytest.fixture
def laid(seat, counter):
    model = work(seat)
    for code in ("CARD-001", "KB4470000", "CARD-002", "KB4470001", LOT):
        model.scan(code)
    settle(seat)
    model.set_rounds(90)
    model.choose(counter.weapons[1])
    model.less(1)
    model.head(Header("18:00", "Gate guard", "North gate"))
    return model


def test_after_a_restart_it_lies_there_as_it_was(seat, counter, laid):
    again = work(seat).counter
    assert [(one.weapon.id, one.holder.name) for one in again.items] == [
        (counter.weapons[0], "P. Otim"), (counter.weapons[1], "J. Were"),
    ]  # fmt: skip
    assert again.items[1].counts == (3, 0)
    assert [(one.quantity, one.holder.name) for one in again.rounds] == [(90, "P. Otim")]
    assert (again.leader.name, again.header) == ("P. Otim", laid.counter.header)


def test_what_went_out_elsewhere_meanwhile_is_left_out(seat, counter, laid):
    def act():
        handed = HandOver((Line(counter.weapons[0], counter.people[0].id),))
        slips = counter.issuing.prepare(handed, by=counter.officer)
        return counter.issuing.issue(slips, {}, by=counter.officer)

    seat.on_books(act)
    again = work(seat).counter
    assert [one.weapon.id for one in again.items] == [counter.weapons[1]]


def test_an_empty_counter_leaves_no_note(seat, laid):
    assert seat.session.settings.counter
    laid.clear()
    assert seat.session.settings.counter == ""
    assert work(seat).counter.is_empty


def test_the_note_names_nobody(laid):
    assert "Otim" not in note(laid.counter)


def test_a_damaged_note_is_no_reason_not_to_work(seat, counter):
    bad = json.dumps({"header": ["", "", ""], "items": [[1]]})
    for text in ("", "no JSON", "[]", "{}", bad):
        assert seat.on_books(partial(put_back, seat.stockpile, Facing(), text)) is None


def test_what_comes_back_is_not_noted():
    assert note(Counter("return")) == ""
