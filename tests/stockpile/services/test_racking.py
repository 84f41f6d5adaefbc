"""A rack's card says where; every weapon scanned after it is one fact, and nothing is silent."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import OfficerNotAuthorised, PlaceUnknown
from stockpile.domain.facts import (
    Draft,
    GatePassIssued,
    TagBound,
    WeaponIssued,
    WeaponLost,
    WeaponWithdrawn,
)
from stockpile.domain.values import new_id


@pytest.fixture
def rack(house):
    return a_rack(house, "Rack 1", "R1", capacity=2, holds=("AKM",))


def a_rack(house, name, code, **told):
    site = house.stockpile.people.site()
    return house.stockpile.places.open(name, "rack", site, code, by=house.officer, **told)[1]


def scan(house, text, rack=None):
    return house.stockpile.racking.scan(text, rack and rack.id, by=house.officer)


def told(house, weapon, body):
    heads = house.stockpile.books.weapon(weapon).heads.custody
    heads = () if isinstance(body, TagBound) else heads
    house.by_two([Draft(weapon, body, heads)])


def test_a_card_is_the_rack_and_a_weapon_after_it_stands_there(house, rack):
    weapon = house.register("KB1")
    recorded, step = scan(house, "r1")
    assert (recorded.facts, step.kind, step.rack) == ((), "rack", rack)
    recorded, step = scan(house, "KB1", rack)
    assert (len(recorded.facts), step.kind, step.line.place) == (1, "moved", "Rack 1")
    assert step.before == house.stockpile.people.site()
    assert house.stockpile.books.weapon(weapon).place == rack.id
    recorded, step = scan(house, "KB1", rack)
    assert (recorded.facts, step.kind, step.line.serial) == ((), "stands", "KB1")


def test_a_paper_or_a_command_is_no_weapon_and_a_void_label_moves_what_it_names(house, rack):
    weapon, site = house.register("KB1"), house.stockpile.people.site()
    for tag in ("K8Z1PN3K1VKND", "KXDHCMH5HDWHB"):
        told(house, weapon, TagBound(tag))
    house.stockpile.books.record(
        [Draft(new_id(1, bytes(10)), GatePassIssued("GP-KLA-26-0001", (), "A"))], by=None
    )
    for text, kind in (("gp-kla-26-0001", "paper"), ("#undo", "command")):
        recorded, step = scan(house, text, rack)
        assert (recorded.facts, step.kind, step.scanned.weapon) == ((), kind, None)
    assert house.stockpile.books.weapon(weapon).place == site
    recorded, step = scan(house, "K8Z1PN3K1VKND", rack)
    assert (len(recorded.facts), step.kind, step.scanned.label) == (1, "moved", "void")


def test_the_last_one_goes_back_where_it_stood(house, rack):
    weapon = house.register("KB1")
    _recorded, step = scan(house, "KB1", rack)
    house.stockpile.racking.put_back(step, by=house.officer)
    assert house.stockpile.books.weapon(weapon).place == house.stockpile.people.site()
    nothing = house.stockpile.racking.put_back(scan(house, "R1")[1], by=house.officer)
    assert nothing.facts == ()


def test_what_does_not_fit_or_belong_is_said_and_stands_there_all_the_same(house, rack):
    for serial, type_, model in (("A", "ASR", "AKM"), ("B", "ASR", "AKM"), ("C", "PST", "PM")):
        house.register(serial, type=type_, model=model)
    steps = [scan(house, serial, rack)[1] for serial in "ABC"]
    assert [step.kind for step in steps] == ["moved"] * 3
    assert [(step.over, step.is_stranger) for step in steps] == [
        (0, False), (0, False), (1, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (WeaponIssued("person-1"), "out"),
        (WeaponLost("stolen"), "lost"),
        (WeaponWithdrawn("written twice"), "gone"),
    ],
)
def test_a_weapon_that_is_not_in_store_is_said_and_not_moved(house, rack, body, kind):
    weapon = house.register("KB1")
    number = house.stockpile.register.rows([weapon])[0].number
    told(house, weapon, body)
    recorded, step = scan(house, number, rack)
    assert (recorded.facts, step.kind, step.line.id) == ((), kind, weapon)


def test_a_weapon_of_which_two_accounts_stand_is_not_moved(house, rack):
    weapon = house.register("KB1")
    heads = house.stockpile.books.weapon(weapon).heads.custody
    for holder in ("person-1", "person-2"):
        draft = Draft(weapon, WeaponIssued(holder), heads)
        house.stockpile.books.record([draft], by=house.officer.id)
    assert scan(house, "KB1", rack)[1].kind == "disputed"


def test_a_scan_that_names_no_weapon_says_so(house, rack):
    house.register("KB1")
    assert scan(house, "KB1")[1].kind == "no_rack"
    assert scan(house, "nothing of ours", rack)[1].kind == "unknown"
    house.register("KB1", model="AKMS")
    step = scan(house, "KB1", rack)[1]
    assert (step.kind, len(step.several)) == ("several", 2)


def test_a_rack_that_was_closed_meanwhile_takes_nothing(house, rack):
    house.register("KB1")
    house.stockpile.places.close(rack.id, "sold", by=house.officer)
    with pytest.raises(PlaceUnknown):
        scan(house, "KB1", rack)


def test_who_may_not_move_racks_nothing(house, rack):
    people = house.stockpile.people
    people.appoint("I. Nkosi", ("auditor",), "1357", by=house.officer)
    with pytest.raises(OfficerNotAuthorised):
        house.stockpile.racking.scan("R1", rack.id, by=people.sign_in("I. Nkosi", "1357"))
