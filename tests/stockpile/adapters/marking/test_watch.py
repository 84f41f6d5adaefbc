from __future__ import annotations

import pytest

from stockpile.adapters.marking.talk import Times
from stockpile.adapters.marking.tl07.marker import Tl07Marker
from stockpile.adapters.marking.tl07.words import Framing
from stockpile.adapters.marking.watch import Watch
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import EndResult
from tests.helpers.benches import Transcript

HASTY = Times(answer=0.03, start=0.03, poll=0.005, settle=0.02, pause=0.01)
READY, MARKING, PAUSED = b"ST 4 0 0\r\n", b"ST 8 0 0\r\n", b"ST 16 0 0\r\n"
SAME, OTHER, GONE = b'VG 0 "UG-1"\r\n', b'VG 0 "UG-2"\r\n', b'VG 0 ""\r\n'
DONE, STOPPED, RESTARTED, SILENT, LOST, _UNTOLD = EndResult


def watching(link: Transcript, *, accepted: bool, proven: bool) -> Watch:
    """A watch over a machine whose answers are written down."""
    marker = Tl07Marker(MachineSet("desk", "tl07", "transcript"), link, Framing.TCP, HASTY)
    return Watch(marker.talk, marker, "UG-1", accepted=accepted, proven=proven)


CASES = [
    # accepted, proven, answers to ST (the last for ever), the text held, unasked lines, the end
    (True, False, [MARKING], SAME, [b"GO F\r\n"], SILENT),
    (True, False, [READY], SAME, [b"GO F\r\n"], DONE),
    (True, False, [b""], SAME, [b"GO F\r\n"], DONE),
    (False, False, [READY], SAME, [b"GO F\r\n"], DONE),
    (True, False, [MARKING], SAME, [b"GO S\r\n"], STOPPED),
    (True, False, [b"ST 32 0 0\r\n"], SAME, [], STOPPED),
    (False, False, [b"ST 32 0 0\r\n"], SAME, [], STOPPED),
    (True, False, [MARKING, MARKING, READY], SAME, [], DONE),
    (True, False, [PAUSED, MARKING, READY], SAME, [b"GO P\r\n"], DONE),
    (True, False, [READY], SAME, [], DONE),
    (True, False, [MARKING, READY, MARKING], SAME, [], SILENT),
    (True, False, [MARKING, READY], GONE, [], RESTARTED),
    (True, False, [MARKING, READY], OTHER, [], RESTARTED),
    (True, False, [MARKING, b"", READY], SAME, [], SILENT),
    (True, True, [MARKING, b"", READY], SAME, [], DONE),
    (True, True, [MARKING, b"", READY], GONE, [], RESTARTED),
    (True, False, [MARKING, READY], SAME, [b"UC500 ready\r\n"], SILENT),
    (True, False, [b"ST 1 0 0\r\n"], SAME, [], RESTARTED),
    (True, False, [b"ST 2 0 0\r\n"], SAME, [], RESTARTED),
    (True, False, [READY], b"", [], SILENT),
    (True, False, [b""], SAME, [], SILENT),
    (True, False, [b"\xff\r\n"], SAME, [], SILENT),
    (False, False, [READY], SAME, [], SILENT),
    (False, True, [READY], SAME, [], SILENT),
    (False, False, [READY], GONE, [], RESTARTED),
    (False, False, [MARKING, MARKING, READY], SAME, [], DONE),
    (False, False, [READY], SAME, [b"GO M\r\n"], DONE),
]


@pytest.mark.parametrize(("accepted", "proven", "states", "held", "unasked", "end"), CASES)
def test_a_run_ends_as_the_evidence_says(
    states: list[bytes],
    held: bytes,
    unasked: list[bytes],
    end: EndResult,
    *,
    accepted: bool,
    proven: bool,
):
    link = Transcript({"ST": list(states), "VG 0": [held]}, waiting=list(unasked))
    watch = watching(link, accepted=accepted, proven=proven)
    assert watch.until_end(0.5) is end
    assert set(link.sent) <= {b"ST\r", b"VG 0\r"}


def test_a_pulled_cable_ends_the_watch():
    link = Transcript({"ST": [MARKING]}, lost=True)
    watch = watching(link, accepted=True, proven=True)
    assert watch.until_end(0.5) is LOST


def test_the_machines_own_word_stands_when_the_cable_is_pulled_right_after_it():
    link = Transcript({"ST": [READY]}, waiting=[b"GO F\r\n"])

    def pull(_frame: bytes) -> None:
        link.lost = True

    link.on_send = pull
    watch = watching(link, accepted=True, proven=False)
    assert watch.until_end(0.5) is DONE
