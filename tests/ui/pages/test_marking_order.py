"""The card of the order in hand: figures, forecast, three lists, and what can be done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.facts import MarkingOrdered
from stockpile.domain.orders import Order, OrderLine, OrderState
from stockpile.domain.values import SchemeId, WeaponId
from stockpile.language import plain
from stockpile.services.ports import RegisterRow
from tests.helpers.readable import bare, displayed, faults
from ui.pages.marking_order import MOST_LINES, OrderCard, duration, ends_words, order_words
from ui.view_models.marking_order import InHand, Outlook

STATES = ("verified", "marked", "waiting", "waiting", "open_question", "aside", "gone")
OUTLOOK = Outlook(60.0, 9_600_000, 1_790_000_000_000)


def named(number):
    return RegisterRow(
        WeaponId(f"w{number}"), f"N-{number}", f"KB44719{number:02d}", "", "ASR", "Izhmash", "AKM",
        "7.62x39 mm", "serviceable", "in_store", "Rack 01", "", 0,
    )  # fmt: skip


def in_hand(states=STATES, outlook=OUTLOOK):
    lines = [
        OrderLine(WeaponId(f"w{n}"), state, "UG 26 7" if state == "verified" else "",
                  "cracked" if state == "aside" else "")
        for n, state in enumerate(states)
    ]  # fmt: skip
    ids = tuple(one.weapon for one in lines)
    order = Order("o1", MarkingOrdered("MO-KLA-26-0001", SchemeId("S"), ids))
    rows = {WeaponId(f"w{n}"): named(n) for n in range(len(lines))}
    return InHand(OrderState(order, tuple(lines)), rows, outlook)


def shown(qtbot, order=None):
    card = OrderCard()
    displayed(card, qtbot, 292, 600)
    card.show_order(order or in_hand())
    return card


def test_how_far_it_is_and_when_it_ends(light, qtbot):
    card = shown(qtbot)
    assert (card._done.text(), plain(card._of.text())) == ("2", "of 6 marked")
    assert plain(card._share.text()) == "33 %"
    assert "60 an hour · about 2 h 40 min left, until " in plain(card._ends.text())


def test_doubts_come_before_what_waits(light, qtbot):
    card = shown(qtbot)
    assert [one.key for one in card.list.lines] == ["w4", "w2", "w3"]


@pytest.mark.parametrize(("which", "keys"), [("aside", ["w5", "w6"]), ("done", ["w0", "w1"])])
def test_the_other_lists_are_one_press_away(light, qtbot, which, keys):
    card = shown(qtbot)
    qtbot.mouseClick(card._lists._parts[which], Qt.MouseButton.LeftButton)
    assert [one.key for one in card.list.lines] == keys


def test_why_a_weapon_is_aside_stands_beneath_it(light, qtbot):
    card = shown(qtbot)
    qtbot.mouseClick(card._lists._parts["aside"], Qt.MouseButton.LeftButton)
    assert plain(card.list.lines[0].beneath) == "cracked"


def test_an_empty_list_says_so(light, qtbot):
    card = shown(qtbot, in_hand(("verified",)))
    assert card._none.text() == "Every weapon of this order is marked or set aside."
    assert "Nothing waits any more." in card._ends.text()


def test_a_long_list_says_how_many_more_there_are(light, qtbot):
    card = shown(qtbot, in_hand(("waiting",) * (MOST_LINES + 5)))
    assert len(card.list.lines) == MOST_LINES + 1
    assert card.list.lines[-1].identifier == "and 5 more"


def test_what_can_be_done_is_asked_for(light, qtbot):
    card = shown(qtbot)
    with qtbot.waitSignal(card.aside_pressed):
        qtbot.mouseClick(card.aside, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(card.pause_pressed):
        qtbot.mouseClick(card.pause, Qt.MouseButton.LeftButton)
    card.list.setCurrentIndex(card.list.rows.index(0))
    with qtbot.waitSignal(card.wanted) as said:
        qtbot.keyClick(card.list, Qt.Key.Key_Return)
    assert said.args == ["w4"]
    card.show_at_bench(may_set_aside=False, may_pause=False)
    assert not card.aside.isEnabled()


def test_where_there_is_no_room_one_line_says_it_all(light, qtbot):
    assert plain(order_words(in_hand())).startswith("MO-KLA-26-0001 · 2 of 6 marked · 60 an hour")


def test_without_a_pace_no_end_is_foretold(light):
    assert ends_words(Outlook(), 3) == "The pace is known after a few weapons."


@pytest.mark.parametrize(
    ("span", "said"), [(0, "1 min"), (59 * 60_000, "59 min"), (160 * 60_000, "2 h 40 min")]
)
def test_a_span_is_said_in_hours_and_minutes(light, span, said):
    assert duration(span) == said


@pytest.mark.parametrize("which", ["next", "aside", "done"])
def test_everybody_can_use_it(tongue, qtbot, which):
    card = shown(qtbot, replace(in_hand()))
    qtbot.mouseClick(card._lists._parts[which], Qt.MouseButton.LeftButton)
    assert faults(card) == []
    assert bare(card, "MO-KLA-26-0001") == []
