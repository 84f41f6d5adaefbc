"""The life on the screen: newest first, filtered, with the joined lives beneath."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.domain.facts import ClockObserved, Draft
from tests.helpers.readable import displayed, faults
from ui.pages.weapon_life import WeaponLife, kinds_of
from ui.widgets.text import Label


@pytest.fixture
def weapon(seat):
    made, twin = seat.register("KB1"), seat.register("KB1")
    stockpile, by = seat.stockpile, seat.session.officer
    rack = seat.open_place("Rack 01")
    for act in (
        partial(stockpile.receiving.correct, made, {"model": "AK-74"}, "misread", by=by),
        partial(stockpile.receiving.move, (made,), rack.id, "", by=by),
        partial(stockpile.correcting.merge, made, twin, "one photo", by=by),
    ):
        seat.on_books(act)
    return made


@pytest.fixture
def file(seat, weapon):
    return seat.on_books(partial(seat.stockpile.dossiers.open, weapon))


@pytest.fixture
def life(light, file, qtbot):
    life = WeaponLife()
    displayed(life, qtbot, 420, 700)
    life.show_file(file)
    return life


def words(life):
    QApplication.processEvents()
    labels = (one for one in life.findChildren(Label) if one.isVisible())
    return [one.text().replace("\u2066", "").replace("\u2069", "") for one in labels]


def test_the_newest_act_stands_first_and_the_joined_life_beneath(life, file):
    said = words(life)
    moved, put = said.index("Moved: Rack 01"), said.index("Put on record: Kampala Central")
    assert moved < put
    joined = said.index(f"Joined record {file.joined[0].row.number}")
    assert joined > put
    assert said.index("Joined to another record of the same weapon: one photo") > joined
    assert faults(life) == []


def test_a_correction_says_which_field_it_named(life):
    assert any(one.startswith("Model · A. Mbuyi · ") for one in words(life))


def test_an_act_whose_clock_is_in_doubt_says_so(life, seat, weapon, file):
    assert "Its clock is in doubt." not in words(life)
    books, node = seat.stockpile.books, seat.stockpile.keys.node
    said = [Draft(node, ClockObserved(-90 * 86_400_000, "registry"))]
    seat.on_books(partial(books.record, said, by=None))
    life.show_file(seat.on_books(partial(seat.stockpile.dossiers.open, weapon)))
    acts = len(file.life.facts) + len(file.joined[0].facts)
    assert words(life).count("Its clock is in doubt.") == acts
    assert faults(life) == []


@pytest.mark.parametrize(
    ("kind", "shown", "hidden"),
    [
        ("custody", "Moved: Rack 01", "Record corrected: misread"),
        ("record", "Record corrected: misread", "Moved: Rack 01"),
        ("marks", "Put on record: Kampala Central", "Moved: Rack 01"),
    ],
)
def test_a_kind_of_act_is_looked_for(life, kind, shown, hidden):
    life._filter._parts[kind].click()
    said = words(life)
    assert shown in said
    assert hidden not in said


def test_every_act_is_of_some_kind_but_for_what_cannot_be_read(file):
    assert all(kinds_of(fact) for fact in file.life.facts)


def test_a_long_life_is_shortened_and_shown_whole_on_demand(seat, weapon, life, qtbot):
    correct, by = seat.stockpile.receiving.correct, seat.session.officer
    for number in range(45):
        seat.on_books(partial(correct, weapon, {"make": f"M{number}"}, "again", by=by))
    life.show_file(seat.on_books(partial(seat.stockpile.dossiers.open, weapon)))
    assert words(life).count("Record corrected: again") == 40
    assert life._earlier.isVisible()
    life._earlier.click()
    assert life._earlier.isHidden()
    assert words(life).count("Record corrected: again") == 45
