"""What all tests share: a home of their own, trip wires, and how hypothesis searches."""

from __future__ import annotations

import atexit
import gc
import logging
import threading

import pytest
from hypothesis import settings

from tests.helpers import statements
from tests.helpers.house import house
from tests.helpers.nightly import NIGHTLY

settings.register_profile("ci", max_examples=10, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=2_000, deadline=None)
settings.load_profile("nightly" if NIGHTLY else "ci")

statements.keep_for_all()

LANES = ("books", "network", "photos", "sticks", "aside", "machine:", "scanner")


def pytest_collection_finish():
    """Look no more for garbage among what stays for the whole run: thousands of tests and modules.

    What a test leaves is looked for less often too, and between two tests only: a widget that a
    thread of a test finds as garbage is taken down under the feet of the screen's own thread.
    """
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # else a library complains at the end of what is not let go
    gc.set_threshold(20_000, 20, 20)
    gc.disable()


@pytest.fixture(autouse=True)
def garbage_between_tests():
    """Look for garbage here, by Python's own rule, and on this thread."""
    yield
    limits = zip(gc.get_count(), gc.get_threshold(), strict=True)
    due = [generation for generation, (count, limit) in enumerate(limits) if count > limit]
    if due:
        gc.collect(due[-1])


@pytest.fixture(autouse=True)
def quiet_log(caplog, request):
    """Fail a test in which the program logs a warning, unless it says that it expects one."""
    yield
    if request.node.get_closest_marker("logs_warnings"):
        return
    said = [one for one in caplog.get_records("call") if one.levelno >= logging.WARNING]
    assert not said, [f"{one.name}: {one.getMessage()}" for one in said]


@pytest.fixture(autouse=True)
def ended_lanes():
    """Fail a test that leaves a lane of the desk running."""
    yield
    left = [one.name for one in threading.enumerate() if one.name.startswith(LANES)]
    assert left == []


__all__ = ["house"]
