"""One person beside the list: clearances green and red, what they hold, what they signed."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import Authorisation
from tests.helpers.holding import hand, more, put
from ui.pages.holder_side import HolderSide
from ui.view_models.holders import HoldersModel
from ui.view_models.photos import Photos
from ui.widgets.chip import Chip


@pytest.fixture
def side(seat, qtbot):
    model = HoldersModel(seat.desk, seat.session)
    made = HolderSide(model, Photos(seat.desk, seat.session, model))
    made.model = model
    model.shown.connect(lambda shown: made.show_person(shown) if shown else None)
    qtbot.addWidget(made)
    made.resize(320, 700)
    made.show()
    return made


def show(side, qtbot, person):
    with qtbot.waitSignal(side.model.shown):
        side.model.choose(person.id)


def chips(side):
    return [one.text for one in side.findChildren(Chip) if one.isVisible()]


def lines(list_):
    model = list_.model()
    return [model.line(n).identifier for n in range(model.rowCount())]


def test_what_a_person_holds_stands_there_and_what_is_late(seat, side, qtbot):
    person = put(seat, rank="Cpl", unit="2 Coy")
    hand(seat, person, "KB1", "2020-01-01")
    hand(seat, person, "KB2", "2099-01-01")
    more(seat, person)
    show(side, qtbot, person)
    assert side.name.text().strip("\u2066\u2068\u2069") == "Cpl Ilunga Paul"
    assert sorted(lines(side.holds)) == ["KB1", "KB2", "L-1"]
    assert lines(side.receipts) == ["HR-1"]
    qtbot.waitUntil(lambda: sum("late" in one for one in chips(side)) == 1)
    assert not side._none.isVisible()


def test_who_holds_nothing_and_is_cleared_for_nothing_is_told_so(seat, side, qtbot):
    show(side, qtbot, put(seat))
    assert side._none.isVisible()
    assert not side.holds.isVisible()
    assert not side.receipts.isVisible()
    qtbot.waitUntil(lambda: chips(side) == ["Cleared for nothing"])


def test_clearances_are_told_with_their_ends(seat, side, qtbot):
    cleared = (Authorisation("*", "2099-01-01"), Authorisation("ASR", "2020-01-01"))
    show(side, qtbot, put(seat, authorisations=cleared))
    qtbot.waitUntil(lambda: len(chips(side)) == 2)
    assert any("2099-01-01" in one for one in chips(side))


def test_nothing_is_done_to_somebody_who_was_erased(seat, side, qtbot):
    person = put(seat)
    holders, officer = seat.stockpile.holders, seat.session.officer
    seat.on_books(lambda: holders.erase(person.id, "left", by=officer))
    show(side, qtbot, person)
    assert not any(one.isEnabled() for one in (side.change, side.pin, side.erase))
    assert side.name.text() == "A person who was erased"


def test_a_weapon_they_hold_is_opened(seat, side, qtbot):
    person = put(seat)
    weapon = hand(seat, person, "KB1")
    show(side, qtbot, person)
    with qtbot.waitSignal(side.opened) as opened:
        side.holds.opened.emit(side.holds.model().line(0).key)
    assert opened.args == [weapon]
