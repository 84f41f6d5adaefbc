"""Beside the hand-in table stands what lies on it and what came in today."""

from __future__ import annotations

from stockpile.domain.collecting import Collected, Tally
from stockpile.domain.facts import CollectionReceived, RoundsHanded
from stockpile.domain.values import Digest, NodeId, PlaceId
from stockpile.language import plain
from ui.pages.collecting_aside import BroughtCard, CollectingAside
from ui.view_models.collecting import Day, DayLine, Table


def test_an_empty_table_says_so_until_something_lies_there(light, qtbot):
    card = BroughtCard()
    qtbot.addWidget(card)
    card.show_table(Table())
    assert card.lines.isHidden()
    assert not card._none.isHidden()
    card.show_table(Table(rounds=(RoundsHanded("9x19 mm", 7),)))
    assert not card.lines.isHidden()
    assert card._none.isHidden()
    assert card.lines.rows.rowCount() == 1
    assert card._count.text() == ""  # rounds are not counted as pieces


def test_today_is_added_up_and_a_line_opens_its_receipt(light, qtbot):
    aside = CollectingAside()
    qtbot.addWidget(aside)
    assert aside.today.isHidden()
    body = CollectionReceived("CR-KLA-26-0001", PlaceId("s1"))
    line = DayLine(Collected("c1", NodeId("n" * 16), body, (Digest("h"),)), "Okot David")
    aside.show_day(Day(Tally(1, 2, 60, 0), (line,), "2026-11-28"))
    for words in ("1 person", "2 weapons", "60 rounds"):
        assert words in plain(aside._figures.text())
    assert not aside.today.isHidden()
    with qtbot.waitSignal(aside.opened) as opened:
        aside.today.opened.emit("c1")
    assert opened.args == ["c1"]
    aside.show_day(Day())
    assert aside.today.isHidden()
    assert aside._figures.isHidden()
