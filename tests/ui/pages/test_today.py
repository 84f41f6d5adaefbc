from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.adapters.clock import SystemClock
from stockpile.language import plain
from tests.helpers.house import PIN
from ui.pages.handover import HandoverDialog
from ui.pages.pins import PinsDialog
from ui.pages.today import TodayPage, closing_sentence
from ui.view_models.today import Standing
from ui.widgets.button import Button


@pytest.fixture
def page(seat, qtbot, tmp_path):
    seat.session.remember(backups=str(tmp_path / "stick"))
    made = TodayPage(*seat.made_with)
    qtbot.addWidget(made)
    made.resize(1110, 660)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.entered("")
    return made


def shown(page, qtbot, figure):
    qtbot.waitUntil(lambda: page.tiles["in_store"].figure == figure)


def test_a_new_depot_says_what_to_do_next(page, qtbot):
    qtbot.waitUntil(lambda: page._faces.currentIndex() == 1)
    with qtbot.waitSignal(page.go) as told:
        first = page._faces.widget(1).findChildren(type(page.close_day))[0]
        qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert told.args == ["entry", ""]


def test_the_figures_are_live_and_each_leads_to_its_list(page, seat, qtbot):
    seat.register("KB1")
    shown(page, qtbot, "1")
    for name, wanted in (
        ("in_store", ["register", "list:in_store"]), ("overdue", ["issuing", ""]),
        ("in_transit", ["transfers", ""]), ("counts_due", ["counting", ""]),
        ("unexplained", ["investigations", ""]), ("unsent", ["sync", ""]),
    ):  # fmt: skip
        with qtbot.waitSignal(page.go) as told:
            qtbot.mouseClick(page.tiles[name], Qt.MouseButton.LeftButton)
        assert told.args == wanted


def test_a_clock_that_was_set_back_is_told_and_leads_to_the_proof(page, seat, qtbot, monkeypatch):
    seat.register("KB1")
    now = SystemClock.now
    monkeypatch.setattr(SystemClock, "now", lambda self: now(self) - 30 * 86_400_000)
    with qtbot.waitSignal(page.model.stands):
        page.model.start()
    *_earlier, line = (  # what an earlier showing left goes with the next turn of the loop
        one
        for one in page.needs.findChildren(Button)
        if "clock stands before" in one.accessibleName()
    )
    with qtbot.waitSignal(page.go) as told:
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert told.args == ["settings", "proof"]


def test_the_day_is_closed_by_one_key_and_one_pin(page, seat, qtbot):
    seat.register("KB1")
    shown(page, qtbot, "1")
    qtbot.keyClick(page, Qt.Key.Key_F5)
    dialog = page.findChild(PinsDialog)
    assert "moved: " in dialog.findChildren(type(page._when))[1].text()
    qtbot.keyClicks(dialog.rows[0].pin.edit, PIN)
    with qtbot.waitSignal(page.model.closed, timeout=20_000):
        qtbot.keyClick(dialog.rows[0].pin.edit, Qt.Key.Key_Return)
    assert page.result.isVisible()
    assert page._sheet.isVisible()
    assert page._sheet_file.is_file()
    qtbot.waitUntil(page.close_day.isEnabled)


def test_a_failed_backup_is_said_and_the_day_stays_open(page, seat, qtbot, tmp_path):
    seat.register("KB1")
    shown(page, qtbot, "1")
    (tmp_path / "file").write_text("")
    seat.session.remember(backups=str(tmp_path / "file" / "x"))
    with qtbot.waitSignal(page.model.failed):
        page.model.close(seat.session.officer)
    assert page.result.isVisible()
    assert "not written" in page.result.accessibleName()


def test_who_may_not_close_sees_so(page, seat, qtbot):
    seat.register("KB1")
    seat.sit_down("E. Auditor", "auditor")
    page.entered("")
    qtbot.waitUntil(lambda: not page.close_day.isEnabled())
    qtbot.keyClick(page, Qt.Key.Key_F5)
    assert page.findChild(PinsDialog) is None


def test_a_code_from_a_sheet_is_checked(page, seat, qtbot):
    seat.register("KB1")
    shown(page, qtbot, "1")
    page.card.head.set_text("7-aaaaa-aaaaa-aaaaa-aaaaa")
    with qtbot.waitSignal(page.model.head_checked) as told:
        qtbot.keyClick(page.card.head.edit, Qt.Key.Key_Return)
    assert told.args == [False]


def test_a_place_is_handed_over_from_here(page, seat, qtbot):
    seat.register("KB1")
    shown(page, qtbot, "1")
    qtbot.mouseClick(page.card.hand_over, Qt.MouseButton.LeftButton)
    dialog = page.findChild(HandoverDialog)
    qtbot.waitUntil(lambda: dialog._told is not None)
    dialog.reject()
    place = seat.open_place("Rack 4").id
    page.entered(f"handover:{place}")
    dialog = page.findChildren(HandoverDialog)[-1]
    qtbot.waitUntil(lambda: dialog.place.value() == place)


def test_the_close_says_that_it_erases_details_where_the_rule_does(page, seat):
    summary = seat.on_books(seat.stockpile.days.summary)
    assert "erased" not in closing_sentence(Standing(summary, "Goma"))
    assert "24 months" in plain(closing_sentence(Standing(summary, "Goma", retain_persons=24)))
