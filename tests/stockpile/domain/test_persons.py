"""What is held about a person: handed out on a ground, kept for so many months."""

from __future__ import annotations

from datetime import date

import pytest

from stockpile.domain.errors import FieldMissing
from stockpile.domain.facts import (
    Fact,
    PersonDisclosed,
    ReceiptSigned,
    WeaponIssued,
    WeaponReturned,
    Withheld,
)
from stockpile.domain.persons import disclosed, is_due, last_acts, later, returns, unnamed

_DAY = 86_400_000


def fact(body, subject="w1", at=0):
    return Fact(
        node="n",
        seq=1,
        subject=subject,
        at=at,
        zone=0,
        lamport=1,
        by=None,
        witnesses=(),
        body=body,
        hash="h",
    )


def test_what_is_held_is_handed_out_to_somebody_on_a_ground():
    draft = disclosed("p1", " their  lawyer ", "court order 7")
    assert draft.body == PersonDisclosed("their lawyer", "court order 7")
    assert draft.subject != "p1"  # it never stands in the place of their details
    for to, ground, field in (("", "law", "disclosed_to"), ("lawyer", " ", "disclosed_on")):
        with pytest.raises(FieldMissing) as refused:
            disclosed("p1", to, ground)
        assert refused.value.field == field


def test_words_that_stay_for_ever_name_nobody_who_may_be_erased():
    names = ("Paul Ilunga", "A-118", "", "C 7")
    said = unnamed("PAUL ILUNGA (a-118) himself; XA-1180 stays", names, "the person")
    assert said == "the person (the person) himself; XA-1180 stays"
    assert unnamed("court order", names, "the person") == "court order"
    assert unnamed("given to \\1", ("\\1",), "x") == "given to x"


def test_months_are_those_of_the_calendar():
    assert later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert later(date(2026, 11, 28), 24) == date(2028, 11, 28)
    assert later(date(2026, 12, 1), 1) == date(2027, 1, 1)


def test_details_are_due_on_the_day_and_never_without_a_rule():
    assert not is_due(0, 30 * _DAY, 0, 1)  # 1 to 31 January 1970
    assert is_due(0, 31 * _DAY, 0, 1)
    assert is_due(0, 31 * _DAY - 1, 60, 1)  # an hour east it is the first of February already
    assert not is_due(0, 99_999 * _DAY, 0, 0)


def test_the_last_act_is_the_newest_fact_that_names_a_person_and_a_return_is_the_holders():
    known = [
        fact(Withheld("person.recorded", "d"), "p1", 1),
        fact(WeaponIssued("p1"), "w1", 5),
        fact(WeaponIssued("p2"), "w2", 6),
        fact(WeaponReturned("store"), "w1", 9),
        fact(WeaponReturned("store"), "w1", 10),  # nobody had it
        fact(ReceiptSigned("HR-1", "issue", (), "p2", "p3"), "r1", 8),
    ]
    assert last_acts(known) == {"p1": 9, "p2": 8, "p3": 8}


def test_a_weapons_return_is_of_who_had_it():
    history = [
        fact(WeaponIssued("p1"), at=1), fact(WeaponReturned("store"), at=2),
        fact(WeaponReturned("store"), at=3), fact(WeaponIssued("p2"), at=4),
        fact(WeaponReturned("store"), at=5),
    ]  # fmt: skip
    assert [one.at for one in returns(history, "p1")] == [2]
    assert [one.at for one in returns(history, "p2")] == [5]
    assert returns(history, "p3") == []
