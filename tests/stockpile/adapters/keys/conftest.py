"""A home with keys, a clock that stands, a chance that repeats from run to run."""

from __future__ import annotations

import pytest

from stockpile.adapters.keys.ring import create_keys
from stockpile.adapters.keys.strength import LIGHT
from tests.helpers.books import PASSPHRASE, SeededChance, StillClock


@pytest.fixture
def clock():
    return StillClock()


@pytest.fixture
def chance():
    return SeededChance()


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def keys(home, clock, chance):
    return create_keys(home, PASSPHRASE, clock=clock, chance=chance, strength=LIGHT)
