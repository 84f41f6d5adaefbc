"""What contract suites share: one PostgreSQL for the run, and a registry on either database."""

from __future__ import annotations

import pytest

from tests.helpers.postgres import Cluster, cluster
from tests.helpers.registries import open_registry


@pytest.fixture(scope="session")
def postgres():
    """The cluster of this run."""
    with cluster() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def registry_url(request, tmp_path):
    """A database for a registry: a file that is not there yet, or tables with nothing in them."""
    yield from _a_database(request, tmp_path, Cluster.new_database)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request, tmp_path):
    """A database in which no tables stand."""
    yield from _a_database(request, tmp_path, Cluster.empty_database)


def _a_database(request, folder, make):
    if request.param == "sqlite":
        yield str(folder / "registry.db")
        return
    running = request.getfixturevalue("postgres")
    url = make(running)
    yield url
    running.drop(url)


@pytest.fixture
def registry(registry_url):
    """A registry that was just founded."""
    opened = open_registry(registry_url)
    yield opened
    opened.database.close()
