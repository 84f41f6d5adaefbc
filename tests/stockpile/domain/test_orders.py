"""Marking orders: what may be in them, how a weapon stands, and what may be changed."""

from __future__ import annotations

import pytest

from stockpile.domain import orders
from stockpile.domain.errors import NothingToMark, OrderIsClosed, OrderLacks, ReasonMissing
from stockpile.domain.facts import MarkingOrderChanged, MarkingOrdered, SetAside
from stockpile.domain.orders import Order, OrderLine, OrderState
from stockpile.domain.values import JobId, SchemeId, WeaponId
from stockpile.domain.weapons import Applied, Custody, Weapon

SCHEME = SchemeId("MOSAIC")
FIRST, SECOND, THIRD = WeaponId("1"), WeaponId("2"), WeaponId("3")


def weapon(id_=FIRST, *states, status="in_store", scheme=SCHEME):
    applied = tuple(
        Applied(JobId(f"{id_}-{at}"), scheme, f"UG 26 {at}", at, "bench", state, 0)
        for at, state in enumerate(states)
    )
    custody = (Custody("f", status, None, None, (0, "", 0)),) if status else ()
    return Weapon(id_, registered=True, applied=applied, custody=custody)


def an_order(*weapons, **changed):
    told = MarkingOrdered("MO-1", SCHEME, weapons or (FIRST, SECOND, THIRD))
    return Order("order", told, MarkingOrderChanged(**changed), ("head",))


@pytest.mark.parametrize(
    ("states", "standing"),
    [
        ((), "waiting"),
        (("not_started",), "waiting"),
        (("voided",), "waiting"),
        (("partial",), "waiting"),
        (("begun",), "open_question"),
        (("unknown",), "open_question"),
        (("marked",), "marked"),
        (("verified",), "verified"),
        (("verified", "unknown"), "open_question"),
        (("partial", "verified"), "verified"),
        (("not_started", "marked"), "marked"),
    ],
)
def test_a_weapon_stands_as_its_own_marks_say(states, standing):
    assert orders.standing_of(weapon(FIRST, *states), SCHEME)[0] == standing


@pytest.mark.parametrize("status", ["lost", "in_transit", "destroyed", "merged", "withdrawn"])
def test_what_is_not_here_cannot_be_marked(status):
    assert orders.standing_of(weapon(status=status), SCHEME) == ("gone", "")


def test_a_mark_of_another_scheme_says_nothing():
    assert orders.standing_of(weapon(FIRST, "verified"), SchemeId("OTHER"))[0] == "waiting"


def test_what_bears_its_mark_is_told_and_left_out():
    found = orders.sort_out(
        [weapon(FIRST, "verified"), weapon(SECOND), weapon(THIRD, "unknown"), weapon(SECOND)],
        SCHEME,
    )
    assert (found.to_mark, found.bear, found.in_question) == ((SECOND,), (FIRST,), (THIRD,))
    assert found.left_out == 2
    draft = orders.open_order("order", MarkingOrdered(" MO 1 ", SCHEME, ()), found)
    assert (draft.body.name, draft.body.weapons) == ("MO 1", (SECOND,))


def test_an_order_for_nothing_is_none():
    found = orders.sort_out([weapon(FIRST, "verified"), weapon(THIRD, "unknown")], SCHEME)
    with pytest.raises(NothingToMark) as said:
        orders.open_order("order", MarkingOrdered("", SCHEME, ()), found)
    assert (said.value.bear, said.value.in_question) == (1, 1)


def test_what_is_set_aside_keeps_its_reason_and_comes_back():
    draft = orders.set_aside(an_order(), SECOND, " bent ", problem=True)
    assert draft.body.aside == (SetAside(SECOND, "bent", problem=True),)
    assert draft.replaces == ("head",)
    set_aside = an_order(aside=draft.body.aside)
    assert orders.line_of(weapon(SECOND), set_aside) == OrderLine(
        SECOND, "aside", "", "bent", problem=True
    )
    assert orders.line_of(weapon(SECOND, "verified"), set_aside).state == "verified"
    assert orders.bring_back(set_aside, SECOND).body.aside == ()


def test_setting_aside_needs_a_reason_and_a_weapon_of_the_order():
    with pytest.raises(ReasonMissing):
        orders.set_aside(an_order(), SECOND, " ", problem=False)
    with pytest.raises(OrderLacks):
        orders.set_aside(an_order(FIRST), SECOND, "bent", problem=False)


def test_a_pause_keeps_what_is_aside_and_an_end_needs_a_reason():
    aside = (SetAside(SECOND, "bent"),)
    assert orders.put(an_order(aside=aside), "paused", "").body.aside == aside
    with pytest.raises(ReasonMissing):
        orders.put(an_order(), "closed", "")


def test_a_closed_order_is_not_changed():
    closed = an_order(state="closed", reason="done")
    for change in (
        lambda: orders.put(closed, "open", ""),
        lambda: orders.set_aside(closed, SECOND, "bent", problem=False),
        lambda: orders.bring_back(closed, SECOND),
    ):
        with pytest.raises(OrderIsClosed):
            change()


def test_an_order_counts_what_is_done_left_aside_and_in_question():
    lines = [
        OrderLine(FIRST, "verified"),
        OrderLine(SECOND, "waiting"),
        OrderLine(THIRD, "open_question"),
        OrderLine(WeaponId("4"), "aside"),
        OrderLine(WeaponId("5"), "gone"),
        OrderLine(WeaponId("6"), "marked"),
    ]
    state = OrderState(an_order(), tuple(lines))
    assert (state.done, state.left, state.aside, state.open_questions) == (2, 2, 1, 1)
    assert (state.total, state.next_weapon()) == (5, SECOND)
    after = state.with_line(OrderLine(SECOND, "verified"))
    assert (after.done, after.next_weapon(), after.waiting(3)) == (3, None, ())
    assert after.line(WeaponId("9")) is None
    assert after.with_line(OrderLine(WeaponId("9"), "waiting")) is after


def test_orders_are_numbered_by_site_and_year():
    at = 1_790_000_000_000
    assert orders.number("KLA", at, ["MO-KLA-26-0007", "else"]) == "MO-KLA-26-0008"
