"""Blocks of numbers at the registry, on both databases: granted once, disjoint for ever."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from stockpile.domain import codec, wire
from stockpile.domain.errors import (
    NodeQuarantined,
    NodeUnknown,
    NumbersUsedUp,
    QuantityUnreadable,
    SchemeUnknown,
)
from stockpile.domain.exchange import BlockRequest
from stockpile.domain.facts import BlockGranted, Draft, MarkingBegun, SchemeSet
from stockpile.registry import intake
from stockpile.registry.blocks import LEASE, MOST_AT_ONCE, Granting
from stockpile.registry.tables import BLOCK, NUMBERS_FOLLOWED
from tests.helpers.registries import open_registry
from tests.helpers.sites import Site, a_weapon

SCHEME = "UG_STATE"
BODY = SchemeSet("Uganda: State's weapons", "{iso2} {seq}", digits=5)


@pytest.fixture
def site(registry):
    return enrolled(registry)


def enrolled(registry, *drafts, scheme=BODY):
    """An enrolled site whose chain, with a scheme on record, is held."""
    made = Site()
    registry.enrol(made)
    made.found()
    made.write(Draft(SCHEME, scheme), *drafts)
    send(registry, made)
    return made


def send(registry, site):
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))


def asked(registry, site, nth=0, count=1000, scheme=SCHEME):
    return Granting(registry.books).answer(site.node, BlockRequest(scheme, count, nth))


def numbers(answer):
    return answer.lo, answer.hi


def begun(weapon, number):
    return Draft(weapon, MarkingBegun(f"job-{number}", SCHEME, f"UG {number}", number, "bench"))


def test_blocks_follow_each_other_and_each_is_a_fact_of_the_registrys_chain(registry, site):
    other = enrolled(registry)
    first, second, third = asked(registry, site), asked(registry, other), asked(registry, site, 1)
    assert [numbers(one) for one in (first, second, third)] == [
        (1, 1000), (1001, 2000), (2001, 3000),
    ]  # fmt: skip
    own = registry.books.key.node
    granted = [
        fact.body
        for entry in registry.books.entries(own, 0, 100)
        for fact in map(codec.decode, entry.facts)
        if isinstance(fact.body, BlockGranted)
    ]
    assert [(one.node, one.lo, one.hi) for one in granted] == [
        (site.node, 1, 1000), (other.node, 1001, 2000), (site.node, 2001, 3000),
    ]  # fmt: skip
    assert {one.until for one in granted} == {first.until, second.until, third.until}
    assert first.until - registry.clock.at <= LEASE


def test_the_same_request_again_gets_the_same_block(registry, site):
    first = asked(registry, site)
    entries = registry.books.node(registry.books.key.node).tip.number
    assert asked(registry, site, count=5) == first
    assert registry.books.node(registry.books.key.node).tip.number == entries


def test_what_homes_were_founded_with_and_drew_is_stepped_over(registry):
    founding = Site()
    registry.enrol(founding)
    founding.found()
    founding.write(
        Draft(SCHEME, BODY),
        Draft("b", BlockGranted(founding.node, SCHEME, 1, 10_000)),
        Draft("wide", BlockGranted(founding.node, SCHEME, 20_000, 10**11)),
        a_weapon("w1"),
        begun("w1", 10_500),
        a_weapon("w2"),
        begun("w2", 10**14),
    )
    send(registry, founding)
    assert numbers(asked(registry, founding)) == (10_501, 11_500)
    registry.enrolment.revoke(founding.node, "stolen")
    assert numbers(asked(registry, enrolled(registry))) == (11_501, 12_500)
    registry.books.rebuild()
    third = enrolled(registry)
    assert numbers(asked(registry, third)) == (12_501, 13_500)


def test_a_registry_from_before_learns_what_was_taken_when_it_is_opened(registry):
    taken = enrolled(registry)
    taken.write(Draft("b", BlockGranted(taken.node, SCHEME, 1, 10_000)))
    send(registry, taken)
    with registry.books.writing() as connection:
        connection.exec_driver_sql("DELETE FROM claim")
        connection.execute(NUMBERS_FOLLOWED.delete())
    again = open_registry(registry.url)
    try:
        assert numbers(asked(again, taken)) == (10_001, 11_000)
    finally:
        again.database.close()


def test_a_scheme_nobody_set_or_that_draws_no_number_has_none(registry, site):
    for scheme in ("NONE", "\x00", "x" * 5000):
        with pytest.raises(SchemeUnknown):
            asked(registry, site, scheme=scheme)
    for nth, body in enumerate(
        (replace(BODY, pattern="{iso2} {yy}", version=2), replace(BODY, retired=True, version=3))
    ):
        site.write(Draft(SCHEME, body))
        send(registry, site)
        with pytest.raises(SchemeUnknown):
            asked(registry, site, nth)


def test_a_schemes_digits_end_its_numbers(registry):
    short = enrolled(registry, scheme=replace(BODY, digits=3))
    assert numbers(asked(registry, short, count=900)) == (1, 900)
    with pytest.raises(NumbersUsedUp):
        asked(registry, short, 1, 100)
    assert numbers(asked(registry, short, 1, 99)) == (901, 999)


@pytest.mark.parametrize(("count", "nth"), [(0, 0), (-1, 0), (MOST_AT_ONCE + 1, 0), (1, -1)])
def test_no_count_or_too_large_a_one_is_refused(registry, site, count, nth):
    with pytest.raises(QuantityUnreadable):
        asked(registry, site, nth, count)


def test_a_node_gets_so_many_by_asking_and_more_by_hand(registry, site):
    for nth in range(5):
        asked(registry, site, nth, MOST_AT_ONCE)
    with pytest.raises(NumbersUsedUp):
        asked(registry, site, 5, 1)
    by_hand = Granting(registry.books).grant(site.node, SCHEME, 10_000, until=7)
    assert (numbers(by_hand), by_hand.until) == ((50_001, 60_000), 7)
    assert len(Granting(registry.books).blocks()) == 6


def test_who_is_not_trusted_or_not_known_gets_none(registry, site):
    with pytest.raises(NodeUnknown):
        asked(registry, Site())
    with pytest.raises(NodeUnknown):
        Granting(registry.books).grant(registry.books.key.node, SCHEME, 1)
    registry.enrolment.revoke(site.node, "stolen")
    with pytest.raises(NodeQuarantined):
        asked(registry, site)


def test_two_that_ask_at_once_get_different_numbers(registry):
    sites = [enrolled(registry) for _ in range(4)]
    answers, begin = [], threading.Barrier(len(sites))

    def ask(site):
        begin.wait()
        answers.extend(asked(registry, site, nth, 10) for nth in range(5))

    threads = [threading.Thread(target=ask, args=(site,)) for site in sites]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    drawn = [n for one in answers for n in range(one.lo, one.hi + 1)]
    assert len(answers) == 20
    assert sorted(drawn) == list(range(1, 201))


@pytest.mark.parametrize(
    ("lo", "hi", "follows"),
    [(1, 10, None), (500, 1500, 1000), (5, 8, None), (1001, 1000, 1000), (1001, 1005, 999)],
)
def test_the_database_itself_forbids_that_blocks_overlap(registry, site, lo, hi, follows):
    asked(registry, site)
    row = {
        "scheme": SCHEME, "lo": lo, "hi": hi, "follows": follows, "node": 1, "until": 0,
        "granted": 0,
    }  # fmt: skip
    with pytest.raises(IntegrityError), registry.books.writing() as connection:
        connection.execute(insert(BLOCK), row)
