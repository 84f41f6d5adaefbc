"""What goes to a lane and back: it brings what came of it, and holds nothing afterwards."""

from __future__ import annotations

import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QObject

from stockpile.domain.errors import WrongPin
from ui.lanes import Errand, OnLane


@pytest.fixture
def lane():
    with ThreadPoolExecutor(1, thread_name_prefix="lane of a test") as running:
        yield running


def test_an_errand_brings_what_came_of_its_work(lane):
    errand = Errand(QObject(), lambda: threading.current_thread().name, print, None)
    lane.submit(errand.run).result()
    assert errand.result.startswith("lane of a test")
    assert errand.error is None


def test_an_errand_brings_whatever_its_work_raised(lane):
    def refuse():
        raise WrongPin("A")

    errand = Errand(QObject(), refuse, print, None)
    lane.submit(errand.run).result()
    assert isinstance(errand.error, WrongPin)
    assert errand.result is None


def test_an_errand_that_is_over_holds_nobody(lane):
    owner = QObject()
    errand = Errand(owner, owner.objectName, owner.setObjectName, None)
    lane.submit(errand.run).result()
    errand.forget()
    kept = weakref.ref(owner)
    del owner
    assert kept() is None


def test_an_object_of_a_lane_is_asked_there_and_its_refusals_come_back(lane):
    class Books:
        def where(self):
            return threading.current_thread().name

        def refuse(self):
            raise WrongPin("A")

    books = OnLane(Books(), lane)
    assert books.where().startswith("lane of a test")
    with pytest.raises(WrongPin):
        books.refuse()
