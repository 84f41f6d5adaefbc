"""Beside the counter: who stands there, what was as before, and who has what, late first."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain.facts import Authorisation
from stockpile.domain.holders import Details
from stockpile.domain.issuing import Line, Terms
from stockpile.language import plain
from stockpile.services.slips import HandOver
from tests.helpers.counters import set_counter
from tests.helpers.readable import displayed, faults
from tests.helpers.shots import encoded
from ui.pages.issuing_aside import IssuingAside
from ui.theme import Ink
from ui.view_models.counter_reading import Facing, read_person
from ui.view_models.issuing import Board
from ui.view_models.photos import Photos
from ui.widgets.button import Button
from ui.widgets.text import Label


@pytest.fixture
def counter(seat):
    made = seat.on_books(partial(set_counter, seat.stockpile, seat.session.officer, 4))
    cleared = (Authorisation("ASR", "2999-06-30"), Authorisation("PST", "2020-01-31"))
    seat.on_books(partial(made.person, "P. Otim", "", *cleared))
    return made


@pytest.fixture
def aside(seat, qtbot):
    aside = IssuingAside(Photos(seat.desk, seat.session))
    displayed(aside, qtbot, 312, 660)
    return aside


def board(seat, counter):
    person = counter.people[0].id

    def act():
        issuing = counter.issuing
        for lines, due, patrol in (
            (counter.weapons[:1], "2020-01-01", ""), (counter.weapons[1:3], "", "North gate"),
        ):  # fmt: skip
            handed = HandOver(
                tuple(Line(one, person, override="has to go") for one in lines),
                terms=Terms(due), patrol=patrol, leader=person,
            )  # fmt: skip
            slips = issuing.prepare(handed, by=counter.officer)
            issuing.issue(slips, {}, by=counter.officer)
        return Board(issuing.out(), issuing.patrols())

    return seat.on_books(act)


def test_what_is_late_comes_first_and_is_counted(seat, counter, aside):
    aside.show_board(board(seat, counter))
    assert [(one.identifier, one.ink) for one in aside.out.lines] == [
        ("KB4470000", Ink.BAD), ("KB4470001", Ink.MUTED), ("KB4470002", Ink.MUTED),
    ]  # fmt: skip
    assert "P. Otim" in aside.out.lines[0].beneath
    assert plain(aside._late.text) == "1 late"


def test_a_patrol_is_repeated_by_its_button(seat, counter, aside, qtbot):
    aside.show_board(board(seat, counter))
    (again,) = [one for one in aside.findChildren(Button) if "North gate" in one.accessibleName()]
    with qtbot.waitSignal(aside.repeat_wanted) as told:
        again.click()
    assert told.args == [0]


def test_who_stands_there_is_shown_with_each_clearance_green_or_red(seat, counter, aside, qtbot):
    find = partial(read_person, seat.stockpile, Facing(), counter.people[0].id)
    aside.person.show_person(seat.on_books(find).person)
    said = {plain(one.text()): one.property("ink") for one in aside.person.findChildren(Label)}
    assert said["Assault rifle until 2999-06-30"] == Ink.OK.value
    assert said["Self-loading pistol: expired 2020-01-31"] == Ink.BAD.value
    aside.person.show_person(None)
    assert not aside.person.isVisible()


def test_a_face_is_shown_when_its_photo_has_come(seat, counter, aside, qtbot):
    def faced():
        photo = seat.stockpile.photographs.keep(encoded())
        details = Details("M. Nakato", photo=photo.digest)
        holder = seat.stockpile.holders.record(details, by=counter.officer)[1]
        return read_person(seat.stockpile, Facing(), holder.id).person

    aside.person.show_person(seat.on_books(faced))
    qtbot.waitUntil(aside.person._face.isVisible)
    assert not aside.person._nobody.isVisible()


def test_with_nothing_out_it_says_what_will_stand_there(aside):
    assert aside._none_out.isVisible()
    assert aside._no_patrols.isVisible()


def test_the_panel_is_whole_in_every_language(tongue, seat, counter, aside):
    aside.show_board(board(seat, counter))
    find = partial(read_person, seat.stockpile, Facing(), counter.people[0].id)
    aside.person.show_person(seat.on_books(find).person)
    assert faults(aside) == []
