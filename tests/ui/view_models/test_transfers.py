"""The board, and courier files from the look to the taking in."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain.facts import Draft, WaybillOpened, WeaponCounted
from tests.helpers.house import PIN
from tests.helpers.neighbours import OTHER, a_depot
from tests.helpers.sites import Site, SiteKeys
from ui.view_models.transfers import TransfersModel

LONG = 20_000
"""In milliseconds: words are made slow to try on purpose."""


@pytest.fixture
def model(seat):
    return TransfersModel(*seat.made_with)


@pytest.fixture
def second(seat):
    people, by = seat.stockpile.people, seat.session.officer
    seat.on_books(partial(people.appoint, "S. Second", ("storekeeper",), PIN, by=by))
    return seat.on_books(partial(people.sign_in, "S. Second", PIN))


def send(seat, second, serial, **said):
    weapon = seat.register(serial)
    site = seat.on_books(seat.stockpile.people.site)
    body = WaybillOpened("", (weapon,), site, to_name="Gulu", **said)
    act = partial(seat.stockpile.transfers.dispatch, body, by=seat.session.officer, witness=second)
    return seat.write(act)


def test_the_board_follows_the_record_with_what_is_overdue_first(seat, model, second, qtbot):
    with qtbot.waitSignal(model.stands) as stands:
        model.start()
    assert stands.args[0].is_empty
    late = send(seat, second, "KB 1", due="2020-01-02")
    with qtbot.waitSignal(
        model.stands, check_params_cb=lambda board: len(board.outgoing) == 2
    ) as stands:
        fresh = send(seat, second, "KB 2")
    board = stands.args[0]
    assert [one.waybill for one in board.outgoing] == [late, fresh]
    assert (board.overdue, board.outgoing[0].other) == (1, "Gulu")
    with qtbot.waitSignal(model.found) as found:
        model.look_up(fresh.opened.number.lower())
    assert found.args == [fresh, False]
    with qtbot.waitSignal(model.drawn) as drawn:
        model.print(fresh)
    assert drawn.args[0].is_file()
    with qtbot.waitSignal(model.turned):
        model.reverse(fresh, "bridge out", (seat.session.officer, second))
    with qtbot.waitSignal(model.failed):
        model.look_up("WB-NONE")


def test_a_strangers_file_asks_for_words_then_for_the_code_and_is_then_taken_in(
    seat, model, qtbot, tmp_path
):
    gulu = a_depot(tmp_path / "gulu", OTHER)
    file = tmp_path / "stick" / "a.courier"
    file.parent.mkdir()
    packed = gulu.pack(file)
    with qtbot.waitSignal(model.words_wanted) as wanted:
        model.load(file)
    assert wanted.args[0] == file
    with qtbot.waitSignal(model.stranger, timeout=LONG) as stranger:
        model.load(file, packed.words)
    assert stranger.args[1].id == gulu.node
    with qtbot.waitSignal(model.previewed, timeout=LONG) as previewed:
        model.introduce(stranger.args[1], file)  # the words are not asked for again
    with qtbot.waitSignal(model.taken) as taken:
        model.take(previewed.args[0])
    assert taken.args[0].facts == packed.facts
    assert model.folder == file.parent
    with qtbot.waitSignal(model.failed):
        model.load(tmp_path / "none.courier", "x")
    gulu.stockpile.close()


def test_the_courier_file_of_a_shipment_lies_where_the_last_one_was(
    seat, model, second, qtbot, tmp_path
):
    waybill = send(seat, second, "KB 1")
    model.remember_folder(tmp_path)
    with qtbot.waitSignal(model.packed, timeout=LONG) as packed:
        model.pack(waybill)
    assert packed.args[0].file == tmp_path / f"{waybill.opened.number}.courier"
    model.remember_folder(tmp_path / "pulled out")
    assert model.folder == seat.stockpile.home


def test_a_third_depot_that_was_left_out_is_asked_about_once_its_file_was_taken_in(
    seat, model, qtbot, tmp_path
):
    gulu = a_depot(tmp_path / "gulu", OTHER)
    ours = gulu.stockpile.keys
    seat.on_books(
        partial(
            seat.stockpile.couriers.introduce,
            ours.node, ours.public_key, "Gulu", by=seat.session.officer,
        )
    )  # fmt: skip
    third = SiteKeys()
    site = Site(third)
    site.found()
    gulu.stockpile.couriers.introduce(third.node, third.public_key, "Lira", by=gulu.by)
    gulu.stockpile.books.receive(site.entries)
    (weapon,) = gulu.stock(1, "VIA")
    count = len(site.entries)
    site.write(Draft(weapon, WeaponCounted("st", gulu.site)))
    gulu.stockpile.books.receive(site.entries[count:])
    file = tmp_path / "a.courier"
    packed = gulu.pack(file, about=[weapon])
    with qtbot.waitSignal(model.previewed, timeout=LONG) as previewed:
        model.load(file, packed.words)
    assert previewed.args[0].preview.left_out == (third.node,)
    with qtbot.waitSignal(model.left_out) as left_out:
        model.take(previewed.args[0])
    assert left_out.args[1].name == "Lira"
    with qtbot.waitSignal(model.previewed, timeout=LONG) as previewed:
        model.introduce(left_out.args[1], file)
    assert previewed.args[0].preview.left_out == ()
    gulu.stockpile.close()
