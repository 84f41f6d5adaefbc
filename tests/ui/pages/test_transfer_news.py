"""What came of an act is said once, with the paper that it made."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices

from stockpile.domain.errors import DiskFull, LogSplit
from stockpile.domain.facts import WaybillOpened
from stockpile.domain.transfers import Waybill
from stockpile.domain.values import Digest, NodeId, PlaceId
from stockpile.language import plain
from stockpile.services.courier_meetings import Met
from stockpile.services.courier_previews import Node, Preview
from stockpile.services.couriers import Packed, Taken
from stockpile.services.documents import Drawn
from ui.pages.transfer_news import TransferNews
from ui.sounds import Sound, player
from ui.theme import Tone
from ui.view_models.transfer_receiving import Arrived
from ui.view_models.transfer_sending import Sent

WAYBILL = Waybill("w", NodeId("n"), WaybillOpened("WB-1", (), PlaceId("x")), "partly", ())
PAPER = Drawn(Path("/papers/WB-1.pdf"), 1, Digest("d"))


@pytest.fixture
def news(light, qtbot):
    made = TransferNews()
    qtbot.addWidget(made)
    return made


def test_what_came_of_photos_stands_beneath_what_was_said_of_the_record(news):
    news.drawn(Path("/papers/WB-1.pdf"))
    news.carried(("image", "Photos", "2 photos came.", Tone.OK))
    assert news.banner.isVisible()
    assert "2 photos came." in news.photos.accessibleName()
    news.carried(None)
    assert news.photos.isHidden()
    news.carried(("image", "Photos", "2 photos came.", Tone.OK))
    news.drawn(Path("/papers/WB-2.pdf"))
    assert news.photos.isHidden()


def test_photos_alone_need_no_empty_banner_above_them(news):
    news.carried(("image", "Photos", "2 photos came.", Tone.OK))
    assert news.photos.isVisible()
    assert not news.banner.isVisible()


def test_nothing_is_shown_until_there_is_something_to_say(news):
    assert not news.isVisible()
    news.turned(WAYBILL)
    assert news.isVisible()
    assert "WB-1 came back" in plain(news.said)
    assert not news.paper.isVisible()


def test_what_left_and_what_arrived_is_heard_and_its_paper_opened(news, monkeypatch):
    heard, opened = [], []
    player().played.connect(heard.append)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    packed = Packed(Path("/stick/WB-1.courier"), None, 1, 2, 3)
    news.left(Sent(WAYBILL, PAPER, packed))
    news.paper.click()
    assert opened == [str(PAPER.file)]
    assert "/stick/WB-1.courier" in plain(news.said)
    news.arrived(Arrived(WAYBILL, PAPER))
    assert "Received in part" in news.said
    news.failed(DiskFull("/stick"))
    assert "/stick" in plain(news.said)
    assert heard == [Sound.GOOD, Sound.GOOD, Sound.REFUSED]
    player().played.disconnect(heard.append)


def test_files_and_papers_are_named(news):
    news.packed(Packed(Path("/stick/a.courier"), None, 1, 2, 3))
    assert "/stick/a.courier" in plain(news.said)
    news.drawn(PAPER.file)
    assert str(PAPER.file) in plain(news.said)
    assert news.paper.isVisible()


def test_a_receipt_is_offered_for_what_was_taken_in_and_for_nothing_else(news):
    sender = Node(NodeId("g" * 16), "Gulu", bytes(32))
    taken = Taken(Preview(sender, 0, 1, 2, (), (), 0), 2)
    wanted = []
    news.answer_wanted.connect(wanted.append)
    news.give_answer()
    news.taken(taken)
    assert news.answer.isVisible()
    news.answer.click()
    assert wanted == [taken]
    news.met(Met((taken,), (), ()))
    assert "2 facts taken in." in plain(news.said)
    news.give_answer()
    assert (news.answer.isVisible(), wanted) == (False, [taken])


def test_two_histories_that_meet_in_a_file_are_an_alarm_at_once(news):
    sender = Node(NodeId("g" * 16), "Gulu", bytes(32))
    split = LogSplit("https://registry", "g" * 16, 77)
    taken = Taken(Preview(sender, 0, 1, 2, (), (), 0), 2, split)
    news.taken(taken)
    assert news.answer.isVisible()  # what it brought is taken in all the same
    alone = plain(news.said)
    news.met(Met((taken,), (), ()))
    for said in (alone, plain(news.said)):
        assert "ALARM" in said
        assert "77" in said
        assert "2 facts taken in." in said
