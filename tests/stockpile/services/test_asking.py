"""What is asked for before the feed: a scan on the list brings its record, whatever comes between.

How numbers are asked for is told in ``test_numbers_asked``.
"""

from __future__ import annotations

import pytest

from stockpile.adapters.hot_list.files import SealedHotLists
from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.domain.errors import RegistryRefused, RegistrySlow, RegistryUnreachable
from stockpile.registry import find_rows
from stockpile.services import asking
from stockpile.services.exchange import Exchanging
from stockpile.services.hot_list import HotLists
from tests.helpers.finders import enrolled, lose, send
from tests.helpers.registries import answering, open_registry
from tests.helpers.sites import CountingChance, open_site
from tests.helpers.talks import Talk


@pytest.fixture
def registry(tmp_path):
    opened = open_registry(str(tmp_path / "registry.db"))
    yield opened
    opened.database.close()


class Line:
    """A real link that troubles a question about finds with an error, if a test says so."""

    def __init__(self, real, world):
        self._real, self._world = real, world

    def __getattr__(self, name):
        return getattr(self._real, name)

    def ask_finds(self, node, asked):
        self._world.asked.append(len(asked.proofs))
        if self._world.before is not None:
            raise self._world.before
        said = self._real.ask_finds(node, asked)
        if self._world.after is not None:
            raise self._world.after
        return said


class Links:
    """Opens such lines."""

    def __init__(self, real, world):
        self._real, self._world = real, world

    def open(self, url, registry_key):
        return Line(self._real.open(url, registry_key), self._world)


class World:
    """A desk at Gulu, whose list of what Lira lost is held already."""

    before = after = None

    def __init__(self, folder, registry, url):
        self.asked = []
        self.folder, self.registry = folder, registry
        self.site = open_site(folder / "site")
        self.lists = HotLists(self.site.books, SealedHotLists(folder, bytes(32)))
        real = HttpRegistryLinks(self.site.keys, self.site.clock, CountingChance(), 10.0)

        site, links = self.site, Links(real, self)
        self.talk = Talk(Exchanging(site.books, site.keys, links, site.clock, self.lists))
        code = registry.enrolment.make_code("Gulu desk", "Gulu")
        self.talk.enrol(url, code, "Gulu desk", "Gulu")
        self.lira = enrolled(registry, "Lira")
        for one in range(3):
            lose(self.lira, f"l{one}", f"KB {one}")
        send(registry, self.lira)
        self.talk.sync()

    def read(self, *texts):
        for text in texts:
            assert self.lists.check_text(text)
            self.lists.keep_find([text])

    def held(self):
        return {one for one in ("l0", "l1", "l2") if self.site.books.history(one)}


@pytest.fixture
def world(tmp_path, registry):
    with answering(registry.books) as url:
        built = World(tmp_path, registry, url)
        yield built
        built.site.close()


def test_nothing_is_asked_where_nothing_was_read(world):
    world.talk.sync()
    assert (world.asked, world.held()) == ([], set())


def test_a_portion_at_a_time_and_what_is_looked_at_is_let_go(world, monkeypatch):
    monkeypatch.setattr(asking, "MOST_ASKED", 2)
    world.read("KB 0", "KB 1", "KB 2", "kb-1")
    world.talk.sync()
    assert (world.asked, world.lists.waiting(), world.held()) == ([2, 1], (), {"l0", "l1", "l2"})


def test_beyond_a_days_measure_it_waits_for_another_day(world, monkeypatch):
    monkeypatch.setattr(find_rows, "MOST_A_DAY", 1)
    world.read("KB 0", "KB 1")
    world.talk.sync()
    assert (len(world.lists.waiting()), world.held()) == (1, {"l0"})
    world.registry.clock.at += find_rows.DAY + 1
    world.site.clock.at = world.registry.clock.at
    world.talk.sync()
    assert (world.lists.waiting(), world.held()) == ((), {"l0", "l1"})


def test_a_registry_that_knows_no_such_question_stops_no_exchange(world):
    world.read("KB 0")
    for trouble in (RegistryRefused("r", "not_found"), RegistrySlow("r", "no answer in time")):
        world.before = trouble
        world.talk.sync()
        assert len(world.lists.waiting()) == 1
    world.before = None
    world.talk.sync()
    assert world.held() == {"l0"}


def test_an_answer_that_is_lost_costs_nothing(world):
    world.read("KB 0")
    world.after = RegistryUnreachable("r", "the cable was pulled")
    with pytest.raises(RegistryUnreachable):
        world.talk.sync()
    again = HotLists(world.site.books, SealedHotLists(world.folder, bytes(32)))
    assert [one.text for one in again.waiting()] == ["s:KB0"]  # also after a start
    world.after = None
    world.talk.sync()
    assert (world.lists.waiting(), world.held()) == ((), {"l0"})
