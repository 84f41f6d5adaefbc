from __future__ import annotations

import gc
import weakref

import pytest

from stockpile.registry import cycles


class Circle:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _as_it_was():
    """Search by itself, as a registry does; the run of the tests looks between two of them only."""
    before = gc.get_threshold()
    gc.enable()
    yield
    gc.disable()
    gc.set_threshold(*before)


def searches() -> int:
    return sum(one["collections"] for one in gc.get_stats())


def test_a_batch_is_read_without_a_search():
    cycles.search_rarely()
    before = searches()
    batch = [[number] for number in range(cycles.NEW_OBJECTS // 2)]
    assert searches() == before
    assert len(batch) == cycles.NEW_OBJECTS // 2


def test_circles_are_still_found_and_let_go(monkeypatch):
    monkeypatch.setattr(cycles, "NEW_OBJECTS", 10_000)
    cycles.search_rarely()
    lost = weakref.ref(Circle())
    kept = [[number] for number in range(2 * cycles.NEW_OBJECTS)]
    assert lost() is None, len(kept)


def test_the_program_itself_is_left_out_of_it():
    cycles.search_rarely()
    assert gc.get_freeze_count() > 0
