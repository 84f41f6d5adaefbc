"""What a registry may not do in a talk, be it by lies or by mistake."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain import exchange
from stockpile.domain.errors import (
    Cancelled,
    NodeQuarantined,
    ProtocolTooOld,
    RegistryNonsense,
    RegistryRewritten,
)
from stockpile.domain.exchange import FeedPage, Hello, TreeProof
from tests.helpers.odd_lines import Line, enrolled_site, fill, talk
from tests.helpers.registries import answering, open_registry
from tests.helpers.sites import a_weapon, open_site


@pytest.fixture
def pair(tmp_path):
    with enrolled_site(tmp_path) as made:
        yield made


@pytest.fixture
def site(pair):
    return pair.site


@pytest.fixture
def registry(pair):
    return pair.registry


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"oldest": exchange.NEWEST_SPOKEN + 1, "newest": 99}, ProtocolTooOld),
        ({"oldest": 0, "newest": exchange.OLDEST_SPOKEN - 1}, ProtocolTooOld),
        ({"public_key": bytes(32)}, RegistryNonsense),
    ],
)
def test_a_registry_that_is_another_one_is_not_spoken_with(site, changed, refused):
    class Other(Line):
        def hello(self):
            said = self._real.hello()
            values = {name: getattr(said, name) for name in Hello.__slots__}
            return Hello(**values | changed)

    with pytest.raises(refused):
        talk(site, Other).sync()


def test_a_node_in_quarantine_stops_sending(registry, site):
    registry.enrolment.revoke(site.keys.node, "stolen")
    with pytest.raises(NodeQuarantined):
        talk(site).sync()


@pytest.mark.parametrize("last", [-1, 10**6])
def test_a_feed_that_runs_ahead_or_back_is_nonsense(site, last):
    class Wild(Line):
        def feed(self, after, limit, *more):
            page = self._real.feed(after, limit, *more)
            return FeedPage(page.items, last, page.log_size, page.log_root)

    with pytest.raises(RegistryNonsense):
        talk(site, Wild).sync()


def test_a_node_that_the_registry_did_not_certify_is_not_believed(registry, site, tmp_path):
    from_elsewhere = open_registry(str(tmp_path / "elsewhere.db"))
    foreign = open_site(tmp_path / "foreign")
    with answering(from_elsewhere.books) as url:
        other = talk(foreign)
        other.enrol(url, from_elsewhere.enrolment.make_code("Foreign"), "Foreign")
        other.sync()
    items = from_elsewhere.books.feed(from_elsewhere.listener(), 2, 1).items
    from_elsewhere.database.close()
    foreign.close()

    class Smuggling(Line):
        def feed(self, after, limit, *more):
            page = self._real.feed(after, limit, *more)
            return FeedPage((*page.items, *items), max(page.last, 3), 10, page.log_root)

    talk(site).sync()
    peer = site.books.peers()[0]
    with pytest.raises(RegistryNonsense):
        talk(site, Smuggling).sync()
    assert foreign.keys.node not in dict(site.books.tips())
    assert site.books.peers()[0].registry == peer.registry


class Rewritten(Line):
    """A registry whose log is another one than it signed for: so many entries longer."""

    longer = 5

    def hello(self):
        said = self._real.hello()
        return replace(said, log_size=said.log_size + self.longer, log_root="ab" * 32)

    def consistency(self, old, size):
        return TreeProof(old, size, (bytes(32),) * 3)


class SameLength(Rewritten):
    longer = 0


def test_a_registry_that_shows_another_history_is_refused_and_nothing_is_lost(registry, site):
    talk(site).sync()
    before = site.books.peers()
    site.books.record([a_weapon("new")], by=None)
    for wrap in (Rewritten, SameLength):
        with pytest.raises(RegistryRewritten) as refused:
            talk(site, wrap).sync()
        assert refused.value.size == before[0].tree_head[0]
    assert site.books.peers() == before
    assert not registry.books.history("new")
    assert talk(site).sync().sent == 1
    assert registry.books.weapon("new").registered


def test_a_receipt_that_signs_another_history_moves_no_head(registry, site):
    class Forked(Line):
        def push(self, node, entries):
            said = self._real.push(node, entries)
            return replace(said, log_size=said.log_size + 3, log_root="cd" * 32)

        def consistency(self, old, size):
            return TreeProof(old, size, (bytes(32),) * 3)

    talk(site).sync()
    before = site.books.peers()[0].tree_head
    site.books.record([a_weapon("new")], by=None)
    with pytest.raises(RegistryRewritten):
        talk(site, Forked).sync()
    assert site.books.peers()[0].tree_head == before
    assert talk(site).sync().receipt.number == site.books.tip().number


def test_stopping_between_turns_loses_nothing(registry, site):
    fill(site, 200)

    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        talk(site).sync(progress=stop)
    held = registry.books.tip(site.keys.node).number
    assert 0 < held < site.books.tip().number
    assert talk(site).sync().sent == (site.books.tip().number - held) * 5
    assert registry.books.tip(site.keys.node).hash == site.books.tip().hash
