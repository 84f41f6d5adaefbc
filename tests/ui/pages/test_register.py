"""The register in the hand: keys, search, filter, detail, moves, corrections, labels."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu  # noqa: TID251 — a test drives widgets

from stockpile.language import PSEUDO, plain, use_language
from stockpile.services.ports import RegisterFilter
from tests.helpers.readable import controls, cut_words, pushed_out
from ui.pages.register import RegisterPage

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(seat, qtbot):
    """A register of five weapons, wide enough for the detail."""
    for number in range(5):
        seat.register(f"KB447190{number}")
    return opened(seat, qtbot)


def opened(seat, qtbot, width=1110):
    page = RegisterPage(*seat.made_with)
    qtbot.addWidget(page)
    page.resize(width, 660)
    page.show()
    page.entered("")
    qtbot.waitUntil(lambda: page._tally is not None)
    return page


def shown_serial(page):
    life = page._weapon.life
    return life.weapon.serial.text if life else ""


def serials(table):
    return [table.rows.row_at(number).row.serial for number in range(table.rows.rowCount())]


def test_the_first_weapon_has_the_cursor_and_its_life_is_beside_the_list(page, qtbot):
    qtbot.waitUntil(lambda: shown_serial(page) == "KB4471900")
    assert page._table.selected_numbers() == [0]
    qtbot.waitUntil(page._detail._known.isVisible)


def test_arrows_move_through_the_list_and_the_detail_follows(page, qtbot):
    qtbot.waitUntil(lambda: shown_serial(page) == "KB4471900")
    for _step in range(3):
        qtbot.keyClick(page._table, Key.Key_Down)
    qtbot.waitUntil(lambda: shown_serial(page) == "KB4471903")


def test_the_number_of_weapons_is_told_to_the_sidebar(seat, qtbot):
    page = RegisterPage(*seat.made_with)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.counted, check_params_cb=lambda text: text == "1"):
        seat.register("KB1")


def test_a_weapon_entered_elsewhere_appears_and_the_cursor_stays_on_its_weapon(page, seat, qtbot):
    qtbot.waitUntil(lambda: shown_serial(page) == "KB4471900")
    qtbot.keyClick(page._table, Key.Key_Down)
    qtbot.waitUntil(lambda: shown_serial(page) == "KB4471901")
    seat.register("AA0000001")
    qtbot.waitUntil(lambda: page._table.rows.rowCount() == 6)
    assert serials(page._table)[0] == "AA0000001"
    assert page._table.current_row().row.serial == "KB4471901"
    assert page._table.selected_numbers() == [2]


def test_a_hidden_page_reads_the_list_again_when_it_is_entered(page, seat, qtbot):
    qtbot.waitUntil(lambda: page._table.rows.rowCount() == 5)
    page.hide()
    seat.register("ZZ1")
    page.show()
    page.entered("")
    qtbot.waitUntil(lambda: page._table.rows.rowCount() == 6)


def test_typing_finds_says_why_and_escape_brings_the_list_back(page, qtbot):
    page.activateWindow()
    qtbot.keyClick(page, Key.Key_F, CTRL)
    qtbot.waitUntil(page._search.hasFocus)
    qtbot.keyClicks(page._search, "4471902")
    qtbot.waitUntil(lambda: page._faces.currentIndex() == 1)
    qtbot.waitUntil(lambda: shown_serial(page) == "KB4471902")
    assert "Part of a mark" in page._found.rows.data(page._found.rows.index(0, 1))
    qtbot.keyClick(page._search, Key.Key_Escape)
    assert page._search.text() == ""
    assert page._faces.currentIndex() == 0
    assert page._table.hasFocus()
    assert page._table.current_row().row.serial == "KB4471902"


def test_a_search_for_nothing_offers_the_way_back(page, qtbot):
    page._search.setText("QQQQ")
    qtbot.waitUntil(lambda: page._faces.currentIndex() == 2)
    page._show_all()
    assert page._faces.currentIndex() == 0


def test_an_empty_register_says_what_to_do_next(seat, qtbot):
    page = opened(seat, qtbot)
    qtbot.waitUntil(lambda: page._faces.currentIndex() == 3)
    assert not page._detail.isVisible()
    seat.register("KB1")
    qtbot.waitUntil(lambda: page._faces.currentIndex() == 0)
    qtbot.waitUntil(page._detail.isVisible)


def test_a_saved_filter_narrows_the_list_and_its_chip_takes_it_back(page, qtbot):
    menu = page._narrowing.saved_menu()
    words = [plain(action.text()) for action in menu.actions()]
    assert words[:5] == ["No mark of ours", "No serial", "Not read back", "Lost", "Recorded today"]
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: page._table.rows.rowCount() == 5)
    (chip, clear) = page._narrowing.chips.chips
    assert (chip.text(), clear.text()) == ("Not marked", "Clear filters")
    assert page._narrowing.chips.isVisible()
    menu.actions()[3].trigger()
    qtbot.waitUntil(lambda: page._faces.currentIndex() == 4)
    page._narrowing.chips.chips[0].click()
    qtbot.waitUntil(lambda: page._faces.currentIndex() == 0)
    assert not page._narrowing.chips.isVisible()


def test_nothing_left_offers_to_clear_the_filters(page, qtbot):
    page._narrowing.take(RegisterFilter(make="nobody"))
    qtbot.waitUntil(lambda: page._faces.currentIndex() == 4)
    page._show_all()
    qtbot.waitUntil(lambda: page._table.rows.rowCount() == 5)
    assert page._faces.currentIndex() == 0


def test_the_panel_opens_by_keys_and_narrows(page, qtbot):
    page.activateWindow()
    qtbot.keyClick(page, Key.Key_F, CTRL | Qt.KeyboardModifier.ShiftModifier)
    dialog = page._narrowing.dialog
    qtbot.waitUntil(lambda: "5" in dialog.show_list.text())
    dialog.facets["make"].set_value("Izhmash")
    qtbot.keyClick(dialog, Key.Key_Return)
    assert page._model.among == RegisterFilter(make="Izhmash")
    assert page._narrowing.dialog is None


def test_a_filter_is_kept_under_a_name_and_let_go(page, seat, qtbot):
    page._narrowing.take(RegisterFilter(make="FN"))
    page._narrowing._save("Belgian")
    assert "Belgian" in seat.session.settings.filters
    page._narrowing.take(RegisterFilter())
    menu = page._narrowing.saved_menu()
    next(one for one in menu.actions() if plain(one.text()) == "Belgian").trigger()
    assert page._model.among == RegisterFilter(make="FN")
    menu = page._narrowing.saved_menu()
    menu.findChildren(QMenu)[0].actions()[0].trigger()
    assert "Belgian" not in seat.session.settings.filters


def test_all_of_a_list_is_chosen_by_keys_and_withdrawn_with_a_reason(page, seat, qtbot):
    qtbot.waitUntil(lambda: page._table.rows.rowCount() == 5)
    page.activateWindow()
    page._table.setFocus()
    qtbot.keyClick(page._table, Key.Key_A, CTRL)
    assert page._bulk.bar.isVisible()
    assert "5" in page._bulk.bar.count.text()
    page._bulk.bar.acts["withdraw"].click()
    dialog = page._bulk.dialog
    assert not dialog.confirm.isEnabled()
    dialog._reason.set_text("a list taken in twice")
    with qtbot.waitSignal(page.toast):
        dialog.confirm.click()
    qtbot.waitUntil(lambda: page._faces.currentIndex() == 3)
    assert not page._bulk.bar.isVisible()
    page._narrowing.take(RegisterFilter(status="withdrawn"))
    qtbot.waitUntil(lambda: page._table.rows.rowCount() == 5)


def test_what_is_chosen_stays_chosen_when_a_weapon_changes(page, seat, qtbot):
    qtbot.waitUntil(lambda: page._table.rows.rowCount() == 5)
    page._table.selectAll()
    seat.register("AA1")
    qtbot.waitUntil(lambda: page._table.rows.rowCount() == 6)
    assert page._table.selected_spans() == [(0, 5)]


def test_the_found_are_chosen_too(page, qtbot):
    page._search.setText("KB447")
    qtbot.waitUntil(lambda: page._found.rows.rowCount() == 5)
    page._found.selectAll()
    assert page._bulk.bar.isVisible()
    assert len(page._chosen().only) == 5
    page._search.clear()
    qtbot.waitUntil(lambda: not page._bulk.bar.isVisible())


def test_columns_are_chosen_and_remembered(page, seat, qtbot):
    qtbot.waitUntil(lambda: page._table.rows.rowCount() == 5)
    page._columns.click()
    dialog = waited_dialog(page, qtbot, "ColumnsDialog")
    assert [code for code, _width in dialog.chosen()] == page._shown_codes()
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.list.setCurrentRow(2)
    dialog.activateWindow()
    qtbot.keyClick(dialog.list, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    dialog.use.click()
    assert page._shown_codes()[:2] == ["model", "mark"]
    other = RegisterPage(*seat.made_with)
    qtbot.addWidget(other)
    assert other._shown_codes() == page._shown_codes()


def test_the_list_is_copied_out(page, seat, qtbot, tmp_path):
    qtbot.waitUntil(lambda: page._table.rows.rowCount() == 5)
    page._copy.click()
    dialog = page._bulk.dialog
    dialog.form.set_value("csv")
    assert dialog.guard.isVisible()
    wanted = dialog.wanted()
    dialog.reject()
    assert wanted.columns[:2] == ("serial", "mark")
    with qtbot.waitSignal(page.toast) as told:
        page._bulk.copy_out(page._chosen(), page._model.selection, wanted, tmp_path / "x.csv")
    assert "x.csv" in told.args[0]
    page._table.selectAll()
    with qtbot.waitSignal(page.toast):
        page._bulk.copy_out(page._chosen(), page._model.selection, wanted, tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text("utf-8-sig").count("KB447190") == 5


def test_a_weapon_far_away_is_scrolled_to(seat, qtbot):
    for number in range(300):
        seat.register(f"S{number:04}")
    page = opened(seat, qtbot)
    row = seat.on_books(lambda: seat.stockpile.register.page("serial", 250, 1, RegisterFilter()))[0]
    page.entered(row.id)
    qtbot.waitUntil(lambda: page._table.currentIndex().row() == 250)


def test_the_header_turns_the_order_round(page, qtbot):
    qtbot.waitUntil(lambda: page._table.rows.rowCount() == 5)
    page._table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: page._table.rows.row_at(0) is not None)
    assert serials(page._table)[0] == "KB4471904"


def test_control_c_copies_the_serial_plain(page, qtbot):
    qtbot.waitUntil(lambda: shown_serial(page) == "KB4471900")
    page.activateWindow()
    page._table.setFocus()
    qtbot.keyClick(page._table, Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "KB4471900"


def test_new_goes_to_fast_entry_and_mark_to_the_bench_with_the_weapon(page, qtbot):
    qtbot.waitUntil(lambda: shown_serial(page) == "KB4471900")
    with qtbot.waitSignal(page.go) as blocker:
        qtbot.keyClick(page, Key.Key_N, CTRL)
    assert blocker.args == ["entry", ""]
    with qtbot.waitSignal(page.go) as blocker:
        page._detail._mark.click()
    assert blocker.args == ["marking", page._weapon.weapon]


def test_another_page_can_show_one_weapon(page, seat, qtbot):
    weapon = seat.register("ZZ77")
    page.entered(weapon)
    qtbot.waitUntil(lambda: shown_serial(page) == "ZZ77")
    assert page._both.shows_detail


def test_enter_and_the_panel_open_the_page_of_the_weapon(page, qtbot):
    qtbot.waitUntil(lambda: page._weapon.weapon == page._table.weapon != "")
    for open_it in (
        lambda: qtbot.keyClick(page._table, Key.Key_Return),
        page._detail._page.click,
    ):
        with qtbot.waitSignal(page.go) as blocker:
            open_it()
        assert blocker.args == ["weapon", page._table.weapon]


def test_a_narrow_page_turns_to_the_detail_and_back_on_escape(seat, qtbot):
    weapon = seat.register("KB1")
    page = opened(seat, qtbot, width=780)
    qtbot.waitUntil(lambda: page._table.weapon != "")
    assert not page._detail.isVisible()
    page.show_weapon(weapon)
    assert page._detail.isVisible()
    assert not page._table.isVisible()
    qtbot.waitUntil(lambda: shown_serial(page) == "KB1")
    page._step_back()
    assert page._table.isVisible()
    assert page._table.hasFocus()


def test_a_move_offers_undo_and_undo_moves_it_back(page, seat, qtbot):
    qtbot.waitUntil(lambda: shown_serial(page) == "KB4471900")
    here = page._weapon.life.weapon.place
    rack = seat.open_place("Rack 01")
    page._detail._move.click()
    dialog = waited_dialog(page, qtbot, "MoveDialog")
    assert not dialog.confirm.isEnabled()
    dialog._place.set_value(rack.id)
    with qtbot.waitSignal(page.toast) as blocker:
        dialog.confirm.click()
    text, action, undo = blocker.args
    assert "Rack 01" in text
    assert action == "Undo"
    qtbot.waitUntil(lambda: page._weapon.life.weapon.place == rack.id)
    undo()
    qtbot.waitUntil(lambda: page._weapon.life.weapon.place == here)


def test_a_correction_is_seen_in_the_list_and_in_the_life(page, qtbot):
    qtbot.waitUntil(lambda: shown_serial(page) == "KB4471900")
    page._detail._correct.click()
    dialog = page._acts.correction
    assert not dialog.confirm.isEnabled()
    dialog._value.set_text("KB4471999")
    dialog._reason.set_text("read again in daylight")
    assert dialog.confirm.isEnabled()
    with qtbot.waitSignal(page.toast):
        dialog.confirm.click()
    assert page._acts.correction is None
    qtbot.waitUntil(lambda: shown_serial(page) == "KB4471999")
    qtbot.waitUntil(lambda: "KB4471999" in serials(page._table))


def test_a_refused_correction_keeps_what_was_typed(page, qtbot):
    qtbot.waitUntil(lambda: shown_serial(page) == "KB4471900")
    page._detail._correct.click()
    dialog = page._acts.correction
    dialog._field.set_value("year")
    dialog._value.set_text("12")
    dialog._reason.set_text("guessed")
    dialog._judge()
    dialog.confirm.click()
    qtbot.waitUntil(lambda: bool(dialog._value.message))
    assert dialog.isVisible()
    assert dialog._value.text() == "12"
    assert not dialog.confirm.is_busy
    dialog.reject()


def test_a_printed_label_says_where_it_is_and_offers_to_open_it(page, seat, qtbot):
    qtbot.waitUntil(lambda: shown_serial(page) == "KB4471900")
    with qtbot.waitSignal(page.toast, timeout=20_000) as blocker:
        page._detail._print.click()
    text, action, _open = blocker.args
    assert "papers/label-" in text
    assert action == "Open"
    assert list((seat.stockpile.home / "papers").glob("*.pdf"))


def test_what_the_role_does_not_include_cannot_be_pressed(page, seat, qtbot):
    seat.sit_down("O. Auditor", "auditor")
    qtbot.waitUntil(lambda: page._table.rows.rowCount() == 5)
    qtbot.waitUntil(lambda: shown_serial(page) == "KB4471900")
    assert not page._detail._correct.isEnabled()
    assert page._detail._correct.toolTip()


def waited_dialog(page, qtbot, name):
    found = []

    def look():
        found[:] = [one for one in page.children() if type(one).__name__ == name]
        return bool(found)

    qtbot.waitUntil(look)
    return found[0]


def test_a_window_made_wide_shows_the_weapon_under_the_cursor(seat, qtbot):
    for number in range(3):
        seat.register(f"KB{number}")
    page = opened(seat, qtbot, width=700)
    qtbot.waitUntil(lambda: page._table.weapon != "")
    qtbot.keyClick(page._table, Key.Key_Down)
    qtbot.waitUntil(lambda: not page._show_soon.isActive())  # where it is narrow nothing is shown
    assert not page._both.shows_detail
    page.resize(1110, 660)
    qtbot.waitUntil(lambda: shown_serial(page) == "KB1")


def test_every_control_has_a_name_and_room_for_a_finger(page, qtbot):
    qtbot.waitUntil(lambda: shown_serial(page) == "KB4471900")
    for control in controls(page):
        assert control.accessibleName() or control.text(), control
        assert min(control.width(), control.height()) >= 24, control


def test_longer_words_fit_the_smallest_window(seat, qtbot):
    use_language(PSEUDO)
    seat.register("KB1")
    page = opened(seat, qtbot, width=768)
    page._step_back()
    assert page.minimumSizeHint().width() <= 768
    qtbot.waitUntil(lambda: cut_words(page) == [])  # numbers that just came are laid out next
    page.show_weapon(page._table.weapon)
    qtbot.waitUntil(lambda: shown_serial(page) == "KB1")
    assert cut_words(page) == []
    assert pushed_out(page) == []


def test_ctrl_p_prints_what_is_chosen_and_one_label_where_one_is(page, seat, qtbot):
    with qtbot.waitActive(page):  # a shortcut belongs to the window in front
        page.activateWindow()
    qtbot.waitUntil(lambda: page._table.weapon != "")
    with qtbot.waitSignal(page.toast, timeout=20_000) as told:
        qtbot.keyClick(page._table, Key.Key_P, CTRL)
    assert "1 label printed" in plain(told.args[0])
    qtbot.keyClick(page._table, Key.Key_A, CTRL)
    qtbot.keyClick(page._table, Key.Key_P, CTRL)
    why = page._bulk.printing
    qtbot.waitUntil(lambda: why.dialog is not None)  # one of them bears a label already
    with qtbot.waitSignal(page.toast, timeout=20_000) as told:
        qtbot.keyClick(why.dialog.confirm, Key.Key_Return)
    assert "5 labels" in plain(told.args[0])


def test_alt_p_asks_how_the_labels_are_printed(page, qtbot):
    with qtbot.waitActive(page):
        page.activateWindow()
    qtbot.waitUntil(lambda: page._table.weapon != "")
    qtbot.keyClick(page._table, Key.Key_P, Qt.KeyboardModifier.AltModifier)
    printing = page._bulk.printing
    qtbot.waitUntil(lambda: printing.dialog is not None)
    assert len(printing.dialog._offers.job.ids) == 1
    printing.dialog.reject()
    with qtbot.waitActive(page):
        page.activateWindow()
    qtbot.keyClick(page._table, Key.Key_A, CTRL)
    qtbot.keyClick(page._table, Key.Key_P, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: printing.dialog is not None)
    assert len(printing.dialog._offers.job.ids) == 5
    printing.dialog.reject()


def test_ctrl_shift_p_asks_for_the_last_good_label(page, qtbot):
    with qtbot.waitActive(page):
        page.activateWindow()
    qtbot.keyClick(page._table, Key.Key_P, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert page._bulk.dialog.label.isVisible()
    page._bulk.dialog.reject()


def test_another_page_asks_for_a_list_by_name(page, qtbot):
    page.entered("list:unfit")
    qtbot.waitUntil(lambda: page._narrowing.is_narrowed)
    assert page._model.among == RegisterFilter(unfit=True)
