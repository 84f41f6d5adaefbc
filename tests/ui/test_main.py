"""The front door of the desktop: fast to the first paint, patient at the end, deaf to damage."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.settings import FILE
from tests.helpers.desktops import sign_in
from ui.__main__ import Desktop, _crash_hook, _homes, _mode, _speak
from ui.notices import Notices
from ui.pages.sign_in import _OPENING, _PASSPHRASE
from ui.theme import Mode
from ui.widgets.enter import Hand

HEAVY = "sqlalchemy sqlmodel reportlab alembic PIL openpyxl fastapi httpx serial stockpile.app"
ASK = f"import sys, ui.__main__; print([one for one in '{HEAVY}'.split() if one in sys.modules])"


def test_nothing_heavy_is_imported_before_the_first_paint():
    said = subprocess.run([sys.executable, "-c", ASK], check=True, capture_output=True, text=True)
    assert said.stdout.strip() == "[]"


def test_from_an_empty_computer_to_the_window_and_out_again(desktop, qtbot):
    window = sign_in(desktop, qtbot)
    assert desktop.currentWidget() is window
    window.left.emit()
    assert desktop.currentWidget() is desktop.sign_in
    assert not desktop.session.is_open


def test_a_backup_is_restored_from_the_way_in_and_its_passphrase_is_asked_for(desktop, qtbot):
    page = desktop.sign_in
    desktop.start()
    qtbot.waitUntil(lambda: page.face != _OPENING)
    page._rebuild.click()
    assert desktop.restoring.isVisible()
    assert desktop.restoring.parent() is page
    desktop.restoring.ended.emit(None)
    assert page.face == _PASSPHRASE
    desktop.restoring.reject()


def test_a_damaged_settings_file_is_said_and_keeps_nobody_out(light, qtbot, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / FILE).write_text("not = [toml", "utf-8")
    desktop = Desktop(home, tmp_path / "practice", light)
    qtbot.addWidget(desktop)
    assert desktop.session.settings.theme == "system"
    assert [one.tone for one in desktop.notices.recent] == ["refused"]
    desktop.end()


@pytest.mark.logs_warnings
def test_a_bug_is_said_once_however_often_it_rises(qtbot, capsys):
    notices = Notices()
    hook = _crash_hook(notices)
    error = ZeroDivisionError("KB4471902 of Sgt. Okello")
    for _time in range(3):
        hook(type(error), error, None)
    assert [one.text for one in notices.recent] == ["ZeroDivisionError"]
    said = capsys.readouterr().err
    assert "ZeroDivisionError" in said
    assert "KB4471902" not in said


def test_the_practice_depot_lies_beside_the_home(tmp_path):
    assert _homes(tmp_path / "depot") == (tmp_path / "depot", tmp_path / "depot-practice")


def test_an_unknown_theme_is_the_systems():
    assert _mode("dark") is Mode.DARK
    assert _mode("mauve") is Mode.SYSTEM


def test_a_language_from_the_right_mirrors_the_program(light):
    _speak("ar")
    assert QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    _speak("en")
    assert QApplication.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_enter_presses_the_button_with_the_focus_and_a_scans_end_does_not(desktop, qtbot):
    window = sign_in(desktop, qtbot)
    window.open("settings", "about")
    backups = window.page("settings")._rows["backups"]
    backups.setFocus()
    qtbot.keyClicks(backups, "KB4471902")
    qtbot.keyClick(backups, Qt.Key.Key_Return)
    assert window.page("settings").section == "about"
    desktop._hand = Hand()  # a while later
    qtbot.keyClick(backups, Qt.Key.Key_Return)
    assert window.page("settings").section == "backups"
