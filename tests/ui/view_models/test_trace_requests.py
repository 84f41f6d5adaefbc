"""The desk of trace requests: what is handed over or scanned becomes a request, or is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.errors import TraceRequestUnknown
from ui.view_models.trace_requests import TraceModel


@pytest.fixture
def model(seat):
    return TraceModel(*seat.made_with)


def test_a_request_is_found_by_its_number_and_a_weapon_by_its_label_or_serial(seat, model, qtbot):
    weapon = seat.register("KB 1")
    desk, by = seat.stockpile.trace_requests, seat.session.officer
    said = replace(seat.on_books(lambda: desk.of_weapon(weapon)), by_state="UG", of_state="Belgium")
    with qtbot.waitSignal(model.stands):
        made = seat.write(lambda: desk.make(said, by=by))
    for look in (model.enter, model.look_up):
        with qtbot.waitSignal(model.named) as named:
            look(made.said.number)
        assert named.args == [made.id]
    for look, text in ((model.enter, weapon), (model.look_up, "KB 1")):
        with qtbot.waitSignal(model.prepared) as prepared:
            look(text)
        assert (prepared.args[0].weapon, prepared.args[0].by_state) == (weapon, "UG")


def test_what_is_no_weapon_and_no_request_is_refused(seat, model, qtbot):
    with qtbot.waitSignal(model.refused) as refused:
        model.enter("TR-KLA-26-0009")
    assert isinstance(refused.args[0], TraceRequestUnknown)
    with qtbot.waitSignal(model.prepared) as prepared:
        model.begin()
    assert prepared.args[0].marks == ()


def test_a_storekeeper_only_looks(seat, model):
    assert model.may_ask
    seat.sit_down("S. Keeper", "storekeeper")
    assert not model.may_ask
