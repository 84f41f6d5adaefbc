"""Racking at the screen: scans keep their order, though the answers come later."""

from __future__ import annotations

from functools import partial

import pytest

from ui.view_models.racking import RackingModel


@pytest.fixture
def racks(seat):
    site = seat.on_books(seat.stockpile.people.site)
    said = {"name": "Rack 1..2", "code": "R1..2"}
    by = seat.session.officer
    return seat.write(partial(seat.stockpile.places.open_row, site, said, by=by))


@pytest.fixture
def model(seat, racks):
    made = RackingModel(*seat.made_with)
    made.steps = []
    made.stepped.connect(made.steps.append)
    return made


def test_scans_faster_than_answers_each_go_to_the_rack_before_them(model, seat, racks, qtbot):
    weapons = [seat.register(f"KB{n}") for n in range(4)]
    for text in ("R1", "KB0", "KB1", "R2", "KB2", "KB3"):
        model.scan(text)
    assert model.waiting == 6
    qtbot.waitUntil(lambda: model.waiting == 0)
    stand = seat.on_books(lambda: seat.stockpile.books.weapons(weapons))
    assert [one.place for one in stand] == [racks[0].id] * 2 + [racks[1].id] * 2
    assert [step.kind for step in model.steps] == ["rack", "moved", "moved"] * 2
    assert (model.rack, model.moved) == (racks[1].id, 2)


def test_the_last_one_is_put_back(model, seat, racks, qtbot):
    weapon = seat.register("KB1")
    for text in ("R1", "KB1"):
        model.scan(text)
    qtbot.waitUntil(lambda: len(model.steps) == 2)
    with qtbot.waitSignal(model.put_back):
        model.undo_last()
    place = seat.on_books(lambda: seat.stockpile.books.weapon(weapon).place)
    assert place == seat.on_books(seat.stockpile.people.site)
    assert model.moved == 0
    with qtbot.assertNotEmitted(model.put_back, wait=50):
        model.undo(model.steps[-1])  # the notice still offers it
        model.undo_last()


def test_a_rack_that_was_closed_meanwhile_is_left(model, seat, racks, qtbot):
    seat.register("KB1")
    model.scan("R1")
    qtbot.waitUntil(lambda: model.rack is not None)
    by = seat.session.officer
    seat.on_books(lambda: seat.stockpile.places.close(racks[0].id, "sold", by=by))
    with qtbot.waitSignal(model.rack_changed):
        model.scan("KB1")
    assert model.rack is None
    assert len(seat.said) == 1
    model.scan("KB1")
    qtbot.waitUntil(lambda: model.steps[-1].kind == "no_rack")


def test_another_officer_begins_with_no_rack_and_nothing_is_no_scan(model, seat, qtbot):
    model.scan("R1")
    qtbot.waitUntil(lambda: model.rack is not None)
    seat.sit_down("P. Ilunga", "auditor")
    assert (model.rack, model.may_move) == (None, False)
    model.scan("  ")
    assert model.waiting == 0
