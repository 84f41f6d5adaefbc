"""A layout is made, kept and printed in the settings, the mark in sight all the while."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.facts import Box
from stockpile.domain.mark_layouts import STANDARD_LAYOUT
from stockpile.language import plain
from ui.pages import settings_layouts
from ui.pages.settings import SettingsPage
from ui.pages.settings_layouts import LayoutsSection
from ui.view_models.mark_layouts import LayoutsModel
from ui.widgets.arrange import Share, boxed, column, scrolled
from ui.widgets.dialogs import ConfirmDialog

SLIDE = replace(STANDARD_LAYOUT, name="Pistol slide")


@pytest.fixture
def section(seat, light, qtbot):
    """The section under its head, as the settings hold them."""
    made = LayoutsSection(LayoutsModel(*seat.made_with))
    whole = boxed(column(made.board, Share(scrolled(made))))
    qtbot.addWidget(whole)
    whole.resize(600, 590)
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


def test_the_layout_that_ships_is_on_the_board_without_a_problem(section):
    assert section.board.layout_.value() == STANDARD_LAYOUT.name
    assert section.board.problems == ("No limit is broken.",)
    assert section.board.preview.laid_out is not None


def test_in_the_settings_the_mark_stays_in_sight_while_its_figures_scroll(seat, light, qtbot):
    page = SettingsPage(*seat.made_with, light)
    qtbot.addWidget(page)
    page.resize(820, 590)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    section = page.part("layouts")
    with qtbot.waitSignal(section._model.shown):
        page.entered("layouts")
    preview, remarks = section.board.preview, section.form.remarks
    before = preview.mapTo(page, preview.rect().topLeft())
    assert remarks.visibleRegion().isEmpty()
    around = section
    while not hasattr(around, "verticalScrollBar"):
        around = around.parentWidget()
    around.verticalScrollBar().setValue(around.verticalScrollBar().maximum())
    assert not remarks.visibleRegion().isEmpty()
    assert preview.mapTo(page, preview.rect().topLeft()) == before
    assert preview.visibleRegion().boundingRect().height() > 100


def test_a_broken_limit_is_said_at_once(section, qtbot):
    with qtbot.waitSignal(section._model.shown):
        type_in(section.form.figures["text_height"], "1", qtbot)
    assert [plain(one) for one in section.board.problems] == [
        "The letters are 0.6 mm too low: at least 1.6 mm is asked for."
    ]


def test_many_problems_are_counted(section, qtbot):
    bad = replace(
        STANDARD_LAYOUT, radius=1_000, text_height=1_000, text_x=29_000,
        forbidden=(Box(0, 0, 30_000, 8_000),),
    )  # fmt: skip
    with qtbot.waitSignal(section._model.shown):
        section.form.show_layout(bad)
    assert len(section.board.problems) == 3
    assert plain(section.board.problems[-1]).endswith("more")


def test_what_cannot_be_read_takes_the_mark_away(section, qtbot):
    with qtbot.waitSignal(section._model.unread):
        type_in(section.form.figures["width"], "x", qtbot)
    assert section.board.preview.laid_out is None
    assert section.board.problems == ("A figure below cannot be read.",)


def test_letters_of_the_machine_are_called_approximate(section, qtbot):
    with qtbot.waitSignal(section._model.shown):
        section.form.letters._press("machine")
    assert "Approximate: the letters are the machine's own." in section.board.problems


def test_a_new_layout_is_made_and_kept(section, qtbot):
    with qtbot.waitSignal(section._model.shown):
        press(section.board.new, qtbot)
    assert section.form.name.edit.hasFocus()
    assert section.board.layout_.value() == ""
    with qtbot.waitSignal(section._model.refused):
        press(section.board.keep, qtbot)
    assert section.board.said == "It was not kept."
    type_in(section.form.name, "Bolt", qtbot)
    with qtbot.waitSignals([section._model.kept, section._model.came]):
        press(section.board.keep, qtbot)
    assert plain(section.board.said) == "Bolt is kept, version 1."
    qtbot.waitUntil(lambda: section.board.layout_.value() == "Bolt")
    assert not section.form.is_changed


def test_a_change_is_the_next_version_and_takes_the_word_of_the_last_away(section, qtbot):
    for width in ("31", "32"):
        type_in(section.form.figures["width"], width, qtbot)
        assert section.board.said == ""
        with qtbot.waitSignals([section._model.kept, section._model.came]):
            press(section.board.keep, qtbot)
    assert plain(section.board.said).endswith("version 2.")


def test_another_layout_comes_on_the_board(section, seat, qtbot):
    with qtbot.waitSignal(section._model.came):
        seat.write(lambda: (seat.stockpile.mark_layouts.set(SLIDE, by=seat.session.officer), None))
    with qtbot.waitSignal(section._model.shown):
        section._choose("Pistol slide")
    assert section.form.name.text() == "Pistol slide"
    section._choose("Nothing of the kind")
    assert section.board.layout_.value() == "Pistol slide"


@pytest.mark.parametrize("leaves", [True, False])
def test_what_was_typed_is_not_lost_unasked(section, qtbot, monkeypatch, leaves):
    monkeypatch.setattr(ConfirmDialog, "exec", lambda _self: leaves)
    type_in(section.form.figures["width"], "31", qtbot)
    press(section.board.new, qtbot)
    assert section.form.is_changed is not leaves
    assert section.board.layout_.value() == ("" if leaves else STANDARD_LAYOUT.name)


def test_a_layout_is_printed_and_opened(section, qtbot, tmp_path, monkeypatch):
    file, opened = tmp_path / "a.pdf", []
    monkeypatch.setattr(
        settings_layouts.QFileDialog, "getSaveFileName", lambda *_args: (str(file), "")
    )
    monkeypatch.setattr(settings_layouts.QDesktopServices, "openUrl", opened.append)
    with qtbot.waitSignal(section._model.printed):
        press(section.board.print, qtbot)
    assert file.read_bytes().startswith(b"%PDF")
    assert [one.toLocalFile() for one in opened] == [str(file)]
    assert "a.pdf" in section.board.said


def test_nothing_is_printed_where_no_file_is_chosen(section, qtbot, monkeypatch):
    monkeypatch.setattr(settings_layouts.QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    press(section.board.print, qtbot)
    assert section.board.said == ""


def test_who_may_not_keep_a_layout_is_told_before_trying(section, seat, qtbot):
    assert section.board.keep.isEnabled()
    with qtbot.waitSignal(section._model.came):
        seat.sit_down("B. Okot", "storekeeper")
    assert not section.board.keep.isEnabled()
    assert section.board._right.isVisible()


def test_in_arabic_the_metal_is_not_mirrored(section, mirrored, qtbot):
    before = section.board.preview.grab().toImage()
    section.window().setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert section.board.preview.grab().toImage() == before
