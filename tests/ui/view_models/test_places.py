"""Places on the screen: the tree, the plan, what stands in a rack, and what is done to them."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain.errors import PlaceCodeTaken, PlaceOccupied
from stockpile.domain.places import Change
from ui.view_models.places import PlacesModel, walked


@pytest.fixture
def room(seat):
    site = seat.on_books(seat.stockpile.people.site)
    by = seat.session.officer
    return seat.write(partial(seat.stockpile.places.open, "Room", "room", site, by=by))


@pytest.fixture
def racks(seat, room):
    said = {"name": "Rack 1..3", "code": "R1..3", "capacity": 2}
    by = seat.session.officer
    return seat.write(partial(seat.stockpile.places.open_row, room.id, said, by=by))


@pytest.fixture
def model(seat, qtbot, racks):
    made = PlacesModel(*seat.made_with)
    with qtbot.waitSignal(made.shown):
        made.refresh()
    return made


def test_it_begins_with_the_first_room_that_has_racks(model, room):
    shown = model.now
    assert shown.room.place == room
    assert [one.name for one in shown.path] == ["Kampala Central", "Room"]
    assert {one.place.name for one in shown.fillings} == {"Rack 1", "Rack 2", "Rack 3"}
    assert [one.place.kind for one in walked(shown.tree)][:2] == ["site", "room"]
    assert not shown.is_bare


def test_a_depot_with_its_site_alone_is_bare(seat, qtbot):
    model = PlacesModel(*seat.made_with)
    with qtbot.waitSignal(model.shown):
        model.refresh()
    assert model.now.is_bare


def test_figures_follow_what_others_write(model, seat, racks, qtbot):
    with qtbot.waitSignal(model.shown):
        for n in range(3):
            seat.register(f"KB{n}", racks[0])
    filling = next(one for one in model.now.fillings if one.place.id == racks[0].id)
    assert (filling.here, filling.over) == (3, 1)


def test_a_place_that_is_open_is_read_again_when_something_moves(model, seat, racks, qtbot):
    with qtbot.waitSignal(model.opened) as told:
        model.open(racks[0].id)
    assert told.args[0].contents.here == ()
    assert told.args[0].said == "Room / Rack 1"
    with qtbot.waitSignal(model.opened) as told:
        seat.register("KB1", racks[0])
    assert [row.serial for row in told.args[0].contents.here] == ["KB1"]
    model.close_contents()
    with qtbot.assertNotEmitted(model.opened, wait=350):
        seat.register("KB2", racks[0])


def test_a_row_is_added_where_it_is_said_and_shown(model, seat, qtbot):
    site = seat.on_books(seat.stockpile.people.site)
    with qtbot.waitSignals([model.added, model.shown]):
        model.add(site, Change(name="Crate 1..4", kind="crate"))
    assert model.now.room.place.id == site
    assert len(model.now.fillings) == 5


def test_a_refusal_is_told_to_who_asked(model, racks, qtbot):
    with qtbot.waitSignal(model.refused) as told:
        model.change(racks[0].id, Change(code="R2"))
    assert isinstance(told.args[0], PlaceCodeTaken)


def test_a_place_is_closed_only_when_it_is_empty(model, seat, racks, qtbot):
    seat.register("KB1", racks[0])
    with qtbot.waitSignal(model.refused) as told:
        model.close(racks[0], "sold")
    assert isinstance(told.args[0], PlaceOccupied)
    with qtbot.waitSignals([model.closed, model.shown]):
        model.close(racks[1], "sold")
    qtbot.waitUntil(lambda: len(model.now.fillings) == 2)
