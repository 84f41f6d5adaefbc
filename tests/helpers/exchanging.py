"""Sites that exchange with a real registry over a real line."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.services.exchange import Exchanging
from tests.helpers.registries import answering
from tests.helpers.sites import (
    CountingChance,
    SettableClock,
    Site,
    open_site,
)
from tests.helpers.talks import Talk


@pytest.fixture
def served(registry):
    """The registry's address, with a real server behind it."""
    with answering(registry.books) as url:
        yield url


@pytest.fixture
def site(registry):
    """A site that is enrolled, with a chain and no books."""
    made = Site()
    registry.enrol(made)
    made.found()
    return made


@contextmanager
def linked(url, keys, clock, registry_key=None, patience=10.0):
    """A line to a registry."""
    link = HttpRegistryLinks(keys, clock, CountingChance(), patience).open(url, registry_key)
    try:
        yield link
    finally:
        link.close()


@pytest.fixture
def link(registry, served, site):
    """The line of the site to its registry."""
    with linked(served, site.keys, registry.clock, registry.books.key.public_key) as opened:
        yield opened


@pytest.fixture
def sites(tmp_path):
    """Opens sites with real books, and closes them."""
    opened = []

    def new(name, keys=None, **how):
        opened.append(open_site(tmp_path / name, keys, **how))
        return opened[-1]

    yield new
    for one in opened:
        one.close()


def exchanging(booked):
    """Return the exchange of a site with books."""
    links = HttpRegistryLinks(booked.keys, booked.clock, CountingChance(), 10.0)
    return Talk(Exchanging(booked.books, booked.keys, links, booked.clock))


def enrolled(registry, url, booked):
    """Enrol a site with books over the wire and return its exchange."""
    made = exchanging(booked)
    made.enrol(url, registry.enrolment.make_code("Kampala"), "Kampala")
    return made


@pytest.fixture
def registry_clock():
    """A clock for who asks a registry that is none."""
    return SettableClock()
