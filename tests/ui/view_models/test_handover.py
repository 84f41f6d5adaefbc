from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain.errors import HandoverNeedsCount
from stockpile.domain.facts import Draft, StocktakeClosed, StocktakeOpened
from tests.helpers.house import PIN
from ui.view_models.handover import HandoverModel, first_signer


def counted(seat, place):
    """Close a whole count of a place, as the counting desk records it."""
    books = seat.stockpile.books

    def count():
        books.record([Draft("count1", StocktakeOpened("place", "serial", place))], by=None)
        closed = StocktakeClosed(expected=0, seen=0, missing=0, unexpected=0)
        seat.by_two([Draft("count1", closed, books.reference("count1").heads)])

    seat.on_books(count)


@pytest.fixture
def site(seat):
    people, by = seat.stockpile.people, seat.session.officer
    seat.on_books(partial(people.appoint, "N. New", ("storekeeper",), PIN, by=by))
    return seat.on_books(people.site)


@pytest.fixture
def model(seat, site):
    return HandoverModel(seat.desk, seat.session)


@pytest.mark.parametrize(
    ("custodian", "incoming", "absent", "first"),
    [
        ("Old", "New", False, "Old"), ("Old", "New", True, "Own"), ("", "New", False, "Own"),
        ("", "Own", False, ""), ("Old", "Own", True, ""), ("Own", "New", False, "Own"),
    ],
)  # fmt: skip
def test_two_people_sign_always(custodian, incoming, absent, first):
    assert first_signer(custodian, incoming, "Own", absent=absent) == first


def test_the_site_stands_first_and_says_how_it_stands(model, seat, site, qtbot):
    with qtbot.waitSignal(model.chosen_from) as told:
        model.start()
    choices = told.args[0]
    assert choices.places[0][0] == site
    assert choices.officers == ("A. Mbuyi", "N. New")
    with qtbot.waitSignal(model.told) as told:
        model.look(site)
    assert (told.args[0].custodian, told.args[0].standing.count) == ("", "")


def test_it_is_handed_over_with_a_certificate(model, seat, site, qtbot):
    counted(seat, site)
    new = seat.on_books(partial(seat.stockpile.people.sign_in, "N. New", PIN))
    with qtbot.waitSignal(seat.desk.recorded), qtbot.waitSignal(model.handed_over) as told:
        model.hand_over(site, "N. New", "", (seat.session.officer, new))
    place, name, file = told.args
    assert (place.id, name) == (site, "N. New")
    assert file.read_bytes().startswith(b"%PDF")
    assert seat.on_books(partial(seat.stockpile.custodians.of, site)) == new.id


def test_what_is_refused_is_told(model, seat, site, qtbot):
    new = seat.on_books(partial(seat.stockpile.people.sign_in, "N. New", PIN))
    with qtbot.waitSignal(model.refused) as told:
        model.hand_over(site, "N. New", "", (seat.session.officer, new))
    assert isinstance(told.args[0], HandoverNeedsCount)
