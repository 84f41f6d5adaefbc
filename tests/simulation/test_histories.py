"""Random histories of several nodes: whatever goes wrong, they end as one and nothing is lost.

What must be contradictory is worked out from the facts alone (``tests.helpers.oracles``): not by
the fold and not by the rules that are tried.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from itertools import combinations

import pytest

from stockpile.domain import codec
from stockpile.services.telling_histories import evidence_of
from tests.helpers import endings, oracles
from tests.helpers.histories import by_subject
from tests.helpers.nightly import NIGHTLY
from tests.helpers.postgres import cluster
from tests.helpers.rough_histories import ALARMS, RoughHistory

BY_DAY, BY_NIGHT = 20, 1000
STEPS = 60 if NIGHTLY else 30
FIRST = int(os.environ.get("STOCKPILE_HISTORY", "0"))
"""The seed to begin with: a history that failed is run again by its number."""
COUNT = int(os.environ.get("STOCKPILE_HISTORIES", str(BY_NIGHT if NIGHTLY else BY_DAY)))
SEEDS = range(FIRST, FIRST + COUNT)
LYING = 1 if NIGHTLY else 4
"""In one of so many histories the registry lies: those go over real lines, and take four times as
long.
"""
COPIES = (1, 0, 0, 1, 0, 0, 2, 0, 0, 1, 0, 0)
"""How often a disk is copied, by the seed: a copy may be copied itself."""
ON_POSTGRES = 10
"""One of so many has its registry on PostgreSQL: it lies to nobody."""


@pytest.fixture(scope="module")
def heard():
    """What went wrong in all histories together."""
    return Counter()


@pytest.fixture(scope="module")
def server():
    """A PostgreSQL, for those whose registry is on one."""
    with cluster() as running:
        yield running


@pytest.fixture
def database(request, seed):
    """The registry's database: a file in the history's own folder, if none is named."""
    if seed % ON_POSTGRES != ON_POSTGRES - 1:
        yield ""
        return
    running = request.getfixturevalue("server")
    url = running.new_database()
    yield url
    running.drop(url)


@pytest.mark.logs_warnings  # a registry that rewrote its log hears of it in its nodes' entries
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_goes_wrong_all_end_as_one_and_nothing_is_lost(seed, tmp_path, heard, database):
    lies = seed % LYING == LYING // 2 and not database
    history = RoughHistory(seed, tmp_path, lies=lies, database=database)
    heard["on PostgreSQL"] += bool(database)
    try:
        history.live(STEPS)
        for _copy in range(COPIES[seed % len(COPIES)]):
            history.copy(history.chance.choice(history.of_one_key))
            history.live(STEPS // 8)
        history.live(STEPS // 2)
        history.end()
        nothing_is_lost(history)
        evidence_reached_the_registry(history)
        endings.every_contradiction_is_on_a_card(history)
        endings.two_histories_are_on_a_card(history)
        endings.untouched_depots_hold_the_same(history)
        equal_where_they_know_the_same(history)
        heard.update(history.heard)
    finally:
        history.close()


def nothing_is_lost(history):
    """Every fact that books said was written stands in the log, is evidence, or lies where it was.

    Without a copied disk it stands in the log.
    """
    in_log = {one.hash for one in history.at_the_registry()}
    for depot in history.all:
        own = {one.hash for one in depot.known()}
        assert depot.acknowledged <= own
        if not history.copies:
            assert depot.acknowledged <= in_log
            assert own == in_log
    if history.copies:
        forked(history, in_log)


def forked(history, in_log):
    """Of a copied disk one line of entries stands in the log; each other is kept as evidence."""
    lines = [one.acknowledged for one in history.of_one_key]
    if not any(one - two and two - one for one, two in combinations(lines, 2)):
        return  # only one of them wrote: nothing was forked
    evidence, all_ = history.kept_as_evidence(), set().union(*lines)
    apart = all_.difference(set.intersection(*lines))
    assert apart - in_log
    assert all_ <= in_log | evidence
    assert history.registry.books.tip(history.depots[0].node).status == "quarantined"
    assert evidence & apart


def evidence_reached_the_registry(history):
    """Whoever may exchange and met two histories of a computer has shown both of them.

    And whoever may not, because there are two of it or because it is trusted no more, has shown
    all that it wrote itself, whichever of the two was heard first.
    """
    books = history.registry.books
    there = {one.hash for one in history.at_the_registry()} | history.kept_as_evidence()
    for depot in history.all:
        assert {one.hash for one in depot.known() if one.node == depot.node} <= there
        if books.tip(depot.node).status != "enrolled":
            continue
        for node in depot.books.forked():
            both = evidence_of(depot.books, node).values()
            told = {codec.decode(raw).hash for one in both for raw in one.facts}
            assert told <= there
            assert books.tip(node).status == "quarantined"


def equal_where_they_know_the_same(history):
    """Nodes with the same facts hold the same weapons and the same contradictions, to the id.

    A second history of a computer is no fact: it is kept beside the chains by who met it, and is a
    card on those desks. The registry shows it on the page of its node.
    """
    states, forks = defaultdict(list), defaultdict(list)
    for depot in history.all:
        known = depot.known()
        facts_known = frozenset(one.hash for one in known)
        held = [depot.books.weapon(one) for one in sorted(by_subject(known))]
        contradictions = depot.books.conflicts()
        states[facts_known].append((held, listed(contradictions, met=False)))
        nodes = {node for node, _tip in depot.books.tips()}
        beside = frozenset(one.header for node in nodes for one in depot.books.beside(node))
        forks[facts_known, beside].append(listed(contradictions, met=True))
    books = history.registry.books
    in_log = history.at_the_registry()
    held = [books.weapon(one) for one in sorted(by_subject(in_log))]
    states[frozenset(one.hash for one in in_log)].append(
        (held, listed(books.conflicts(), met=False))
    )
    for some in (*states.values(), *forks.values()):
        assert all(one == some[0] for one in some)
    if not history.copies:
        assert len(states) == 1


def listed(contradictions, *, met):
    """Those that hang on what a desk met beside the chains, or all the others, by their ids."""
    return sorted((one.id, one.about) for one in contradictions if (one.kind == "node_fork") is met)


def test_the_histories_went_wrong_in_every_way(heard):
    """A simulation in which nothing goes wrong shows nothing."""
    if len(SEEDS) < BY_DAY or not heard:
        pytest.skip("runs after the histories, in one process")
    print(len(SEEDS), "histories from", FIRST, "on:", dict(heard.most_common()))  # noqa: T201 - evidence
    said = " ".join(heard)
    words = ("killed", "settled", "shuffled", "gap", "two under way", "CourierForged")
    lies = (f"lie: {one}:" for one in ALARMS)
    cards = (f"card: {one}" for one in oracles.KINDS)
    ends = ("desk: an act", "desk: a talk", "registry", "desk: an act of a shared key")
    died = (f"died in the middle: {one}" for one in ends)
    for word in (*words, *lies, *cards, *died, "exchange broken off", "file: taken"):
        assert word in said, heard
    assert heard["on PostgreSQL"] > 0
    assert heard["stopped: ChainForked"] > 0
    assert heard["stopped: NodeQuarantined"] > 0
    assert heard["weapons compared"] > len(SEEDS)
