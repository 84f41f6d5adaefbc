"""Who may do what, and when a second officer is needed."""

from __future__ import annotations

import pytest

from stockpile.domain import people
from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    OfficerNotAuthorised,
    PinTooShort,
    SecondOfficerMissing,
)
from stockpile.domain.facts import Draft, OfficerRetired
from stockpile.domain.references import Reference, after
from tests.helpers.builders import an_officer, recorded


@pytest.mark.parametrize(
    ("role", "act", "may"),
    [
        ("clerk", "register", True),
        ("clerk", "mark", False),
        ("clerk", "resolve_mark", False),
        ("marking_operator", "mark", True),
        ("marking_operator", "register", False),
        ("marking_operator", "resolve_mark", False),
        ("inspector", "resolve_mark", True),
        ("inspector", "mark", False),
        ("auditor", "register", False),
        ("commander", "appoint", True),
        ("registrar", "appoint", True),
        ("storekeeper", "appoint", False),
    ],
)
def test_a_role_allows_just_its_acts(role, act, may):
    assert an_officer(role).may(act) is may


def test_every_act_is_somebodys():
    for act in people.Act.__args__:
        assert any(an_officer(role).may(act) for role in people.ROLES)


def test_an_officer_without_the_role_is_refused_by_name_and_act():
    with pytest.raises(OfficerNotAuthorised) as refused:
        people.authorise(an_officer("auditor"), "register")
    assert refused.value.details() == {"name": "A. Mbuyi", "act": "register"}


def test_the_second_officer_must_be_another(monkeypatch):
    monkeypatch.setattr(people, "NEEDS_TWO", frozenset({"register"}))
    first, second = an_officer("clerk"), an_officer("storekeeper", name="P. Ilunga")
    for witness in (None, first):
        with pytest.raises(SecondOfficerMissing):
            people.authorise(first, "register", witness)
    people.authorise(first, "register", second)


def test_a_clerk_confirms_nothing_and_a_site_may_ask_for_two(monkeypatch):
    first, clerk = an_officer("commander"), an_officer("clerk", name="P. Ilunga")
    people.authorise(first, "correct")
    with pytest.raises(SecondOfficerMissing):
        people.authorise(first, "correct", by_rule=["correct"])
    with pytest.raises(OfficerNotAuthorised) as refused:
        people.authorise(first, "correct", clerk, by_rule=["correct"])
    assert refused.value.details() == {"name": "P. Ilunga", "act": "confirm"}


def test_an_appointed_officer_is_in_office_until_retired():
    draft = people.appoint("o1", "  Amina  Odhiambo ", ("clerk",), b"\x01" * 32, None)
    (fact,) = recorded(draft)
    reference = after(Reference("o1"), fact)
    officer = people.officer_of(reference)
    assert (officer.name, officer.roles) == ("Amina Odhiambo", ("clerk",))
    _, left = recorded(draft, Draft("o1", OfficerRetired("moved"), (fact.hash,)))
    assert people.officer_of(after(reference, left)) is None


@pytest.mark.parametrize(("name", "roles"), [("", ("clerk",)), ("  ", ("clerk",)), ("A", ())])
def test_an_appointment_needs_a_name_and_a_role(name, roles):
    with pytest.raises(FieldMissing):
        people.appoint("o1", name, roles, b"", None)


def test_roles_are_read_as_people_write_them():
    assert people.read_role("Marking operator") == "marking_operator"
    with pytest.raises(FieldUnreadable):
        people.read_role("king")


def test_a_pin_of_three_is_no_pin():
    people.demand_pin("1234")
    with pytest.raises(PinTooShort):
        people.demand_pin("123")


def test_a_role_that_there_is_not_is_never_written():
    with pytest.raises(FieldUnreadable) as refused:
        people.appoint("o1", "A. Mbuyi", ("clerk", "admiral"), b"\x01" * 32, None)
    assert refused.value.details() == {"field": "role", "text": "admiral"}
