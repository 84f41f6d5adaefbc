"""Founding a home, appointing officers, signing in."""

from __future__ import annotations

import pytest

from stockpile.domain import ledger
from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    OfficerNotAuthorised,
    OfficerUnknown,
    PinTooShort,
    WrongPin,
)
from stockpile.domain.facts import NodeFounded
from tests.helpers.house import PIN, TOLD, build_house


def test_the_first_act_names_node_site_and_officer(house):
    people, books = house.stockpile.people, house.stockpile.books
    node = books.reference(house.stockpile.keys.node)
    assert isinstance(node.opened, NodeFounded)
    assert (node.opened.country, node.opened.site) == ("UG", "KLA")
    assert [one.name for one in people.officers()] == ["A. Mbuyi"]
    assert house.stockpile.places.named("Kampala Central").id == people.site()
    assert house.stockpile.places.named("kla").id == people.site()


@pytest.mark.parametrize("name", ["A. Mbuyi", " a. mbuyi "])
def test_an_officer_signs_in_by_name_and_pin(house, name):
    assert house.stockpile.people.sign_in(name, PIN).officer.name == "A. Mbuyi"


def test_nobody_signs_in_with_another_name_or_pin(house):
    with pytest.raises(OfficerUnknown):
        house.stockpile.people.sign_in("P. Ilunga", PIN)
    with pytest.raises(WrongPin):
        house.stockpile.people.sign_in("A. Mbuyi", "0000")


def test_an_appointment_bears_the_appointing_officers_own_signature(house):
    people = house.stockpile.people
    recorded = people.appoint("P. Ilunga", ("clerk",), "1357", by=house.officer)
    (entry,) = recorded.entries
    ledger.check_officers(entry, lambda _one: house.officer.officer.public_key)
    clerk = people.sign_in("P. Ilunga", "1357")
    assert clerk.officer.roles == ("clerk",)
    with pytest.raises(OfficerNotAuthorised):
        people.appoint("C. Okello", ("clerk",), "1357", by=clerk)


def test_two_officers_of_one_name_are_refused(house):
    with pytest.raises(FieldUnreadable):
        house.stockpile.people.appoint("A. Mbuyi", ("clerk",), "1357", by=house.officer)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"pin": "12"}, PinTooShort),
        ({"country": "Uganda"}, FieldUnreadable),
        ({"country": ""}, FieldUnreadable),
        ({"officer": " "}, FieldMissing),
        ({"name": "", "site": ""}, FieldMissing),
    ],
)
def test_a_home_is_not_founded_on_nonsense(tmp_path, changes, refusal):
    told = {one: getattr(TOLD, one) for one in ("country", "site", "name", "officer", "pin")}
    with pytest.raises(refusal):
        build_house(tmp_path / "home", type(TOLD)(**{**told, **changes}))
