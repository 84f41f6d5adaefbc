"""A node with open books for every test of this room."""

from __future__ import annotations

import pytest

from tests.helpers.books import desk


@pytest.fixture
def depot(tmp_path):
    with desk(tmp_path / "home") as one:
        yield one


@pytest.fixture
def other(tmp_path):
    """A second node, with books of its own."""
    with desk(tmp_path / "other", "other") as one:
        yield one
