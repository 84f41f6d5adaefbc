"""Stocktake in the hand: by keys and scans alone, from what is due to both signatures."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.domain.facts import StocktakeClosed
from tests.helpers.armouries import SECOND, armoury
from tests.helpers.house import PIN
from tests.helpers.readable import bare, displayed, faults
from ui.desk import Work
from ui.pages.counting import CountingPage
from ui.pages.pins import PinsDialog
from ui.sounds import Sound, player

Key = Qt.Key
WAIT = 20_000


@pytest.fixture
def store(seat):
    return armoury(seat)


def shown(seat, qtbot, width=1110, height=672):
    page = CountingPage(*seat.made_with)
    displayed(page, qtbot, width, height)
    page.entered("")
    qtbot.waitUntil(lambda: bool(page.start.due.lines), timeout=WAIT)
    return page


@pytest.fixture
def page(seat, store, qtbot):
    return shown(seat, qtbot)


@pytest.fixture
def heard(qapp):
    sounds = []
    player().played.connect(sounds.append)
    yield sounds
    player().played.disconnect(sounds.append)


def cursor(page):
    """Return where keys go; the platform without a screen forgets it when a dialog closes."""
    return QApplication.focusWidget() or page.focusWidget() or page


def begin(page, qtbot):
    with qtbot.waitSignal(page.model.opened, timeout=WAIT):
        qtbot.keyClick(cursor(page), Key.Key_Return)


def scan(page, qtbot, *texts):
    """Pull the trigger wherever the cursor is."""
    for text in texts:
        for character in text:
            qtbot.keyClicks(cursor(page), character)
        qtbot.keyClick(cursor(page), Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.waiting == 0 and not page.model._is_soon, timeout=WAIT)


def awake(page, qtbot):
    """Wake the window: the platform without a screen lets it sleep when a dialog has gone."""

    def is_awake():
        page.activateWindow()
        return QApplication.activeWindow() is page

    qtbot.waitUntil(is_awake, timeout=WAIT)
    page._focus()


def press(page, qtbot, key):
    qtbot.keyClick(cursor(page), key)


def test_enter_begins_what_is_due_and_the_scanner_is_taken_wherever_the_cursor_is(page, qtbot):
    begin(page, qtbot)
    page.board.tiles[0].setFocus()
    scan(page, qtbot, "A01", "KB01001")
    assert page.board.banner.result.title == "Found"
    assert page.board.banner.result.identifier == "KB01001"
    assert page.board.tiles[0].figure == "1"


def test_each_result_has_its_sound_at_once(page, qtbot, heard):
    begin(page, qtbot)
    scan(page, qtbot, "A01", "KB01001", "KB01001", "KB02001", "ZZ-404")
    assert heard == [Sound.GOOD, Sound.FOUND, Sound.TWICE, Sound.MISPLACED, Sound.UNEXPECTED]


def test_a_misplaced_weapon_is_put_right_by_one_key(page, qtbot):
    begin(page, qtbot)
    scan(page, qtbot, "A01", "KB02001")
    assert page.board.banner.result.answers[0].words.startswith("Move the record to")
    press(page, qtbot, Key.Key_F8)
    qtbot.waitUntil(lambda: bool(page.model.items("explained")), timeout=WAIT)
    assert page.board.banner.result.title == "The record was put right during the count"


def test_the_four_lists_follow_each_scan_and_f3_goes_round_them(page, qtbot):
    begin(page, qtbot)
    scan(page, qtbot, "A01", "KB01001", "KB02001", "ZZ-404")
    seen = {}
    for _n in range(4):
        qtbot.waitUntil(lambda: bool(page.board.list.lines))
        seen[page.board.list.accessibleName()] = [one.identifier for one in page.board.list.lines]
        press(page, qtbot, Key.Key_F3)
    assert seen["Found"] == ["KB01001"]
    assert seen["Still to find"] == ["KB01002", "KB01003", "KB02002", "KB02003"]
    assert seen["In another place"] == ["KB02001"]
    assert seen["Not expected"] == ["ZZ-404"]


def test_what_is_still_to_find_in_this_rack_stands_first(page, qtbot):
    begin(page, qtbot)
    scan(page, qtbot, "A02")
    qtbot.waitUntil(lambda: page.board.list.lines[0].identifier == "KB02001")


def test_a_blind_count_tells_nothing_of_what_is_expected(page, store, qtbot, heard):
    press(page, qtbot, Key.Key_F2)
    dialog = page._dialog
    qtbot.waitUntil(dialog.isVisible)
    dialog.blind.setFocus()
    qtbot.keyClick(dialog.blind, Key.Key_Space)
    with qtbot.waitSignal(page.model.opened, timeout=WAIT):
        qtbot.keyClick(dialog, Key.Key_Return)
    awake(page, qtbot)
    scan(page, qtbot, "A01", "KB01001", "KB02001")
    assert page.board.banner.result.title == "Counted"
    assert heard[-1] is Sound.FOUND
    hidden = [tile.isVisible() for tile in page.board.tiles]
    assert hidden == [True, False, False, True]
    assert not page.board._meter.isVisible()
    qtbot.waitUntil(lambda: len(page.board.list.lines) == 2)
    assert {one.icon for one in page.board.list.lines} == {"circle-check"}
    for _n in range(4):
        press(page, qtbot, Key.Key_F3)
        assert page.board.list.accessibleName() in ("Counted", "Not expected")
    press(page, qtbot, Key.Key_F5)
    qtbot.waitUntil(lambda: isinstance(page._dialog, PinsDialog), timeout=WAIT)
    assert page.board.isVisible()  # no difference is told before both have signed
    assert page.end.list.lines == ()


def test_f5_asks_both_for_their_pins_and_closes(seat, page, store, qtbot):
    begin(page, qtbot)
    scan(page, qtbot, "A01", *store.serials(1), "A02", "KB02001", "KB02002")
    press(page, qtbot, Key.Key_F5)
    qtbot.waitUntil(lambda: isinstance(page._dialog, PinsDialog), timeout=WAIT)
    assert [one.identifier for one in page.end.list.lines] == ["KB02003"]
    assert [row.name for row in page._dialog.rows] == [seat.session.officer.officer.name, SECOND]
    with qtbot.waitSignal(page.model.closed, timeout=WAIT):
        for row in page._dialog.rows:
            qtbot.keyClicks(row.pin.edit, PIN)
            qtbot.keyClick(row.pin.edit, Key.Key_Return)
    references = seat.on_books(seat.stockpile.counting.all)
    assert isinstance(references[0].closed, StocktakeClosed)
    assert page.end.banner.result.title == "\u20661\u2069 difference"
    awake(page, qtbot)
    with qtbot.waitSignal(page.go) as went:
        press(page, qtbot, Key.Key_F6)
    assert went.args == ["investigations", ""]


def test_a_count_by_numbers_has_its_own_face(page, qtbot, heard):
    due = next(one for one in page._start.due if one.plan.basis == "type")
    with qtbot.waitSignal(page.model.opened, timeout=WAIT):
        page.start.due_wanted.emit(due)
    assert page.numbers.isVisible()
    scan(page, qtbot, "A01")
    scan(page, qtbot, "2")
    assert heard == [Sound.GOOD]
    assert len(page.numbers.list.lines) == 1
    press(page, qtbot, Key.Key_F5)
    qtbot.waitUntil(lambda: isinstance(page._dialog, PinsDialog), timeout=WAIT)
    assert len(page.end.list.lines) == 2  # one number differs, one rack was not counted


def test_who_thinks_again_goes_on_counting(page, store, qtbot):
    begin(page, qtbot)
    scan(page, qtbot, "A01", "KB01001")
    press(page, qtbot, Key.Key_F5)
    qtbot.waitUntil(lambda: isinstance(page._dialog, PinsDialog), timeout=WAIT)
    page._dialog.reject()
    awake(page, qtbot)
    press(page, qtbot, Key.Key_Escape)
    awake(page, qtbot)
    scan(page, qtbot, "KB01002")
    assert page.board.banner.result.identifier == "KB01002"


def test_a_count_put_down_is_gone_on_with_by_enter(page, qtbot):
    begin(page, qtbot)
    scan(page, qtbot, "A01", "KB01001")
    press(page, qtbot, Key.Key_Escape)
    qtbot.waitUntil(lambda: bool(page.start.open.lines), timeout=WAIT)
    begin(page, qtbot)
    assert page.model.tally.found == 1


def test_without_a_second_officer_the_plan_is_asked_for(seat, qtbot):
    page = shown(seat, qtbot)
    press(page, qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: page._dialog is not None)
    qtbot.keyClick(page._dialog, Key.Key_Return)
    assert "Settings, Officers" in page._dialog.second.message


def test_whoever_may_not_count_is_told_and_begins_nothing(seat, store, qtbot):
    seat.sit_down("Auditor", "auditor")
    page = shown(seat, qtbot)
    assert page.start._no_right.isVisible()
    press(page, qtbot, Key.Key_Return)
    assert page.model.count is None


def test_everybody_can_use_each_face(seat, store, tongue, qtbot):
    page = shown(seat, qtbot)
    usable(page)
    begin(page, qtbot)
    scan(page, qtbot, "A01", "KB01001", "ZZ-404", "KB02001")
    usable(page)
    assert bare(page, "ST-", "KB02001", "A02") == []
    with qtbot.waitSignal(page.model.weighed, timeout=WAIT):
        page.model.weigh()
    usable(page)


def usable(page):
    """Look at the page as large as usual, and in the smallest window."""
    for size in ((768, 612), (1110, 672)):
        page.resize(*size)
        assert faults(page) == []


def test_a_paper_that_takes_long_shows_how_far_it_is_until_it_is_there(page, seat):
    work = Work()
    page.papers.slow.emit(work)
    assert page.bar.isVisible()
    page.papers.done.emit()
    assert not page.bar.isVisible()
