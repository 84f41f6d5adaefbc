"""An ear on a machine's link: it hears all, and changes nothing."""

from __future__ import annotations

import pytest

from stockpile.adapters.marking.tap import TappedLink
from stockpile.domain.errors import PortLost
from tests.helpers.benches import Transcript


def test_each_frame_is_told_before_it_goes_out_and_each_answer_as_it_comes():
    told = []
    link = Transcript({"ST": [b"ST 1\r"]})
    link.on_send = lambda _frame: told.append("sent")
    tapped = TappedLink(link, lambda way, content: told.append((way, content)))
    tapped.send(b"ST\r")
    assert tapped.receive(0.1) == b"ST 1\r"
    assert tapped.receive(0.1) == b""
    assert told == [("out", b"ST\r"), "sent", ("in", b"ST 1\r")]
    tapped.drop_output()
    tapped.close()
    assert (tapped.url, link.dropped, link.closed) == ("transcript", 1, True)


def test_a_frame_that_was_lost_on_its_way_was_told():
    told = []
    link = Transcript({}, lost=True)
    with pytest.raises(PortLost):
        TappedLink(link, lambda way, content: told.append((way, content))).send(b"GO\r")
    assert told == [("out", b"GO\r")]
