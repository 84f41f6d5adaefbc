"""A person with two weapons and rounds is taken in by keys alone; a patrol leaves by the gate."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.app import PRACTICE_PIN
from tests.helpers.desktops import PATIENCE, sign_in
from tests.helpers.fingers import Fingers, Key, report
from ui.pages import gate_dialogs
from ui.pages.gate_dialogs import GatePassDialog
from ui.pages.pins import PinsDialog
from ui.pages.signing import SigningDialog


@pytest.fixture
def fingers():
    fingers = Fingers()
    yield fingers
    fingers.rest()


@pytest.fixture
def window(desktop, qtbot, monkeypatch):
    """The practice depot before its officer; papers are drawn and not shown."""
    monkeypatch.setattr(gate_dialogs.QDesktopServices, "openUrl", lambda _url: True)
    window = sign_in(desktop, qtbot)
    desktop.resize(1024, 700)
    return window


def has_focus(widget):
    return lambda: QApplication.focusWidget() is widget


def typed(fingers, text):
    """Type a text and Enter; every letter is a key."""
    fingers.type(text)
    fingers.press(Key.Key_Return)


def hand_in(page, qtbot, fingers):
    """Type a person, two weapons and rounds, and sign."""
    typed(fingers, "Okot David")
    qtbot.waitUntil(lambda: page.person.category.isAncestorOf(QApplication.focusWidget()))
    fingers.type("Comb")
    fingers.press(Key.Key_F5)
    qtbot.waitUntil(has_focus(page.weapons.serial.edit))
    fingers.scan("KB-99")
    qtbot.waitUntil(lambda: page.weapons.fields.model.isAncestorOf(QApplication.focusWidget()))
    typed(fingers, "AKM")
    qtbot.waitUntil(lambda: len(page.model.table.pieces) == 1, timeout=PATIENCE)
    qtbot.waitUntil(has_focus(page.weapons.serial.edit))
    typed(fingers, "none")
    qtbot.waitUntil(lambda: page.weapons.fields.model.isAncestorOf(QApplication.focusWidget()))
    typed(fingers, "TT-33")
    qtbot.waitUntil(lambda: len(page.model.table.pieces) == 2, timeout=PATIENCE)
    fingers.press(Key.Key_F5)
    qtbot.waitUntil(has_focus(page.rounds.rounds.edit))
    typed(fingers, "7.62x39 60")
    qtbot.waitUntil(lambda: len(page.model.table.rounds) == 1)
    fingers.press(Key.Key_F5)
    fingers.press(Key.Key_F5)
    qtbot.waitUntil(lambda: isinstance(page.dialog, SigningDialog), timeout=PATIENCE)
    qtbot.waitUntil(has_focus(page.dialog.reason.edit))
    typed(fingers, "no ink")
    qtbot.waitUntil(lambda: isinstance(page.dialog, PinsDialog), timeout=PATIENCE)
    qtbot.waitUntil(page.dialog.rows[0].pin.edit.hasFocus)
    fingers.pin(PRACTICE_PIN)
    qtbot.waitUntil(lambda: len(page.model.day.lines) == 1, timeout=PATIENCE)


def leaves_by_the_gate(window, qtbot, fingers, weapons):
    """Make a pass out for weapons, scan it, and let it leave."""
    window.open("gate", "")
    gate = window._pages["gate"]
    qtbot.waitUntil(has_focus(gate.code.edit))
    gate.asking.for_weapons(weapons)
    qtbot.waitUntil(lambda: isinstance(gate.asking.dialog, GatePassDialog), timeout=PATIENCE)
    qtbot.waitUntil(has_focus(gate.asking.dialog.bearer.edit))
    fingers.press(Key.Key_Return)
    qtbot.waitUntil(lambda: bool(gate.asking.dialog.bearer.message), timeout=PATIENCE)
    fingers.scan("C. Driver")
    qtbot.waitUntil(lambda: bool(gate.passes.lines), timeout=PATIENCE)
    (number,) = (one.identifier for one in gate.passes.lines)
    qtbot.waitUntil(has_focus(gate.code.edit))
    fingers.scan(number)
    qtbot.waitUntil(lambda: gate._open_pass() is not None, timeout=PATIENCE)
    fingers.press(Key.Key_F5)
    qtbot.waitUntil(lambda: not gate.passes.lines, timeout=PATIENCE)


def test_a_person_hands_in_two_weapons_and_rounds_by_keys_alone(window, qtbot, fingers):
    window.open("collecting", "")
    page = window._pages["collecting"]
    qtbot.waitUntil(has_focus(page.person.name.edit))
    qtbot.waitUntil(lambda: page.weapons.place is not None, timeout=PATIENCE)

    fingers.begin()
    hand_in(page, qtbot, fingers)
    report("H", "Hand-in of two weapons and rounds", 60, fingers.counted)
    assert fingers.counted.clicks == 0
    assert fingers.counted.units <= 60

    (line,) = page.model.day.lines
    body = line.collected.body
    assert (line.name, body.category, body.unsigned) == ("Okot David", "combatant", "no ink")
    assert (len(body.weapons), line.collected.rounds) == (2, 60)
    qtbot.waitUntil(has_focus(page.person.name.edit))
    assert page.model.table.is_empty
    papers = window._session.stockpile.home / "papers"
    qtbot.waitUntil(lambda: len(list(papers.glob("CR-*.pdf"))) == 1, timeout=PATIENCE)
    qtbot.waitUntil(lambda: bool(page._result.result.answers), timeout=PATIENCE)
    assert [one.name for one in page._result.result.answers] == ["paper", "undo"]

    page.person.name.set_text("half typed")
    window.open("register", "")
    window.open("collecting", "")
    assert page.person.name.text() == "half typed"
    leaves_by_the_gate(window, qtbot, fingers, body.weapons[:1])
