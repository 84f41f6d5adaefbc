from __future__ import annotations

import pytest

from ui.pages.listed_card import ListedCard
from ui.theme import Ink
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.text import Label


@pytest.fixture
def listed(qtbot):
    lines = LineList("Under way")
    card = ListedCard(lines, "Nothing is under way.")
    qtbot.addWidget(card)
    return card, lines


def texts(card):
    return [one.text() for one in card.findChildren(Label) if one.isVisibleTo(card)]


def test_a_list_says_how_many_it_has_or_that_it_has_none(listed):
    card, lines = listed
    card.show_lines([])
    assert texts(card) == ["Under way", "Nothing is under way."]
    card.show_lines([LiveLine(str(at), f"line {at}", "", "", "flame", Ink.WARN) for at in range(3)])
    (title,) = texts(card)
    assert "Under way" in title
    assert "3" in title
    assert [one.key for one in lines.lines] == ["0", "1", "2"]
