"""Who is told what: the same on either database, however it comes in."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, update

from stockpile.domain import wire
from stockpile.domain.facts import (
    Draft,
    EntryJudged,
    NodeCertified,
    WeaponDestroyed,
)
from stockpile.domain.ledger import entry_hash
from stockpile.domain.sharing import Shares
from stockpile.registry import comparing, feeds, intake
from stockpile.registry.tables import BOUND_FOR, FEED, MATTERS, SCOPES_FOLLOWED
from tests.helpers.registries import open_registry
from tests.helpers.scoped import a_dispatch, a_place, a_receipt, a_waybill, facts_told, told
from tests.helpers.sites import Site, a_move, a_weapon


def send(registry, *sites):
    for site in sites:
        held = registry.books.tip(site.node).number
        if site.entries[held:]:
            intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries[held:])))


def enrolled(registry, at, scope=None):
    site = Site()
    registry.enrol(site, at, scope)
    site.found_with_officers()
    return site


@pytest.fixture
def gulu(registry):
    return enrolled(registry, "Gulu")


@pytest.fixture
def lira(registry):
    return enrolled(registry, "Lira")


def judged(entry, node):
    return Draft(entry_hash(entry.header), EntryJudged(node, 2, accepted=True, reason="seen"))


def hash_of(site, subject):
    return [fact.hash for fact in site.facts if fact.subject == subject][-1]


def single(registry, reader):
    """The subjects of single facts that a node is told, each as often as it was told."""
    return sorted(fact.subject for fact in facts_told(registry, reader)[1])


def test_a_node_is_told_its_own_sites_and_the_registry_and_nothing_else(registry, gulu, lira):
    desk = enrolled(registry, "Gulu")
    for site in (gulu, lira, desk):
        site.fill(3)
    send(registry, gulu, lira, desk)
    whole, excerpted = facts_told(registry, gulu)
    assert {fact.node for fact in whole} == {desk.node, registry.books.key.node}
    assert [fact for fact in whole if fact.node == desk.node] == desk.facts
    assert excerpted == []


def test_what_is_sent_to_a_site_is_told_with_its_whole_past(registry, gulu, lira):
    gulu.write(a_place("g1", "Gulu"))
    lira.write(a_weapon("w1"), a_weapon("w2"), a_weapon("w3"))
    lira.write(a_move("w1", "rack", hash_of(lira, "w1")), a_move("w2", "rack"))
    send(registry, gulu, lira)
    assert single(registry, gulu) == []
    lira.by_two(a_dispatch("w1", "g1", hash_of(lira, "w1")))
    send(registry, lira)
    assert single(registry, gulu) == ["w1", "w1", "w1"]
    lira.write(a_move("w2", "hall"), a_move("w1", "ditch"))
    send(registry, lira)
    assert single(registry, gulu) == ["w1"] * 4


def test_a_waybill_is_told_to_both_ends_with_its_weapons_and_places(registry, gulu, lira):
    gulu.write(a_place("g1", "Gulu depot", "building"))
    lira.write(a_place("l1", "Store of Lira", "room"), a_weapon("w1"), a_weapon("w2"))
    send(registry, gulu, lira)
    lira.write(a_waybill("wb1", "l1", "g1", "w1"))
    send(registry, lira)
    assert single(registry, gulu) == ["l1", "w1", "wb1"]
    gulu.write(a_receipt("w1", "g1"))
    send(registry, gulu)
    assert single(registry, lira) == ["g1", "w1"]


def test_what_a_site_wrote_about_matters_to_it_for_ever(registry, gulu, lira):
    gulu.write(a_weapon("w1"))
    send(registry, gulu)
    lira.write(a_move("w1", "elsewhere"), a_move("w9", "elsewhere"))
    send(registry, lira)
    assert single(registry, gulu) == ["w1"]
    assert single(registry, lira) == ["w1"]


def test_sites_are_told_to_everybody_and_racks_are_not(registry, gulu, lira):
    lira.write(a_place("l1", "Lira"), a_place("l2", "Rack 1", "rack"))
    send(registry, lira)
    assert single(registry, gulu) == ["l1"]


def test_a_place_that_headquarters_opened_is_the_site_of_that_name(registry, gulu, lira):
    headquarters = enrolled(registry, "")
    headquarters.write(a_place("p1", "Gulu"))
    lira.by_two(a_weapon("w1"), a_dispatch("w1", "p1"))
    send(registry, headquarters, lira)
    assert single(registry, gulu) == ["p1", "w1", "w1"]


def test_a_place_may_be_heard_of_after_what_was_sent_to_it(registry, gulu, lira):
    lira.by_two(a_weapon("w1"), a_waybill("wb1", "l1", "g1", "w1"), a_dispatch("w1", "g1"))
    send(registry, lira)
    assert single(registry, gulu) == []
    gulu.write(a_place("g1", "Gulu"))
    send(registry, gulu)
    assert single(registry, gulu) == ["w1", "w1", "wb1"]
    with registry.books.reading() as connection:
        bound = connection.execute(BOUND_FOR.select()).all()
    assert {row.place for row in bound} == {"l1"}


def test_a_scope_of_several_sites_is_told_everything_once(registry, gulu, lira):
    region = enrolled(registry, "North", ("Gulu", "Lira"))
    gulu.write(a_place("g1", "Gulu"))
    lira.by_two(a_weapon("w1"), a_dispatch("w1", "g1"))
    kampala = enrolled(registry, "Kampala")
    kampala.write(a_move("w1", "road"))
    send(registry, gulu, lira, kampala)
    whole, excerpted = facts_told(registry, region)
    assert {fact.node for fact in whole} == {gulu.node, lira.node, registry.books.key.node}
    assert [(fact.node, fact.subject) for fact in excerpted] == [(kampala.node, "w1")]


def test_headquarters_is_told_the_country(registry, gulu, lira):
    headquarters = enrolled(registry, "Kampala", ("*",))
    gulu.fill(2)
    lira.fill(2)
    send(registry, gulu, lira)
    whole, excerpted = facts_told(registry, headquarters)
    assert {gulu.node, lira.node} < {fact.node for fact in whole}
    assert excerpted == []


def test_a_new_scope_is_told_all_that_was_before_it(registry, lira):
    first = enrolled(registry, "Gulu", ("*",))
    first.write(a_place("g1", "Gulu"), a_weapon("w0"))
    lira.by_two(a_weapon("w1"), a_weapon("w2"), a_dispatch("w1", "g1"))
    send(registry, first, lira)
    later = enrolled(registry, "Gulu")
    whole, excerpted = facts_told(registry, later)
    assert [fact for fact in whole if fact.node == first.node] == first.facts
    assert sorted(fact.subject for fact in excerpted) == ["w1", "w1"]
    certified = [one.body for one in whole if isinstance(one.body, NodeCertified)]
    assert certified[-1].scope == ("Gulu",)


def test_what_nobody_had_the_right_to_say_is_told_once_it_is_accepted(registry, gulu, lira):
    gulu.write(a_weapon("w1"))
    send(registry, gulu)
    entry = lira.by_one(Draft("w1", WeaponDestroyed("cutting", "worn out")))
    send(registry, lira)
    assert single(registry, gulu) == []
    lira.by_two(judged(entry, lira.node))
    send(registry, lira)
    assert single(registry, gulu) == ["w1"]


def test_a_decision_about_a_sites_own_entry_is_told_to_it(registry, gulu, lira):
    desk = enrolled(registry, "Gulu")
    entry = gulu.write(a_weapon("w1"))
    lira.by_two(judged(entry, gulu.node))
    send(registry, gulu, lira)
    assert single(registry, desk) == [entry_hash(entry.header)]


def world(registry, gulu, lira):
    gulu.write(a_place("g1", "Gulu"), a_weapon("w0"))
    lira.write(a_place("l1", "Lira"), *(a_weapon(f"w{one}") for one in range(1, 9)))
    lira.write(a_waybill("wb1", "l1", "g1", "w1", "w2"))
    lira.by_two(a_dispatch("w1", "g1"), a_dispatch("w2", "g1"), a_move("w3", "rack"))
    send(registry, gulu, lira)


def addresses(registry, reader):
    return [sorted((one.node, one.seq) for one in some) for some in facts_told(registry, reader)]


def test_derived_anew_a_feed_is_another_one_and_tells_the_same(registry, gulu, lira):
    world(registry, gulu, lira)
    before, token = addresses(registry, gulu), told(registry, gulu)[0].scope
    registry.books.rebuild()
    assert addresses(registry, gulu) == before
    assert told(registry, gulu)[0].scope != token


def test_a_ledger_from_before_scopes_is_followed_at_the_next_start(registry, gulu, lira):
    world(registry, gulu, lira)
    with registry.database.writing() as connection:
        for table in (MATTERS, BOUND_FOR, SCOPES_FOLLOWED):
            connection.execute(delete(table))
    again = open_registry(registry.url)
    try:
        later = enrolled(again, "Moroto", ("Gulu", "Moroto"))
        assert [one.subject for one in facts_told(again, later)[1]] != []
        assert single(again, later) == single(registry, gulu)
    finally:
        again.database.close()


@pytest.mark.parametrize("harm", ["dropped", "changed", "emptied"])
def test_a_feed_that_was_tampered_with_is_made_anew(registry, gulu, lira, harm):
    world(registry, gulu, lira)
    before, token = addresses(registry, gulu), told(registry, gulu)[0].scope
    with registry.database.writing() as connection:
        told_in_parts = (FEED.c.parts != "") & (
            FEED.c.scope == feeds.feed_of(connection, ("Gulu",)).row
        )
        if harm == "dropped":
            last = connection.execute(FEED.select().where(told_in_parts)).all()[-1]
            connection.execute(
                delete(FEED).where(FEED.c.place == last.place, FEED.c.scope == last.scope)
            )
        elif harm == "changed":
            connection.execute(update(FEED).where(told_in_parts).values(parts="[0]"))
        else:
            connection.execute(delete(FEED))
    registry.clock.at += comparing.NOT_AGAIN_FOR
    said = registry.books.shares(gulu.node, Shares(token, 0, amiss=True))
    assert said.scope != token
    assert addresses(registry, gulu) == before


def test_a_node_that_is_wrong_makes_nothing_anew(registry, gulu, lira):
    world(registry, gulu, lira)
    token = told(registry, gulu)[0].scope
    registry.clock.at += comparing.NOT_AGAIN_FOR
    assert registry.books.shares(gulu.node, Shares(token, 0, amiss=True)).scope == token


def test_what_is_said_to_be_shared_is_what_was_told(registry, gulu, lira):
    world(registry, gulu, lira)
    said = registry.books.shares(gulu.node, Shares("", 0))
    pages = told(registry, gulu)
    assert (said.scope, said.size) == (pages[0].scope, pages[-1].last)
    assert said.told == len(facts_told(registry, gulu)[1])
    assert {one.node for one in said.chains} == {registry.books.key.node}
    assert registry.books.shares(lira.node, said).scope != said.scope


def test_who_is_readmitted_is_told_of_again_also_to_those_who_came_meanwhile(registry, gulu, lira):
    good = lira.tip
    world(registry, gulu, lira)
    registry.enrolment.revoke(lira.node, "stolen", last_good=good)
    later = enrolled(registry, "Moroto", ("Gulu", "Moroto"))
    assert {fact.node for fact in facts_told(registry, later)[1]} == set()
    registry.enrolment.readmit(lira.node, "found again")
    assert single(registry, later) == single(registry, gulu)
    assert told(registry, later)[0].scope != ""
