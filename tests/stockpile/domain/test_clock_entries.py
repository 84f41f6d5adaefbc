"""A revoked node's clock entries are one card; whatever else is open is a card each."""

from __future__ import annotations

import pytest

from stockpile.domain import clock_entries, conflicts
from stockpile.domain.clock_entries import Gathered
from stockpile.domain.values import Digest, WeaponId

ONE, OTHER = "a" * 16, "b" * 16


def entry(node, number, lack="revoked", weapons=()):
    about = (node, str(number), "sync", lack)
    return conflicts.authority(Digest(f"{node[0]}{number:063}"), about, weapons)


def cards(found, entries):
    groups = clock_entries.among(found, entries)
    return clock_entries.gathered(found, entries, groups.__getitem__)


def test_each_nodes_are_one_card_in_the_order_of_its_chain_and_all_else_is_its_own():
    late, early, beside = entry(ONE, 10), entry(ONE, 9), entry(ONE, 11)
    there, forged = entry(OTHER, 2), entry(OTHER, 3, "no_right")
    found = [late, there, beside, early, forged]
    entries = {one.about[0] for one in (late, early, there, forged)}
    assert cards(found, entries) == [
        Gathered((there,)), Gathered((beside,)), Gathered((early, late)), Gathered((forged,)),
    ]  # fmt: skip


def test_any_of_them_leads_to_their_card(monkeypatch):
    monkeypatch.setattr(clock_entries, "MOST_SIDES", 2)
    found = [entry(ONE, number) for number in range(2, 7)]
    entries = {one.about[0] for one in found}
    (card,) = cards(found, entries)
    assert (card.conflicts, card.more, card.leading) == (tuple(found[:2]), 3, found[0])
    groups = clock_entries.among(found, entries)
    for one in found:
        assert clock_entries.standing_for(one, entries, groups.__getitem__) == card


def test_where_the_first_of_them_is_gone_meanwhile_it_is_its_own_card():
    one = entry(ONE, 2)
    gone = clock_entries.standing_for(one, {one.about[0]}, lambda _node: Gathered(()))
    assert gone == Gathered((one,))


@pytest.mark.parametrize(
    "said",
    [entry(ONE, 2, "unsigned"), entry(ONE, 2, weapons=(WeaponId("w1"),)),
     conflicts.lot_overdrawn("lot-1", -1, [])],
)  # fmt: skip
def test_what_a_right_entry_lacks_and_what_is_about_weapons_is_none_of_them(said):
    assert not clock_entries.may_be(said)
