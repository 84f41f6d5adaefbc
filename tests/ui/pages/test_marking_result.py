"""The banner of the bench: every outcome in words and colour, and the answers to it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.services.marking import WorkOrder
from stockpile.services.ports import RegisterRow
from tests.helpers.readable import bare, displayed, faults
from ui.pages.marking_result import MarkingResult, why_words
from ui.sounds import Sound, player
from ui.theme import Tone
from ui.view_models.marking_state import Stage, State
from ui.widgets.button import Button

TEXT = "UG 26 000124"
SAID = sorted(set(Stage) - {Stage.SCAN, Stage.READY})
TONES = {
    Stage.OUTSIDE: Tone.WARN,
    Stage.ASIDE: Tone.WARN,
    Stage.LOST: Tone.BAD,
    Stage.MARKING: Tone.INFO,
    Stage.NOT_STARTED: Tone.WARN,
    Stage.READ_BACK: Tone.INFO,
    Stage.LABEL: Tone.WARN,
    Stage.UNREADABLE: Tone.WARN,
    Stage.BLIND: Tone.WARN,
    Stage.WRONG: Tone.BAD,
    Stage.ANOTHERS: Tone.BAD,
    Stage.DOUBT: Tone.WARN,
    Stage.VERIFIED: Tone.OK,
    Stage.MARKED: Tone.OK,
    Stage.BORNE: Tone.OK,
    Stage.ELSEWHERE: Tone.WARN,
}


def shown(qtbot, stage, why="", *, width=770, **said):
    result = MarkingResult()
    displayed(result, qtbot, width, 300)
    result.show_state(State(stage, None, "j1", TEXT, why, **said))
    return result


def offered(result):
    return [one.text() for one in result.findChildren(Button) if one.isVisible()]


@pytest.mark.parametrize("stage", [Stage.SCAN, Stage.READY])
def test_before_the_start_nothing_is_said(light, qtbot, stage):
    assert shown(qtbot, stage).isHidden()


@pytest.mark.parametrize("stage", SAID)
def test_every_outcome_has_its_colour_and_its_words(light, qtbot, stage):
    result = shown(qtbot, stage, "stopped")
    assert result.banner.property("loud") == TONES[stage].value
    assert len(result.banner.accessibleName()) > 20


@pytest.mark.parametrize("stage", SAID)
def test_only_a_verified_or_borne_mark_is_green(light, qtbot, stage):
    green = shown(qtbot, stage).banner.property("loud") == Tone.OK.value
    assert green == (stage in (Stage.VERIFIED, Stage.MARKED, Stage.BORNE))


@pytest.mark.parametrize(
    ("stage", "answers"),
    [
        (Stage.MARKING, []),
        (Stage.NOT_STARTED, []),
        (Stage.OUTSIDE, ["Mark it all the same", "Next weapon"]),
        (Stage.ASIDE, ["Bring it back", "Next weapon"]),
        (Stage.LOST, ["Next weapon"]),
        (Stage.READ_BACK, ["Cannot read it", "Read a picture"]),
        (Stage.LABEL, ["Cannot read it", "Read a picture"]),
        (Stage.UNREADABLE, ["Cannot read it", "Read a picture"]),
        (Stage.BLIND, ["Read a picture"]),
        (Stage.ANOTHERS, ["It is there", "Only part of it", "Nothing is there"]),
        (Stage.MARKED, ["Next weapon"]),
        (Stage.WRONG, ["It is there", "Only part of it", "Nothing is there"]),
        (Stage.DOUBT, ["It is there", "Only part of it", "Nothing is there"]),
        (Stage.VERIFIED, ["Next weapon"]),
        (Stage.BORNE, ["Next weapon"]),
        (Stage.ELSEWHERE, ["Next weapon"]),
    ],
)
def test_each_outcome_offers_what_can_be_done_about_it(light, qtbot, stage, answers):
    assert offered(shown(qtbot, stage)) == answers


def test_a_work_order_is_marked_at_the_machine_and_then_scanned(light, qtbot):
    order = WorkOrder(TEXT, "", "receiver", "")
    said = shown(qtbot, Stage.READ_BACK, work_order=order).banner.accessibleName()
    assert said.startswith("Mark it at the machine, then scan")


def test_whose_mark_was_read_is_named(light, qtbot):
    other = RegisterRow("w2", "N-8", "KB9", "", "ASR", "", "", "", "unknown", "in_store", "", "", 0)
    said = shown(qtbot, Stage.ANOTHERS, "UG 26 000999", other=other).banner.accessibleName()
    assert "KB9" in said
    assert "UG 26 000999" in said


def test_a_doubt_says_why_and_asks(light, qtbot):
    said = shown(qtbot, Stage.DOUBT, "link_lost").banner.accessibleName()
    assert "The connection broke in the middle." in said
    assert TEXT in said
    assert shown(qtbot, Stage.DOUBT).banner.accessibleName().count("  ") == 0


def test_a_wrong_scan_shows_what_was_read_beside_what_was_sent(light, qtbot):
    result = shown(qtbot, Stage.WRONG, "UG 26 000999")
    assert bare(result, TEXT, "UG 26 000999") == []


def test_evidence_without_words_is_shown_as_it_is(light):
    assert why_words("E217") == "\u2066E217\u2069"
    assert why_words("") == ""


@pytest.mark.parametrize("by", ["key", "click"])
@pytest.mark.parametrize("outcome", ["marked", "partial", "unmarked"])
def test_what_is_seen_on_the_metal_is_said(light, qtbot, by, outcome):
    result = shown(qtbot, Stage.DOUBT)
    with qtbot.waitSignal(result.settle_pressed) as said:
        press(qtbot, result.settle_buttons[outcome], by)
    assert said.args == [outcome]


@pytest.mark.parametrize("by", ["key", "click"])
def test_what_can_be_done_is_asked_for(light, qtbot, by):
    result = shown(qtbot, Stage.READ_BACK)
    with qtbot.waitSignal(result.unread_pressed):
        press(qtbot, result._unread, by)
    with qtbot.waitSignal(result.picture_pressed):
        press(qtbot, result._picture, by)
    result.show_state(State(Stage.VERIFIED, None, "j1", TEXT))
    with qtbot.waitSignal(result.next_pressed):
        press(qtbot, result._next, by)
    result.show_state(State(Stage.OUTSIDE, None, None, TEXT, "MO-1"))
    with qtbot.waitSignal(result.anyway_pressed):
        press(qtbot, result._anyway, by)


def press(qtbot, button, by):
    if by == "key":
        qtbot.keyClick(button, Qt.Key.Key_Space)
    else:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("stage", SAID)
def test_everybody_can_use_it(tongue, qtbot, stage):
    result = shown(qtbot, stage, "stopped", width=740)
    assert faults(result) == []
    if stage in (Stage.WRONG, Stage.DOUBT):
        assert bare(result, TEXT) == []


@pytest.mark.parametrize(
    ("stage", "sound"),
    [
        (Stage.NOT_STARTED, Sound.REFUSED),
        (Stage.READ_BACK, Sound.FOUND),
        (Stage.WRONG, Sound.UNEXPECTED),
        (Stage.ANOTHERS, Sound.ALARM),
        (Stage.UNREADABLE, Sound.MISPLACED),
        (Stage.LOST, Sound.ALARM),
        (Stage.DOUBT, Sound.UNEXPECTED),
        (Stage.VERIFIED, Sound.GOOD),
    ],
)
def test_each_outcome_has_its_own_sound_and_is_heard_once(light, qtbot, stage, sound):
    heard = []
    player().played.connect(heard.append)
    result = shown(qtbot, stage)
    result.show_state(State(stage, None, "j1", TEXT, ""))
    player().played.disconnect(heard.append)
    assert heard == [sound]
