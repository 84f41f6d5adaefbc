from __future__ import annotations

import pytest

from stockpile.adapters.marking.by_hand.marker import ByHandMarker, open_by_hand
from stockpile.adapters.marking.link import Link
from stockpile.domain.errors import MarkNotPossible
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import EndResult, Evidence, MachineState, StartResult, Work


def no_port(url: str) -> Link:
    raise AssertionError(url)


@pytest.fixture
def marker() -> ByHandMarker:
    return open_by_hand(MachineSet("vice", "by_hand", ""), no_port)


def test_it_opens_no_port_and_knows_nobody(marker: ByHandMarker):
    assert (marker.identity(), marker.fingerprint(), marker.start_bytes) == ("", "", b"")
    assert marker.status() is MachineState.READY
    assert marker.evidence() == Evidence(MachineState.READY, None)


def test_a_start_is_handed_over_once_and_its_end_is_never_told(marker: ByHandMarker):
    marker.prepare(Work("UG 26 000042"))
    assert [marker.start(), marker.start()] == [StartResult.ACCEPTED, StartResult.ACCEPTED]
    assert marker.watch(10.0) is EndResult.UNTOLD


def test_what_cannot_be_set_by_hand_is_not_handed_over(marker: ByHandMarker):
    with pytest.raises(MarkNotPossible):
        marker.prepare(Work("A\u202eB"))
    assert marker.start() is StartResult.REFUSED
    assert marker.watch(1.0) is EndResult.SILENT


@pytest.mark.parametrize("letting_go", ["disarm", "abort", "close"])
def test_what_was_not_handed_over_is_taken_back(marker: ByHandMarker, letting_go: str):
    marker.prepare(Work("UG-1"))
    getattr(marker, letting_go)()
    assert marker.start() is StartResult.REFUSED


def test_each_mark_is_read_back_because_nothing_else_proves_it(marker: ByHandMarker):
    promises = marker.capabilities
    assert promises.by_hand
    assert promises.scan_always
    assert (promises.evidence, promises.end, promises.can_read_back) == (0, "none", False)
