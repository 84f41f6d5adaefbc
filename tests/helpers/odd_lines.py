"""A site enrolled with a real registry, and lines between the two that go wrong in one way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.services.exchange import Exchanging
from tests.helpers.registries import answering, open_registry
from tests.helpers.sites import CountingChance, a_weapon, open_site
from tests.helpers.talks import Talk


@contextmanager
def enrolled_site(folder: Path) -> Iterator[SimpleNamespace]:
    """A registry that answers, and a site with real books that is enrolled with it."""
    registry = open_registry(str(folder / "registry.db"))
    with answering(registry.books) as url:
        site = open_site(folder / "site")
        talk(site).enrol(url, registry.enrolment.make_code("Kampala"), "Kampala")
        yield SimpleNamespace(registry=registry, url=url, site=site)
        site.close()
    registry.database.close()


def talk(site, wrap=lambda link: link):
    """The commander's talk of a site, on lines that are wrapped so."""
    real = HttpRegistryLinks(site.keys, site.clock, CountingChance(), 10.0)
    return Talk(Exchanging(site.books, site.keys, Links(real, wrap), site.clock))


def fill(site, entries=30):
    """Record so many acts of five weapons each."""
    for number in range(entries):
        site.books.record([a_weapon(f"w{number}-{n}") for n in range(5)], by=None)


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

    def begin_push(self, node, entries):
        """Under way until it is asked for: what this line does to one offer, it does to each."""
        return lambda: self.push(node, entries)
