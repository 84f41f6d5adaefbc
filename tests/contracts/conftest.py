"""What contract suites share: one PostgreSQL for the run, and a registry on either database."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from tests.helpers.postgres import Cluster, cluster
from tests.helpers.registries import copied_registry, open_registry


@pytest.fixture(scope="session")
def postgres():
    """The cluster of this run."""
    with cluster() as running:
        yield running


@pytest.fixture(scope="session")
def founded(postgres):
    """A registry that was founded in the cluster, to be copied, and that nobody has open."""
    opened = open_registry(postgres.new_database())
    opened.database.close()
    return opened


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request):
    """The two that a registry may stand in."""
    return request.param


@pytest.fixture
def registry_url(request, database, tmp_path):
    """A database for a registry: a file that is not there yet, or tables with nothing in them."""
    with _a_database(request, database, tmp_path, Cluster.new_database) as url:
        yield url


@pytest.fixture
def empty_url(request, database, tmp_path):
    """A database in which no tables stand."""
    with _a_database(request, database, tmp_path, Cluster.empty_database) as url:
        yield url


@pytest.fixture
def registry(request, database, tmp_path):
    """A registry that was just founded: a copy of one that was, which costs a quarter of it."""
    if database == "sqlite":
        opened = copied_registry(tmp_path / "registry.db")
        yield opened
        opened.database.close()
        return
    pattern = request.getfixturevalue("founded")
    with _a_database(request, database, tmp_path, lambda one: one.copy_of(pattern.url)) as url:
        opened = open_registry(url, pattern.clock.at)
        yield opened
        opened.database.close()


@contextmanager
def _a_database(request, database, folder, make):
    if database == "sqlite":
        yield str(folder / "registry.db")
        return
    running = request.getfixturevalue("postgres")
    url = make(running)
    yield url
    running.drop(url)
