"""The site of a destruction behind the page: readings, what is kept, the certificate."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from stockpile.domain.destruction_site import Certification
from stockpile.domain.errors import DestructionIncomplete
from tests.helpers.house import PIN
from tests.helpers.pyres import ordered
from tests.helpers.shots import a_file
from ui.view_models.destruction_site import SiteModel


@pytest.fixture
def model(seat):
    return SiteModel(seat.desk, seat.session)


@pytest.fixture
def weapons(seat):
    return [seat.register(f"KB {number}") for number in range(2)]


@pytest.fixture
def signed(seat):
    people, by = seat.stockpile.people, seat.session.officer
    seat.on_books(partial(people.appoint, "J. Okello", ("storekeeper",), PIN, by=by))
    return by, seat.on_books(partial(people.sign_in, "J. Okello", PIN))


def open_(model, qtbot, order):
    with qtbot.waitSignal(model.opened):
        model.open(order.id)


def read(model, qtbot, text):
    with qtbot.waitSignal(model.heard) as heard:
        model.read(text)
    return heard.args[0].outcome


def test_a_reading_is_taken_back_and_a_weapon_kept(seat, model, weapons, qtbot):
    order = ordered(seat, *weapons)
    open_(model, qtbot, order)
    assert read(model, qtbot, "KB 0") == "verified"
    assert read(model, qtbot, "KB 77") == "unknown"
    assert model.site.list.count("verified") == 1
    with qtbot.waitSignal(model.changed):
        model.undo()
    assert model.site.list.count("open") == 2
    with qtbot.waitSignal(model.changed):
        model.keep([weapons[1]], "museum")
    assert model.check(weapons[1]).reason == "museum"


def test_a_list_is_kept_up_with_what_is_done_elsewhere(seat, model, weapons, qtbot):
    order = ordered(seat, *weapons)
    open_(model, qtbot, order)
    desk, by = seat.stockpile.destructions, seat.session.officer
    with qtbot.waitSignal(model.changed):
        seat.write(lambda: desk.read(desk.site(order.id), "KB 0", by=by))
    assert model.check(weapons[0]).state == "verified"
    rack = seat.open_place("Rack 1")
    receiving = seat.stockpile.receiving
    with qtbot.waitSignal(model.opened):
        seat.write(lambda: (receiving.move([weapons[0]], rack.id, by=by), None))
    assert model.check(weapons[0]).moved


def test_photos_are_kept_and_two_officers_certify(seat, model, weapons, signed, qtbot, tmp_path):
    order = ordered(seat, *weapons)
    open_(model, qtbot, order)
    usual = model.usual()
    assert (usual.where, usual.methods) == ("Luzira", ("burning", "smelting"))
    with qtbot.waitSignal(model.refused) as refused:
        model.certify(replace(usual, inoperable=True), signed)
    assert isinstance(refused.args[0], DestructionIncomplete)
    for text in ("KB 0", "KB 1"):
        read(model, qtbot, text)
    with qtbot.waitSignal(model.photographed) as kept:
        model.photograph([a_file(tmp_path), a_file(tmp_path, "no.jpg", b"no picture")])
    assert kept.args == [1, 1]
    with qtbot.waitSignal(model.certified) as done:
        model.certify(Certification(on="2026-11-28", inoperable=True), signed)
    assert len(done.args[0].certified.photos) == 1
    assert model.site is None
