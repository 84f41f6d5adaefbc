"""What the conflict room shows, in words, and what settling does to it."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import ConflictChanged, OfficerNotAuthorised
from stockpile.domain.facts import Draft, InvestigationOpened, WeaponLost, WeaponRelocated
from stockpile.language import plain
from tests.helpers.disputes import disputing
from tests.helpers.sites import Site
from tests.helpers.three_nodes import site_of
from ui.view_models.conflicts import MOST_REASONS, ConflictsModel

WAIT = 20_000


@pytest.fixture
def dispute(seat, tmp_path):
    found = disputing(seat, tmp_path)
    yield found
    found.other.close()


def listed(model, qtbot):
    with qtbot.waitSignal(model.came, timeout=WAIT) as came:
        model.watch(watched=True)
    return came.args[0]


def test_a_contradiction_is_told_with_who_where_when_and_what_follows(seat, dispute, qtbot):
    weapon = dispute.fork()
    model = ConflictsModel(*seat.made_with)
    listing = listed(model, qtbot)
    (case,) = listing.cases
    assert (case.title, case.named, case.model) == ("In two places at once", "KB4471902", "AKM")
    assert (case.weapons, case.is_overdue, listing.total) == ((weapon,), False, 1)
    assert case.owner == "the registry"
    whos = " ".join(plain(one.who) for one in case.sides)
    assert "gulu site" in whos
    assert "Kampala Central" in whos
    place = next(one for one in case.fields if one.label == "Place")
    assert place.differs
    assert {plain(one) for one in place.values} == {"gulu site", "Kampala Central"}
    assert case.fields[0].differs  # what differs stands first
    assert [one.may for one in case.choices] == [True, True]
    assert all(one.follows.endswith(".") for one in case.choices)


def test_settled_it_is_gone_and_its_reason_is_offered_again(seat, dispute, qtbot):
    dispute.fork()
    dispute.described_twice()
    model = ConflictsModel(*seat.made_with)
    first = listed(model, qtbot).cases[0]
    with qtbot.waitSignals([model.settled, model.came], timeout=WAIT):
        model.settle(first, 1, "looked")
        model.settle(first, 2, "pressed twice")
    left = listed(model, qtbot).cases
    assert first.id not in {one.id for one in left}
    assert model.reasons == ("looked",)
    history = seat.on_books(lambda: seat.stockpile.books.history(first.weapons[0]))
    assert len(history) == 4  # written once


def test_only_the_last_reasons_are_kept_each_once(seat, qtbot):
    model = ConflictsModel(*seat.made_with)
    for one in ("a", "b", "a", "c", "d", "e"):
        model._remember(one)
    assert model.reasons == ("e", "d", "c", "a")
    assert len(model.reasons) == MOST_REASONS


def test_what_changed_meanwhile_is_refused_and_shown_anew(seat, dispute, qtbot):
    weapon = dispute.fork()
    model = ConflictsModel(*seat.made_with)
    (case,) = listed(model, qtbot).cases
    model.watch(watched=False)
    books = dispute.other.books
    heads = books.weapon(weapon).heads.custody
    from_there = WeaponRelocated(site_of(dispute.other), "again")
    books.record([Draft(weapon, from_there, heads)], by=None)
    dispute.heard_here()
    errors = []
    model.refused.connect(errors.append)
    with qtbot.waitSignals([model.refused, model.came], timeout=WAIT):
        model.settle(case, 1, "looked")
    assert [type(one) for one in errors] == [ConflictChanged]


def test_who_may_not_sees_the_choices_and_cannot_make_them(seat, dispute, qtbot):
    dispute.fork()
    seat.sit_down("An Auditor", "auditor")
    model = ConflictsModel(*seat.made_with)
    (case,) = listed(model, qtbot).cases
    assert [one.may for one in case.choices] == [False, False]
    with qtbot.waitSignal(model.refused, timeout=WAIT) as refused:
        model.settle(case, 1, "looked")
    assert isinstance(refused.args[0], OfficerNotAuthorised)


def test_a_weapon_that_is_on_no_record_here_hides_no_other_contradiction(seat, dispute, qtbot):
    """An entry without right may name one, and what a count missed may be told in pieces."""
    forked = dispute.fork()
    stranger = Site()
    stranger.found_with_officers()
    stranger.by_one(Draft("nowhere", WeaponLost("stolen", "told by one", "2026-09-21")))
    books = seat.stockpile.books
    seat.on_books(lambda: books.trust(stranger.node, stranger.keys.public_key))
    seat.on_books(lambda: books.receive(stranger.entries))
    opened = InvestigationOpened("missing", "count-1", "elsewhere")
    seat.on_books(lambda: seat.by_two([Draft("inquiry-1", opened)]))
    found = listed(ConflictsModel(*seat.made_with), qtbot).cases
    assert {one.weapons for one in found} == {(forked,), ("nowhere",), ("elsewhere",)}
    assert all(one.named for one in found)


def test_any_clock_entry_of_a_stolen_laptop_leads_to_their_one_card(seat, dispute, qtbot):
    dispute.stolen(3)
    model = ConflictsModel(*seat.made_with)
    (case,) = listed(model, qtbot).cases
    for one in seat.on_books(seat.stockpile.books.conflicts):
        with qtbot.waitSignal(model.came, timeout=WAIT) as came:
            model.watch(watched=True, wanted=one.id)
        assert [shown.id for shown in came.args[0].cases] == [case.id]
