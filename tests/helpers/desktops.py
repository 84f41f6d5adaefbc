"""The whole desktop on homes of its own, driven as a person drives it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from stockpile.app import PRACTICE_PIN
from ui.__main__ import Desktop

PATIENCE = 120_000
"""Milliseconds: a practice depot is founded and filled while a test waits."""


@pytest.fixture
def desktop(light, qtbot, tmp_path):
    """A desktop with no stockpile yet; ended as the program ends."""
    made = Desktop(tmp_path / "home", tmp_path / "practice", light)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.end()


@dataclass(frozen=True)
class _Call:
    do: Callable[[], Any]


def on_books(desk, work):
    """Work with the services on the desk's books lane; return what came of it."""
    return desk.on_books(_Call(work)).do()


def sign_in(desktop, qtbot):
    """Open the practice depot and sit down in it; return the window."""
    with qtbot.waitSignal(desktop.model.opened, timeout=PATIENCE):
        desktop.start()
    desktop.sign_in._pin.set_text(PRACTICE_PIN)
    with qtbot.waitSignal(desktop.sign_in.signed_in, timeout=PATIENCE):
        desktop.sign_in._sign_in()
    return desktop.window_
