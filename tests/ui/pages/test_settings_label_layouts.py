"""A label layout is made, dragged, kept and retired in the settings, its print in sight."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from stockpile.domain.facts import LabelElement, LabelLayoutSet
from stockpile.language import plain
from ui.pages import settings_label_layouts
from ui.pages.settings import SettingsPage
from ui.pages.settings_label_layouts import LabelLayoutsSection
from ui.view_models.label_layouts import LabelLayoutsModel
from ui.widgets.arrange import Share, boxed, column, scrolled

SERIAL = LabelElement("serial", 3_000, 3_000, 35_000, 6_000)
MATRIX = LabelElement("matrix", 48_000, 3_000, 11_000, 11_000)
RIFLES = LabelLayoutSet("Rifles", "weapon", 63_500, 38_100, (SERIAL, MATRIX))


@pytest.fixture
def section(seat, light, qtbot):
    """The section under its head, as the settings hold them."""
    made = LabelLayoutsSection(LabelLayoutsModel(*seat.made_with))
    whole = boxed(column(made.board, Share(scrolled(made))))
    qtbot.addWidget(whole)
    whole.resize(640, 640)
    with qtbot.waitActive(whole):
        whole.show()
        whole.activateWindow()
    with qtbot.waitSignal(made._model.shown):
        made._model.start()
    yield made
    del whole  # until here: it holds the section


def press(button, qtbot):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def type_in(field, text, qtbot):
    field.edit.clear()
    qtbot.keyClicks(field.edit, text)


def put(section, layout, qtbot):
    with qtbot.waitSignal(section._model.shown):
        section._put(layout)


def test_a_stock_that_ships_is_on_the_board_as_it_prints(section):
    assert section.board.layout_.value() == "l7160"
    assert section.board.preview.has_picture
    assert section.board.problems == ("Everything has room and can be read.",)
    assert not section.board.retire.isVisible()


def test_in_the_settings_the_print_stays_in_sight(seat, light, qtbot):
    page = SettingsPage(*seat.made_with, light)
    qtbot.addWidget(page)
    page.resize(820, 590)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    section = page.part("label_layouts")
    with qtbot.waitSignal(section._model.shown):
        page.entered("label_layouts")
    qtbot.waitUntil(lambda: section.board.preview.has_picture)
    assert section.board.preview.visibleRegion().boundingRect().height() > 150


def test_a_layout_is_copied_named_dragged_kept_and_retired(section, qtbot, monkeypatch):
    put(section, RIFLES, qtbot)
    press(section.board.new, qtbot)
    assert section.form.name.edit.hasFocus()
    with qtbot.waitSignal(section._model.refused):
        press(section.board.keep, qtbot)
    assert "It was not kept." in section.board.said
    type_in(section.form.name, "Carbines", qtbot)
    preview = section.board.preview
    box = preview._sheet().box(MATRIX)
    start = box.center().toPoint()
    qtbot.mousePress(preview, Qt.MouseButton.LeftButton, pos=start)
    assert section.form.element.value() == "2"
    away = round(5_000 * preview._sheet().ratio)
    qtbot.mouseMove(preview, start - QPoint(away, 0))
    qtbot.mouseRelease(preview, Qt.MouseButton.LeftButton)
    left = section.form.drawn.elements[1].left
    assert left % 500 == 0
    assert 42_000 <= left <= 44_000
    assert section.form.editor.places["left"].text() == f"{left / 1000:g}"
    with qtbot.waitSignals([section._model.kept, section._model.came]):
        press(section.board.keep, qtbot)
    assert plain(section.board.said) == "Carbines is kept."
    assert not section.form.is_changed
    qtbot.waitUntil(section.board.retire.isVisible)
    monkeypatch.setattr(settings_label_layouts.ConfirmDialog, "exec", lambda _self: 1)
    with qtbot.waitSignals([section._model.retired, section._model.came]):
        press(section.board.retire, qtbot)
    assert "offered no more" in plain(section.board.said)
    assert "Carbines" not in [one.name for one in section._model.board.layouts]


def test_the_keyboard_alone_moves_sizes_and_chooses(section, qtbot):
    put(section, RIFLES, qtbot)
    preview = section.board.preview
    preview.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(preview, Qt.Key.Key_Right)
    qtbot.keyClick(preview, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    serial = section.form.drawn.elements[0]
    assert (serial.left, serial.height) == (3_500, 6_500)
    qtbot.keyClick(preview, Qt.Key.Key_PageDown)
    assert (preview.chosen, section.form.at) == (1, 1)
    assert "Data Matrix" in preview.accessibleDescription()


def test_what_does_not_fit_is_said_at_once_with_its_millimetres(section, qtbot):
    put(section, RIFLES, qtbot)
    section.form.choose(1)
    with qtbot.waitSignal(section._model.shown):
        type_in(section.form.editor.places["width"], "8", qtbot)
    (said,) = section.board.problems
    assert plain(said) == "Data Matrix: its box is too small to be read (0.467 mm)."
    with qtbot.waitSignal(section._model.shown):
        type_in(section.form.editor.places["left"], "60", qtbot)
    assert any("over the edge" in one for one in section.board.problems)
    type_in(section.form.editor.places["left"], "x", qtbot)
    assert section.form.editor.places["left"].message == "Millimetres, such as 2.5."


def test_what_was_changed_is_not_left_unasked(section, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(
        settings_label_layouts.ConfirmDialog, "exec", lambda _self: asked.append(1) or 0
    )
    type_in(section.form.editor.places["left"], "4", qtbot)
    section.board.layout_.set_value("l7163")
    assert asked == [1]
    assert section.board.layout_.value() == "l7160"


def test_who_may_not_keep_is_told_before(seat, light, qtbot, monkeypatch):
    monkeypatch.setattr(LabelLayoutsModel, "may_keep", False)
    made = LabelLayoutsSection(LabelLayoutsModel(*seat.made_with))
    qtbot.addWidget(made)
    qtbot.addWidget(made.board)
    with qtbot.waitSignal(made._model.shown):
        made._model.start()
    assert not made.board.keep.isEnabled()
    assert not made.board._right.isHidden()
