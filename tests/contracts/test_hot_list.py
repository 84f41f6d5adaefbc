"""Losses go ahead of their chain, and every node is warned: the same on either database."""

from __future__ import annotations

from contextlib import closing, contextmanager

import pytest

from stockpile.adapters.hot_list.files import SealedHotLists
from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.domain import hot_list, ledger
from stockpile.domain.errors import ChainBroken, ChainForked, NodeQuarantined, RegistrySlow
from stockpile.domain.facts import Draft, WeaponLost, WeaponRecovered
from stockpile.domain.values import PlaceId
from stockpile.services.exchange import Exchanging
from stockpile.services.hot_list import HotLists
from tests.helpers import officers
from tests.helpers.registries import answering
from tests.helpers.sites import CountingChance, Site, a_move, a_weapon, open_site
from tests.helpers.talks import Talk


@pytest.fixture
def served(registry):
    with answering(registry.books) as url:
        yield url


@pytest.fixture
def site(registry):
    made = Site()
    registry.enrol(made)
    made.found_with_officers()
    return made


@contextmanager
def linked(url, registry, keys):
    links = HttpRegistryLinks(keys, registry.clock, CountingChance(), 10.0)
    link = links.open(url, registry.books.key.public_key)
    try:
        yield link
    finally:
        link.close()


@pytest.fixture
def link(registry, served, site):
    with linked(served, registry, site.keys) as opened:
        opened.hello()
        yield opened


def a_loss(site, weapon):
    heads = [one.hash for one in site.facts if one.subject == weapon][-1:]
    return Draft(weapon, WeaponLost("stolen", "lock forced"), tuple(heads))


def listed(registry, raw):
    return hot_list.opened(raw, registry.books.key.public_key)


def test_a_loss_ahead_of_its_chain_is_on_the_list_at_once(registry, link, site):
    site.fill(2)
    born = site.write(a_weapon("w1", "KB 4471902"))
    lost = site.by_two(a_loss(site, "w1"))
    assert listed(registry, link.hot_list(0)).head.keys == 0
    assert link.tell_ahead(site.node, [born, lost]).entries == 2
    assert link.tell_ahead(site.node, [born, lost]).entries == 2
    found = listed(registry, link.hot_list(0))
    assert found.names("s:KB4471902")
    assert link.tip(site.node).number == 0  # no part of the log, no receipt
    assert link.hot_list(found.head.number) == b""
    link.push(site.node, site.entries)
    assert link.tip(site.node).number == len(site.entries)
    assert link.hot_list(found.head.number) == b""  # the chain says nothing new
    site.by_two(Draft("w1", WeaponRecovered(PlaceId("p")), (site.facts[-1].hash,)))
    link.push(site.node, site.entries[-1:])
    assert listed(registry, link.hot_list(found.head.number)).head.keys == 0


def test_a_recovery_told_ahead_takes_the_weapon_off(registry, link, site):
    site.write(a_weapon("w1", "KB 4471902"))
    site.by_two(a_loss(site, "w1"))
    link.push(site.node, site.entries)
    assert listed(registry, link.hot_list(0)).names("s:KB4471902")
    back = Draft("w1", WeaponRecovered(PlaceId("p")), (site.facts[-1].hash,))
    link.tell_ahead(site.node, [site.by_two(back)])
    assert not listed(registry, link.hot_list(0)).names("s:KB4471902")


def test_the_chain_may_come_in_parts_while_the_loss_stands(registry, link, site):
    born = site.write(a_weapon("w1", "KB 1"))
    site.write(a_move("w1", "rack", site.facts[-1].hash))
    lost = site.by_two(a_loss(site, "w1"))
    link.tell_ahead(site.node, [lost])
    assert listed(registry, link.hot_list(0)).head.weapons == 1  # by its number at least
    link.push(site.node, [site.entries[0], born])
    assert listed(registry, link.hot_list(0)).names("s:KB1")
    link.push(site.node, site.entries)
    assert listed(registry, link.hot_list(0)).names("s:KB1")


def test_what_is_told_ahead_proves_itself(registry, link, site):
    site.write(a_weapon("w1", "KB 1"))
    lost = site.by_two(a_loss(site, "w1"))
    with pytest.raises(ChainBroken):
        link.tell_ahead(site.node, [ledger.Entry(lost.header, bytes(64), lost.facts)])
    other = Site()
    registry.enrol(other)
    with pytest.raises(ChainBroken):
        link.tell_ahead(site.node, [other.write(a_weapon("w2"))])
    assert listed(registry, link.hot_list(0)).head.keys == 0


def test_who_tells_one_thing_ahead_and_another_in_the_chain_has_forked(registry, link, site):
    clone = site.copy()
    clone.write(a_weapon("w1", "KB 1"))
    link.tell_ahead(site.node, [clone.by_two(a_loss(clone, "w1"))])
    site.write(a_weapon("w1", "KB 1"))
    site.write(a_move("w1", "rack", site.facts[-1].hash))
    with pytest.raises(ChainForked):
        link.push(site.node, site.entries)
    assert [one.why for one in registry.books.evidence()].count("fork") >= 1
    with pytest.raises(NodeQuarantined):
        link.hot_list(0)


def test_a_rebuilt_register_lists_the_same(registry, link, site):
    site.write(a_weapon("w1", "KB 1"))
    site.by_two(a_loss(site, "w1"))
    link.push(site.node, site.entries)
    waiting = site.write(a_weapon("w2", "KB 2"))
    link.tell_ahead(site.node, [waiting, site.by_two(a_loss(site, "w2"))])
    before = listed(registry, link.hot_list(0))
    registry.books.rebuild()
    after = listed(registry, link.hot_list(0))
    assert (after.head.keys, list(after.rests)) == (before.head.keys, list(before.rests))
    assert after.head.weapons == 2


# --- a whole node --------------------------------------------------------------------------------


class Depot:
    """A site with books, its exchange and its lists."""

    def __init__(self, folder, registry, url):
        self.site = open_site(folder, with_officers=True)
        self.lists = HotLists(self.site.books, SealedHotLists(folder, bytes(32)))
        self.url = url
        links = HttpRegistryLinks(self.site.keys, self.site.clock, CountingChance(), 10.0)
        self.exchange = Talk(
            Exchanging(self.site.books, self.site.keys, links, self.site.clock, self.lists)
        )
        self.exchange.enrol(url, registry.enrolment.make_code("Kampala"), "Kampala")

    def record(self, *drafts):
        return self.site.books.record(drafts, by=None)

    def turns(self):
        with closing(self.exchange.session()) as session:
            turn = session.first()
            while hasattr(turn, "say"):
                yield turn
                turn = turn.say()()


@pytest.fixture
def depots(tmp_path, registry, served):
    opened = []

    def new(name):
        opened.append(Depot(tmp_path / name, registry, served))
        return opened[-1]

    yield new
    for one in opened:
        one.site.close()


def test_a_line_that_breaks_after_the_loss_has_warned_everybody_already(depots):
    here, there = depots("here"), depots("there")
    here.record(a_weapon("w1", "KB 4471902"))
    for number in range(40):
        here.record(a_weapon(f"other{number}"))
    weapon = here.site.books.weapon("w1")
    officers.by_two(here.site.books, [Draft("w1", WeaponLost("stolen"), weapon.heads.custody)])
    turns = here.turns()
    for _step in ("hello", "tip", "ahead", "list"):
        next(turns)
    turns.close()  # the line is gone: nothing of the chain was pushed
    there.exchange.sync()
    assert there.lists.check_text("KB-4471902") == "possible"
    assert there.site.books.history("w1") == ()
    here.exchange.sync()
    there.exchange.sync()
    assert there.site.books.weapon("w1").status == "lost"
    assert here.site.books.peers()[0].acknowledged == here.site.books.tip().number


def test_a_registry_that_speaks_only_the_first_protocol_is_told_neither(depots, registry):
    here = depots("here")
    here.record(a_weapon("w1", "KB 1"))
    heads = here.site.books.weapon("w1").heads.custody
    officers.by_two(here.site.books, [Draft("w1", WeaponLost("lost"), heads)])
    said = []

    class Old:
        def __init__(self, link):
            self._link = link

        def hello(self):
            hello = self._link.hello()
            return type(hello)(
                hello.registry, hello.public_key, 1, 1, hello.now, hello.log_size, hello.log_root
            )

        def __getattr__(self, name):
            said.append(name)
            return getattr(self._link, name)

    session = here.exchange.session()
    session._link = Old(session._link)
    turn = session.first()
    while hasattr(turn, "say"):
        turn = turn.say()()
    session.close()
    assert turn.sent > 0
    assert "tell_ahead" not in said
    assert "hot_list" not in said
    assert registry.books.weapon("w1").status == "lost"


def test_a_list_that_does_not_come_in_time_holds_nothing_up(depots):
    here = depots("here")
    here.record(a_weapon("w1", "KB 1"))
    session = here.exchange.session()

    def slow(_have):
        raise RegistrySlow("here", "no answer in time")

    session._link.hot_list = slow
    turn = session.first()
    while hasattr(turn, "say"):
        turn = turn.say()()
    session.close()
    assert turn.receipt is not None
    assert here.lists.held() == ()
