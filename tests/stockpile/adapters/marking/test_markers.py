from __future__ import annotations

import pytest

from stockpile.adapters.marking.markers import WiredMarkers
from stockpile.adapters.marking.tl07.marker import Tl07Marker
from stockpile.domain.errors import MachineUnknown, PortMissing
from stockpile.domain.facts import MachineSet
from tests.helpers.benches import Transcript


def test_a_driver_is_found_by_its_name_and_given_its_link():
    link = Transcript({})
    marker = WiredMarkers(lambda _url: link).open(MachineSet("desk", "tl07", "x"))
    assert isinstance(marker, Tl07Marker)
    marker.close()
    assert link.closed


def test_a_driver_that_is_not_there_is_said():
    with pytest.raises(MachineUnknown) as caught:
        WiredMarkers(lambda _url: Transcript({})).open(MachineSet("desk", "tl99", "x"))
    assert caught.value.name == "tl99"


def test_a_missing_port_is_said():
    def missing(url: str) -> Transcript:
        raise PortMissing(url, "not there")

    with pytest.raises(PortMissing):
        WiredMarkers(missing).open(MachineSet("desk", "tl07", "/dev/nothing"))
