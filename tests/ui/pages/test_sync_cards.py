"""The cards of the sync page: the registry, the way in, contradictions, the proof, the history."""

from __future__ import annotations

from typing import get_args

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from stockpile import wording
from stockpile.domain.conflicts import Conflict, ConflictClass
from stockpile.domain.errors import CodeUnknown, NotEnrolled, RegistryUnreachable
from stockpile.domain.exchange import Receipt
from stockpile.language import plain
from stockpile.services.ports import Peer, RegisterRow
from stockpile.services.turns import Synced
from tests.helpers.readable import bare, displayed, faults
from ui.pages.sync_cards import ConflictsCard, EnrolCard, HeadCard, HistoryCard, RegistryCard
from ui.view_models.sync import OpenConflict, Standing, SyncModel
from ui.widgets.button import Button
from ui.widgets.text import Label

Key = Qt.Key
AT = 1_790_000_000_000
NARROW = 585  # pixels: the least that the page leaves for the cards beside the history
URL = "https://registry.example.org"
OPEN = "http://registry.example.org"
CODE = "1204-7QK2-M9XD"
ROW = RegisterRow(
    "w1", "N-7", "KB4471902", "", "ASR", "Izhmash", "AKM", "7.62x39 mm", "serviceable",
    "in_store", "Rack 01", "", 0,
)  # fmt: skip
PEER = Peer(URL, "n9", b"", acknowledged=40, tree_head=(812, "00"), heard_at=AT)


def press(qtbot, button, by):
    if by == "key":
        qtbot.keyClick(button, Key.Key_Space)
    else:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def words(card):
    return [plain(one.text()) for one in card.findChildren(Label) if one.isVisible()]


# --- the registry -------------------------------------------------------------------------------


def registry(qtbot, peer, waiting):
    card = RegistryCard()
    card.show_peer(peer, waiting)
    displayed(card, qtbot, NARROW, 180)
    return card


def test_how_far_the_registry_has_heard_is_said(light, qtbot):
    card = registry(qtbot, PEER, 3)
    assert plain(card._url.text()) == URL
    assert wording.instant(AT) in plain(card._heard.text())
    assert "812" in card._heard.text()
    assert plain(card._chip.text) == "3 to send"


def test_all_sent_is_said_and_an_empty_log_is_not_counted(light, qtbot):
    card = registry(qtbot, Peer(URL, "n9", b"", heard_at=AT), 0)
    assert card._chip.text == "All sent"
    assert "log" not in card._heard.text()


@pytest.mark.parametrize(
    ("url", "is_said"), [(URL, False), (OPEN, True), ("http://127.0.0.1:8801", False), ("", False)]
)
def test_a_line_that_is_not_encrypted_says_so(light, qtbot, url, is_said):
    card = registry(qtbot, Peer(url, "n9", b"", heard_at=AT), 0)
    assert (wording.line_in_clear() in words(card)) == is_said


# --- the way in ---------------------------------------------------------------------------------


def enrol(qtbot, url=""):
    card = EnrolCard(url)
    card.show_right(may=True)
    displayed(card, qtbot, NARROW, 460)
    return card


@pytest.mark.parametrize("by", ["enter", "key", "click"])
def test_address_and_code_are_asked_with(light, qtbot, by):
    card = enrol(qtbot)
    card.setFocus()
    qtbot.keyClicks(card._url.edit, f" {URL} ")
    qtbot.keyClick(card._url.edit, Key.Key_Return)
    assert card._code.edit.hasFocus()
    qtbot.keyClicks(card._code.edit, "7QK2-M9XD")
    with qtbot.waitSignal(card.asked) as said:
        if by == "enter":
            qtbot.keyClick(card._code.edit, Key.Key_Return)
        else:
            press(qtbot, card._enrol, by)
    assert said.args == [URL, "7QK2-M9XD"]


def test_an_address_without_tls_is_warned_of_as_it_is_typed_and_not_refused(light, qtbot):
    card = enrol(qtbot)
    qtbot.keyClicks(card._url.edit, OPEN)
    assert card._url.message == wording.line_in_clear()
    card._code.set_text(CODE)
    with qtbot.waitSignal(card.asked):
        press(qtbot, card._enrol, "key")
    card._url.edit.clear()
    qtbot.keyClicks(card._url.edit, URL)
    assert card._url.message == ""


def test_what_is_missing_is_said_at_its_field_and_nothing_is_asked(light, qtbot):
    card, said = enrol(qtbot, URL), []
    card.asked.connect(lambda *told: said.append(told))
    press(qtbot, card._enrol, "key")
    assert (card._url.message, bool(card._code.message)) == ("", True)
    assert said == []


def test_a_refusal_is_said_where_it_belongs_and_goes_with_the_code(light, qtbot):
    card = enrol(qtbot, URL)
    card.show_error(CodeUnknown())
    assert card._code.message
    assert card._code.edit.hasFocus()
    card.show_error(RegistryUnreachable(URL, "refused"))
    assert card._url.edit.hasFocus()
    card.clear()
    assert (card._url.message, card._code.message, card._code.text()) == ("", "", "")
    assert card._url.text() == URL


def test_while_the_registry_is_asked_it_is_not_asked_again(light, qtbot):
    card, said = enrol(qtbot, URL), []
    card._code.set_text("7QK2-M9XD")
    card.asked.connect(lambda *told: said.append(told))
    card.set_busy(busy=True)
    qtbot.keyClick(card._code.edit, Key.Key_Return)
    press(qtbot, card._enrol, "click")
    assert said == []


@pytest.mark.parametrize("by", ["key", "click"])
def test_a_registry_to_practise_with_is_offered_where_it_may_be(light, qtbot, by):
    card = enrol(qtbot)
    assert not card._practise.isVisible()
    card.show_practice(shown=True)
    with qtbot.waitSignal(card.practised):
        press(qtbot, card._practise, by)
    card.set_busy(busy=True)
    assert not card._practise.isEnabled()


def test_without_the_right_that_is_said(light, qtbot):
    card = enrol(qtbot)
    assert not card._no_right.isVisible()
    card.show_right(may=False)
    assert card._no_right.isVisible()


# --- contradictions -----------------------------------------------------------------------------


def conflicts(qtbot, standing, height=600):
    card = ConflictsCard()
    card.show_conflicts(standing)
    displayed(card, qtbot, NARROW, height)
    return card


def contradiction(kind, row=ROW):
    return OpenConflict(Conflict("0" * 64, kind, (row.id,) if row else (), ()), row)


def looks(card):
    return [one for one in card.findChildren(Button) if one.isVisible()]


def test_where_nothing_differs_that_is_said(light, qtbot):
    card = conflicts(qtbot, Standing())
    assert "No two accounts of any weapon differ." in words(card)
    assert not card._count.isVisible()
    assert not card._more.isVisible()


@pytest.mark.parametrize("by", ["key", "click"])
def test_two_records_of_one_serial_are_a_contradiction_that_can_be_looked_at(seat, qtbot, by):
    first, second = seat.register("KB4471902"), seat.register("KB4471902")
    model = SyncModel(*seat.made_with)
    with qtbot.waitSignal(model.stands) as told:
        model.start()
    (standing,) = told.args
    card = conflicts(qtbot, standing)
    assert plain(card._count.text) == "1 to decide"
    assert wording.conflict_kind("possible_duplicate") in words(card)
    assert "KB4471902" in words(card)
    (look,) = looks(card)
    assert look.accessibleName() == "Look KB4471902"
    with qtbot.waitSignal(card.wanted) as said:
        press(qtbot, look, by)
    assert said.args[0] == standing.conflicts[0].conflict.id
    assert set(standing.conflicts[0].conflict.weapons) == {first, second}


@pytest.mark.parametrize("kind", get_args(ConflictClass))
def test_every_kind_is_worded(light, qtbot, kind):
    card = conflicts(qtbot, Standing(conflicts=(contradiction(kind),)))
    assert wording.conflict_kind(kind) in words(card)
    assert kind not in words(card)


def test_what_is_about_no_weapon_here_can_be_looked_at_too(light, qtbot):
    card = conflicts(qtbot, Standing(conflicts=(contradiction("mark_doubled", None),)))
    assert [one.accessibleName() for one in looks(card)] == ["Look"]
    assert plain(card._count.text) == "1 to decide"


def test_the_rest_is_counted_and_what_is_settled_goes(light, qtbot):
    both = (contradiction("custody_fork"), contradiction("marked_twice"))
    card = conflicts(qtbot, Standing(conflicts=both, more_conflicts=7))
    assert plain(card._count.text) == "9 to decide"
    assert plain(card._more.text()) == "and 7 more"
    assert len(looks(card)) == 2
    card.show_conflicts(Standing())
    assert looks(card) == []
    assert card._none.isVisible()


# --- proof and history --------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["key", "click"])
def test_the_head_code_is_copied_as_it_is_written_down(light, qtbot, by):
    card = HeadCard()
    card.show_code(CODE)
    displayed(card, qtbot, NARROW, 160)
    QGuiApplication.clipboard().clear()
    press(qtbot, card._copy, by)
    assert QGuiApplication.clipboard().text() == CODE
    assert bare(card, CODE) == []


def history(qtbot, *exchanges):
    card = HistoryCard()
    card.show_exchanges(exchanges)
    displayed(card, qtbot, 320, 500)
    return card


OUTCOMES = (
    Synced(12, 3, 1, Receipt("n1", 1204, "00", 7, 812, "00", AT, b"")),
    Synced(0, 0, 0, None),
    RegistryUnreachable(URL, "refused"),
    NotEnrolled(),
)


def test_before_the_first_exchange_that_is_said(light, qtbot):
    assert history(qtbot)._none.isVisible()


def test_each_exchange_says_what_it_did_or_why_not(light, qtbot):
    card = history(qtbot, *OUTCOMES)
    inner = card._last.layout()
    names = [inner.itemAt(at).widget().accessibleName() for at in range(inner.count())]
    assert names[0].startswith("12 sent, 3 taken in.")
    assert "1204" in names[0]
    assert wording.instant(AT) in names[0]
    assert names[1].startswith("0 sent, 0 taken in")
    assert names[2].startswith("Not now.")
    assert not card._none.isVisible()


# --- everybody ----------------------------------------------------------------------------------


def test_everybody_can_read_the_registry(tongue, qtbot):
    card = registry(qtbot, PEER, 3)
    assert faults(card) == []
    assert bare(card, URL, "812", wording.instant(AT)) == []


def test_everybody_can_enrol(tongue, qtbot):
    card = enrol(qtbot, URL)
    card.show_right(may=False)
    card.show_practice(shown=True)
    card._ask()
    card.show_error(RegistryUnreachable(URL, "refused"))
    assert faults(card) == []


def test_everybody_can_read_the_contradictions(tongue, qtbot):
    kinds = get_args(ConflictClass)
    standing = Standing(conflicts=tuple(contradiction(one) for one in kinds), more_conflicts=7)
    card = conflicts(qtbot, standing, height=900)
    assert faults(card) == []
    assert bare(card, "KB4471902", "AKM") == []


def test_everybody_can_copy_the_head_code(tongue, qtbot):
    card = HeadCard()
    card.show_code(CODE)
    displayed(card, qtbot, NARROW, 200)
    assert faults(card) == []


def test_everybody_can_read_the_history(tongue, qtbot):
    card = history(qtbot, *OUTCOMES)
    assert faults(card) == []
    assert bare(card, URL, "1204", wording.instant(AT)) == []
