"""How the talk goes on difficult lines; whole sessions are told in the contract of the link."""

from __future__ import annotations

import contextlib
import itertools
import shutil
from dataclasses import replace

import pytest

from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.domain import exchange, wire
from stockpile.domain.errors import (
    BooksRolledBack,
    Cancelled,
    ChainForked,
    NodeOvertaken,
    NodeQuarantined,
    OfficerNotAuthorised,
    ProtocolTooOld,
    RegistryNonsense,
    RegistryRewritten,
    RegistrySlow,
)
from stockpile.domain.exchange import FeedPage, Hello, RemoteTip, TreeProof
from stockpile.services.exchange import FIRST_BATCH, Exchanging
from stockpile.services.turns import Synced, Turn
from tests.helpers.registries import answering, open_registry
from tests.helpers.sites import CountingChance, a_weapon, open_site
from tests.helpers.talks import COMMANDER, Talk


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
    """A site with real books, enrolled."""
    opened = open_site(tmp_path / "site")
    talk(opened).enrol(served, registry.enrolment.make_code("Kampala"), "Kampala")
    yield opened
    opened.close()


def talk(site, wrap=lambda link: link):
    real = HttpRegistryLinks(site.keys, site.clock, CountingChance(), 10.0)
    return Talk(Exchanging(site.books, site.keys, Links(real, wrap), site.clock))


class Links:
    """Real links, each on a line of the test's choosing."""

    def __init__(self, real, wrap):
        self._real = real
        self._wrap = wrap

    def open(self, url, registry_key):
        return self._wrap(self._real.open(url, registry_key))


class Line:
    """A real link on a line with a fault."""

    def __init__(self, real):
        self._real = real
        self.pushed = []

    def __getattr__(self, name):
        return getattr(self._real, name)


class NarrowLine(Line):
    """Batches of more than so many entries, and pages as long, take too long."""

    def __init__(self, real, most):
        super().__init__(real)
        self._most = most

    def push(self, node, entries):
        if len(entries) > self._most:
            raise RegistrySlow("url", "no answer in time")
        self.pushed.append(len(entries))
        return self._real.push(node, entries)

    def feed(self, after, limit, *more):
        if limit > self._most:
            raise RegistrySlow("url", "no answer in time")
        return self._real.feed(after, limit, *more)


class LosesAnswers(Line):
    """Every second receipt of all sessions is lost on its way back."""

    count = itertools.count(1)

    def push(self, node, entries):
        receipt = self._real.push(node, entries)
        if next(self.count) % 2:
            raise RegistrySlow("url", "no answer in time")
        return receipt


def fill(site, entries=30):
    for number in range(entries):
        site.books.record([a_weapon(f"w{number}-{n}") for n in range(5)], by=None)


def test_a_narrow_line_gets_small_batches_and_everything_arrives(registry, site):
    fill(site)
    lines = []

    def narrow(link):
        lines.append(NarrowLine(link, 2))
        return lines[-1]

    done = talk(site, narrow).sync()
    assert done.sent == 151
    assert max(lines[0].pushed) == 2
    assert registry.books.tip(site.keys.node).hash == site.books.tip().hash


def test_a_line_too_narrow_for_one_entry_is_given_up(site):
    fill(site, 2)
    with pytest.raises(RegistrySlow):
        talk(site, lambda link: NarrowLine(link, 0)).sync()


def test_lost_receipts_cost_time_and_nothing_else(registry, site):
    fill(site)
    while site.books.peers()[0].acknowledged < site.books.tip().number:
        with contextlib.suppress(RegistrySlow):
            talk(site, LosesAnswers).sync()
    assert registry.books.entries(site.keys.node, 0, 100) == site.books.entries(
        site.keys.node, 0, 100
    )


def test_the_first_batch_is_small(site):
    fill(site, 100)
    sizes = []

    class Watched(Line):
        def push(self, node, entries):
            sizes.append(len(wire.pack(entries)))
            return self._real.push(node, entries)

    talk(site, Watched).sync()
    assert sizes[0] < FIRST_BATCH * 1.5
    assert max(sizes) > sizes[0]


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


def test_a_desk_may_take_the_turns_apart(site):
    session = talk(site).session()
    turn = session.first()
    count = 0
    while isinstance(turn, Turn):
        heard = turn.say()  # on the network lane
        turn = heard()  # on the books lane
        count += 1
    session.close()
    assert isinstance(turn, Synced)
    assert count >= 4


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


def test_a_registry_that_lies_about_our_chain_is_noticed(site):
    class Forgetful(Line):
        def tip(self, node):
            said = self._real.tip(node)
            return RemoteTip(node, said.number, said.seq, "0" * 64, said.status)

    talk(site).sync()
    with pytest.raises(ChainForked):
        talk(site, Forgetful).sync()


def test_a_receipt_for_something_else_is_nonsense(site):
    class Careless(Line):
        def push(self, node, entries):
            return self._real.push(node, entries[:1])

    fill(site, 2)
    with pytest.raises(RegistryNonsense):
        talk(site, Careless).sync()


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


# --- receipts, and the registry's own history ----------------------------------------------------


def test_every_receipt_is_kept_and_true_of_the_ledger(site):
    fill(site, 3)
    first = talk(site).sync().receipt
    fill(site, 1)
    second = talk(site).sync().receipt
    (peer,) = site.books.peers()
    assert site.books.receipts() == ((peer.registry_key, first), (peer.registry_key, second))
    assert peer.tree_head == (second.log_size, second.log_root)
    site.books.check(deep=False)


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


def test_a_registrar_who_gives_a_new_code_is_believed_again(registry, served, site):
    talk(site).sync()
    (peer,) = site.books.peers()
    site.books.keep_peer(replace(peer, tree_head=(peer.tree_head[0], "ab" * 32)))
    with pytest.raises(RegistryRewritten):
        talk(site).sync()
    talk(site).enrol(served, registry.enrolment.make_code("Kampala"), "Kampala")
    assert talk(site).sync().receipt is not None


# --- an old copy of oneself ----------------------------------------------------------------------


@pytest.fixture
def old_copy(site, tmp_path):
    """A copy of the site's folder from before its last two acts, which the registry heard of."""
    talk(site).sync()
    site.close()
    shutil.copytree(tmp_path / "site", tmp_path / "copy")
    site.opened = open_site(tmp_path / "site", site.keys).opened
    site.books.record([a_weapon("w1")], by=None)
    site.books.record([a_weapon("w2")], by=None)
    talk(site).sync()
    copy = open_site(tmp_path / "copy", site.keys)
    yield copy
    copy.close()


def test_an_old_copy_takes_back_what_it_sent_and_writes_no_more(site, old_copy):
    with pytest.raises(NodeOvertaken) as noticed:
        talk(old_copy).sync()
    assert noticed.value.number == 3
    assert old_copy.books.tip() == site.books.tip()
    assert old_copy.books.weapon("w2").registered
    with pytest.raises(NodeOvertaken):
        old_copy.books.record([a_weapon("w3")], by=None)
    assert talk(old_copy).sync().sent == 0  # it may still listen
    old_copy.books.check(deep=True)


@pytest.mark.parametrize("acts", [1, 4])
def test_an_old_copy_that_wrote_on_is_told_and_writes_no_more(old_copy, acts):
    for number in range(acts):
        old_copy.books.record([a_weapon(f"other{number}")], by=None)
    with pytest.raises(ChainForked):
        talk(old_copy).sync()
    with pytest.raises(NodeOvertaken):
        old_copy.books.record([a_weapon("w3")], by=None)


def test_a_registry_that_only_says_so_stops_nobody(site):
    class Liar(Line):
        def tip(self, node):
            return replace(self._real.tip(node), number=99)

    fill(site, 1)
    with pytest.raises(BooksRolledBack):
        talk(site, Liar).sync()
    fill(site, 1)
    assert talk(site).sync().sent > 0


# --- who may -------------------------------------------------------------------------------------


def test_who_may_not_talk_with_a_registry_is_refused_before_a_word_is_said(site):
    def as_one(role):
        return replace(COMMANDER, officer=replace(COMMANDER.officer, roles=role))

    auditor, nobody = as_one(("auditor",)), as_one(())
    exchanging = talk(site).exchanging
    with pytest.raises(OfficerNotAuthorised):
        exchanging.enrol("http://127.0.0.1:9", "code", "Kampala", by=auditor)
    for call in (exchanging.sync, exchanging.session):
        with pytest.raises(OfficerNotAuthorised):
            call(by=nobody)
    assert exchanging.sync(by=auditor).receipt is not None
