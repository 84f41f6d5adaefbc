"""The order in hand on the screen: opened, followed, put down, and found again after a restart."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import NothingToMark, ReasonMissing
from stockpile.domain.facts import Draft, MarkingBegun, MarkingEnded, MarkVerified
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.domain.values import JobId
from ui.view_models import marking_order
from ui.view_models.marking_order import NewOrder, OrderModel


@pytest.fixture
def weapons(seat):
    return tuple(seat.register(f"KB{n}") for n in range(3))


@pytest.fixture
def model(seat):
    made = OrderModel(*seat.made_with)
    made.start()
    return made


@pytest.fixture
def in_hand(model, weapons, qtbot):
    model.open(NewOrder("", weapons, MOSAIC_IMPORT))
    qtbot.waitUntil(lambda: model.in_hand is not None)
    return model


def mark(seat, weapon, number=1):
    """Put a mark on record as the bench does, without a machine."""
    job = JobId(f"job-{weapon}")

    def record():
        books = seat.stockpile.books
        for body in (
            MarkingBegun(job, MOSAIC_IMPORT, f"UG 26 {number}", number, "bench"),
            MarkingEnded(job, "marked"),
            MarkVerified(job, f"UG 26 {number}", "scan"),
        ):
            heads = books.weapon(weapon).heads.marking
            last = books.record([Draft(weapon, body, heads)], by=seat.session.officer.id)
        return last, None

    seat.write(record)


def states(model):
    return [one.state for one in model.in_hand.state.lines]


def test_an_opened_order_is_in_hand_and_named(in_hand, seat):
    assert in_hand.order.name.startswith("MO-KLA-")
    assert states(in_hand) == ["waiting"] * 3
    assert in_hand.in_hand.row(in_hand.order.opened.weapons[0]).serial == "KB0"
    assert seat.session.settings.marking_order == in_hand.order.id


def test_a_program_started_anew_has_the_same_order_in_hand(in_hand, seat, qtbot):
    again = OrderModel(*seat.made_with)
    again.start()
    qtbot.waitUntil(lambda: again.in_hand is not None)
    assert again.order.id == in_hand.order.id


def test_an_order_of_another_home_is_forgotten(seat, qtbot):
    seat.session.remember(marking_order="0190aaaa-aaaa-7aaa-8aaa-aaaaaaaaaaaa")
    model = OrderModel(*seat.made_with)
    model.start()
    qtbot.waitUntil(lambda: seat.session.settings.marking_order == "")
    assert model.in_hand is None


def test_each_mark_is_followed_wherever_it_was_made(in_hand, seat, weapons, qtbot):
    mark(seat, weapons[0], 1)
    mark(seat, weapons[2], 2)
    qtbot.waitUntil(lambda: states(in_hand) == ["verified", "waiting", "verified"])
    assert in_hand.in_hand.state.done == 2


def test_a_weapon_is_set_aside_and_brought_back(in_hand, weapons, qtbot):
    in_hand.set_aside(weapons[0], "bent", problem=True)
    qtbot.waitUntil(lambda: states(in_hand)[0] == "aside")
    back = []
    in_hand.bring_back(weapons[0], lambda: back.append(1))
    qtbot.waitUntil(lambda: states(in_hand)[0] == "waiting")
    assert back == [1]


def test_a_pause_puts_the_order_down_and_taking_it_goes_on(in_hand, qtbot):
    order = in_hand.order.id
    in_hand.pause("no fuel")
    qtbot.waitUntil(lambda: in_hand.in_hand is None)
    qtbot.waitUntil(lambda: [one.state for one in in_hand.orders] == ["paused"])
    in_hand.take(in_hand.orders[0])
    qtbot.waitUntil(lambda: in_hand.in_hand is not None)
    assert (in_hand.order.id, in_hand.order.state) == (order, "open")


def test_put_down_an_order_stays_open(in_hand, seat, qtbot):
    in_hand.put_down()
    assert in_hand.in_hand is None
    assert seat.session.settings.marking_order == ""
    assert [one.state for one in in_hand.orders] == ["open"]


def test_an_end_needs_a_reason(in_hand, qtbot):
    with qtbot.waitSignal(in_hand.refused) as said:
        in_hand.close(" ")
    assert isinstance(said.args[0], ReasonMissing)
    in_hand.close("handed to Gulu")
    qtbot.waitUntil(lambda: in_hand.in_hand is None)
    qtbot.waitUntil(lambda: in_hand.orders == ())


def test_what_an_order_would_hold_is_said_first(model, seat, weapons, qtbot):
    mark(seat, weapons[0])
    place = seat.on_books(lambda: seat.stockpile.places.one(seat.stockpile.people.site()))
    for ask in (
        lambda: model.propose_place(place, MOSAIC_IMPORT),
        lambda: model.propose_list(["KB0", "KB1", "KB2", "KB9"], MOSAIC_IMPORT),
        lambda: model.propose(weapons, MOSAIC_IMPORT),
    ):
        with qtbot.waitSignal(model.proposed) as said:
            ask()
        (proposal,) = said.args
        assert proposal.weapons.to_mark == weapons[1:]
        assert proposal.weapons.bear == weapons[:1]
    with qtbot.waitSignal(model.proposed) as said:
        model.propose_list(["KB9"], MOSAIC_IMPORT)
    assert said.args[0].unnamed == ("KB9",)


def test_an_order_for_nothing_is_refused(model, seat, weapons, qtbot):
    mark(seat, weapons[0])
    with qtbot.waitSignal(model.refused) as said:
        model.open(NewOrder("", weapons[:1], MOSAIC_IMPORT))
    assert isinstance(said.args[0], NothingToMark)


def test_the_end_is_foretold_by_the_pace_of_the_newest_jobs(in_hand):
    pace = marking_order._Pace(60.0, 1_000)
    outlook = pace.outlook(in_hand.in_hand.state)
    assert (outlook.an_hour, outlook.left, outlook.ends) == (60.0, 180_000, 181_000)
    assert marking_order._Pace(0.0, 1_000).outlook(in_hand.in_hand.state).ends == 0
