from __future__ import annotations

import subprocess
import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette

from stockpile.paths import root
from ui.theme import DARK, LIGHT, Ink, Mode, colour, tokens
from ui.widgets.text import Label


def test_the_theme_changes_while_the_program_runs(light, qtbot):
    label = Label("A word")
    qtbot.addWidget(label)
    label.show()
    with qtbot.waitSignal(light.changed):
        light.use(Mode.DARK)
    assert light.is_dark
    assert tokens() is DARK
    assert label.palette().color(QPalette.ColorRole.WindowText).name().upper() == DARK.text
    light.use(Mode.LIGHT)
    assert tokens() is LIGHT
    assert label.palette().color(QPalette.ColorRole.WindowText).name().upper() == LIGHT.text


def test_title_bars_and_system_dialogs_are_told(light):
    light.use(Mode.DARK)
    hints = QGuiApplication.styleHints()
    assert light.mode is Mode.DARK
    assert hints.colorScheme() in (Qt.ColorScheme.Dark, Qt.ColorScheme.Unknown)


def test_following_the_system_wears_what_the_system_says(light):
    light.use(Mode.SYSTEM)
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert light.is_dark == dark


def test_an_ink_is_asked_for_at_every_painting(light):
    before = colour(Ink.TEXT)
    light.use(Mode.DARK)
    assert colour(Ink.TEXT) != before


def test_the_look_brings_nothing_slow_with_it():
    slow = ("sqlalchemy", "sqlmodel", "reportlab", "pydantic", "msgspec", "httpx", "PIL")
    code = f"import ui.theme, sys; print([m for m in {slow!r} if m in sys.modules])"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root())
    assert done.stdout.strip() == "[]"
