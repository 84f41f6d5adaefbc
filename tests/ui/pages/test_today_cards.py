from __future__ import annotations

from typing import get_args

import pytest
from PySide6.QtCore import Qt

from ui.pages.today_cards import CloseCard, NeedsCard
from ui.view_models.today import Need, NeedKind
from ui.widgets.button import Button
from ui.widgets.text import Label

pytestmark = pytest.mark.usefixtures("light")


@pytest.fixture
def card(qtbot):
    made = NeedsCard()
    qtbot.addWidget(made)
    made.show()
    return made


def words(card):
    return [one.text() for one in card.findChildren(Label)]


def test_every_need_has_its_words_for_one_and_for_many(card):
    for kind in get_args(NeedKind):
        for count in (1, 5):
            card.show_needs([Need(kind, count)])
            assert not any("{" in one for one in words(card))


def test_each_line_leads_somewhere(card, qtbot):
    card.show_needs([Need("overdue", 2), Need("same_disk", 1)])
    first, second = card.findChildren(Button)
    with qtbot.waitSignal(card.wanted) as told:
        qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert told.args == ["issuing", ""]
    with qtbot.waitSignal(card.folder_wanted):
        qtbot.mouseClick(second, Qt.MouseButton.LeftButton)


def test_a_good_day_says_so(card):
    card.show_needs([])
    assert "Nothing is late and nothing is unexplained." in words(card)


def test_a_code_is_told_only_when_there_is_one(qtbot):
    made = CloseCard()
    qtbot.addWidget(made)
    with qtbot.assertNotEmitted(made.head_typed):
        made.head.submitted.emit()
    made.head.set_text("3-aaaaa")
    with qtbot.waitSignal(made.head_typed) as told:
        made.head.submitted.emit()
    assert told.args == ["3-aaaaa"]
    made.show_checked(holds=False)
