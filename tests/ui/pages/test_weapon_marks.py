"""The marks on the side view and in rows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.domain.facts import Mark, Photo
from stockpile.domain.values import Digest
from tests.helpers.readable import bare, displayed, faults
from ui.pages.weapon_marks import WeaponMarks
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.text import Label

MARKS = (
    Mark("serial", "KB 4471902", is_identity=True, component="receiver", position="left"),
    Mark("symbol", "", symbol="star", legibility="doubtful"),
    Mark("property", "ح ٤٥", component="stock", legibility="obliterated"),
)


def opened(seat, qtbot, **said):
    weapon = seat.register("KB 4471902", **said)
    card = WeaponMarks()
    displayed(card, qtbot, 640, 760)
    card.show_file(seat.on_books(partial(seat.stockpile.dossiers.open, weapon)))
    QApplication.processEvents()
    return card


@pytest.fixture
def card(tongue, seat, qtbot):
    return opened(seat, qtbot, marks=MARKS)


def test_every_mark_is_a_row_with_how_well_it_is_read(card):
    assert len(card.findChildren(Chip)) == len(MARKS)
    assert faults(card) == []
    assert bare(card, "KB 4471902", "ح ٤٥") == []


def test_who_may_not_change_them_is_told_so(card):
    card.show_right(may=False)
    assert not card.change.isEnabled()
    assert card.change.toolTip()
    card.show_right(may=True)
    assert card.change.isEnabled()


def test_a_weapon_without_marks_says_so(light, seat, qtbot):
    weapon = seat.register("")
    card = WeaponMarks()
    displayed(card, qtbot, 640, 500)
    card.show_file(seat.on_books(partial(seat.stockpile.dossiers.open, weapon)))
    assert card._none.isVisible()


def test_what_a_second_person_read_instead_stands_beside_it(light, seat, qtbot):
    weapon = seat.register("KB 4471902")
    seat.sit_down("B. Okello", "armourer")
    read_back, by = seat.stockpile.receiving.read_back, seat.session.officer
    seat.on_books(partial(read_back, weapon, "KB 4471907", by=by))
    card = WeaponMarks()
    displayed(card, qtbot, 640, 500)
    card.show_file(seat.on_books(partial(seat.stockpile.dossiers.open, weapon)))
    QApplication.processEvents()
    assert bare(card, "KB 4471907") == []


def test_who_wrote_a_mark_down_is_said_where_nobody_else_read_it(light, seat, qtbot):
    mine = seat.session.officer.officer.name
    weapon = seat.register("KB 4471902")
    seat.sit_down("B. Okello", "armourer")
    read_back, by = seat.stockpile.receiving.read_back, seat.session.officer
    seat.on_books(partial(read_back, weapon, "KB 4471902", by=by))
    card = WeaponMarks()
    displayed(card, qtbot, 640, 500)
    card.show_file(seat.on_books(partial(seat.stockpile.dossiers.open, weapon)))
    QApplication.processEvents()
    said = " ".join(one.text() for one in card._table.findChildren(Label))
    assert mine in said
    assert "B. Okello" in said


def test_the_photo_of_a_mark_is_opened_from_its_row(tongue, seat, qtbot):
    photo = Photo(Digest("ab" * 32), "mark")
    mark = replace(MARKS[0], photo=photo.digest)
    other = replace(MARKS[1], photo="cd" * 32)  # no longer shown on the record
    card = opened(seat, qtbot, marks=(mark, other), photos=(photo,))
    (button,) = card._table.findChildren(Button)
    with qtbot.waitSignal(card.photo_wanted) as told:
        button.click()
    assert told.args == [photo.digest]
    assert faults(card) == []
