"""Reading the feed of a scope with real books over a real line, and comparing what both hold."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
from sqlalchemy import delete

from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.domain import wire
from stockpile.domain.errors import (
    Cancelled,
    ChainGap,
    RegistryContradicts,
    RegistryNonsense,
    RegistrySlow,
    RegistryWithholds,
    SharesDiffered,
)
from stockpile.domain.exchange import PROTOCOL_4, Hello
from stockpile.domain.sharing import ChainHeld
from stockpile.domain.values import Digest
from stockpile.registry import comparing, intake
from stockpile.registry.tables import FEED
from stockpile.services import feeding
from stockpile.services.exchange import Exchanging
from tests.helpers.registries import answering, open_registry
from tests.helpers.scoped import a_dispatch, a_place
from tests.helpers.sites import CountingChance, Site, a_weapon, open_site
from tests.helpers.talks import Talk


@pytest.fixture
def registry(tmp_path):
    opened = open_registry(str(tmp_path / "registry.db"))
    yield opened
    opened.database.close()


@pytest.fixture
def served(registry):
    with answering(registry.books) as url:
        yield url


@pytest.fixture
def site(tmp_path, registry, served):
    """A desk at Gulu with real books."""
    opened = desk(tmp_path / "site", registry, served)
    yield opened
    opened.close()


def desk(folder, registry, served, scope=None):
    opened = open_site(folder)
    code = registry.enrolment.make_code("Gulu desk", "Gulu", scope)
    talk(opened).enrol(served, code, "Gulu desk", "Gulu")
    return opened


@pytest.fixture(params=[None, ("*",)])
def reader(request, tmp_path, registry, served):
    """A desk that is told of its own site, and one that is told the whole country."""
    opened = desk(tmp_path / "reader", registry, served, request.param)
    yield opened
    opened.close()


@pytest.fixture
def world(registry, site):
    """Another desk at Gulu, and Lira, which sends it two of its six weapons."""
    gulu, lira = enrolled(registry, "Gulu"), enrolled(registry, "Lira")
    gulu.write(a_place("g1", "Gulu"))
    gulu.fill(4)
    lira.write(*(a_weapon(f"l{one}") for one in range(6)))
    lira.by_two(a_dispatch("l0", "g1"), a_dispatch("l1", "g1"))
    send(registry, gulu, lira)
    return gulu, lira


def enrolled(registry, at):
    made = Site()
    registry.enrol(made, at)
    made.found_with_officers()
    return made


def send(registry, *sites):
    for one in sites:
        held = registry.books.tip(one.node).number
        intake.take(registry.books, one.node, wire.squeeze(wire.pack(one.entries[held:])))


def talk(site, wrap=lambda link: link):
    real = HttpRegistryLinks(site.keys, site.clock, CountingChance(), 10.0)

    class Links:
        def open(self, url, registry_key):
            return wrap(real.open(url, registry_key))

    return Talk(Exchanging(site.books, site.keys, Links(), site.clock))


class Line:
    """A real link of which a test changes one thing."""

    def __init__(self, real):
        self._real = real

    def __getattr__(self, name):
        return getattr(self._real, name)


def held(site):
    return {node: tip.number for node, tip in site.books.tips() if tip.number}


def shares_held(registry, site, world):
    """Assert that a node holds all that is its own and nothing of anybody else's."""
    gulu, lira = world
    assert held(site)[gulu.node] == gulu.tip.number
    assert lira.node not in held(site)
    for weapon in ("l0", "l1"):
        assert site.books.weapon(weapon) == registry.books.weapon(weapon)
    assert {fact.subject for fact in gulu.facts if site.books.history(fact.subject) == ()} == set()
    for weapon in ("l2", "l3", "l4", "l5"):
        assert site.books.history(weapon) == ()


def test_a_node_holds_its_own_site_and_what_is_on_its_way_and_nothing_else(registry, site, world):
    done = talk(site).sync()
    assert done.trouble is None
    shares_held(registry, site, world)
    peer = site.books.peers()[0]
    assert (peer.told, len(peer.seal)) == (4, 64)
    assert talk(site).sync().taken == 0


def test_a_node_of_before_reads_the_chains_of_its_sites_and_later_all_the_rest(
    registry, site, world
):
    class Old(Line):
        def hello(self):
            return replace(self._real.hello(), newest=PROTOCOL_4)

    gulu, lira = world
    assert talk(site, Old).sync().trouble is None
    assert held(site)[gulu.node] == gulu.tip.number
    assert site.books.history("l0") == ()
    assert lira.node not in held(site)
    assert talk(site).sync().trouble is None
    shares_held(registry, site, world)


def test_a_registry_of_before_is_asked_for_nothing_that_it_does_not_know(site):
    asked = []

    class Before(Line):
        def hello(self) -> Hello:
            return replace(self._real.hello(), newest=PROTOCOL_4)

        def feed(self, *said):
            asked.append(said)
            return self._real.feed(*said)

        def shares(self, *_said):
            raise AssertionError

    talk(site, Before).sync()
    assert {len(said) for said in asked} == {2}


def test_killed_after_any_page_it_goes_on_from_there(registry, site, world, monkeypatch):
    monkeypatch.setattr(feeding, "FIRST_PAGE", 1)
    monkeypatch.setattr(feeding, "LARGEST_PAGE", 1)
    kills = 0
    for _talk in range(40):
        steps = []

        def killed(done, total, steps=steps):
            steps.append(total)
            if len(steps) == 2 and done < total:
                raise Cancelled

        with contextlib.suppress(Cancelled):
            assert talk(site).sync(progress=killed).trouble is None
            break
        kills += 1
    assert 5 < kills < 40
    shares_held(registry, site, world)


def test_killed_between_taking_a_page_and_keeping_the_place_nothing_counts_twice(
    registry, site, world
):
    class Killed(Exception):
        pass

    keep, kept = type(site.books).keep_peer, []

    def killed(books, peer):
        if peer.cursor and not kept:
            kept.append(peer)
            raise Killed
        keep(books, peer)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(site.books), "keep_peer", killed)
        with pytest.raises(Killed):
            talk(site).sync()
    assert talk(site).sync().trouble is None
    assert site.books.peers()[0].told == 4
    shares_held(registry, site, world)


def test_progress_knows_the_whole_of_a_first_filling(site, world, monkeypatch):
    monkeypatch.setattr(feeding, "FIRST_PAGE", 1)
    told = []
    talk(site).sync(progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1]
    assert {total for _done, total in told[1:]} == {told[-1][1]}
    assert [done for done, _total in told] == sorted(done for done, _total in told)


def test_pages_begin_small_grow_and_shrink_where_the_line_is_slow(site, world):
    most = []

    class Slow(Line):
        def feed(self, after, limit, size, scope):
            most.append(size)
            if len(most) in (2, 3):
                raise RegistrySlow("url", "no answer in time")
            return self._real.feed(after, 1, size, scope)

    talk(site, Slow).sync()
    first = feeding.FIRST_PAGE
    assert most[:5] == [first, first * 2, first, first // 2, first]


def drop(registry, *, whole):
    """Drop the last row of Gulu's feed that tells single facts, or one of the other desk's."""
    with registry.database.writing() as connection:
        rows = connection.execute(FEED.select().where(FEED.c.scope == 1)).all()
        row = [one for one in rows if (one.parts == "") is whole][-2 if whole else -1]
        connection.execute(delete(FEED).where(FEED.c.scope == row.scope, FEED.c.place == row.place))
    registry.clock.at += comparing.NOT_AGAIN_FOR


@pytest.mark.parametrize("whole", [True, False])
def test_what_is_missing_from_a_feed_is_noticed_and_healed(registry, site, world, whole):
    drop(registry, whole=whole)
    done = talk(site).sync()
    assert isinstance(done.trouble, SharesDiffered)
    shares_held(registry, site, world)
    assert talk(site).sync().trouble is None


def test_a_registry_that_claims_more_than_it_gives_is_an_alarm(site, world):
    class Boasting(Line):
        def shares(self, node, said):
            return replace(self._real.shares(node, said), told=9, seal="ab" * 32)

    trouble = talk(site, Boasting).sync().trouble
    assert isinstance(trouble, RegistryWithholds)
    assert trouble.lacking == ("4/9",)
    assert talk(site).sync().trouble is None


@pytest.mark.parametrize("back", [1, 2], ids=["the end of a chain", "amid a chain"])
def test_what_a_registry_withholds_is_said_each_time_and_comes_with_the_first_talk_that_gives_it(
    reader, world, back
):
    """Also where nothing else is added meanwhile, which would have both sides compare.

    While it goes on the feed is read once a talk: a second time would bring the same.
    """
    gulu, _lira = world
    starts = []
    hiding = without(gulu.entries[-back], starts)
    for _talk in range(3):
        starts.append(0)
        trouble = talk(reader, hiding).sync().trouble
        assert isinstance(trouble, RegistryWithholds)
        assert trouble.lacking == (f"{gulu.node} {gulu.tip.number - back}/{gulu.tip.number}",)
    assert starts == [2, 1, 1]
    assert talk(reader).sync().trouble is None
    assert held(reader)[gulu.node] == gulu.tip.number
    assert talk(reader).sync().taken == 0


def test_where_more_came_since_a_registry_withheld_something_all_is_read_in_full(
    registry, reader, world
):
    gulu, lira = world
    starts = [0]
    hiding = without(gulu.entries[-1], starts)
    talk(reader, hiding).sync()
    lira.by_two(a_dispatch("l2", "g1"))
    send(registry, lira)
    starts.append(0)
    assert isinstance(talk(reader, hiding).sync().trouble, RegistryWithholds)
    assert reader.books.weapon("l2").registered
    assert starts == [2, 2]


@pytest.mark.parametrize("whole", [True, False])
def test_a_feed_that_lacks_something_is_made_anew_also_where_something_was_withheld_before(
    registry, site, world, whole
):
    gulu, _lira = world
    for _talk in range(2):
        talk(site, without(gulu.entries[-1], [0])).sync()
    drop(registry, whole=whole)
    talk(site).sync()
    shares_held(registry, site, world)
    assert talk(site).sync().trouble is None


def without(entry, starts):
    """A line that hides an entry; the last of ``starts`` counts how often it is read anew."""

    class Hiding(Line):
        def feed(self, after, *said):
            starts[-1] += not after
            page = self._real.feed(after, *said)
            kept = tuple(one for one in page.items if one.entry.header != entry.header)
            return replace(page, items=kept)

    return Hiding


def test_a_registry_that_shows_others_another_history_is_an_alarm(site, world):
    gulu, _lira = world
    talk(site).sync()

    class Lying(Line):
        def shares(self, node, said):
            chain = ChainHeld(gulu.node, gulu.tip.number, Digest("ab" * 32))
            return replace(self._real.shares(node, said), chains=(chain,))

    assert isinstance(talk(site, Lying).sync().trouble, RegistryContradicts)
    assert talk(site).sync().trouble is None


def test_a_registry_that_names_another_feed_for_ever_is_not_followed(site, world):
    names = iter(range(100))

    class Changing(Line):
        def feed(self, *said):
            return replace(self._real.feed(*said), scope=f"feed.{next(names)}", size=99)

    with pytest.raises(RegistryNonsense):
        talk(site, Changing).sync()
    assert talk(site).sync().trouble is None


def test_a_line_too_thin_to_compare_loses_nothing(registry, site, world):
    class Thin(Line):
        def shares(self, *_said):
            raise RegistrySlow("url", "no answer in time")

    assert talk(site, Thin).sync().trouble is None
    shares_held(registry, site, world)


def test_a_gap_that_a_registry_of_before_leaves_is_said(site, world):
    class Leaping(Line):
        def hello(self):
            return replace(self._real.hello(), newest=PROTOCOL_4)

        def feed(self, *said):
            page = self._real.feed(*said)
            return replace(page, items=(*page.items[:-3], *page.items[-2:]))

    with pytest.raises(ChainGap):
        talk(site, Leaping).sync()


def test_another_history_of_a_node_is_kept_and_stops_nothing_else(registry, site, world):
    """The desk heard of one by a stick, the registry of the other."""
    gulu, lira = world
    copy = gulu.copy()
    copy.write(a_weapon("by-stick"))
    talk(site).sync()
    site.books.receive(copy.entries)
    gulu.write(a_weapon("by-net"))
    gulu.write(a_weapon("by-net-2"))
    lira.by_two(a_dispatch("l2", "g1"))
    send(registry, gulu, lira)
    assert talk(site).sync().trouble is None  # it is no doing of the registry
    assert site.books.weapon("l2").registered
    assert site.books.weapon("by-stick").registered
    assert [one.facts for one in site.books.beside(gulu.node)] == [
        one.facts for one in gulu.entries[-2:]
    ]
    (conflict,) = [one for one in site.books.conflicts() if one.kind == "node_fork"]
    assert conflict.about[:2] == (gulu.node, str(len(copy.entries)))
    talk(site).sync()
    assert len(site.books.beside(gulu.node)) == 2
