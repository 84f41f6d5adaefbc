from __future__ import annotations

import pytest

from stockpile.adapters.marking.scanner_string.marker import (
    ScannerStringMarker,
    open_scanner_string,
)
from stockpile.domain.errors import FieldUnreadable, MarkNotPossible, PortLost
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import EndResult, Evidence, MachineState, StartResult, Work
from tests.helpers.benches import QUICK, Transcript


def opened(url: str = "COM4?start=:&end=crlf") -> tuple[ScannerStringMarker, Transcript, list[str]]:
    link, urls = Transcript({}), []

    def open_link(wanted: str) -> Transcript:
        urls.append(wanted)
        return link

    return (
        open_scanner_string(MachineSet("desk", "scanner_string", url), open_link, QUICK),
        link,
        urls,
    )


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("COM4?start=:&end=crlf", "COM4?baud=9600"),
        ("COM4?baud=1200&start=:", "COM4?baud=1200"),
        ("socket://host:4001", "socket://host:4001"),
    ],
)
def test_the_port_is_opened_without_the_options_of_the_text(url: str, asked: str):
    assert opened(url)[2] == [asked]


def test_an_address_that_means_nothing_opens_no_port():
    with pytest.raises(FieldUnreadable):
        opened("COM4?start=A")


def test_no_byte_goes_out_before_the_start_and_the_text_is_the_start():
    marker, link, _ = opened()
    assert marker.start_bytes == b""
    marker.prepare(Work("UG-1"))
    assert link.sent == []
    assert marker.start_bytes == b":UG-1\r\n"
    assert [marker.start(), marker.start()] == [StartResult.ACCEPTED, StartResult.ACCEPTED]
    assert link.sent == [b":UG-1\r\n"]
    assert marker.watch(1.0) is EndResult.UNTOLD


def test_a_hostile_text_puts_no_byte_on_the_wire():
    marker, link, _ = opened()
    with pytest.raises(MarkNotPossible):
        marker.prepare(Work("A\r\n:B"))
    assert marker.start() is StartResult.REFUSED
    assert marker.watch(1.0) is EndResult.SILENT
    assert link.sent == []


def test_a_port_that_goes_with_the_text_leaves_it_uncertain():
    marker, link, _ = opened()
    marker.prepare(Work("UG-1"))
    link.on_send = lambda _frame: setattr(link, "lost", True)
    assert marker.start() is StartResult.UNCERTAIN
    assert marker.watch(1.0) is EndResult.SILENT


def test_a_port_that_is_gone_prepares_nothing():
    marker, link, _ = opened()
    link.lost = True
    with pytest.raises(PortLost):
        marker.prepare(Work("UG-1"))
    assert marker.start() is StartResult.REFUSED


def test_the_text_is_blanked_on_a_link_of_its_own_and_not_while_a_mark_may_be_made():
    marker, link, _ = opened()
    marker.prepare(Work("UG-1"))
    marker.start()
    marker.disarm()
    assert link.sent == [b":UG-1\r\n"]
    after, link, _ = opened()
    after.disarm()
    assert link.sent == [b":\r\n"]


def test_a_machine_that_an_empty_text_harms_is_left_alone():
    marker, link, _ = opened("COM4?blank=never")
    marker.disarm()
    assert link.sent == []


def test_an_unsent_text_is_kept_back_by_an_abort():
    marker, link, _ = opened()
    marker.prepare(Work("UG-1"))
    marker.abort()
    assert marker.start() is StartResult.REFUSED
    assert link.sent == []


def test_nothing_is_known_of_the_machine():
    marker, link, _ = opened()
    assert (marker.identity(), marker.fingerprint()) == ("", "")
    assert marker.evidence() == Evidence(MachineState.READY, None)
    assert marker.capabilities.scan_always
    marker.close()
    assert link.closed
