from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ui.theme import SMALLEST_WINDOW
from ui.widgets.nav_row import NavRow
from ui.widgets.sidebar import Destination, OfficerRow, Section, Sidebar, initials

pytestmark = pytest.mark.usefixtures("light")


@pytest.fixture
def sidebar(qtbot):
    pages = (Destination("register", "boxes", "Register"), Destination("sync", "usb", "Sync"))
    foot = [Destination("settings", "settings", "Settings", "Ctrl+,")]
    shown = Sidebar("Goma", "Pilot", [Section("Work", pages)], foot)
    qtbot.addWidget(shown)
    shown.resize(212, 500)
    shown.show()
    return shown


def _row(sidebar, text):
    return next(nav for nav in sidebar.findChildren(NavRow) if nav.text() == text)


def test_a_press_opens_a_page_and_marks_it(qtbot, sidebar):
    sidebar.select("register")
    with qtbot.waitSignal(sidebar.chosen) as told:
        qtbot.mouseClick(_row(sidebar, "Sync"), Qt.MouseButton.LeftButton)
    assert told.args == ["sync"]
    assert [nav.isChecked() for nav in sidebar.findChildren(NavRow)].count(True) == 1
    assert _row(sidebar, "Sync").isChecked()


def test_the_open_page_stays_marked_when_pressed_again(qtbot, sidebar):
    sidebar.select("sync")
    qtbot.mouseClick(_row(sidebar, "Sync"), Qt.MouseButton.LeftButton)
    assert _row(sidebar, "Sync").isChecked()


def test_counters_and_places_change(sidebar):
    sidebar.set_counter("sync", "14")
    assert _row(sidebar, "Sync").accessibleName() == "Sync 14"
    sidebar.show_place("Bukavu", "Pilot")
    assert sidebar.destinations() == ("register", "sync", "settings")


def test_the_officer_is_shown_when_somebody_is_signed_in(qtbot, sidebar):
    officer = sidebar.findChild(OfficerRow)
    assert not officer.isVisible()
    sidebar.show_officer("A. Mbuyi", "Depot clerk")
    assert officer.isVisible()
    assert officer.accessibleName() == "A. Mbuyi, Depot clerk"
    with qtbot.waitSignal(sidebar.officer_pressed):
        qtbot.mouseClick(officer, Qt.MouseButton.LeftButton)
    sidebar.show_officer("", "")
    assert not officer.isVisible()


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("A. Mbuyi", "AM"),
        ("Alphonse", "A"),
        ("Jean de la Croix", "JC"),
        ("", ""),
        ("أ. مبويي", "أم"),
    ],
)
def test_initials(name, letters):
    assert initials(name) == letters


def test_thirteen_pages_stand_in_the_smallest_window(qtbot):
    work = tuple(Destination(f"work{n}", "boxes", "Register") for n in range(8))
    oversight = tuple(Destination(f"over{n}", "boxes", "Sync") for n in range(4))
    foot = [Destination("settings", "settings", "Settings")]
    full = Sidebar("Goma", "Pilot", [Section("Work", work), Section("Oversight", oversight)], foot)
    qtbot.addWidget(full)
    full.show_officer("A. Mbuyi", "Depot clerk")
    assert full.minimumSizeHint().height() <= SMALLEST_WINDOW[1]


def test_it_grows_for_long_words_within_bounds(qtbot):
    def width(word):
        shown = Sidebar("Goma", "Pilot", [Section("Work", (Destination("a", "boxes", word),))])
        qtbot.addWidget(shown)
        return shown.width()

    short, long = width("Register"), width("Asignación y devolución")
    assert short < long < width("A word of " * 20) < short + 40
