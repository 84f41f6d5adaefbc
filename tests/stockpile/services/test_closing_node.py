from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.errors import (
    EntriesUnsent,
    OfficerNotAuthorised,
    ReasonMissing,
    SecondOfficerMissing,
)
from stockpile.domain.facts import NodeClosed
from stockpile.services.ports import Peer
from tests.helpers.house import PIN
from tests.helpers.sites import SiteKeys


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


def test_what_the_registry_has_not_heard_is_sent_first(house):
    desk, books = house.stockpile.closing_node, house.stockpile.books
    desk.demand_sent()  # nobody to send it to
    registry = SiteKeys()
    peer = Peer("https://x", registry.node, registry.public_key, acknowledged=0, heard_at=1)
    books.keep_peer(peer)
    with pytest.raises(EntriesUnsent) as refused:
        desk.demand_sent()
    assert refused.value.count == books.tip().number
    assert house.second
    books.keep_peer(replace(peer, acknowledged=books.tip().number))
    desk.demand_sent()
    desk.close("the year is over", by=house.officer, witness=house.second)
    desk.demand_sent()  # the last word alone keeps nobody
