from __future__ import annotations

import pytest

from stockpile.adapters.marking.couth import words
from stockpile.adapters.marking.couth.marker import CAPABILITIES, CouthMarker, open_couth
from stockpile.domain.errors import MarkNotPossible, PortLost
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import EndResult, Evidence, MachineState, StartResult, Work
from tests.helpers.benches import QUICK, Transcript

CLEAR = bytes.fromhex("10 02 07 00 21 03 03")
START = bytes.fromhex("10 02 07 00 31 03 03")
CANCEL = bytes.fromhex("10 02 07 00 34 03 03")
TEXT = bytes.fromhex("10 02 0C 00 25 01 55 47 2D 31 03 03")


def opened(layout: str = "") -> tuple[CouthMarker, Transcript]:
    link = Transcript({})
    machine = MachineSet("desk", "couth", "COM4", layout)
    return open_couth(machine, lambda _url: link, QUICK), link


def test_its_port_is_opened_at_the_speed_of_the_public_driver():
    urls: list[str] = []

    def open_link(url: str) -> Transcript:
        urls.append(url)
        return Transcript({})

    for url in ("COM4", "COM4?baud=19200", "socket://host:4001"):
        open_couth(MachineSet("desk", "couth", url), open_link)
    assert urls == ["COM4?baud=9600", "COM4?baud=19200", "socket://host:4001"]


def test_the_preparation_and_the_start_are_these_bytes_in_this_order():
    marker, link = opened()
    marker.prepare(Work("UG-1"))
    assert link.sent == [CLEAR, TEXT]
    assert [marker.start(), marker.start()] == [StartResult.ACCEPTED, StartResult.ACCEPTED]
    assert link.sent == [CLEAR, TEXT, START]
    assert marker.start_bytes == START
    assert marker.watch(1.0) is EndResult.UNTOLD


def test_whatever_it_answers_nothing_is_concluded_from_it():
    marker, link = opened()
    link.on_send = lambda _frame: link.waiting.append(b"\x10\x02\x08\x00\x31\x15\x03\x03")
    marker.prepare(Work("UG-1"))
    assert marker.start() is StartResult.ACCEPTED
    assert marker.watch(1.0) is EndResult.UNTOLD
    assert marker.status() is MachineState.READY


def test_a_start_during_which_the_port_goes_is_uncertain():
    marker, link = opened()
    marker.prepare(Work("UG-1"))
    link.on_send = lambda _frame: setattr(link, "lost", True)
    assert marker.start() is StartResult.UNCERTAIN
    assert marker.watch(1.0) is EndResult.SILENT


def test_a_port_that_went_before_the_start_refuses_it_and_sends_nothing():
    marker, link = opened()
    marker.prepare(Work("UG-1"))
    link.lost = True
    assert marker.start() is StartResult.REFUSED
    link.lost = False
    assert marker.start() is StartResult.REFUSED
    assert START not in link.sent


def test_a_port_that_is_gone_prepares_nothing():
    marker, link = opened()
    link.lost = True
    with pytest.raises(PortLost):
        marker.prepare(Work("UG-1"))
    assert marker.start() is StartResult.REFUSED


@pytest.mark.parametrize(("layout", "text"), [("", "A)B"), ("", "A\x10B"), ("text depth=3", "A")])
def test_a_hostile_text_or_layout_puts_no_byte_on_the_wire(layout: str, text: str):
    marker, link = opened(layout)
    with pytest.raises(MarkNotPossible):
        marker.prepare(Work(text))
    assert link.sent == []


def test_the_file_is_cleared_on_a_link_of_its_own_and_not_while_a_mark_may_be_made():
    marker, link = opened()
    marker.prepare(Work("UG-1"))
    marker.start()
    marker.disarm()
    assert link.sent[-1] == START
    after, link = opened()
    after.disarm()
    assert link.sent == [CLEAR]


def test_an_abort_sends_the_cancel_and_no_start_can_follow():
    marker, link = opened()
    marker.prepare(Work("UG-1"))
    marker.abort()
    assert link.sent[-1] == CANCEL
    assert marker.start() is StartResult.REFUSED
    assert START not in link.sent


def test_it_is_in_trial_and_every_mark_is_read_back():
    marker, link = opened()
    assert marker.capabilities is CAPABILITIES
    assert CAPABILITIES.beta
    assert CAPABILITIES.scan_always
    assert (marker.identity(), marker.fingerprint()) == ("", "")
    assert marker.evidence() == Evidence(MachineState.READY, None)
    assert link.sent == [words.order(words.STATUS).frame]
    marker.close()
    assert link.closed
