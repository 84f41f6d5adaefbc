"""A registry on SQLite, and a site that it knows."""

from __future__ import annotations

import pytest

from tests.helpers.registries import copied_registry
from tests.helpers.sites import Site


@pytest.fixture
def registry(tmp_path):
    opened = copied_registry(tmp_path / "registry.db")
    yield opened
    opened.database.close()


@pytest.fixture
def site(registry):
    made = Site()
    registry.enrol(made)
    made.found_with_officers()
    return made
