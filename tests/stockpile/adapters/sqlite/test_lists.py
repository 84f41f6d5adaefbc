"""Lists: against the same list made by hand, before and after anything is written."""

from __future__ import annotations

import random
from typing import get_args

import pytest

from stockpile.domain.facts import (
    Draft,
    Mark,
    OfficerAppointed,
    PlaceOpened,
    WeaponInspected,
    WeaponRelocated,
)
from stockpile.domain.listing import LAST
from stockpile.domain.values import OfficerId, search_key
from stockpile.services.ports import Counted, Order, RegisterFilter
from tests.helpers.books import registration

ALL = RegisterFilter()
ORDERS = get_args(Order)


@pytest.fixture
def full(depot):
    """Two hundred weapons drawn by chance, in racks, by two officers."""
    chance = random.Random(5)
    racks = [depot.id() for _ in range(3)]
    places = [Draft(rack, PlaceOpened(name)) for rack, name in zip(racks, "YXZ", strict=True)]
    officers = [
        Draft(f"o{n}", OfficerAppointed(name, ("clerk",), "00")) for n, name in ((1, "Z"), (2, "A"))
    ]
    depot.books.record([*places, *officers], by=None)
    for officer in ("o1", "o2"):
        drafts = [
            registration(
                depot.id(), f"S{chance.randrange(50)}" if chance.random() < 0.9 else "",
                make=chance.choice(["FN", "fn", "Colt", ""]), model=chance.choice("ABC"),
                place=chance.choice(racks), year=str(chance.randrange(1990, 1999)),
            )
            for _ in range(100)
        ]  # fmt: skip
        depot.books.record(drafts, by=OfficerId(officer))
    return depot


KEYS = {
    "serial": lambda row: search_key(row.serial) or LAST,
    "mark": lambda row: search_key(row.mark) or LAST,
    "model": lambda row: (search_key(row.make) or LAST, search_key(row.model) or LAST),
    "make": lambda row: (search_key(row.make) or LAST, search_key(row.model) or LAST),
    "type": lambda row: (search_key(row.type), search_key(row.make) or LAST, search_key(row.model)),
    "calibre": lambda row: search_key(row.calibre),
    "place": lambda row: search_key(row.place) or LAST,
    "recorded": lambda row: row.recorded_at,
    "condition": lambda row: search_key(row.condition),
    "status": lambda row: search_key(row.status),
    "officer": lambda row: {"o1": "Z", "o2": "A"}.get(row.recorded_by, LAST),
    "country": lambda row: search_key(row.country) or LAST,
    "year": lambda row: row.year,
}


def whole(depot, order, among=ALL, *, falls=False):
    return list(depot.register.page(order, 0, 9999, among, falls=falls))


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_rises_and_falls_by_its_key(full, order):
    rows = whole(full, order)
    keys = [KEYS[order](row) for row in rows]
    assert keys == sorted(keys)
    assert whole(full, order, falls=True) == rows[::-1]
    pages = [full.register.page(order, n, 7, ALL, falls=True) for n in range(40)]
    assert [row for page in pages for row in page] == rows[::-1]


@pytest.mark.parametrize("order", ORDERS)
def test_lists_move_on_with_what_is_written(full, order):
    whole(full, order)
    rows = whole(full, "recorded")
    place = full.id()
    full.books.record([Draft(place, PlaceOpened("A new one"))], by=None)
    for row in (rows[3], rows[77], rows[150]):
        weapon = full.books.weapon(row.id)
        body = registration(weapon.id).body
        fixed = (Mark("serial", f"S2{row.number[:3]}", is_identity=True),)
        said = type(body)(marks=fixed, make="AA", model="B", calibre=".22", year="1900")
        full.books.record([Draft(weapon.id, said, weapon.heads.identity)], by=None)
        moved = Draft(weapon.id, WeaponRelocated(place), full.books.weapon(row.id).heads.custody)
        full.books.record([moved], by=None)
    full.register_weapon("S23", make="Colt")
    now = whole(full, order)
    full.register.forget()
    assert now == whole(full, order)
    assert len(now) == 201


def test_a_great_many_at_once_are_taken_in_too(full):
    whole(full, "serial")
    full.books.record([registration(full.id(), f"S{n}") for n in range(300)], by=None)
    now = whole(full, "serial")
    full.register.forget()
    assert now == whole(full, "serial")


@pytest.mark.parametrize("among", [ALL, RegisterFilter(make="fn"), RegisterFilter(text="s4")])
def test_a_weapon_stands_where_it_is_listed(full, among):
    for order in ("serial", "model", "recorded"):
        for falls in (False, True):
            rows = whole(full, order, among, falls=falls)
            for at in (0, len(rows) // 2, len(rows) - 1):
                found = full.register.position(rows[at].id, order, among, falls=falls)
                assert found == at


def test_what_is_not_in_a_list_stands_nowhere_in_it(full):
    rows = whole(full, "serial")
    other = next(row for row in rows if search_key(row.make) == "COLT")
    assert full.register.position(other.id, "serial", RegisterFilter(make="fn")) is None
    assert full.register.position(full.id(), "serial", ALL) is None
    ids = [other.id, full.id(), *(row.id for row in rows if search_key(row.make) == "FN")]
    assert full.register.among(ids, RegisterFilter(make="fn")) == frozenset(ids[2:])


def test_values_are_counted_under_their_usual_writing(full):
    rows = whole(full, "serial")
    upper, lower = (sum(row.make == make for row in rows) for make in ("FN", "fn"))
    usual = "FN" if upper > lower else "fn"
    values = full.register.values("make", ALL)
    assert Counted(usual, upper + lower) in values
    assert sum(one.count for one in values) == len(rows)
    assert list(values) == sorted(values, key=lambda one: (-one.count, one.value))
    assert full.register.values("make", RegisterFilter(make="Colt")) == values
    narrowed = full.register.values("model", RegisterFilter(make="Colt"))
    assert sum(one.count for one in narrowed) == full.register.count(RegisterFilter(make="Colt"))
    assert {one.value for one in full.register.values("officer", ALL)} == {"o1", "o2"}


def test_lists_of_a_new_shape_are_read_anew(full):
    rows = whole(full, "serial")
    full.books.rebuild()
    assert {row.id for row in whole(full, "serial")} == {row.id for row in rows}


def test_an_inspection_moves_a_weapon_in_the_order_of_conditions(full):
    row = whole(full, "condition")[0]
    weapon = full.books.weapon(row.id)
    body = WeaponInspected("unserviceable", "", "")
    full.books.record([Draft(weapon.id, body, weapon.heads.condition)], by=None)
    assert whole(full, "condition")[-1].id == row.id
