"""What goes along in a courier file, and to whom."""

from __future__ import annotations

import pytest

from stockpile.domain import codec, ledger
from stockpile.domain.errors import ChainForked
from stockpile.domain.facts import (
    Draft,
    PlaceOpened,
    WaybillOpened,
    WeaponAbsorbed,
    WeaponDispatched,
    WeaponMerged,
)
from stockpile.services import courier_loads
from stockpile.services.courier_loads import CourierLoads
from stockpile.services.telling_histories import evidence_of
from tests.helpers.books import desk
from tests.helpers.sites import Site, a_weapon

WEAPONS = ("0-w0", "0-w1", "0-w2")


@pytest.fixture
def region(tmp_path):
    """A headquarters that holds the chains of two depots whole."""
    with desk(tmp_path / "region", "region") as one:
        one.found("Headquarters")
        yield one


@pytest.fixture
def sites(region):
    made = Site(), Site()
    for number, one in enumerate(made):
        one.found_with_officers()
        one.write(Draft(f"site-{number}", PlaceOpened(f"Depot {number}", "site")))
        one.write(*(a_weapon(f"{number}-w{at}") for at in range(3)))
        region.books.trust(one.node, one.keys.public_key)
    return made


def sent(site, waybill, weapon, to):
    heads = tuple(one.hash for one in site.facts if one.subject == weapon)
    site.by_two(
        Draft(waybill, WaybillOpened(waybill, (weapon,), "site-0", to)),
        Draft(weapon, WeaponDispatched(waybill, to), heads),
    )


def loads(region):
    return CourierLoads(region.books, region.keys)


def subjects(found):
    return {codec.decode(part.raw).subject for one in found for part in one.parts}


def test_what_is_on_its_way_to_a_depot_goes_along_and_nothing_else_of_that_chain(region, sites):
    kampala, gulu = sites
    sent(kampala, "wb-1", "0-w1", "site-1")
    for one in sites:
        region.books.receive(one.entries)
    to_gulu = loads(region).excerpts(gulu.node, {}, ())
    assert subjects(to_gulu) >= {"wb-1", "0-w1"}
    assert not subjects(to_gulu) & {"0-w0", "0-w2", "1-w0"}
    assert {ledger.read_header(one.header).n for one in to_gulu} == {kampala.node}
    assert loads(region).excerpts(kampala.node, {}, ()) == ()  # its own chain it has
    stranger = Site()
    assert loads(region).excerpts(stranger.node, {}, ()) == ()


def test_for_whom_has_the_words_only_what_is_asked_for_goes_along(region, sites):
    sent(sites[0], "wb-1", "0-w1", "site-1")
    for one in sites:
        region.books.receive(one.entries)
    assert loads(region).excerpts(None, {}, ()) == ()
    found = loads(region).excerpts(None, {}, ("0-w1", "1-w2"))
    assert subjects(found) >= {"0-w1", "1-w2", "wb-1"}
    assert not subjects(found) & {"0-w0", "1-w0"}


def test_with_a_weapon_go_the_records_that_were_joined_to_it_and_to_those(region, sites):
    kampala, gulu = sites
    for kept, gone in (("0-w0", "0-w1"), ("0-w1", "0-w2")):
        kampala.by_two(
            Draft(kept, WeaponMerged(gone, "one rifle")),
            Draft(gone, WeaponAbsorbed(kept, "one rifle")),
        )
    for one in sites:
        region.books.receive(one.entries)
    found = {weapon: loads(region).excerpts(gulu.node, {}, (weapon,)) for weapon in WEAPONS}
    assert {weapon: subjects(told) for weapon, told in found.items()} == {
        "0-w0": {"0-w0", "0-w1", "0-w2"},
        "0-w1": {"0-w1", "0-w2"},  # who has the one beneath is not told of the other
        "0-w2": {"0-w2"},
    }


def test_a_waybill_may_name_what_is_not_known_here(region, sites):
    kampala, gulu = sites
    kampala.by_two(Draft("wb-1", WaybillOpened("wb-1", ("unknown",), "site-0", "site-1")))
    for one in sites:
        region.books.receive(one.entries)
    assert subjects(loads(region).excerpts(gulu.node, {}, ())) == {"wb-1"}


def test_what_the_receiver_holds_whole_is_left_out(region, sites):
    kampala, gulu = sites
    for one in sites:
        region.books.receive(one.entries)
    held = {kampala.node: kampala.tip.number}
    assert loads(region).excerpts(gulu.node, held, ("0-w1",)) == ()
    assert loads(region).excerpts(gulu.node, {kampala.node: 2}, ("0-w1",))
    assert list(loads(region).entries(gulu.node, {region.node: 1})) == []
    assert len(list(loads(region).entries(gulu.node, {}))) == 1
    assert {one.node for one in loads(region).holds()} == {
        region.node, kampala.node, gulu.node,
    }  # fmt: skip


def test_of_settled_transfers_the_last_ones_go_along(region, sites, monkeypatch):
    kampala, gulu = sites
    for number in range(3):
        sent(kampala, f"wb-{number}", f"0-w{number}", "site-1")
    for one in sites:
        region.books.receive(one.entries)
    monkeypatch.setattr(courier_loads, "SETTLED", 1)
    monkeypatch.setattr(courier_loads.Waybill, "is_under_way", False)
    found = subjects(loads(region).excerpts(gulu.node, {}, ()))
    assert {one for one in found if one.startswith("wb")} == {"wb-2"}


def test_how_many_entries_go_along_is_known_before(region, sites):
    for one in sites:
        region.books.receive(one.entries)
    for held in ({}, {region.node: 1}):
        assert loads(region).count(sites[0].node, held) == len(
            list(loads(region).entries(sites[0].node, held))
        )


def two_histories(region, site):
    copy = site.copy()
    for one, name in ((site, "true"), (copy, "copy")):
        one.write(a_weapon(f"{name} {one.node[:4]}"))
    region.books.receive(site.entries)
    with pytest.raises(ChainForked):
        region.books.receive(copy.entries)
    return set(evidence_of(region.books, site.node).values())


def test_both_histories_of_computers_go_along_as_far_as_they_are_undecided(
    region, sites, monkeypatch
):
    assert loads(region).beside() == ()
    both = [two_histories(region, one) for one in sites]
    assert [len(one) for one in both] == [2, 2]
    assert set(loads(region).beside()) == both[0] | both[1]
    monkeypatch.setattr(courier_loads, "MOST_BESIDE", 2)
    assert set(loads(region).beside()) in both
    monkeypatch.setattr(type(region.books), "conflicts", lambda _books: ())
    assert loads(region).beside() == ()  # decided, and kept all the same
    assert len(region.books.forked()) == 2
