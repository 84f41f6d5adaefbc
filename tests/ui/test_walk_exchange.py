"""A day at the desk: the centre hears by itself, the line goes and comes, nobody is disturbed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.domain.receiving import Description
from stockpile.language import plain
from tests.helpers.desktops import sign_in
from tests.ui.view_models.test_by_itself import SOON, centre
from ui.theme import Tone
from ui.view_models import by_itself
from ui.widgets.chip import Chip

__all__ = ["centre"]


@pytest.fixture
def window(desktop, qtbot, monkeypatch):
    monkeypatch.setattr(by_itself, "Paces", lambda: SOON)
    desktop.resize(1024, 700)
    return sign_in(desktop, qtbot)


def write(desktop, serial):
    """Record a weapon and tell the screens, as a page does."""
    desk, stockpile = desktop.desk, desktop.session.stockpile
    receiving, people = desk.on_books(stockpile.receiving), desk.on_books(stockpile.people)
    told = Description(serial=serial, model="AKM")
    recorded, _weapon = receiving.register(told, people.site(), by=desktop.session.officer)
    desk.recorded.emit(recorded)


def test_the_line_at_the_foot_says_how_far_the_centre_has_heard(window, desktop, centre, qtbot):
    line = window._line

    def says(*parts):
        return all(one in plain(line.text()) for one in parts)

    qtbot.waitUntil(lambda: says("on this computer only"))
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    page = window._stack.currentWidget()
    assert page is window.page("sync")
    page.model.enrol(centre.url, centre.enrolment.make_code("Kampala"))
    qtbot.waitUntil(lambda: says("has heard up to no.") and not says("Waiting"))
    assert line.tone is Tone.OK

    centre.go()
    window.open("entry")
    before = QApplication.focusWidget()
    write(desktop, "ZZ 9")
    qtbot.waitUntil(lambda: says("Waiting: 1 act.") and "cannot be reached" in line.toolTip())
    assert line.tone is Tone.GREY
    assert QApplication.focusWidget() is before
    assert not window._toast.isVisibleTo(window)

    centre.come()
    qtbot.waitUntil(lambda: says("has heard up to no.") and not says("Waiting"))

    centre.enrolment.revoke(desktop.session.stockpile.keys.node, "stolen")
    write(desktop, "ZZ 10")
    qtbot.waitUntil(lambda: line.tone is Tone.BAD)
    assert says("Ask the registrar")
    chips = window._topbar.findChildren(Chip)
    qtbot.waitUntil(lambda: [one.text for one in chips if one.isVisible()] == ["Look at Sync"])
    assert QApplication.focusWidget() is before
