from __future__ import annotations

import pytest

from stockpile.domain.errors import OfficerNotAuthorised, ReasonMissing, SecondOfficerMissing
from stockpile.domain.facts import NodeClosed
from tests.helpers.house import PIN


def test_two_officers_close_a_chain_once_and_say_why(house):
    desk, books = house.stockpile.closing_node, house.stockpile.books
    with pytest.raises(SecondOfficerMissing):
        desk.close("the year is over", by=house.officer, witness=None)
    with pytest.raises(ReasonMissing):
        desk.close(" ", by=house.officer, witness=house.second)
    assert not desk.is_closed()
    recorded = desk.close("the year is over", by=house.officer, witness=house.second)
    assert [one.body for one in recorded.facts] == [NodeClosed("the year is over")]
    assert len(recorded.entries[0].officer_signatures) == 2
    tip = books.tip()
    assert desk.close("again", by=house.officer, witness=house.second).facts == ()
    assert (desk.is_closed(), books.tip()) == (True, tip)


def test_who_may_not_change_keys_closes_nothing(house):
    people = house.stockpile.people
    people.appoint("An Auditor", ("auditor",), PIN, by=house.officer)
    auditor = people.sign_in("An Auditor", PIN)
    with pytest.raises(OfficerNotAuthorised):
        house.stockpile.closing_node.close("mine", by=auditor, witness=house.officer)
    assert not house.stockpile.closing_node.is_closed()
