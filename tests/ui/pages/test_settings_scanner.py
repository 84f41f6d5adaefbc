"""The scanner of this computer: tried with what it reads, kept, and let go when one looks away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices

from stockpile.domain.scanner_trials import TRIAL_LINE, TRIAL_MATRIX
from stockpile.language import plain
from tests.helpers.guns import gun
from tests.helpers.readable import displayed, faults, tongue
from tests.helpers.wires import needs_ptys
from ui.pages.settings_scanner import ScannerCard, TrialCard
from ui.view_models.code_cards import CardsModel
from ui.view_models.serial_scanner import ScannerSaid
from ui.view_models.settings import SettingsModel
from ui.widgets.field import State

__all__ = ["gun", "tongue"]

Key = Qt.Key
NARROW = 520  # pixels: what the smallest window leaves for a section


@pytest.fixture
def card(seat, qtbot):
    model = SettingsModel(*seat.made_with)
    card = ScannerCard(model)
    card.model = model
    displayed(card, qtbot, NARROW, 420)
    return card


@pytest.fixture
def tried(card, gun, qtbot):
    """A card that listens to a scanner on trial."""
    card.address.set_value(gun.url)
    qtbot.keyClick(card.trial, Key.Key_Space)
    assert card.trial.is_busy
    qtbot.waitUntil(lambda: "Scan something" in card.said.text())
    return card


@needs_ptys
def test_what_is_scanned_on_trial_is_shown_with_signs_one_does_not_see(tried, gun, seat, qtbot):
    gun.read("\x02KB4471902")
    qtbot.waitUntil(lambda: plain(tried.said.text()) == r"Heard: \x02KB4471902")
    assert seat.session.settings.scanner == ""
    assert tried.trial.text() == "Stop listening"
    qtbot.keyClick(tried.trial, Key.Key_Space)
    assert tried.trial.text() == "Try it"
    assert not tried.said.isVisible()


@needs_ptys
def test_the_port_is_let_go_when_one_looks_away(tried):
    tried.hide()
    assert not tried.model.scanner.is_listening
    assert tried.trial.text() == "Try it"


@needs_ptys
@pytest.mark.logs_warnings
def test_a_cable_that_is_pulled_on_trial_is_said(tried, gun, qtbot):
    gun.pull()
    qtbot.waitUntil(lambda: gun.url in tried.address.message)
    assert tried.trial.text() == "Try it"


def test_a_port_that_is_not_there_is_said_at_the_address(card, tmp_path, qtbot):
    card.address.set_value(str(tmp_path / "none"))
    card.trial.click()
    qtbot.waitUntil(lambda: str(tmp_path / "none") in card.address.message)
    assert not card.trial.is_busy


def test_nothing_is_tried_without_an_address(card):
    card.trial.click()
    assert card.address.message == "This is needed."
    assert not card.trial.is_busy


def test_a_scanner_is_kept_by_enter_and_shown_again(card, seat, qtbot):
    card.address.set_value("COM4")
    qtbot.keyClicks(card.prefix.edit, r"\x02")
    qtbot.keyClicks(card.suffix.edit, ";")
    qtbot.keyClick(card.suffix.edit, Key.Key_Return)
    assert ScannerSaid.read(seat.session.settings.scanner) == ScannerSaid("COM4", r"\x02", ";")
    assert "listened to at the marking station" in card.address.message
    again = ScannerCard(card.model)
    qtbot.addWidget(again)
    assert (again.address.value(), again.prefix.text()) == ("COM4", r"\x02")


def test_no_scanner_is_kept_as_well(card, seat):
    seat.session.remember(scanner="COM4")
    card.hide()
    card.show()
    assert card.address.value() == "COM4"
    card.address.set_value("")
    card.keep.click()
    assert seat.session.settings.scanner == ""
    assert card.address.message.startswith("No scanner")


def test_what_is_half_typed_stays(card, seat):
    card.address.set_value("COM7")
    seat.session.remember(scanner="COM4")
    card.hide()
    card.show()
    assert card.address.value() == "COM7"


def test_a_sign_that_no_scanner_sends_is_said_at_its_field(card, seat):
    card.address.set_value("COM4")
    card.suffix.set_text("\u2192")
    card.keep.click()
    assert "Handheld scanner" in card.suffix.message
    assert seat.session.settings.scanner == ""


def test_it_is_usable_in_every_tongue(tongue, seat, qtbot):
    card = ScannerCard(SettingsModel(*seat.made_with))
    displayed(card, qtbot, NARROW, 480)
    card.said.setText("Heard: KB4471902")
    card.said.show()
    card.address.show_state(State.BAD, "A port that is not there is said here.")
    assert faults(card) == []


# --- tried with the codes of the sheet -----------------------------------------------------------


@pytest.fixture
def trial(seat, qtbot):
    card = TrialCard(CardsModel(*seat.made_with))
    displayed(card, qtbot, NARROW, 420)
    card.field.setFocus()
    return card


def heard(trial):
    return plain(trial.said.text())


@pytest.mark.parametrize(
    ("came", "words"),
    [
        (TRIAL_LINE, f"Right: {TRIAL_LINE}"),
        (f"]d1{TRIAL_MATRIX}", "says what it read: Data Matrix"),
        (TRIAL_LINE.swapcase(), "swapped"),
        ("YZX?QWA&0194_my", "another keyboard"),
        ("KB4471902", "no code of the sheet"),
    ],
)
def test_what_a_scan_came_to_is_said(trial, qtbot, came, words):
    qtbot.keyClicks(trial.field.edit, came)
    qtbot.keyClick(trial.field.edit, Key.Key_Return)
    assert words in heard(trial)
    assert trial.field.text() == ""


def test_a_scan_without_enter_is_told(trial, qtbot):
    qtbot.keyClicks(trial.field.edit, TRIAL_LINE)
    qtbot.waitUntil(lambda: "No Enter came" in heard(trial))


def test_the_sheet_and_the_card_are_drawn(trial, seat, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.fileName()))
    for button in (trial.sheet, trial.commands):
        qtbot.keyClick(button, Key.Key_Space)
        qtbot.waitUntil(lambda button=button: not button.is_busy)
    assert opened == ["scanner-card.pdf", "commands-card.pdf"]
    assert (seat.stockpile.home / "papers" / "commands-card.pdf").is_file()


def test_the_trial_is_readable(tongue, trial, qtbot):
    qtbot.keyClicks(trial.field.edit, "YZX?QWA&0194_my")
    qtbot.keyClick(trial.field.edit, Key.Key_Return)
    assert faults(trial) == []
