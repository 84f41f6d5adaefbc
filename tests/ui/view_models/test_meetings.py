"""A folder between two computers: looked at, then exchanged through."""

from __future__ import annotations

from functools import partial

import pytest

from tests.helpers.neighbours import OTHER, a_depot
from ui.view_models.meetings import MeetingsModel

LONG = 20_000


@pytest.fixture
def model(seat):
    desk, session, _notices = seat.made_with
    return MeetingsModel(desk, session)


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


def test_what_lies_there_is_shown_first_and_then_taken_in(seat, model, gulu, qtbot, tmp_path):
    folder = tmp_path / "share"
    folder.mkdir()
    gulu.pack(folder / "from gulu.courier", seat.stockpile.keys.node)
    with qtbot.waitSignal(model.looked, timeout=LONG) as looked:
        model.look(folder)
    found, seen, load = looked.args
    assert (seen.fresh, load.photos) == (0, ())
    assert found.opened[0][1].preview.sender.id == gulu.node
    assert not seat.on_books(partial(seat.stockpile.books.entries, gulu.node, 0, 1))
    with qtbot.waitSignal(model.met, timeout=LONG) as met:
        model.exchange(found)
    assert met.args[0].facts
    (written,) = met.args[0].packed
    assert gulu.load(written.file).facts
    assert seat.on_books(partial(seat.stockpile.books.entries, gulu.node, 0, 1))


def test_a_folder_that_was_pulled_out_is_said(model, qtbot, tmp_path):
    with qtbot.waitSignal(model.failed):
        model.look(tmp_path / "gone")
