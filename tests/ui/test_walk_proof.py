"""A week at the desk: the record proves itself when nobody works, and nobody is disturbed by it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test looks at windows

from stockpile.language import plain
from tests.helpers.desktops import PATIENCE, sign_in
from tests.ui.view_models.test_proving import SOON, Ahead
from ui.theme import Tone
from ui.view_models import proving


@pytest.fixture
def window(desktop, qtbot, monkeypatch):
    monkeypatch.setattr(proving, "ProofPaces", lambda: replace(SOON, quiet=2_000))
    return sign_in(desktop, qtbot)


def test_it_waits_for_hands_to_rest_and_says_at_the_foot_that_the_record_holds(
    window, desktop, qtbot
):
    prover, session = window._prover, desktop.session
    began = []
    prover.began.connect(began.append)
    window.open("entry")
    where = QApplication.focusWidget()
    session._stockpile = replace(  # a week later
        session.stockpile, days=replace(session.stockpile.days, clock=Ahead())
    )
    for _key in range(10):
        qtbot.keyClick(where, Qt.Key.Key_A)
        qtbot.wait(1)
        assert prover._quiet.isActive()  # a clerk who types is not overtaken
    assert began == []
    qtbot.waitUntil(lambda: "and it holds" in plain(window._line.text()), timeout=PATIENCE)
    assert len(began) == 1
    assert window._line.tone is Tone.OK
    assert QApplication.focusWidget() is where
    assert not window._toast.isVisibleTo(window)
    qtbot.mouseClick(window._line, Qt.MouseButton.LeftButton)
    page = window.page("settings")
    assert window._stack.currentWidget() is page
    assert page.part("proof").last.property("tone") == Tone.OK.value
