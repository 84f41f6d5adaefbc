"""How stories open: a registry, a line to it, and two depots that the line joins."""

from __future__ import annotations

import pytest

from stockpile.services.people import Founding
from tests.helpers.house import PIN, TOLD
from tests.helpers.joined import WHOLE, joined
from tests.helpers.registries import answering, copied_registry

THERE = Founding("UG", "GUL", "Gulu Depot", "B. Okello", PIN)


@pytest.fixture
def registry(tmp_path):
    """A registry that no line reaches yet."""
    opened = copied_registry(tmp_path / "registry.db")
    yield opened
    opened.database.close()


@pytest.fixture
def line(registry):
    """The address at which the registry answers, which it knows from then on."""
    with answering(registry.books) as url:
        registry.address = url
        yield url


@pytest.fixture
def depots(tmp_path, registry, line):
    """Two depots that are told the whole country."""
    built = [joined(tmp_path, registry, told, WHOLE) for told in (TOLD, THERE)]
    yield built
    for one in built:
        one.stockpile.close()
