"""A node is told of other sites than before: on both databases, over real HTTP, with real books."""

from __future__ import annotations

import pytest

from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.domain import wire
from stockpile.domain.errors import (
    FieldMissing,
    NodeQuarantined,
    NodeUnknown,
    PlaceUnknown,
    RegistryUnreachable,
)
from stockpile.domain.facts import NodeCertified
from stockpile.domain.ledger import Entry, read_header
from stockpile.fact_words import fact_sentence
from stockpile.registry import intake
from stockpile.services.exchange import Exchanging
from stockpile.wording import Names
from tests.helpers.registries import answering, open_registry
from tests.helpers.scoped import a_dispatch, a_place
from tests.helpers.sites import CountingChance, Site, a_move, a_weapon, open_site
from tests.helpers.talks import Talk


@pytest.fixture
def served(registry):
    with answering(registry.books) as url:
        yield url


def enrolled(registry, at):
    made = Site()
    registry.enrol(made, at)
    made.found_with_officers()
    return made


@pytest.fixture
def world(registry):
    """Gulu, Lira and Arua, each with six weapons; one of Lira's is on its way to Gulu."""
    sites = {at: enrolled(registry, at) for at in ("Gulu", "Lira", "Arua")}
    for at, site in sites.items():
        site.write(a_place(at, at))
        site.write(*(a_weapon(f"{at}-{one}") for one in range(6)))
        site.fill(4)
    lira = sites["Lira"]
    lira.by_two(a_dispatch("Lira-0", "Gulu", hash_of(lira, "Lira-0")))
    send(registry, *sites.values())
    return sites


@pytest.fixture
def desk(tmp_path, registry, served, world):
    """A desk at Gulu with real books that has heard all it is told."""
    opened = open_site(tmp_path / "site")
    code = registry.enrolment.make_code("Gulu desk", "Gulu")
    talk(opened).enrol(served, code, "Gulu desk", "Gulu")
    talk(opened).sync()
    yield opened
    opened.close()


def hash_of(site, subject):
    return [fact.hash for fact in site.facts if fact.subject == subject][-1]


def send(registry, *sites):
    for one in sites:
        held = registry.books.tip(one.node).number
        intake.take(registry.books, one.node, wire.squeeze(wire.pack(one.entries[held:])))


def talk(desk, wrap=lambda link: link):
    real = HttpRegistryLinks(desk.keys, desk.clock, CountingChance(), 10.0)

    class Links:
        def open(self, url, registry_key):
            return wrap(real.open(url, registry_key))

    return Talk(Exchanging(desk.books, desk.keys, Links(), desk.clock))


def held(desk, world):
    """How many entries of each site's chain a desk holds whole, and how many weapons it knows."""
    tips = {node: tip.number for node, tip in desk.books.tips()}
    return {
        at: (tips.get(site.node, 0), sum(bool(desk.books.history(f"{at}-{n}")) for n in range(6)))
        for at, site in world.items()
    }


def test_told_of_another_site_too_it_goes_on_without_losing_or_repeating(registry, desk, world):
    chain = len(world["Gulu"].entries)
    assert held(desk, world) == {"Gulu": (chain, 6), "Lira": (0, 1), "Arua": (0, 0)}
    before = {one.hash for site in world.values() for one in site.facts}
    registry.enrolment.tell_of(desk.keys.node, ("Gulu", "Lira"))
    synced = talk(desk).sync()
    assert synced.trouble is None
    assert held(desk, world) == {"Gulu": (chain, 6), "Lira": (chain + 1, 6), "Arua": (0, 0)}
    known = [
        fact.hash
        for at in ("Gulu", "Lira")
        for number in range(6)
        for fact in desk.books.history(f"{at}-{number}")
    ]
    assert len(known) == len(set(known)) == 13
    assert set(known) <= before
    assert talk(desk).sync().taken == 0  # nothing is told twice
    desk.books.check(deep=True)


def test_what_it_is_no_longer_told_of_stays_and_does_not_grow(registry, desk, world):
    chain = len(world["Gulu"].entries)
    registry.enrolment.tell_of(desk.keys.node, ("Lira", "Arua"))
    talk(desk).sync()
    assert held(desk, world)["Arua"] == (chain, 6)
    gulu, arua = world["Gulu"], world["Arua"]
    gulu.write(a_weapon("Gulu-later"))
    arua.write(a_weapon("Arua-later"))
    arua.write(a_move("Arua-1", "rack", hash_of(arua, "Arua-1")))
    send(registry, gulu, arua)
    assert talk(desk).sync().trouble is None
    assert held(desk, world)["Gulu"] == (chain, 6)
    assert desk.books.history("Gulu-later") == ()
    assert desk.books.history("Arua-later")
    registry.enrolment.tell_of(desk.keys.node, ("Gulu",))  # and back
    assert talk(desk).sync().trouble is None
    assert desk.books.history("Gulu-later")
    arua.write(a_weapon("Arua-last"))
    send(registry, arua)
    assert talk(desk).sync().trouble is None
    assert desk.books.history("Arua-last") == ()
    desk.books.check(deep=True)


def test_told_of_the_country_and_then_of_one_site_again(registry, desk, world):
    chain = len(world["Gulu"].entries)
    registry.enrolment.tell_of(desk.keys.node, ("*",))
    assert talk(desk).sync().trouble is None
    assert held(desk, world) == {"Gulu": (chain, 6), "Lira": (chain + 1, 6), "Arua": (chain, 6)}
    registry.enrolment.tell_of(desk.keys.node, ("Gulu",))
    world["Arua"].write(a_weapon("Arua-later"))
    send(registry, world["Arua"])
    assert talk(desk).sync().trouble is None
    assert desk.books.history("Arua-later") == ()
    desk.books.check(deep=True)


def test_only_what_is_new_is_told_and_not_what_is_held(registry, desk, world, monkeypatch):
    """A headquarters that is told of one more site does not read all the others again."""
    monkeypatch.setattr("stockpile.services.feeding.FIRST_LIMIT", 3)
    monkeypatch.setattr("stockpile.services.feeding.LARGEST_LIMIT", 3)
    told = []

    class Listening:
        def __init__(self, real):
            self._real = real

        def __getattr__(self, name):
            return getattr(self._real, name)

        def feed(self, *said):
            page = self._real.feed(*said)
            told.append(page.items)
            return page

    for scope in (("Gulu", "Lira"), ("Gulu", "Lira", "Arua"), ("*",)):
        registry.enrolment.tell_of(desk.keys.node, scope)
        before = {node: tip.number for node, tip in desk.books.tips()}
        told.clear()
        assert talk(desk, Listening).sync().trouble is None
        first, *rest = told  # the first page cannot know yet that another feed answers
        assert len(first) == 3
        known = [
            one
            for items in rest
            for one in items
            if isinstance(one.entry, Entry)
            and read_header(one.entry.header).c <= before.get(read_header(one.entry.header).n, 0)
        ]
        assert known == []
        assert talk(desk).sync().taken == 0
    chain = len(world["Gulu"].entries)
    assert held(desk, world) == {"Gulu": (chain, 6), "Lira": (chain + 1, 6), "Arua": (chain, 6)}
    desk.books.check(deep=True)


def test_another_history_than_the_one_held_comes_out_though_it_is_held_so_far(
    registry, desk, world
):
    """A copy of Gulu's computer wrote on, and its stick reached the desk before the rest did."""
    gulu = world["Gulu"]
    copy = Site(gulu.keys, gulu.tip)
    copy.entries, copy.facts = [*gulu.entries], [*gulu.facts]
    copy.write(a_weapon("Gulu-copy"))
    gulu.write(a_weapon("Gulu-true"))
    send(registry, gulu)
    desk.books.receive(copy.entries[-1:])
    registry.enrolment.tell_of(desk.keys.node, ("Gulu", "Lira"))
    talk(desk).sync()
    assert [one.kind for one in desk.books.conflicts() if gulu.node in one.about]
    assert held(desk, world)["Lira"][1] == 6


def test_cut_off_after_any_page_of_the_new_feed_it_goes_on(registry, desk, world, monkeypatch):
    monkeypatch.setattr("stockpile.services.feeding.FIRST_LIMIT", 2)
    monkeypatch.setattr("stockpile.services.feeding.LARGEST_LIMIT", 2)
    registry.enrolment.tell_of(desk.keys.node, ("Gulu", "Lira", "Arua"))
    pages = 0

    class Cut:
        """A line that breaks with its second page."""

        def __init__(self, real):
            self._real, self._left = real, 1

        def __getattr__(self, name):
            return getattr(self._real, name)

        def feed(self, *said):
            nonlocal pages
            if not self._left:
                raise RegistryUnreachable("here", "cut")
            self._left -= 1
            pages += 1
            return self._real.feed(*said)

    chain, many = len(world["Gulu"].entries), 60
    for _try in range(many):
        if held(desk, world)["Arua"] == (chain, 6) and held(desk, world)["Lira"][1] == 6:
            break
        with pytest.raises(RegistryUnreachable):
            talk(desk, Cut).sync()
    assert pages > 5
    assert talk(desk).sync().trouble is None
    assert held(desk, world) == {"Gulu": (chain, 6), "Lira": (chain + 1, 6), "Arua": (chain, 6)}


def test_a_certificate_says_so_in_the_place_of_the_one_before(registry, desk):
    node = desk.keys.node
    tip = registry.books.tip(registry.books.key.node).number
    assert registry.enrolment.tell_of(node, ("Lira", "Gulu", "Lira")).scope == ("Gulu", "Lira")
    assert registry.enrolment.tell_of(node, ("Gulu", "Lira")).scope == ("Gulu", "Lira")
    assert registry.books.tip(registry.books.key.node).number == tip + 1  # said once
    first, again = [
        one for one in registry.books.history(node) if isinstance(one.body, NodeCertified)
    ]
    assert again.replaces == (first.hash,)
    assert (again.body.name, again.body.scope) == ("Gulu desk", ("Gulu", "Lira"))
    said = fact_sentence(again, Names({}))
    assert "Gulu" in said
    assert "told of" in said
    talk(desk).sync()
    assert [one.body.scope for one in desk.books.history(node)
            if isinstance(one.body, NodeCertified)][-1] == ("Gulu", "Lira")  # fmt: skip


def test_nothing_is_changed_for_what_is_unknown_or_not_trusted(registry, desk):
    node, own = desk.keys.node, registry.books.key.node
    for refusal, wrong, scope in (
        (FieldMissing, node, ()),
        (FieldMissing, node, ("",)),
        (PlaceUnknown, node, ("Gulu", "Gluu")),
        (NodeUnknown, "x" * 16, ("Gulu",)),
        (NodeUnknown, own, ("Gulu",)),
    ):
        with pytest.raises(refusal):
            registry.enrolment.tell_of(wrong, scope)
    registry.enrolment.revoke(node, "stolen")
    with pytest.raises(NodeQuarantined):
        registry.enrolment.tell_of(node, ("*",))
    assert registry.books.node(node).scope == ("Gulu",)


def test_opened_again_it_is_told_as_it_was_set(registry, desk):
    registry.enrolment.tell_of(desk.keys.node, ("Arua",))
    registry.books.rebuild()
    again = open_registry(registry.url)
    assert again.books.node(desk.keys.node).scope == ("Arua",)
    again.database.close()
