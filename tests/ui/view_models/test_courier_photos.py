"""Photos beside courier files, carried on a lane of their own and stopped by a button."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain.errors import Cancelled
from stockpile.domain.photo_courier import photos_file
from stockpile.services.courier_meetings import CourierMeetings
from tests.helpers.albums import a_photo
from tests.helpers.neighbours import OTHER, a_depot
from ui.view_models.courier_photos import CourierPhotosModel

LONG = 20_000


@pytest.fixture
def model(seat):
    desk, session, _notices = seat.made_with
    return CourierPhotosModel(desk, session)


@pytest.fixture
def gulu(seat, tmp_path):
    """Another depot that this one knows, and that knows it."""
    made = a_depot(tmp_path / "gulu", OTHER)
    couriers, by = seat.stockpile.couriers, seat.session.officer
    keys, ours = made.stockpile.keys, seat.stockpile.keys
    seat.on_books(partial(couriers.introduce, keys.node, keys.public_key, "Gulu", by=by))
    made.stockpile.couriers.introduce(ours.node, ours.public_key, "Here", by=made.by)
    yield made
    made.stockpile.close()


def photographed(seat, serial="KB 1", seed=1):
    weapon = seat.register(serial)
    add = partial(seat.stockpile.photographs.add, weapon, a_photo(seed), by=seat.session.officer)
    return weapon, seat.write(add)


def packed(seat, gulu, file):
    return seat.on_books(
        partial(seat.stockpile.couriers.pack, file, gulu.node, by=seat.session.officer)
    )


def test_photos_are_written_beside_a_file_and_taken_in_from_one(seat, model, gulu, qtbot, tmp_path):
    _weapon, photo = photographed(seat)
    file = packed(seat, gulu, tmp_path / "there.courier")
    with qtbot.waitSignals([model.began, model.carried], timeout=LONG):
        model.pack(file, ())
    assert not model.is_busy
    gulu.load_both(file.file)
    assert gulu.shows(photo.digest)

    (theirs,) = gulu.stock(1, "GU")
    back, beside = gulu.pack_both(tmp_path / "back.courier", seat.stockpile.keys.node)
    assert beside.photos == 0
    shown = gulu.photograph(theirs, 2)
    back, beside = gulu.pack_both(tmp_path / "back.courier", seat.stockpile.keys.node)
    couriers, by = seat.stockpile.couriers, seat.session.officer
    seat.on_books(lambda: couriers.take(couriers.open(back.file), by=by))
    with qtbot.waitSignal(model.carried, timeout=LONG) as carried:
        model.take(back.file)
    assert carried.args[0].kept == beside.photos == 1
    assert seat.stockpile.photographs.held([shown]) == {shown}


def test_what_was_chosen_is_remembered_and_nonsense_is_not_believed(seat, model):
    assert (model.along, model.megabytes) == (True, 256)
    model.remember(along=False, megabytes=64)
    assert (model.along, model.megabytes) == (False, 64)
    seat.session.remember(courier_photos_most="a lot", courier_photos="perhaps")
    assert (model.along, model.megabytes) == (True, 256)


def test_where_none_shall_go_along_none_is_written(seat, model, gulu, qtbot, tmp_path):
    photographed(seat)
    model.remember(along=False, megabytes=64)
    file = packed(seat, gulu, tmp_path / "there.courier")
    with qtbot.assertNotEmitted(model.began), qtbot.waitSignal(model.carried, timeout=LONG):
        model.pack(file, ())
    assert not photos_file(file.file).exists()


def test_who_stops_it_keeps_the_record_and_no_half_file(seat, model, gulu, qtbot, tmp_path):
    photographed(seat)
    file = packed(seat, gulu, tmp_path / "there.courier")
    model.began.connect(lambda work: work.cancel())
    with qtbot.waitSignal(model.failed, timeout=LONG) as failed:
        model.pack(file, ())
    assert isinstance(failed.args[0], Cancelled)
    assert not model.is_busy
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["there.courier"]


def test_the_program_ends_in_the_middle_of_it_and_nothing_is_half(
    seat, model, gulu, qtbot, tmp_path
):
    photographed(seat)
    file = packed(seat, gulu, tmp_path / "there.courier")
    model.began.connect(lambda _work: seat.desk.closing.emit())
    with qtbot.waitSignal(model.failed, timeout=LONG):
        model.pack(file, ())
    assert not photos_file(file.file).exists()


def test_pressed_twice_it_is_written_twice_and_whole(seat, model, gulu, qtbot, tmp_path):
    _weapon, photo = photographed(seat)
    file = packed(seat, gulu, tmp_path / "there.courier")
    with qtbot.waitSignals([model.carried, model.carried], timeout=LONG):
        model.pack(file, ())
        model.pack(file, ())
    assert not model.is_busy
    gulu.load_both(file.file)
    assert gulu.shows(photo.digest)


def test_a_meeting_carries_them_both_ways(seat, model, gulu, qtbot, tmp_path):
    _weapon, photo = photographed(seat)
    (theirs,) = gulu.stock(1, "GU")
    shown = gulu.photograph(theirs, 3)
    folder = tmp_path / "share"
    folder.mkdir()
    gulu.pack_both(folder / "from gulu.courier", seat.stockpile.keys.node)
    meetings, by = CourierMeetings(seat.stockpile.couriers), seat.session.officer
    met = seat.on_books(partial(meetings.exchange, folder, by=by))[1]
    with qtbot.waitSignal(model.carried, timeout=LONG) as carried:
        model.meet(folder, met)
    assert (carried.args[0].kept, carried.args[0].written) == (1, 1)
    assert seat.stockpile.photographs.held([shown]) == {shown}
    gulu.load_both(met.packed[0].file)
    assert gulu.shows(photo.digest)
    with qtbot.waitSignal(model.failed, timeout=LONG):
        model.meet(tmp_path / "pulled out", met)
